package dev.pgbound.engine.plan;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Query.Wanted;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the object that a declared resource stands for: by its name, or by its ownership tag. */
public final class Identity {

  private Identity() {}

  /** The identifier that the attributes declare, in normal form; empty when AWS chooses it. */
  public static Optional<String> declared(ResourceSchema schema, Value.Fields attributes) {
    return schema.identifier().flatMap(attribute -> normal(attribute, attributes));
  }

  /** The object among {@code found} that is meant; the first where several claim to be. */
  public static Optional<Live> find(
      ResourceSchema schema, Wanted wanted, String migration, List<Live> found) {
    return claimants(schema, wanted, migration, found).stream().findFirst();
  }

  /**
   * The objects among {@code found} that may be meant. The name counts first, since two objects of
   * one name cannot be; an object that carries the address under another name is a rename. Where no
   * name decides, several may carry the address: tags are copied by people and by AWS.
   */
  static List<Live> claimants(
      ResourceSchema schema, Wanted wanted, String migration, List<Live> found) {
    List<Live> byName =
        found.stream()
            .filter(live -> wanted.identifier().isPresent())
            .filter(live -> declared(schema, live.attributes()).equals(wanted.identifier()))
            .filter(live -> isInTheSamePlace(schema, wanted, live))
            .limit(1)
            .toList();
    return byName.isEmpty()
        ? claimants(wanted.address(), migration, inTheSamePlace(schema, wanted, found))
        : byName;
  }

  /** The objects that carry the address; what is being deleted gives way to what stays. */
  static List<Live> claimants(Address address, String migration, List<Live> found) {
    List<Live> tagged =
        found.stream()
            .filter(live -> live.isOwnedBy(migration))
            .filter(live -> live.address().filter(address::equals).isPresent())
            .toList();
    List<Live> staying =
        tagged.stream().filter(live -> live.health().state() != Live.State.GOING).toList();
    return staying.isEmpty() ? tagged : staying;
  }

  /** The tags that make an object the migration's. */
  public static Map<String, String> tags(String migration, Address address, String digest) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(Live.MIGRATION_TAG, migration);
    tags.put(Live.ADDRESS_TAG, address.toString());
    tags.put(Live.DIGEST_TAG, digest);
    return tags;
  }

  private static List<Live> inTheSamePlace(ResourceSchema schema, Wanted wanted, List<Live> found) {
    return found.stream().filter(live -> isInTheSamePlace(schema, wanted, live)).toList();
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
