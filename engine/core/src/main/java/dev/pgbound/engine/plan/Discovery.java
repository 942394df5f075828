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
  private final List<Live> duplicates = new ArrayList<>();

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
    read(byType, types, Ownership.TAGGED);
    read(byType, types, Ownership.BY_PARENT);
    return new Snapshot(live, orphans, duplicates);
  }

  private void read(Map<String, List<Resource>> byType, Set<String> types, Ownership ownership) {
    Map<String, Callable<Map<Address, Live>>> jobs = new LinkedHashMap<>();
    List<String> batches = new ArrayList<>();
    for (String name : types) {
      Optional<ResourceType> type =
          registry.find(name).filter(t -> t.schema().ownership() == ownership);
      if (type.isEmpty()) {
        continue;
      }
      List<Resource> declared = byType.getOrDefault(name, List.of());
      batches.add(name);
      jobs.put(name, () -> existing(type.get(), declared));
    }
    Map<String, List<Wanted>> wanted = new HashMap<>();
    Map<String, Callable<List<Live>>> queries = new LinkedHashMap<>();
    for (String name : batches) {
      ResourceType type = registry.type(name);
      List<Wanted> ours =
          byType.getOrDefault(name, List.of()).stream()
              .filter(resource -> resource.meta().existing().isEmpty())
              .map(resource -> wanted(type.schema(), resource))
              .toList();
      wanted.put(name, ours);
      boolean asked = !ours.isEmpty() || !byType.containsKey(name);
      Query query = new Query(context.migration(), ours, Scope.PLAN);
      queries.put(name, () -> asked ? type.discover(query, context) : List.of());
    }
    SideBySide.run(jobs).values().forEach(live::putAll);
    SideBySide.run(queries)
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
    List<Live> rest = new ArrayList<>(found);
    for (Wanted resource : wanted) {
      Optional<Live> hit = Identity.find(schema, resource, context.migration(), rest);
      hit.ifPresent(
          object -> {
            live.put(resource.address(), object);
            rest.remove(object);
          });
    }
    for (Live object : rest) {
      if (!object.isOwnedBy(context.migration()) || object.address().isEmpty()) {
        continue;
      }
      Address address = object.address().get();
      if (!address.type().equals(schema.type())
          || live.containsKey(address)
          || orphans.putIfAbsent(address, object) != null) {
        duplicates.add(object);
      }
    }
  }
}
