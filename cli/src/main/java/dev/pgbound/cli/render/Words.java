package dev.pgbound.cli.render;

import dev.pgbound.spi.Value;
import java.util.List;
import java.util.stream.Collectors;

/** Values and counts as people read them. */
public final class Words {

  /** The longest line, in columns. */
  static final int WIDTH = 100;

  private static final int LONGEST_VALUE = 60;

  private Words() {}

  /** A value on one line, without control characters, cut where it is long. */
  static String value(Value value) {
    String text = clean(plain(value));
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE - 3) + "...";
  }

  private static String plain(Value value) {
    if (value instanceof Value.Fields fields) {
      return fields.fields().entrySet().stream()
          .map(entry -> entry.getKey() + ": " + plain(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof Value.Items list) {
      return list.items().stream().map(Words::plain).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Value.Unknown unknown) {
      return unknown.expression() + " " + unknown;
    }
    return value instanceof Value.Text text && text.text().isEmpty() ? "\"\"" : value.toString();
  }

  /** Nothing that a terminal would obey: a value of AWS must not paint over the plan. */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .map(c -> c == '\n' || c == '\t' ? ' ' : c)
        .filter(
            c ->
                !Character.isISOControl(c)
                    && Character.getType(c) != Character.FORMAT
                    && Character.getType(c) != Character.LINE_SEPARATOR)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  /** Things behind a label, in as many lines as they need, the last one with a line break. */
  static String list(String label, List<?> things) {
    StringBuilder lines = new StringBuilder();
    StringBuilder row = new StringBuilder(label);
    boolean first = true;
    for (Object thing : things) {
      if (!first && row.length() + 2 + thing.toString().length() > WIDTH) {
        lines.append(row).append(",\n");
        row.setLength(0);
        row.append(" ".repeat(label.length()));
        first = true;
      }
      row.append(first ? "" : ", ").append(thing);
      first = false;
    }
    return lines.append(row).append('\n').toString();
  }

  /** {@code 1 resource}, {@code 2 resources}. */
  public static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
