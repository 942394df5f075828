package dev.pgbound.engine.plan;

import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values as JSON. A value that is not known yet is an object with the one key {@code unknown}. */
public final class ValueJson {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String UNKNOWN = "unknown";

  private ValueJson() {}

  /** Throws {@link IllegalArgumentException} for a secret, which no document may hold. */
  public static JsonNode write(Value value) {
    if (value instanceof Value.Fields fields) {
      ObjectNode object = NODES.objectNode();
      fields.fields().forEach((name, inner) -> object.set(name, write(inner)));
      return object;
    }
    if (value instanceof Value.Items list) {
      ArrayNode array = NODES.arrayNode();
      list.items().forEach(item -> array.add(write(item)));
      return array;
    }
    if (value instanceof Value.Num num) {
      boolean whole = num.number().scale() <= 0;
      return whole ? NODES.numberNode(num.number().toBigInteger()) : NODES.numberNode(num.number());
    }
    if (value instanceof Value.Bool bool) {
      return NODES.booleanNode(bool.flag());
    }
    if (value instanceof Value.Unknown unknown) {
      return NODES.objectNode().put(UNKNOWN, unknown.expression());
    }
    if (value instanceof Value.Secret) {
      throw new IllegalArgumentException("a secret must not be written");
    }
    return value instanceof Value.Text text ? NODES.stringNode(text.text()) : NODES.nullNode();
  }

  /** The value that {@link #write} has written. */
  public static Value read(JsonNode node) {
    if (node.isObject()) {
      if (node.size() == 1 && node.path(UNKNOWN).isString()) {
        return new Value.Unknown(node.path(UNKNOWN).asString());
      }
      return fields(node);
    }
    if (node.isArray()) {
      List<Value> items = new ArrayList<>();
      node.values().forEach(item -> items.add(read(item)));
      return new Value.Items(items);
    }
    if (node.isNumber()) {
      return new Value.Num(node.decimalValue());
    }
    if (node.isBoolean()) {
      return new Value.Bool(node.booleanValue());
    }
    return node.isString() ? new Value.Text(node.asString()) : Value.Null.INSTANCE;
  }

  /** An object as named values. */
  static Value.Fields fields(JsonNode object) {
    Map<String, Value> fields = new LinkedHashMap<>();
    object.properties().forEach(entry -> fields.put(entry.getKey(), read(entry.getValue())));
    return new Value.Fields(fields);
  }
}
