package dev.pgbound.engine.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant. */
public final class Nearest {

  private static final int LONGEST_WORD = 80;

  private Nearest() {}

  /**
   * The candidate that differs least from {@code word}, by letters that were left out, added,
   * replaced or swapped; case, hyphens and underscores do not count. Empty when none is near. Of
   * those that are equally near, the longest, which has most in common with it; then the first.
   */
  public static Optional<String> to(String word, Collection<String> candidates) {
    String wanted = plain(word);
    if (wanted.isEmpty() || wanted.length() > LONGEST_WORD) {
      return Optional.empty();
    }
    int best = Math.max(1, Math.min(3, wanted.length() / 3)) + 1;
    int length = 0;
    Optional<String> nearest = Optional.empty();
    for (String candidate : candidates) {
      String other = plain(candidate);
      if (Math.abs(other.length() - wanted.length()) > best) {
        continue;
      }
      int distance = distance(wanted, other);
      boolean related = distance < Math.max(wanted.length(), other.length());
      if (related
          && (distance < best
              || (distance == best && nearest.isPresent() && other.length() > length))) {
        best = distance;
        length = other.length();
        nearest = Optional.of(candidate);
      }
    }
    return nearest;
  }

  /** {@code Did you mean "x"?} with a space before it, or nothing: made to end a sentence with. */
  public static String hint(String word, Collection<String> candidates) {
    return to(word, candidates).map(near -> " Did you mean \"" + near + "\"?").orElse("");
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  /** Optimal string alignment: Levenshtein with swaps of two neighbours. */
  private static int distance(String one, String other) {
    int[][] rows = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      rows[i][0] = i;
    }
    for (int j = 0; j <= other.length(); j++) {
      rows[0][j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      for (int j = 1; j <= other.length(); j++) {
        int replaced = rows[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        rows[i][j] = Math.min(replaced, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1)) {
          rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
        }
      }
    }
    return rows[one.length()][other.length()];
  }
}
