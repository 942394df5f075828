package dev.pgbound.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Lines of text that fit a width. Where no screen is, sentences stay on one line, so that a search
 * in a log finds them.
 */
final class TextBlock {

  /** Wider than this a list is hard to read. */
  private static final int WIDEST = 100;

  private static final int NARROWEST = 40;

  private final int width;
  private final int sentence;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param columns how wide the screen is, if there is one
   */
  TextBlock(OptionalInt columns) {
    width = Math.max(NARROWEST, Math.min(WIDEST, columns.orElse(WIDEST)));
    sentence = columns.isPresent() ? width : Integer.MAX_VALUE;
  }

  int width() {
    return width;
  }

  /** Lines that another block has made. */
  void append(String lines) {
    text.append(lines);
  }

  /** A line as it is. */
  void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }

  /** A sentence, broken between words where it does not fit on the screen. */
  void wrapped(String words, String first, String further) {
    StringBuilder row = new StringBuilder(first);
    int empty = row.length();
    for (String word : words(words)) {
      if (row.length() > empty && row.length() + word.stripTrailing().length() > sentence) {
        line(row.toString());
        row.setLength(0);
        row.append(further);
        empty = row.length();
      }
      row.append(word);
    }
    line(row.toString());
  }

  /** Parts with a space between them, each kept whole where a line has room for it. */
  void wrapped(List<String> parts, String first, String further) {
    StringBuilder row = new StringBuilder(first);
    boolean empty = true;
    for (String part : parts) {
      if (!empty && row.length() + 1 + part.length() > width) {
        line(row.toString());
        row.setLength(0);
        row.append(further);
        empty = true;
      }
      if (empty && row.length() + part.length() > sentence) {
        wrapped(part, row.toString(), further);
        row.setLength(0);
        row.append(further);
      } else {
        row.append(empty ? "" : " ").append(part);
        empty = false;
      }
    }
    if (!empty) {
      line(row.toString());
    }
  }

  /** The words, each with the spaces behind it; what is quoted, or an option's, is one word. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int from = start;
      if (text.startsWith("--", start)) {
        from = text.indexOf(' ', start) + 1;
      } else if (text.charAt(start) == '"') {
        from = Math.max(start, text.indexOf('"', start + 1));
      }
      int end = text.indexOf(' ', Math.max(start, from));
      end = end < 0 ? text.length() : end;
      while (end < text.length() && text.charAt(end) == ' ') {
        end++;
      }
      words.add(text.substring(start, end));
      start = end;
    }
    return words;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
