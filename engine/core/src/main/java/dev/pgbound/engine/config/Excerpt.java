package dev.pgbound.engine.config;

import dev.pgbound.spi.SourceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of a file with carets under a range of it, fit for a terminal. */
final class Excerpt {

  private static final int WIDTH = 100;
  private static final int BEFORE_CARET = 40;
  private static final int TAB = 4;

  /** How much of a line before and behind the caret is looked at. */
  private static final int BEFORE = 2000;

  private static final int BEHIND = 500;
  private static final String HIDDEN = "(sensitive)";
  private static final String CUT = "...";

  /** The key of a password, up to where its value starts. */
  private static final Pattern PASSWORD =
      Pattern.compile(
          "(?:password|passwd|passphrase|secretstring|secretvalue|privatekey|token)[\"']?"
              + "\\s*:\\s+(?![\"']?\\$\\{|true\\b|false\\b)",
          Pattern.CASE_INSENSITIVE);

  /** What is shown for one character of the line. */
  private record Cell(String shown, int width, boolean marked) {}

  private final SourceRange range;

  /** The part of the line that is looked at, and the column of its first character. */
  private final String text;

  private final int first;
  private final boolean[] hidden;
  private final List<Cell> cells = new ArrayList<>();

  private Excerpt(Source source, SourceRange range, List<SourceRange> concealed) {
    this.range = range;
    this.first = Math.max(1, range.column() - BEFORE);
    this.text = source.slice(range.line(), first, range.column() + BEHIND);
    this.hidden = new boolean[text.codePointCount(0, text.length())];
    concealed.forEach(this::hide);
    hidePasswords();
  }

  /** Two lines, each with its line end: the line with its number, and the carets. */
  static String of(Source source, SourceRange range, List<SourceRange> concealed) {
    Excerpt excerpt = new Excerpt(source, range, concealed);
    excerpt.lay();
    excerpt.cut();
    StringBuilder text = new StringBuilder();
    StringBuilder carets = new StringBuilder();
    for (Cell cell : excerpt.cells) {
      text.append(cell.shown);
      carets.append((cell.marked ? "^" : " ").repeat(cell.width));
    }
    return String.format(Locale.ROOT, "%7d | %s", range.line(), text).stripTrailing()
        + "\n"
        + ("        | " + carets).stripTrailing()
        + "\n";
  }

  private void lay() {
    int[] characters = text.codePoints().toArray();
    int from = range.column() - first;
    int to =
        range.endLine() > range.line()
            ? characters.length
            : Math.max(from + 1, range.endColumn() - first);
    int at = 0;
    while (at < characters.length) {
      int end = at + 1;
      while (hidden[at] && end < characters.length && hidden[end]) {
        end++;
      }
      boolean marked = from < end && at < to;
      cells.add(
          hidden[at] ? new Cell(HIDDEN, HIDDEN.length(), marked) : cell(characters[at], marked));
      at = end;
    }
    if (from >= characters.length) {
      cells.add(new Cell(" ", 1, true));
    }
  }

  private static Cell cell(int codePoint, boolean marked) {
    if (codePoint == '\t') {
      return new Cell(" ".repeat(TAB), TAB, marked);
    }
    String shown = Screen.isShown(codePoint) ? Character.toString(codePoint) : "";
    return new Cell(shown, Screen.width(codePoint), marked);
  }

  /** Keeps what is around the first caret of a line that is too long. */
  private void cut() {
    if (width(0, cells.size()) <= WIDTH) {
      return;
    }
    int caret = 0;
    while (!cells.get(caret).marked) {
      caret++;
    }
    int from = caret;
    while (from > 0 && width(from - 1, caret) <= BEFORE_CARET) {
      from--;
    }
    int to = Math.max(from + 1, caret);
    while (to < cells.size() && width(from, to + 1) <= WIDTH) {
      to++;
    }
    List<Cell> kept = new ArrayList<>(cells.subList(from, to));
    if (from > 0) {
      kept.add(0, new Cell(CUT, CUT.length(), false));
    }
    if (to < cells.size()) {
      kept.add(new Cell(CUT, CUT.length(), false));
    }
    cells.clear();
    cells.addAll(kept);
  }

  private int width(int from, int to) {
    int width = 0;
    for (Cell cell : cells.subList(from, to)) {
      width += cell.width;
    }
    return width;
  }

  private void hide(SourceRange secret) {
    int line = range.line();
    if (secret.file().equals(range.file()) && line >= secret.line() && line <= secret.endLine()) {
      hide(
          line == secret.line() ? secret.column() - first : 0,
          line == secret.endLine() ? secret.endColumn() - first : hidden.length);
    }
  }

  private void hide(int from, int to) {
    for (int at = Math.max(0, from); at < Math.min(to, hidden.length); at++) {
      hidden[at] = true;
    }
  }

  /** Hides what looks like a password even where the file cannot be understood. */
  private void hidePasswords() {
    Matcher key = PASSWORD.matcher(text);
    int at = 0;
    while (key.find(at)) {
      at = endOfValue(text, key.start(), key.end());
      hide(text.codePointCount(0, key.end()), text.codePointCount(0, at));
    }
  }

  /** The end of a text in quotes, of one between braces at the comma, or else of the line. */
  private static int endOfValue(String text, int key, int start) {
    char first = start < text.length() ? text.charAt(start) : ' ';
    boolean quoted = first == '"' || first == '\'';
    boolean inBraces = text.lastIndexOf('{', key) > text.lastIndexOf('}', key);
    int at = start + 1;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (quoted ? c == first : inBraces && (c == ',' || c == '}')) {
        return quoted ? at + 1 : at;
      }
      at += quoted && c == '\\' ? 2 : 1;
    }
    return text.length();
  }
}
