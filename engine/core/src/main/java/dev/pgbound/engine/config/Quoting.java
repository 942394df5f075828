package dev.pgbound.engine.config;

import dev.pgbound.engine.config.SourceMap.Form;

/** Finds a place of a text in the form in which YAML wrote it, quotes and escapes included. */
final class Quoting {

  private Quoting() {}

  /**
   * @param written a scalar as the file has it, in one line
   * @param offset a place in its value, in UTF-16 units
   * @return the same place in {@code written}
   */
  static int writtenOffset(String written, Form form, int offset) {
    if (form == Form.PLAIN) {
      return Math.min(offset, written.length());
    }
    int at = 1;
    int value = 0;
    while (value < offset && at < written.length()) {
      int length = unitLength(written, at, form);
      value += form == Form.DOUBLE_QUOTED && length == 10 ? 2 : 1;
      at += length;
    }
    return Math.min(at, written.length());
  }

  private static int unitLength(String written, int at, Form form) {
    char c = written.charAt(at);
    if (form == Form.SINGLE_QUOTED && c == '\'') {
      return 2;
    }
    if (form != Form.DOUBLE_QUOTED || c != '\\' || at + 1 == written.length()) {
      return 1;
    }
    char escaped = written.charAt(at + 1);
    if (escaped == 'x') {
      return 4;
    }
    if (escaped == 'u') {
      return 6;
    }
    return escaped == 'U' ? 10 : 2;
  }
}
