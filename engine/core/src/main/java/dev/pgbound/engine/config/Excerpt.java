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

  /** More of a line than this before and behind the caret is never shown. */
  private static final int WINDOW = 500;

  private static final String HIDDEN = "(sensitive)";
  private static final String CUT = "...";

  /** The key of a password, up to where its value starts. */
  private static final Pattern PASSWORD =
      Pattern.compile(
          "(?:password|passwd|passphrase)[\"']?\\s*:\\s+(?![\"']?\\$\\{|true\\b|false\\b)",
          Pattern.CASE_INSENSITIVE);

  /** What is shown for one character of the line. */
  private record Cell(String shown, int width, boolean marked) {}

  private final List<Cell> cells = new ArrayList<>();

  private Excerpt() {}

  /** Two lines, each with its line end: the line with its number, and the carets. */
  static String of(Source source, SourceRange range, List<SourceRange> concealed) {
    Excerpt excerpt = new Excerpt();
    String line = source.line(range.line());
    boolean[] hidden = hidden(line, range.line(), range.file(), concealed);
    excerpt.lay(line.codePoints().toArray(), hidden, range);
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

  private void lay(int[] line, boolean[] hidden, SourceRange range) {
    int from = range.column();
    int to = range.endLine() > range.line() ? line.length + 1 : range.endColumn();
    boolean marked = false;
    int last = Math.min(line.length, from + WINDOW);
    for (int column = Math.max(1, from - WINDOW); column <= last; column++) {
      boolean inside = column >= from && column < Math.max(to, from + 1);
      marked |= inside;
      if (!hidden[column - 1]) {
        cells.add(cell(line[column - 1], inside));
      } else if (cells.isEmpty() || !hidden[column - 2]) {
        boolean touched = from < column + run(hidden, column) && Math.max(to, from + 1) > column;
        cells.add(new Cell(HIDDEN, HIDDEN.length(), touched));
      }
    }
    if (!marked) {
      cells.add(new Cell(" ", 1, true));
    }
  }

  private static int run(boolean[] hidden, int column) {
    int end = column;
    while (end <= hidden.length && hidden[end - 1]) {
      end++;
    }
    return end - column;
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

  private static boolean[] hidden(String text, int line, String file, List<SourceRange> concealed) {
    boolean[] hidden = new boolean[text.codePointCount(0, text.length())];
    for (SourceRange range : concealed) {
      if (!range.file().equals(file) || line < range.line() || line > range.endLine()) {
        continue;
      }
      int from = line == range.line() ? range.column() : 1;
      int to = line == range.endLine() ? range.endColumn() : hidden.length + 1;
      hide(hidden, from, to);
    }
    hidePasswords(text, hidden);
    return hidden;
  }

  /** Hides what looks like a password even where the file cannot be understood. */
  private static void hidePasswords(String text, boolean[] hidden) {
    Matcher key = PASSWORD.matcher(text);
    int at = 0;
    while (key.find(at)) {
      at = endOfValue(text, key.start(), key.end());
      hide(hidden, text.codePointCount(0, key.end()) + 1, text.codePointCount(0, at) + 1);
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

  private static void hide(boolean[] hidden, int from, int to) {
    for (int column = Math.max(1, from); column < to && column <= hidden.length; column++) {
      hidden[column - 1] = true;
    }
  }
}
