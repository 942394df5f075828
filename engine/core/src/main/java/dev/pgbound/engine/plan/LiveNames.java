package dev.pgbound.engine.plan;

import dev.pgbound.engine.schema.Registry;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Value;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Who names whom, read off live values. An ARN or an identifier that AWS chose means one object
 * wherever it stands. A name that somebody chose means an object only where the attribute says of
 * which type: {@code hr} may be an instance, a task and a database at the same time.
 *
 * @param <K> what objects are called here
 */
public final class LiveNames<K> {

  /** A key of an object and the output whose value a text is. */
  public record Named<K>(K key, String output) {}

  private final Map<String, String> typesByIdentifier = new HashMap<>();
  private final Registry registry;
  private final Map<String, Set<Named<K>>> unmistakable = new HashMap<>();
  private final Map<String, Map<String, Set<Named<K>>>> byType = new HashMap<>();

  public LiveNames(Registry registry) {
    this.registry = registry;
    Set<String> shared = new LinkedHashSet<>();
    for (ResourceSchema schema : registry.schemas()) {
      schema
          .identifier()
          .map(attribute -> attribute.name().toLowerCase(Locale.ROOT))
          .filter(name -> typesByIdentifier.put(name, schema.type()) != null)
          .ifPresent(shared::add);
    }
    // "name" alone does not tell what it is the name of.
    typesByIdentifier.keySet().removeAll(shared);
  }

  /** Adds an object that may be named. */
  public void put(K key, ResourceSchema schema, Live live) {
    Value.Fields attributes = live.attributes();
    Map<String, Set<Named<K>>> names =
        byType.computeIfAbsent(schema.type(), type -> new HashMap<>());
    boolean chosenByAws =
        schema
            .attribute(schema.identifierOutput())
            .filter(output -> output.is(Attribute.Flag.COMPUTED))
            .isPresent();
    Set<String> outputs = new LinkedHashSet<>();
    outputs.add(schema.identifierOutput());
    outputs.add("arn");
    schema.identifier().ifPresent(identifier -> outputs.add(identifier.name()));
    outputs.addAll(schema.relations().otherNames());
    for (String output : outputs) {
      attributes
          .text(output)
          .filter(text -> !text.isEmpty())
          .ifPresent(
              text -> {
                Named<K> named = new Named<>(key, output);
                add(names, normal(schema, text), named);
                boolean alone =
                    output.equals("arn")
                        || (chosenByAws && output.equals(schema.identifierOutput()));
                if (alone) {
                  add(unmistakable, text, named);
                }
              });
    }
  }

  private void add(Map<String, Set<Named<K>>> map, String text, Named<K> named) {
    Set<Named<K>> all = map.computeIfAbsent(text, key -> new LinkedHashSet<>());
    if (all.stream().noneMatch(other -> other.key().equals(named.key()))) {
      all.add(named);
    }
  }

  /**
   * The objects that a text stands for as the value of an attribute; several where names are equal.
   *
   * @param owner the type of the object with the attribute
   * @param attribute its name at any depth
   */
  public Set<Named<K>> meant(ResourceSchema owner, String attribute, String text) {
    Set<Named<K>> sure = unmistakable.getOrDefault(text, Set.of());
    if (!sure.isEmpty()) {
      return Collections.unmodifiableSet(sure);
    }
    Set<Named<K>> meant = new LinkedHashSet<>();
    for (String type : types(owner, attribute)) {
      registry
          .find(type)
          .map(found -> normal(found.schema(), text))
          .map(name -> byType.getOrDefault(type, Map.of()).getOrDefault(name, Set.of()))
          .ifPresent(meant::addAll);
    }
    return meant;
  }

  /** The objects that a live object names, itself perhaps among them. Its own name says nothing. */
  public Set<K> namedBy(ResourceSchema schema, Live live) {
    return namedBy(schema, live.attributes().fields().keySet(), live);
  }

  /** The objects that some attributes of a live object name. */
  public Set<K> namedBy(ResourceSchema schema, Iterable<String> attributes, Live live) {
    Set<K> named = new LinkedHashSet<>();
    for (String attribute : attributes) {
      boolean own =
          attribute.equals("arn")
              || attribute.equals(schema.identifierOutput())
              || schema.identifier().filter(a -> a.name().equals(attribute)).isPresent();
      live.attributes()
          .get(attribute)
          .filter(value -> !own)
          .ifPresent(
              value ->
                  texts(
                      attribute,
                      value,
                      (name, text) ->
                          meant(schema, name, text).forEach(found -> named.add(found.key()))));
    }
    return named;
  }

  /** The types of objects that an attribute names; none where only its value can tell. */
  private List<String> types(ResourceSchema owner, String attribute) {
    List<String> said = owner.relations().named().get(attribute);
    if (said != null) {
      return said;
    }
    String type = typesByIdentifier.get(attribute.toLowerCase(Locale.ROOT));
    return type == null ? List.of() : List.of(type);
  }

  private static String normal(ResourceSchema schema, String text) {
    return schema
        .identifier()
        .map(identifier -> Normal.of(identifier, Value.of(text)).toString())
        .orElse(text);
  }

  /**
   * Every text below a value, with the name of the attribute it is the value of. A pair of {@code
   * name} and {@code value}, as metrics have dimensions, is an attribute of that name.
   */
  public static void texts(String attribute, Value value, BiConsumer<String, String> each) {
    if (value instanceof Value.Fields fields) {
      String paired = fields.text("name").filter(name -> fields.has("value")).orElse("");
      fields
          .fields()
          .forEach(
              (name, inner) ->
                  texts(name.equals("value") && !paired.isEmpty() ? paired : name, inner, each));
    } else if (value instanceof Value.Items list) {
      list.items().forEach(item -> texts(attribute, item, each));
    } else if (value instanceof Value.Text text) {
      each.accept(attribute, text.text());
    }
  }
}
