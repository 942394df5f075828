package dev.pgbound.cli.render;

import dev.pgbound.spi.Value;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Values and counts as people read them. */
public final class Words {

  /** The longest line, in columns. */
  static final int WIDTH = 100;

  static final int LONGEST_VALUE = 60;

  /** How much of what two cut values have in common stands before their first difference. */
  private static final int LEAD = 12;

  private Words() {}

  /** A value on one line, without control characters, cut where it is long. */
  static String value(Value value) {
    return cut(whole(value), LONGEST_VALUE);
  }

  /** A value on one line, complete; what a screen would obey stands in it as an escape. */
  static String whole(Value value) {
    return visible(plain(value));
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

  /** At most {@code limit} characters, with three dots for the rest. */
  static String cut(String text, int limit) {
    return cut(text, 0, limit);
  }

  /** A long value is shown around the place where it begins to differ from {@code other}. */
  static String cut(String text, String other, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    int same = 0;
    while (same < Math.min(text.length(), other.length())
        && text.charAt(same) == other.charAt(same)) {
      same++;
    }
    return cut(text, same + LEAD < limit ? 0 : same - LEAD, limit);
  }

  private static String cut(String text, int start, int limit) {
    int from = start > 0 && Character.isLowSurrogate(text.charAt(start)) ? start - 1 : start;
    String lead = from > 0 ? "..." : "";
    int room = limit - lead.length();
    if (text.length() - from <= room) {
      return lead + text.substring(from);
    }
    int to = from + room - 3;
    return lead
        + text.substring(from, to - (Character.isHighSurrogate(text.charAt(to - 1)) ? 1 : 0))
        + "...";
  }

  /** Prose on one line, with nothing that a screen would obey. */
  public static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .map(c -> c == '\n' || c == '\t' ? ' ' : c)
        .filter(Words::isShown)
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

  /**
   * A value on one line: what a screen would obey, or not show, stands as an escape. A value of AWS
   * must not paint over a plan, and two values that differ must not look the same.
   */
  static String visible(String text) {
    if (text.codePoints().allMatch(Words::isShown)) {
      return text;
    }
    StringBuilder visible = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> visible.append("\\n");
                case '\t' -> visible.append("\\t");
                case '\r' -> visible.append("\\r");
                default -> {
                  if (isShown(c)) {
                    visible.appendCodePoint(c);
                  } else {
                    visible.append(String.format(Locale.ROOT, "\\u{%x}", c));
                  }
                }
              }
            });
    return visible.toString();
  }

  private static boolean isShown(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** {@code 1 resource}, {@code 2,000 resources}. */
  public static String count(int number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }
}
