package dev.pgbound.aws;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * Finds the EC2 objects of one type. EC2 chooses their identifiers; its describe calls filter by
 * tags and return them, so that one call finds all objects of a migration.
 *
 * @param type the resource type
 * @param idOutput the output with the identifier
 * @param idFilter EC2's filter for the identifier, such as {@code vpc-id}
 * @param selectors EC2's filters by what the file may say about an existing object, besides the
 *     identifier and {@code tags}
 * @param lifecycle what the states of an object mean
 * @param describe a paged describe call with these filters
 * @param live makes of an answer what the engine sees
 */
record Ec2Objects<T>(
    String type,
    String idOutput,
    String idFilter,
    Map<String, String> selectors,
    Lifecycle<T> lifecycle,
    Function<List<Filter>, List<T>> describe,
    BiFunction<T, Context, Live> live) {

  /** Answers {@link dev.pgbound.spi.ResourceType#discover}. */
  List<Live> discover(Query query, Context context) {
    if (query.scope() == Query.Scope.ACCOUNT) {
      return lives(List.of(), context);
    }
    List<Live> found = new ArrayList<>(owned(query, context));
    List<String> missing =
        query.wanted().stream()
            .flatMap(wanted -> wanted.identifier().stream())
            .filter(id -> found.stream().noneMatch(object -> object.identifier().equals(id)))
            .toList();
    if (!missing.isEmpty()) {
      found.addAll(lives(List.of(filter(idFilter, missing)), context));
    }
    return List.copyOf(found);
  }

  /**
   * Answers {@link dev.pgbound.spi.ResourceType#lookup}. What EC2 has no filter for is compared
   * with what it returns.
   */
  List<Live> lookup(Value.Fields selector, Context context) {
    List<Filter> filters = new ArrayList<>();
    selector
        .without("tags")
        .fields()
        .forEach(
            (key, value) ->
                filterFor(key).ifPresent(name -> filters.add(filter(name, value.toString()))));
    selector
        .fields("tags")
        .fields()
        .forEach((key, value) -> filters.add(filter("tag:" + key, value.toString())));
    Value.Fields others = selector.without("tags");
    for (String key : selector.fields().keySet()) {
      others = filterFor(key).isPresent() ? others.without(key) : others;
    }
    Value.Fields wanted = others;
    return lives(filters, context).stream()
        .filter(found -> found.attributes().only(wanted.fields().keySet()).equals(wanted))
        .toList();
  }

  Optional<T> find(String id) {
    return describe.apply(List.of(filter(idFilter, id))).stream().findFirst();
  }

  /** The object as it is now; its absence is a failure. */
  Live read(String id, Context context) {
    return find(id)
        .map(object -> live.apply(object, context))
        .orElseThrow(() -> Absence.vanished(type, id));
  }

  /** Waits until the object can be used; one that was just created may not be visible yet. */
  Live awaitReady(String id, Context context) {
    return live.apply(lifecycle.awaitReady(context, type + " " + id, () -> find(id)), context);
  }

  static Filter filter(String name, String value) {
    return filter(name, List.of(value));
  }

  static Filter filter(String name, List<String> values) {
    return Filter.builder().name(name).values(values).build();
  }

  /** For a plan all objects of the migration, else only those of the wanted resources. */
  private List<Live> owned(Query query, Context context) {
    Filter migration = filter("tag:" + Live.MIGRATION_TAG, query.migration());
    if (query.scope() == Query.Scope.PLAN) {
      return lives(List.of(migration), context);
    }
    List<String> addresses =
        query.wanted().stream()
            .filter(wanted -> wanted.identifier().isEmpty())
            .map(wanted -> wanted.address().toString())
            .toList();
    return addresses.isEmpty()
        ? List.of()
        : lives(List.of(migration, filter("tag:" + Live.ADDRESS_TAG, addresses)), context);
  }

  private List<Live> lives(List<Filter> filters, Context context) {
    return describe.apply(filters).stream()
        .filter(object -> !lifecycle.gone().contains(lifecycle.status().apply(object)))
        .map(object -> live.apply(object, context))
        .toList();
  }

  private Optional<String> filterFor(String key) {
    boolean byId = key.equals("id") || key.equals(idOutput);
    return byId ? Optional.of(idFilter) : Optional.ofNullable(selectors.get(key));
  }
}
