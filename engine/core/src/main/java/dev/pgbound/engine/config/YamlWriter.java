package dev.pgbound.engine.config;

import dev.pgbound.spi.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes values as YAML that {@link YamlReader} reads as the same values: as few lines as can be
 * read, which are those of a hundred columns at most. What fits stands on one line, except the
 * sections of a file.
 */
public final class YamlWriter {

  private static final int WIDTH = 100;

  /** Texts that mean the same with and without quotes, also between braces. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z/][A-Za-z0-9_./@%*-]*( [A-Za-z0-9_./-]+)*");

  private final Map<Pointer, String> remarks;
  private final StringBuilder text = new StringBuilder();

  private YamlWriter(Map<Pointer, String> remarks) {
    this.remarks = remarks;
  }

  /**
   * A document, ending with a line break.
   *
   * @param remarks comments, each above the entry that it is about
   */
  public static String write(Value.Fields root, Map<Pointer, String> remarks) {
    YamlWriter writer = new YamlWriter(new LinkedHashMap<>(remarks));
    for (Map.Entry<String, Value> entry : root.fields().entrySet()) {
      boolean section = entry.getValue() instanceof Value.Fields;
      if (section && !writer.text.isEmpty()) {
        writer.text.append('\n');
      }
      Pointer at = Pointer.of(entry.getKey());
      writer.entry(0, "", entry.getKey(), entry.getValue(), at);
    }
    return writer.text.toString();
  }

  /** A scalar, or a list or map in one line, as YAML reads it again. */
  public static String flow(Value value) {
    if (value instanceof Value.Items list) {
      return list.items().stream()
          .map(YamlWriter::flow)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Value.Fields fields) {
      return fields.fields().entrySet().stream()
          .map(entry -> key(entry.getKey()) + ": " + flow(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof Value.Unknown unknown) {
      return quoted(unknown.expression());
    }
    return value instanceof Value.Text words ? scalar(words.text()) : value.toString();
  }

  /** A name of an entry. */
  public static String key(String name) {
    return scalar(name);
  }

  private static String scalar(String words) {
    boolean plain =
        PLAIN.matcher(words).matches() && PlainScalar.resolve(words) instanceof Value.Text;
    return plain ? words : quoted(words);
  }

  /**
   * @param mark the dash of a list, which stands before its first entry
   */
  private void entry(int indent, String mark, String name, Value value, Pointer at) {
    remark(indent, at);
    String start = " ".repeat(indent) + mark + key(name) + ":";
    value(start, indent + mark.length(), value, at);
  }

  /**
   * @param start what stands on the line already
   * @param indent the column of the entry
   */
  private void value(String start, int indent, Value value, Pointer at) {
    String line = start + " " + flow(value);
    Optional<String> block = block(value, indent + 2);
    boolean section = at.segments().size() == 1 || isContainerOfResources(at);
    boolean empty = value.equals(Value.Fields.NONE) || value.equals(new Value.Items(List.of()));
    if (block.isPresent()) {
      text.append(start).append(' ').append(block.get());
    } else if (empty || !isContainer(value) || (!section && fits(line, value, at))) {
      text.append(line).append('\n');
    } else if (value instanceof Value.Fields fields) {
      text.append(start).append('\n');
      fields.fields().forEach((name, inner) -> entry(indent + 2, "", name, inner, at.child(name)));
    } else {
      text.append(start).append('\n');
      List<Value> items = ((Value.Items) value).items();
      for (int i = 0; i < items.size(); i++) {
        item(indent + 2, items.get(i), at.item(i));
      }
    }
  }

  private void item(int indent, Value item, Pointer at) {
    remark(indent, at);
    String line = " ".repeat(indent) + "- " + flow(item);
    if (!isContainer(item) || fits(line, item, at)) {
      text.append(line).append('\n');
    } else if (item instanceof Value.Fields fields) {
      boolean first = true;
      for (Map.Entry<String, Value> entry : fields.fields().entrySet()) {
        Pointer inner = at.child(entry.getKey());
        if (first) {
          entry(indent, "- ", entry.getKey(), entry.getValue(), inner);
        } else {
          entry(indent + 2, "", entry.getKey(), entry.getValue(), inner);
        }
        first = false;
      }
    } else {
      value(" ".repeat(indent) + "-", indent, item, at);
    }
  }

  /** Types and names of resources stand on lines of their own. */
  private static boolean isContainerOfResources(Pointer at) {
    return at.segments().size() == 2 && at.segments().get(0).equals("resources");
  }

  private static boolean isContainer(Value value) {
    return value instanceof Value.Fields || value instanceof Value.Items;
  }

  private boolean fits(String line, Value value, Pointer at) {
    boolean remarked =
        remarks.keySet().stream()
            .anyMatch(
                other ->
                    other.segments().size() > at.segments().size()
                        && other.segments().subList(0, at.segments().size()).equals(at.segments()));
    return line.length() <= WIDTH && !remarked && !hasLines(value);
  }

  private static boolean hasLines(Value value) {
    if (value instanceof Value.Fields fields) {
      return fields.fields().values().stream().anyMatch(YamlWriter::hasLines);
    }
    return value instanceof Value.Items list
        ? list.items().stream().anyMatch(YamlWriter::hasLines)
        : block(value, 0).isPresent();
  }

  /** A text of several lines as it is. */
  private static Optional<String> block(Value value, int indent) {
    if (!(value instanceof Value.Text words) || words.text().strip().indexOf('\n') < 0) {
      return Optional.empty();
    }
    String lines = words.text();
    boolean plain =
        lines.chars().allMatch(c -> c == '\n' || !Character.isISOControl(c))
            && lines.lines().noneMatch(line -> !line.equals(line.strip()))
            && !lines.startsWith("\n")
            && !lines.endsWith("\n\n");
    if (!plain) {
      return Optional.empty();
    }
    String margin = " ".repeat(indent);
    String mark = lines.endsWith("\n") ? "|" : "|-";
    return Optional.of(
        lines
            .lines()
            .map(line -> line.isEmpty() ? "" : margin + line)
            .collect(Collectors.joining("\n", mark + "\n", "\n")));
  }

  private void remark(int indent, Pointer at) {
    String remark = remarks.get(at);
    if (remark != null) {
      comment(text, " ".repeat(indent), remark);
    }
  }

  /** Adds a comment, broken into lines; it can hold no line break that would end it. */
  public static void comment(StringBuilder text, String margin, String remark) {
    StringBuilder line = new StringBuilder(margin).append('#');
    for (String word : Screen.clean(remark.replaceAll("\\s+", " ")).split(" ", -1)) {
      if (line.length() + 1 + word.length() > WIDTH && line.length() > margin.length() + 1) {
        text.append(line).append('\n');
        line = new StringBuilder(margin).append('#');
      }
      line.append(' ').append(word);
    }
    text.append(line).append('\n');
  }

  private static String quoted(String words) {
    StringBuilder quoted = new StringBuilder("\"");
    words
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                  if (c <= 0xFFFF && !Screen.isShown(c)) {
                    quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
                  } else if (!Screen.isShown(c)) {
                    quoted.append(String.format(Locale.ROOT, "\\U%08x", c));
                  } else {
                    quoted.appendCodePoint(c);
                  }
                }
              }
            });
    return quoted.append('"').toString();
  }
}
