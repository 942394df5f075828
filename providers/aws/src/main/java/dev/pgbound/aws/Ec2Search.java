package dev.pgbound.aws;

import dev.pgbound.spi.Live;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * Finds EC2 objects, whose identifiers EC2 chooses and whose describe calls filter by tags and
 * return them.
 *
 * @param idFilter EC2's filter for the identifier, such as {@code vpc-id}
 * @param selectors EC2's filters by what the file may say about an existing object, besides {@code
 *     id} and {@code tags}
 * @param describe one paged describe call with these filters
 */
record Ec2Search(
    String idFilter, Map<String, String> selectors, Function<List<Filter>, List<Live>> describe) {

  /** Answers {@link dev.pgbound.spi.ResourceType#discover}. */
  List<Live> discover(Query query) {
    List<String> ids = query.wanted().stream().flatMap(w -> w.identifier().stream()).toList();
    List<Live> found = new ArrayList<>(owned(query));
    List<String> missing =
        ids.stream()
            .filter(id -> found.stream().noneMatch(live -> live.identifier().equals(id)))
            .toList();
    if (!missing.isEmpty()) {
      found.addAll(describe.apply(List.of(filter(idFilter, missing))));
    }
    return List.copyOf(found);
  }

  /** Answers {@link dev.pgbound.spi.ResourceType#lookup}. */
  List<Live> lookup(Value.Fields selector) {
    List<Filter> filters = new ArrayList<>();
    selector
        .without("tags")
        .fields()
        .forEach((key, value) -> filters.add(filter(filterFor(key), List.of(value.toString()))));
    selector
        .fields("tags")
        .fields()
        .forEach((key, value) -> filters.add(filter("tag:" + key, List.of(value.toString()))));
    return describe.apply(filters);
  }

  Optional<Live> byId(String id) {
    return describe.apply(List.of(filter(idFilter, List.of(id)))).stream().findFirst();
  }

  static Filter filter(String name, List<String> values) {
    return Filter.builder().name(name).values(values).build();
  }

  /** With one address, only the objects of that resource; else all of the migration. */
  private List<Live> owned(Query query) {
    Filter migration = filter("tag:" + Live.MIGRATION_TAG, List.of(query.migration()));
    if (query.scope() == Query.Scope.PLAN) {
      return describe.apply(List.of(migration));
    }
    List<String> addresses =
        query.wanted().stream()
            .filter(wanted -> wanted.identifier().isEmpty())
            .map(wanted -> wanted.address().toString())
            .toList();
    return addresses.isEmpty()
        ? List.of()
        : describe.apply(List.of(migration, filter("tag:" + Live.ADDRESS_TAG, addresses)));
  }

  private String filterFor(String key) {
    String filter = key.equals("id") ? idFilter : selectors.get(key);
    if (filter == null) {
      throw new ResourceException(
          Kind.INVALID_REQUEST,
          "UnknownSelector",
          "An existing object is not found by `"
              + key
              + "`; use id, tags or "
              + new TreeSet<>(selectors.keySet()));
    }
    return filter;
  }
}
