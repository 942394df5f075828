package dev.pgbound.engine.plan;

import dev.pgbound.engine.graph.References;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.engine.sections.Resource;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Provider;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.Query.Scope;
import dev.pgbound.spi.Query.Wanted;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Ownership;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/**
 * Reads what is live: every declared resource and everything else that carries the migration's tag,
 * one batch per resource type, the types side by side.
 */
final class Discovery {

  private final Registry registry;
  private final References references;
  private final Context context;
  private final Map<Address, Live> live = new TreeMap<>();
  private final Map<Address, Live> orphans = new TreeMap<>();
  private final Set<Value.Fields> places = new LinkedHashSet<>();
  private final List<Snapshot.Copy> copies = new ArrayList<>();
  private final Map<Address, List<Live>> undecided = new TreeMap<>();
  private final Map<String, List<Live>> others = new TreeMap<>();

  Discovery(Registry registry, References references, Context context) {
    this.registry = registry;
    this.references = references;
    this.context = context;
  }

  /**
   * @param resources in the order of the graph, dependencies first
   * @throws DiscoveryException with every type that could not be read
   */
  Snapshot run(List<Resource> resources) {
    Map<String, List<Resource>> byType = new LinkedHashMap<>();
    for (Resource resource : resources) {
      byType.computeIfAbsent(resource.address().type(), type -> new ArrayList<>()).add(resource);
    }
    Set<String> types = new TreeSet<>(byType.keySet());
    for (Provider provider : registry.providers()) {
      types.addAll(provider.ownedTypes(context.migration()));
    }
    read(byType, only(types, Ownership.TAGGED));
    read(byType, only(types, Ownership.BY_PARENT));
    readWhatIsInside(byType);
    return new Snapshot(live, orphans, copies, undecided, others);
  }

  private List<String> only(Set<String> types, Ownership ownership) {
    return types.stream()
        .filter(
            name ->
                registry
                    .find(name)
                    .map(ResourceType::schema)
                    .filter(schema -> schema.within().isEmpty() && schema.ownership() == ownership)
                    .isPresent())
        .toList();
  }

  /**
   * Objects inside others, after those that they are in or name: where they are, and what they are
   * called, is known once those have been read. With the places known, types that the file no
   * longer has are asked as well.
   */
  private void readWhatIsInside(Map<String, List<Resource>> byType) {
    Map<Integer, List<String>> batches = new TreeMap<>();
    for (ResourceSchema schema : registry.schemas()) {
      if (schema.within().isPresent()) {
        batches
            .computeIfAbsent(depth(schema, byType, Set.of()), depth -> new ArrayList<>())
            .add(schema.type());
      }
    }
    try {
      for (List<String> batch : batches.values()) {
        places.addAll(places(byType));
        read(byType, places.isEmpty() ? declared(batch, byType) : batch);
      }
    } catch (DiscoveryException e) {
      if (!isTooEarly(e, byType)) {
        throw e;
      }
    }
  }

  /**
   * A database does not answer before its instance is there: after an interruption, say. Then
   * nothing in it is there either, as far as anybody can tell.
   */
  private boolean isTooEarly(DiscoveryException e, Map<String, List<Resource>> byType) {
    return e.failures().values().stream()
            .allMatch(one -> one.kind() == ResourceException.Kind.UNAVAILABLE)
        && byType.values().stream()
            .flatMap(List::stream)
            .filter(resource -> schema(resource.address()).within().isPresent())
            .flatMap(resource -> resource.meta().dependsOn().stream())
            .filter(needed -> schema(needed).within().isEmpty())
            .filter(needed -> schema(needed).ownership() == Ownership.TAGGED)
            .map(needed -> Optional.ofNullable(live.get(needed)))
            .anyMatch(found -> found.filter(o -> o.health().state() == Live.State.READY).isEmpty());
  }

  private ResourceSchema schema(Address address) {
    return registry.type(address.type()).schema();
  }

  private static List<String> declared(List<String> types, Map<String, List<Resource>> byType) {
    return types.stream().filter(byType::containsKey).toList();
  }

  /** How many types have to be read one after the other before this one, as the file has it. */
  private int depth(ResourceSchema schema, Map<String, List<Resource>> byType, Set<String> seen) {
    if (schema.within().isEmpty() || seen.contains(schema.type())) {
      return 0;
    }
    Set<String> path = new TreeSet<>(seen);
    path.add(schema.type());
    return 1
        + byType.getOrDefault(schema.type(), List.of()).stream()
            .flatMap(resource -> references.targets(resource).stream())
            .mapToInt(target -> depth(registry.type(target.type()).schema(), byType, path))
            .max()
            .orElse(0);
  }

