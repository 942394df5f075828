package dev.pgbound.aws;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Answers {@link dev.pgbound.spi.ResourceType#discover} for types whose objects have names that the
 * user chooses. Objects with identifiers that EC2 chooses are found by {@link Ec2Objects}.
 */
final class Discovery {

  private final TagIndex index;

  Discovery(TagIndex index) {
    this.index = index;
  }

  /**
   * For a describe call that returns no tags. A plan costs that call and the index that all types
   * share; the service itself is asked for the tags of a wanted object only where the index does
   * not know it: it may be somebody else's, or too young.
   *
   * @param describe finds the object of a name, or without a name all objects; they carry no tags
   *     yet and have an attribute {@code arn}
   */
  List<Live> untagged(
      Query query,
      ResourceSchema schema,
      ArnKind kind,
      TagStore store,
      Function<Optional<String>, List<Live>> describe) {
    Set<String> wanted = wantedNames(query, schema);
    if (query.scope() == Query.Scope.OBJECT) {
      return withTags(byName(wanted, describe), Map.of(), store);
    }
    if (query.scope() == Query.Scope.ACCOUNT) {
      return describe.apply(Optional.empty());
    }
    Map<String, Map<String, String>> owned = owned(query.migration(), kind);
    if (wanted.isEmpty() && owned.isEmpty()) {
      return List.of();
    }
    List<Live> meant = new ArrayList<>();
    List<Live> others = new ArrayList<>();
    for (Live live : describe.apply(Optional.empty())) {
      boolean isMeant = wanted.contains(live.identifier()) || owned.containsKey(arn(live));
      (isMeant ? meant : others).add(live);
    }
    return Stream.concat(withTags(meant, owned, store).stream(), others.stream()).toList();
  }

  /** Keeps what {@code read} returns for as long as nobody looks anew and nothing is written. */
  <T> Supplier<T> remembering(Supplier<T> read) {
    return new Supplier<>() {
      private Optional<Map.Entry<TagIndex.Look, T>> last = Optional.empty();

      @Override
      public synchronized T get() {
        TagIndex.Look now = index.look();
        T value =
            last.filter(kept -> kept.getKey().equals(now)).map(Map.Entry::getValue).orElseGet(read);
        last = Optional.of(Map.entry(now, value));
        return value;
      }
    };
  }

  /** The objects of one kind that carry the migration's tag: their ARNs and all their tags. */
  Map<String, Map<String, String>> owned(String migration, ArnKind kind) {
    Map<String, Map<String, String>> owned = new TreeMap<>(index.owned(migration));
    owned.keySet().removeIf(arn -> !kind.matches(arn));
    return owned;
  }

  /** For a describe call that returns the tags. */
  List<Live> tagged(
      Query query, ResourceSchema schema, Function<Optional<String>, List<Live>> describe) {
    if (query.scope() == Query.Scope.OBJECT) {
      return byName(wantedNames(query, schema), describe);
    }
    return describe.apply(Optional.empty());
  }

  /**
   * The object of this name with the tags that the service itself knows.
   *
   * @throws dev.pgbound.spi.ResourceException when it is not there
   */
  static Live read(
      String name,
      ResourceSchema schema,
      TagStore store,
      Function<Optional<String>, List<Live>> describe) {
    List<Live> found = describe.apply(Optional.of(name));
    if (found.isEmpty()) {
      throw Absence.vanished(schema.type(), name);
    }
    return withTags(found, Map.of(), store).get(0);
  }

  /**
   * Answers {@link dev.pgbound.spi.ResourceType#lookup}.
   *
   * @param selector attributes that name the object, and {@code tags} that it carries
   * @param describe finds the object of a name, or without a name all objects, with their tags
   */
  static List<Live> lookup(
      Value.Fields selector,
      ResourceSchema schema,
      Function<Optional<String>, List<Live>> describe) {
    Value.Fields normal = normal(selector, schema);
    Value.Fields names = normal.without("tags");
    return describe.apply(normal.text(schema.identifierOutput())).stream()
        .filter(
            live -> normal(live.attributes().only(names.fields().keySet()), schema).equals(names))
        .filter(
            live ->
                normal.fields("tags").fields().entrySet().stream()
                    .allMatch(
                        tag ->
                            live.tag(tag.getKey()).equals(Optional.of(tag.getValue().toString()))))
        .toList();
  }

  private static Value.Fields normal(Value.Fields values, ResourceSchema schema) {
    Map<String, Value> normal = new TreeMap<>();
    values
        .fields()
        .forEach(
            (name, value) ->
                normal.put(
                    name,
                    schema
                        .attribute(name)
                        .map(attribute -> attribute.normalizer().apply(value))
                        .orElse(value)));
    return new Value.Fields(normal);
  }

  private static List<Live> byName(
      Set<String> names, Function<Optional<String>, List<Live>> describe) {
    return names.stream().flatMap(name -> describe.apply(Optional.of(name)).stream()).toList();
  }

  /** The same objects with the tags that the service itself knows. */
  static List<Live> withTags(List<Live> found, TagStore store) {
    return withTags(found, Map.of(), store);
  }

  private static List<Live> withTags(
      List<Live> found, Map<String, Map<String, String>> known, TagStore store) {
    Map<String, Map<String, String>> tags = new TreeMap<>(known);
    List<String> unknown =
        found.stream().map(Discovery::arn).filter(arn -> !known.containsKey(arn)).toList();
    if (!unknown.isEmpty()) {
      tags.putAll(store.read(unknown));
    }
    List<Live> tagged = new ArrayList<>();
    for (Live live : found) {
      tagged.add(Lives.withTags(live, tags.getOrDefault(arn(live), Map.of())));
    }
    return tagged;
  }

  /** The names of the wanted objects, as AWS keeps them. */
  static Set<String> wantedNames(Query query, ResourceSchema schema) {
    Attribute identifier =
        schema
            .identifier()
            .orElseThrow(() -> new IllegalStateException(schema.type() + " has no names"));
    Set<String> names = new TreeSet<>();
    for (Query.Wanted wanted : query.wanted()) {
      wanted
          .identifier()
          .or(() -> wanted.desired().text(identifier.name()))
          .map(name -> identifier.normalizer().apply(Value.of(name)).toString())
          .ifPresent(names::add);
    }
    return names;
  }

  private static String arn(Live live) {
    return live.attributes()
        .text("arn")
        .orElseThrow(() -> new IllegalStateException(live.identifier() + " was read without ARN"));
  }
}
