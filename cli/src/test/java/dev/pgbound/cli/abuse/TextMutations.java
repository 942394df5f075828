package dev.pgbound.cli.abuse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Mistakes in the text of a file: lines, characters, bytes. */
final class TextMutations {

  private static final List<String> PIECES =
      List.of(
          "\t",
          "\r",
          "\r\n",
          "\0",
          "\u001B[2J",
          "\u0007",
          "\u0085",
          "\u2028",
          "\uFEFF",
          "\u202E",
          "\u2066",
          "\u0301",
          "\u0130",
          "\u0131",
          "\uFFFE",
          "\ud83d\ude80",
          "\"",
          "'",
          ":",
          ": ",
          "#",
          " #",
          "- ",
          "{",
          "}",
          "[",
          "]",
          ",",
          "&a ",
          "*a ",
          "<<: ",
          "<<: *a\n",
          "? ",
          "| ",
          "---\n",
          "...\n",
          "\n---\n",
          "%YAML 1.1\n---\n",
          "%TAG ! tag:x,2000:\n---\n",
          "!!java.lang.Runtime ",
          "!<tag:yaml.org,2002:java.io.File> ",
          "${",
          "}",
          "\\",
          "@",
          "`");

  private final Random random;

  TextMutations(Random random) {
    this.random = random;
  }

  /** Makes one mistake in a text. */
  String mutate(String text) {
    List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
    int line = random.nextInt(lines.size());
    int other = random.nextInt(lines.size());
    switch (random.nextInt(9)) {
      case 0 -> lines.remove(line);
      case 1 -> lines.add(line, lines.get(other));
      case 2 -> lines.set(line, lines.set(other, lines.get(line)));
      case 3 -> lines.set(line, " ".repeat(1 + random.nextInt(4)) + lines.get(line));
      case 4 -> lines.set(line, lines.get(line).replaceFirst("^ {1,2}", ""));
      case 5 -> lines.set(line, lines.get(line) + "\r");
      case 6 -> {
        return deleted(text);
      }
      default -> {
        return inserted(text, PIECES.get(random.nextInt(PIECES.size())));
      }
    }
    return String.join("\n", lines);
  }

  /** Makes one mistake in the bytes of a file, or none that a reader may mind. */
  byte[] encode(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    switch (random.nextInt(8)) {
      case 0 -> bytes[at(bytes)] = (byte) random.nextInt(256);
      case 1 -> bytes = text.replace("\n", "\r\n").getBytes(UTF_8);
      case 2 -> bytes = ('\uFEFF' + text).getBytes(UTF_8);
      case 3 -> bytes = text.getBytes(UTF_16LE);
      case 4 -> bytes = inserted(text, "\u00FC\u00DF").getBytes(ISO_8859_1);
      case 5 -> bytes = surrogate(bytes);
      case 6 -> bytes = Arrays.copyOf(bytes, at(bytes));
      default -> bytes = text.replace("\n", "\r").getBytes(UTF_8);
    }
    return bytes;
  }

  /** Half a character beyond the basic plane, as some tools write it. */
  private byte[] surrogate(byte[] bytes) {
    byte[] changed = Arrays.copyOf(bytes, bytes.length + 3);
    int at = at(bytes);
    System.arraycopy(bytes, at, changed, at + 3, bytes.length - at);
    changed[at] = (byte) 0xED;
    changed[at + 1] = (byte) 0xA0;
    changed[at + 2] = (byte) 0x80;
    return changed;
  }

  private String deleted(String text) {
    int from = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), from + 1 + random.nextInt(12));
    return text.substring(0, from) + text.substring(to);
  }

  private String inserted(String text, String piece) {
    int at = random.nextInt(text.length() + 1);
    return text.substring(0, at) + piece + text.substring(at);
  }

  private int at(byte[] bytes) {
    return bytes.length == 0 ? 0 : random.nextInt(bytes.length);
  }
}
