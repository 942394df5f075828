package dev.pgbound.engine.config;

import dev.pgbound.spi.SourceRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The text of a file by lines. Columns count code points, as editors do, not bytes and not UTF-16
 * units.
 */
public final class Source {

  private final String file;
  private final List<String> lines;
  private final int[] starts;

  /** Lines in which columns and UTF-16 units differ. */
  private final BitSet supplementary = new BitSet();

  /**
   * @param file the path as the user gave it
   */
  public Source(String file, String text) {
    this.file = file;
    List<String> found = new ArrayList<>();
    List<Integer> offsets = new ArrayList<>();
    int lineStart = 0;
    int codePoints = 0;
    int at = 0;
    while (at <= text.length()) {
      boolean end = at == text.length();
      char c = end ? '\n' : text.charAt(at);
      if (c != '\n' && c != '\r') {
        at++;
        continue;
      }
      int length = text.codePointCount(lineStart, at);
      supplementary.set(found.size(), length < at - lineStart);
      offsets.add(codePoints);
      found.add(text.substring(lineStart, at));
      int next = at + (c == '\r' && text.startsWith("\n", at + 1) ? 2 : 1);
      codePoints += length + next - at;
      lineStart = next;
      at = next;
    }
    this.lines = List.copyOf(found);
    this.starts = offsets.stream().mapToInt(Integer::intValue).toArray();
  }

  public String file() {
    return file;
  }

  /** The lines without their line ends; line 1 is the first element. */
  public List<String> lines() {
    return lines;
  }

  /** The line with this number, counted from 1; empty when there is none. */
  public String line(int number) {
    return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
  }

  /** The range between two places, given as numbers of code points from the start of the text. */
  SourceRange range(int start, int end) {
    int line = lineAt(start);
    int endLine = Math.max(line, lineAt(end));
    return new SourceRange(
        file, line, start - starts[line - 1] + 1, endLine, end - starts[endLine - 1] + 1);
  }

  /** The text of a range that lies in one line; empty for any other. */
  String text(SourceRange range) {
    return range.line() == range.endLine()
        ? slice(range.line(), range.column(), range.endColumn())
        : "";
  }

  /** The part of a line between two columns, as far as the line has them. */
  String slice(int number, int from, int to) {
    String line = line(number);
    int start = offset(number, line, 0, from - 1);
    return line.substring(start, offset(number, line, start, Math.max(0, to - Math.max(1, from))));
  }

  private int offset(int number, String line, int start, int codePoints) {
    if (!supplementary.get(number - 1)) {
      return Math.min(line.length(), start + Math.max(0, codePoints));
    }
    int at = start;
    for (int left = codePoints; left > 0 && at < line.length(); left--) {
      at += Character.charCount(line.codePointAt(at));
    }
    return at;
  }

  private int lineAt(int codePoint) {
    int found = Arrays.binarySearch(starts, codePoint);
    return found >= 0 ? found + 1 : -found - 1;
  }
}
