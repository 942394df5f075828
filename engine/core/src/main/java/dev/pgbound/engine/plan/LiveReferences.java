package dev.pgbound.engine.plan;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who needs whom, read off live values: an object that names another one by its identifier or its
 * ARN needs it. Objects of different types may share a name; then each of them may be meant.
 */
final class LiveReferences {

  private final Map<String, Set<Address>> owners = new HashMap<>();

  /**
   * @param objects the objects that may be named
   */
  LiveReferences(Map<Address, Live> objects) {
    objects.forEach(
        (address, live) -> {
          own(live.identifier(), address);
          live.attributes().text("arn").ifPresent(arn -> own(arn, address));
        });
  }

  private void own(String identifier, Address address) {
    owners.computeIfAbsent(identifier, id -> new TreeSet<>()).add(address);
  }

  /** How sure it is that a text means an object. */
  enum Certainty {
    /** Only one object is called so. */
    SURE,
    /** Several objects are called so. */
    AMBIGUOUS
  }

  /** The objects that {@code live} names, itself excepted. Its own name says nothing. */
  Set<Address> namedBy(ResourceSchema schema, Address address, Live live, Certainty certainty) {
    Value.Fields values =
        schema
            .identifier()
            .map(identifier -> live.attributes().without(identifier.name()))
            .orElse(live.attributes());
    Set<Address> named = new TreeSet<>();
    values.mapLeaves(
        leaf -> {
          Set<Address> meant = owners.getOrDefault(leaf.toString(), Set.of());
          if ((meant.size() > 1) == (certainty == Certainty.AMBIGUOUS)) {
            named.addAll(meant);
          }
          return leaf;
        });
    named.remove(address);
    return named;
  }
}
