package dev.pgbound.cli.render;

import dev.pgbound.spi.Value;
import java.util.List;
import java.util.Locale;

/** Scalars in the form that YAML 1.2 reads as the same value. */
final class Yaml {

  private static final String PLAIN = "[A-Za-z/$][A-Za-z0-9_./${}@%*-]*( [A-Za-z0-9_./-]+)*";
  private static final List<String> WORDS = List.of("true", "false", "null", "~");

  private Yaml() {}

  static String key(String name) {
    return scalar(Value.of(name));
  }

  static String scalar(Value value) {
    if (value instanceof Value.Items list) {
      return list.items().stream().map(Yaml::scalar).toList().toString();
    }
    if (value instanceof Value.Fields) {
      return "{}";
    }
    if (!(value instanceof Value.Text text)) {
      return value.toString();
    }
    boolean plain =
        text.text().matches(PLAIN)
            && !text.text().contains("${")
            && !WORDS.contains(text.text().toLowerCase(Locale.ROOT));
    return plain ? text.text() : quoted(text.text());
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                  if (Character.isISOControl(c)) {
                    quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
                  } else {
                    quoted.appendCodePoint(c);
                  }
                }
              }
            });
    return quoted.append('"').toString();
  }
}
