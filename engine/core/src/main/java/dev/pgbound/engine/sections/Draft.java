package dev.pgbound.engine.sections;

import dev.pgbound.engine.config.Pointer;
import dev.pgbound.engine.config.SourceMap;
import dev.pgbound.engine.sections.Resource.Meta;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A resource in the making, with the place in the file that caused each value. */
final class Draft {

  private final Address address;
  private final Map<String, Value> attributes = new LinkedHashMap<>();
  private final Map<Pointer, Pointer> places = new LinkedHashMap<>();
  private Optional<Value.Fields> existing = Optional.empty();
  private final List<Address> dependsOn = new ArrayList<>();
  private boolean shared;

  /**
   * @param cause the place in the file that makes the resource necessary
   */
  Draft(String type, String name, Pointer cause) {
    address = new Address(type, name);
    places.put(Pointer.ROOT, cause);
  }

  /** A value that pgbound chooses. */
  Draft set(String attribute, Value value) {
    attributes.put(attribute, value);
    return this;
  }

  Draft set(String attribute, String text) {
    return set(attribute, Value.of(text));
  }

  Draft set(String attribute, List<String> texts) {
    return set(attribute, Value.of(texts));
  }

  Draft set(String attribute, long number) {
    return set(attribute, Value.of(number));
  }

  Draft set(String attribute, boolean flag) {
    return set(attribute, Value.of(flag));
  }

  /** A value that the file gives at {@code place}. */
  Draft set(String attribute, Value value, Pointer place) {
    places.put(Pointer.of(attribute), place);
    return set(attribute, value);
  }

  /** The value that the section gives; nothing when it gives none. */
  Draft take(String attribute, Section section, String key) {
    section.value(key).ifPresent(value -> set(attribute, value, section.place(key)));
    return this;
  }

  /** Says which part of an attribute comes from where. */
  Draft place(Pointer attribute, Pointer place) {
    places.put(attribute, place);
    return this;
  }

  /** Somebody else's object, found by {@code selector}. */
  Draft existing(Value.Fields selector) {
    existing = Optional.of(selector);
    return this;
  }

  Draft dependsOn(Draft other) {
    dependsOn.add(other.address());
    return this;
  }

  Draft shared() {
    shared = true;
    return this;
  }

  Resource resource() {
    Meta meta = new Meta(dependsOn, false, Map.of(), existing, false, shared);
    return new Resource(address, new Value.Fields(attributes), meta);
  }

  Origins origins(SourceMap map) {
    return new Origins(map, places);
  }

  /** The text of an attribute; empty when it is not set, or no text. */
  Optional<String> value(String attribute) {
    return attributes.get(attribute) instanceof Value.Text text
        ? Optional.of(text.text())
        : Optional.empty();
  }

  Address address() {
    return address;
  }

  /** A reference to this resource's identifier, or to one of its outputs. */
  String ref(String... output) {
    List<String> parts = new ArrayList<>(List.of(address.type(), address.name()));
    parts.addAll(List.of(output));
    return "${" + String.join(".", parts) + "}";
  }
}
