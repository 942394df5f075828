package dev.pgbound.engine.plan;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Query.Wanted;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Value;
import java.util.List;
import java.util.Optional;

/** Finds the object that a declared resource stands for: by its name, or by its ownership tag. */
public final class Identity {

  private Identity() {}

  /** The identifier that the attributes declare, in normal form; empty when AWS chooses it. */
  public static Optional<String> declared(ResourceSchema schema, Value.Fields attributes) {
    return schema.identifier().flatMap(attribute -> normal(attribute, attributes));
  }

  /**
   * The object among {@code found} that is meant. The name counts first, since two objects of one
   * name cannot be; an object that carries the address under another name is a rename.
   */
  public static Optional<Live> find(
      ResourceSchema schema, Wanted wanted, String migration, List<Live> found) {
    Optional<Live> byName =
        found.stream()
            .filter(live -> wanted.identifier().isPresent())
            .filter(live -> declared(schema, live.attributes()).equals(wanted.identifier()))
            .filter(live -> isInTheSamePlace(schema, wanted, live))
            .findFirst();
    return byName.or(
        () ->
            found.stream()
                .filter(live -> live.isOwnedBy(migration))
                .filter(live -> live.address().filter(wanted.address()::equals).isPresent())
                .filter(live -> isInTheSamePlace(schema, wanted, live))
                .findFirst());
  }

  private static boolean isInTheSamePlace(ResourceSchema schema, Wanted wanted, Live live) {
    return schema
        .within()
        .flatMap(wanted.desired()::get)
        .map(place -> place.equals(live.attributes().fields().get(schema.within().get())))
        .orElse(true);
  }

  private static Optional<String> normal(Attribute attribute, Value.Fields attributes) {
    return attributes
        .get(attribute.name())
        .map(value -> Normal.of(attribute, value))
        .filter(Value.Text.class::isInstance)
        .map(Value::toString);
  }
}
