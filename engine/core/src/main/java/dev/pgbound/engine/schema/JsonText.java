package dev.pgbound.engine.schema;

import dev.pgbound.spi.Value;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/** Writes a value as JSON for people: two spaces, members in their order, a line end at the end. */
final class JsonText {

  private final StringBuilder out = new StringBuilder();

  private JsonText() {}

  static String of(Value value) {
    JsonText json = new JsonText();
    json.write(value, 0);
    return json.out.append('\n').toString();
  }

  private void write(Value value, int indent) {
    if (value instanceof Value.Fields fields) {
      fields(fields, indent);
    } else if (value instanceof Value.Items list) {
      items(list, indent);
    } else if (value instanceof Value.Text text) {
      quote(text.text());
    } else {
      out.append(value);
    }
  }

  private void fields(Value.Fields fields, int indent) {
    if (fields.fields().isEmpty()) {
      out.append("{}");
      return;
    }
    out.append('{');
    Iterator<Map.Entry<String, Value>> entries = fields.fields().entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<String, Value> entry = entries.next();
      line(indent + 1);
      quote(entry.getKey());
      out.append(": ");
      write(entry.getValue(), indent + 1);
      out.append(entries.hasNext() ? "," : "");
    }
    line(indent);
    out.append('}');
  }

  private void items(Value.Items list, int indent) {
    boolean flat = list.items().stream().noneMatch(item -> item instanceof Value.Fields);
    out.append('[');
    for (int i = 0; i < list.items().size(); i++) {
      out.append(i == 0 ? "" : flat ? ", " : ",");
      if (!flat) {
        line(indent + 1);
      }
      write(list.items().get(i), indent + 1);
    }
    if (!flat) {
      line(indent);
    }
    out.append(']');
  }

  private void line(int indent) {
    out.append('\n').append("  ".repeat(indent));
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        default ->
            out.append(
                c < 0x20 || c > 0x7E
                    ? String.format(Locale.ROOT, "\\u%04x", (int) c)
                    : String.valueOf(c));
      }
    }
    out.append('"');
  }
}
