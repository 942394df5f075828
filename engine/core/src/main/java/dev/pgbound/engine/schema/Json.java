package dev.pgbound.engine.schema;

import dev.pgbound.spi.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the members of one JSON object, in the order in which they are written. */
final class Json {

  private final Map<String, Value> members = new LinkedHashMap<>();

  Json put(String name, Value value) {
    members.put(name, value);
    return this;
  }

  Json put(String name, String text) {
    return put(name, Value.of(text));
  }

  Json put(String name, boolean flag) {
    return put(name, Value.of(flag));
  }

  Json put(String name, long number) {
    return put(name, Value.of(number));
  }

  Json put(String name, List<String> texts) {
    return put(name, Value.of(texts));
  }

  Json put(String name, Json object) {
    return put(name, object.build());
  }

  Json putAll(Json other) {
    members.putAll(other.members);
    return this;
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  Value.Fields build() {
    return new Value.Fields(members);
  }
}
