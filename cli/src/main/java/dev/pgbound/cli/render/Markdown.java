package dev.pgbound.cli.render;

import java.util.regex.Pattern;

/**
 * Texts that somebody else wrote, as parts of GitHub's Markdown in which they are nothing but text:
 * no markup, no HTML, no link, no mention, no reference to an issue or a commit. Code is the only
 * place where GitHub looks for none of these, so whatever is not plainly a word becomes code.
 */
final class Markdown {

  /** A word with the marks that may stand around it in a sentence. */
  private static final Pattern WORD =
      Pattern.compile(
          "[(\"']?[A-Za-z]+(['-][A-Za-z]+)*[)\"']?[.,;:?!]{0,3}|\\d{1,6}[.,;:)]?|[–→·]");

  /** What GitHub links although it looks like a word: a commit, an issue as GH-12. */
  private static final Pattern LINKED =
      Pattern.compile("[0-9a-f]{7,}|gh-.*|www\\..*", Pattern.CASE_INSENSITIVE);

  private Markdown() {}

  /** One line of code within a text. */
  static String code(String text) {
    String shown = Words.visible(text);
    if (shown.isBlank()) {
      return "`\" \"`".replace(" ", shown);
    }
    String fence = "`".repeat(longestRun(shown) + 1);
    boolean padded = shown.startsWith("`") || shown.endsWith("`") || shown.startsWith(" ");
    return padded ? fence + " " + shown + " " + fence : fence + shown + fence;
  }

  /** One line of code in a cell of a table, which no pipe may end. */
  static String cellCode(String text) {
    return code(cell(text));
  }

  /** A sentence, on one line. */
  static String text(String sentence) {
    StringBuilder text = new StringBuilder();
    StringBuilder pending = new StringBuilder();
    for (String word : Words.clean(sentence).strip().split("\\s+", -1)) {
      boolean plain = WORD.matcher(word).matches() && !LINKED.matcher(word).matches();
      if (plain) {
        flush(pending, text);
        text.append(text.isEmpty() ? "" : " ").append(word);
      } else if (!word.isEmpty()) {
        pending.append(pending.isEmpty() ? "" : " ").append(word);
      }
    }
    flush(pending, text);
    return text.toString();
  }

  private static void flush(StringBuilder pending, StringBuilder text) {
    if (!pending.isEmpty()) {
      text.append(text.isEmpty() ? "" : " ").append(code(pending.toString()));
      pending.setLength(0);
    }
  }

  /** A sentence in a cell of a table. */
  static String cellText(String sentence) {
    return text(cell(sentence));
  }

  /** A backslash before the pipe would undo its escape, so a sign that looks like it stands in. */
  private static String cell(String text) {
    return text.replace('|', '￨');
  }

  /** Lines of code as a block that nothing in them can end. */
  static String fenced(String language, String lines) {
    String fence = "`".repeat(Math.max(3, longestRun(lines) + 1));
    return fence + language + "\n" + lines + (lines.endsWith("\n") ? "" : "\n") + fence + "\n";
  }

  /** A name in a hidden comment, which it cannot end. */
  static String commented(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              boolean hyphens =
                  c == '-' && safe.length() > 0 && safe.charAt(safe.length() - 1) == '-';
              boolean plain = c < 0x7F && (Character.isLetterOrDigit(c) || "-._/".indexOf(c) >= 0);
              if (plain && !hyphens) {
                safe.appendCodePoint(c);
              } else {
                safe.append('%').append(Integer.toHexString(c));
              }
            });
    return safe.toString();
  }

  private static int longestRun(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
