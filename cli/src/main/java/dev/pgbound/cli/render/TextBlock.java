package dev.pgbound.cli.render;

import java.util.ArrayList;
import java.util.List;

/** Lines of text that fit a width. */
final class TextBlock {

  private final int width;
  private final StringBuilder text = new StringBuilder();

  TextBlock(int width) {
    this.width = width;
  }

  /** A line as it is. */
  void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }

  /** Words with their spaces, broken between words where they do not fit. */
  void wrapped(String words, String first, String further) {
    StringBuilder row = new StringBuilder(first);
    int empty = row.length();
    for (String word : words(words)) {
      if (row.length() > empty && row.length() + word.stripTrailing().length() > width) {
        line(row.toString());
        row.setLength(0);
        row.append(further);
        empty = row.length();
      }
      row.append(word);
    }
    line(row.toString());
  }

  /** Parts that are kept whole, a space between them. */
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
      row.append(empty ? "" : " ").append(part);
      empty = false;
    }
    line(row.toString());
  }

  /** The words, each with the spaces behind it; an option and its value are one word. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf(' ', start);
      if (end >= 0 && text.startsWith("--", start)) {
        end = text.indexOf(' ', end + 1);
      }
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
