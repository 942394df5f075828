package dev.pgbound.engine.plan;

import dev.pgbound.engine.plan.Plan.Neighbour;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.engine.sections.Resource;
import dev.pgbound.engine.sections.Resource.Management;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the objects that stand in the same setup and are managed by nobody here: those that use an
 * object of the migration, what these use themselves, and what objects of the migration use without
 * the file knowing. From what discovery brought along, without a call of its own.
 */
final class Neighbours {

  /** An object outside of the migration. */
  private record Outside(String type, Live live) implements Comparable<Outside> {
    @Override
    public int compareTo(Outside other) {
      int byType = type.compareTo(other.type);
      return byType != 0 ? byType : live.identifier().compareTo(other.live.identifier());
    }

    @Override
    public String toString() {
      return type + " " + live.identifier();
    }
  }

  /** What is found about one of them. */
  private record Uses(Set<Address> uses, Set<String> usedBy) {
    Uses() {
      this(new TreeSet<>(), new TreeSet<>());
    }
  }

  private final Registry registry;
  private final Map<Address, Resource> declared = new LinkedHashMap<>();
  private final Map<Address, Live> ours = new TreeMap<>();
  private final LiveNames<Address> known;
  private final LiveNames<Outside> outside;
  private final List<Outside> others = new ArrayList<>();
  private final Map<Outside, Uses> found = new TreeMap<>();

  Neighbours(Registry registry, String migration, List<Resource> resources, Snapshot snapshot) {
    this.registry = registry;
    resources.forEach(resource -> declared.put(resource.address(), resource));
    known = new LiveNames<>(registry);
    outside = new LiveNames<>(registry);
    Set<String> taken = new TreeSet<>();
    snapshot
        .live()
        .forEach(
            (address, live) -> {
              taken.add(address.type() + " " + live.identifier());
              known.put(address, schema(address.type()), live);
              if (isOurs(address, live, migration)) {
                ours.put(address, live);
              }
            });
    snapshot
        .orphans()
        .forEach(
            (address, live) -> {
              known.put(address, schema(address.type()), live);
              ours.put(address, live);
            });
    snapshot
        .others()
        .forEach(
            (type, lives) ->
                lives.stream()
                    .map(live -> new Outside(type, live))
                    .filter(other -> !taken.contains(other.toString()))
                    .forEach(others::add));
    others.forEach(other -> outside.put(other, schema(other.type()), other.live()));
  }

  private boolean isOurs(Address address, Live live, String migration) {
    Resource resource = declared.get(address);
    return resource != null
        && resource.meta().management() == Management.OWNED
        && live.isOwnedBy(migration);
  }

  /** All of them, by type and identifier. */
  List<Neighbour> find() {
    for (Outside other : others) {
      Set<Address> uses = new TreeSet<>(known.namedBy(schema(other.type()), other.live()));
      uses.retainAll(ours.keySet());
      if (!uses.isEmpty()) {
        uses(other).uses().addAll(uses);
      }
    }
    for (Outside user : List.copyOf(found.keySet())) {
      outside.namedBy(schema(user.type()), user.live()).stream()
          .filter(used -> !used.equals(user))
          .forEach(used -> uses(used).usedBy().add(user.toString()));
    }
    ours.forEach(this::usedUnknown);
    List<Neighbour> neighbours = new ArrayList<>();
    found.forEach(
        (other, uses) ->
            neighbours.add(
                new Neighbour(
                    other.type(),
                    other.live().identifier(),
                    List.copyOf(uses.uses()),
                    List.copyOf(uses.usedBy()),
                    other.live().tag(Live.MIGRATION_TAG))));
    return neighbours;
  }

  private Uses uses(Outside other) {
    return found.computeIfAbsent(other, key -> new Uses());
  }

  private void usedUnknown(Address address, Live live) {
    ResourceSchema schema = schema(address.type());
    outside.namedBy(schema, live).forEach(used -> uses(used).usedBy().add(address.toString()));
    Set<String> written = new TreeSet<>();
    Optional.ofNullable(declared.get(address))
        .ifPresent(
            resource ->
                LiveNames.texts("", resource.attributes(), (name, text) -> written.add(text)));
    live.attributes()
        .fields()
        .forEach(
            (name, value) ->
                LiveNames.texts(
                    name,
                    value,
                    (attribute, text) -> {
                      if (!written.contains(text)) {
                        unseen(schema, attribute, text)
                            .ifPresent(other -> uses(other).usedBy().add(address.toString()));
                      }
                    }));
  }

  /** An object that no call has brought along: all that is known of it is that it is named. */
  private Optional<Outside> unseen(ResourceSchema owner, String attribute, String text) {
    List<String> types = owner.relations().named().getOrDefault(attribute, List.of());
    if (types.size() != 1
        || !isChosenByAws(types.get(0))
        || !known.meant(owner, attribute, text).isEmpty()
        || !outside.meant(owner, attribute, text).isEmpty()) {
      return Optional.empty();
    }
    Live nothing = new Live(text, Value.Fields.NONE, Map.of(), Live.Health.READY);
    return Optional.of(new Outside(types.get(0), nothing));
  }

  private boolean isChosenByAws(String type) {
    ResourceSchema schema = schema(type);
    return schema
        .attribute(schema.identifierOutput())
        .filter(attribute -> attribute.is(Flag.COMPUTED))
        .isPresent();
  }

  private ResourceSchema schema(String type) {
    return registry.type(type).schema();
  }
}
