package dev.pgbound.tables;

import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rules as JSON documents; single quotes may stand for double ones. */
public final class Documents {

  private static final JsonMapper JSON = new JsonMapper();

  private Documents() {}

  public static Fields json(String text) {
    return (Fields) value(JSON.readTree(text.replace('\'', '"')));
  }

  private static Value value(JsonNode node) {
    if (node.isObject()) {
      Map<String, Value> fields = new LinkedHashMap<>();
      node.properties().forEach(entry -> fields.put(entry.getKey(), value(entry.getValue())));
      return new Fields(fields);
    }
    if (node.isArray()) {
      List<Value> items = new ArrayList<>();
      node.values().forEach(item -> items.add(value(item)));
      return new Value.Items(items);
    }
    if (node.isNull()) {
      return Value.Null.INSTANCE;
    }
    if (node.isBoolean()) {
      return Value.of(node.asBoolean());
    }
    return node.isNumber() ? new Value.Num(node.asDecimal()) : Value.of(node.asString());
  }

  /** The document as JSON that {@link #json} reads. */
  static String text(Value value) {
    return JSON.writeValueAsString(node(value)).replace("'", "\\u0027");
  }

  private static Object node(Value value) {
    if (value instanceof Fields fields) {
      Map<String, Object> nodes = new LinkedHashMap<>();
      fields.fields().forEach((name, item) -> nodes.put(name, node(item)));
      return nodes;
    }
    if (value instanceof Value.Items items) {
      return items.items().stream().map(Documents::node).toList();
    }
    if (value instanceof Value.Num num) {
      return num.number();
    }
    if (value instanceof Value.Bool bool) {
      return bool.flag();
    }
    return value instanceof Value.Null ? Optional.empty() : value.toString();
  }

  /** One document with the members of another put into it, at all depths. */
  static Fields merged(Fields base, Fields more) {
    Fields result = base;
    for (Map.Entry<String, Value> entry : more.fields().entrySet()) {
      Value value =
          entry.getValue() instanceof Fields inner
                  && base.fields().get(entry.getKey()) instanceof Fields outer
              ? merged(outer, inner)
              : entry.getValue();
      result = result.with(entry.getKey(), value);
    }
    return result;
  }

  /** A mapping of rules that are written one behind the other. */
  static Fields mapping(String rules) {
    return json("{\"rules\": [" + rules + "]}");
  }

  /** A task that loads and replicates changes by these rules. */
  static TableTask task(Fields mapping) {
    return task(mapping, TableTask.Mode.FULL_LOAD_AND_CDC, TableTask.Source.DEFAULT);
  }

  static TableTask task(Fields mapping, TableTask.Mode mode, TableTask.Source source) {
    return new TableTask(mapping, mode, false, "", Lobs.DEFAULT, source);
  }

  /** A source whose names are escaped by {@code #}. */
  static TableTask.Source escaping() {
    return new TableTask.Source(Optional.of('#'), false, 10);
  }
}
