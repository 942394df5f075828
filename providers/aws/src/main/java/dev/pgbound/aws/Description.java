package dev.pgbound.aws;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a file says about an object that is there, for {@link
 * dev.pgbound.spi.ResourceType#describe}: everything that can be declared and read, until a type
 * takes away what AWS fills in. Tags are left out: those that are not declared are left alone.
 */
final class Description {

  private final Map<String, Value> said = new LinkedHashMap<>();

  private Description() {}

  static Description of(ResourceSchema schema, Live live) {
    Description description = new Description();
    for (Attribute attribute : schema.attributes()) {
      boolean readable = !attribute.is(Flag.COMPUTED) && !attribute.is(Flag.WRITE_ONLY);
      live.attributes()
          .get(attribute.name())
          .filter(value -> readable && !isEmpty(value) && !attribute.name().equals("tags"))
          .ifPresent(value -> description.said.put(attribute.name(), value));
    }
    return description;
  }

  /** Lists and maps without elements, and texts of no length, say nothing. */
  static boolean isEmpty(Value value) {
    return value.equals(Fields.NONE)
        || value.equals(new Value.Items(List.of()))
        || value.equals(Value.of(""));
  }

  /** Leaves out what AWS chooses where nothing is said. */
  Description without(String... names) {
    List.of(names).forEach(said::remove);
    return this;
  }

  /** Leaves an attribute out where it has the value that AWS gives it by itself. */
  Description unless(String name, Value usual) {
    said.remove(name, usual);
    return this;
  }

  Description unless(String name, String usual) {
    return unlessText(name, text -> text.equalsIgnoreCase(usual));
  }

  Description unless(String name, boolean usual) {
    return unless(name, Value.of(usual));
  }

  Description unless(String name, long usual) {
    return unless(name, Value.of(usual));
  }

  /** Leaves a text out where AWS chooses such texts by itself. */
  Description unlessText(String name, Predicate<String> usual) {
    if (said.get(name) instanceof Value.Text text && usual.test(text.text())) {
      said.remove(name);
    }
    return this;
  }

  /** Says something that cannot be read. */
  Description with(String name, Value value) {
    said.put(name, value);
    return this;
  }

  boolean has(String name, Value value) {
    return value.equals(said.get(name));
  }

  Fields fields() {
    return new Fields(said);
  }

  /**
   * A reference to a variable of the environment, in place of a secret that AWS does not tell.
   *
   * @param identifier the object whose secret it is
   */
  static Value secret(String identifier, String what) {
    String name = identifier + "_" + what;
    return new Value.Unknown(
        "${env." + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "}");
  }
}