  private Set<Value.Fields> places(Map<String, List<Resource>> byType) {
    Set<Value.Fields> known = new LinkedHashSet<>();
    byType.forEach(
        (name, declared) -> {
          Optional<String> within = registry.type(name).schema().within();
          if (within.isPresent()) {
            declared.stream()
                .map(resource -> references.resolve(resource.attributes(), this::outputs))
                .map(attributes -> attributes.fields(within.get()))
                .filter(place -> !place.fields().isEmpty() && !place.isUnknown())
                .forEach(known::add);
          }
        });
    return known;
  }

  private void read(Map<String, List<Resource>> byType, List<String> types) {
    Map<String, Callable<Map<Address, Live>>> jobs = new LinkedHashMap<>();
    for (String name : types) {
      ResourceType type = registry.type(name);
      List<Resource> declared = byType.getOrDefault(name, List.of());
      jobs.put(name, () -> existing(type, declared));
    }
    Map<String, List<Wanted>> wanted = new HashMap<>();
    Map<String, Callable<List<Live>>> queries = new LinkedHashMap<>();
    for (String name : types) {
      ResourceType type = registry.type(name);
      List<Wanted> ours =
          byType.getOrDefault(name, List.of()).stream()
              .filter(resource -> resource.meta().existing().isEmpty())
              .map(resource -> wanted(type.schema(), resource))
              .toList();
      wanted.put(name, ours);
      boolean asked = !ours.isEmpty() || !byType.containsKey(name);
      Query query = new Query(context.migration(), ours, Scope.PLAN, places);
      queries.put(name, () -> asked ? type.discover(query, context) : List.of());
    }
    InParallel.read(jobs).values().forEach(live::putAll);
    InParallel.read(queries)
        .forEach((name, found) -> match(registry.type(name).schema(), wanted(wanted, name), found));
  }

  private static List<Wanted> wanted(Map<String, List<Wanted>> wanted, String name) {
    return wanted.getOrDefault(name, List.of());
  }

  private Wanted wanted(ResourceSchema schema, Resource resource) {
    Value.Fields known = references.resolve(resource.attributes(), this::outputs);
    return new Wanted(resource.address(), Identity.declared(schema, known), known);
  }

  private Optional<Value.Fields> outputs(Address address) {
    return Optional.ofNullable(live.get(address)).map(Live::attributes);
  }

  private Map<Address, Live> existing(ResourceType type, List<Resource> declared) {
    Map<Address, Live> found = new TreeMap<>();
    for (Resource resource : declared) {
      if (resource.meta().existing().isPresent()) {
        Value.Fields selector = resource.meta().existing().get();
        List<Live> hits = type.lookup(selector, context);
        if (hits.size() > 1) {
          throw new ResourceException(
              ResourceException.Kind.INVALID_REQUEST,
              "Ambiguous",
              String.format(
                  Locale.ROOT,
                  "%s: %d objects fit the description under \"existing\" (%s). Name one by its identifier.",
                  resource.address(),
                  hits.size(),
                  hits.stream().map(Live::identifier).toList()));
        }
        hits.forEach(hit -> found.put(resource.address(), hit));
      }
    }
    return found;
  }

  private void match(ResourceSchema schema, List<Wanted> wanted, List<Live> found) {
    Unclaimed rest = new Unclaimed(schema, context.migration(), found);
    for (Wanted resource : wanted) {
      List<Live> claimants = rest.take(resource);
      if (!claimants.isEmpty()) {
        live.put(resource.address(), claimants.get(0));
        decide(resource.address(), claimants);
      }
    }
    for (Optional<Live> next = rest.next(); next.isPresent(); next = rest.next()) {
      Live object = next.get();
      Optional<Address> address =
          object.address().filter(claimed -> object.isOwnedBy(context.migration()));
      if (address.isEmpty()) {
        rest.skip();
        others.computeIfAbsent(schema.type(), type -> new ArrayList<>()).add(object);
      } else if (!address.get().type().equals(schema.type()) || live.containsKey(address.get())) {
        rest.skip();
        copies.add(new Snapshot.Copy(schema.type(), object));
      } else {
        List<Live> claimants = rest.take(address.get());
        orphans.put(address.get(), claimants.get(0));
        decide(address.get(), claimants);
      }
    }
  }

  private void decide(Address address, List<Live> claimants) {
    if (claimants.size() > 1) {
      undecided.put(address, claimants);
    }
  }
}
