package dev.pgbound.simulator.copy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row in the text form of PostgreSQL's COPY. */
final class CopyLine {

  private CopyLine() {}

  static byte[] of(List<@Nullable String> row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      if (i > 0) {
        line.append('\t');
      }
      String value = row.get(i);
      if (value == null) {
        line.append("\\N");
      } else {
        escape(value, line);
      }
    }
    return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void escape(String value, StringBuilder line) {
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      switch (character) {
        case '\\' -> line.append("\\\\");
        case '\t' -> line.append("\\t");
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        // PostgreSQL has no such character; DMS writes a blank in its place
        case '\0' -> line.append(' ');
        default -> line.append(character);
      }
    }
  }
}
