package dev.pgbound.aws;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Relations;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Operation;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Builds a schema from the request that creates an object: its members are the attributes, with
 * their types. What remains to be said is what the API's shapes do not tell. The attribute {@code
 * tags} comes with every request that takes tags.
 *
 * <p>Paths name an attribute or, with dots, one inside it: {@code oracleSettings.password}.
 */
final class AwsSchema {

  private final ResourceSchema.Builder schema;
  private final Map<String, Attribute> attributes = new LinkedHashMap<>();
  private String identifierOutput = "";
  private Relations relations = Relations.NONE;

  private AwsSchema(ResourceSchema.Builder schema) {
    this.schema = schema;
  }

  static AwsSchema of(String type, String doc, Class<? extends SdkPojo> createRequest) {
    AwsSchema built = new AwsSchema(ResourceSchema.of(type, doc));
    RequestMembers.ofObject(createRequest).forEach(built::add);
    if (RequestMembers.all(createRequest).stream()
        .anyMatch(member -> Set.of("tags", "tagSpecifications").contains(member.name()))) {
      built.add(Tags.ATTRIBUTE);
    }
    return built;
  }

  /** Leaves out request members that a migration has no use for. */
  AwsSchema without(String... names) {
    for (String name : names) {
      require(name);
      attributes.remove(name);
    }
    return this;
  }

  /** Keeps these request members and {@code tags}, and leaves out all others. */
  AwsSchema only(String... names) {
    List<String> kept = List.of(names);
    kept.forEach(this::require);
    attributes.keySet().removeIf(name -> !kept.contains(name) && !name.equals("tags"));
    return this;
  }

  /** Adds an attribute that the create request does not have. */
  AwsSchema add(Attribute attribute) {
    if (attributes.putIfAbsent(attribute.name(), attribute) != null) {
      throw new IllegalStateException(attribute.name() + " is there already");
    }
    return this;
  }

  /** Adds a text that only AWS sets and that others may refer to. */
  AwsSchema output(String name, String doc) {
    return output(name, Type.text(), doc);
  }

  AwsSchema output(String name, Type type, String doc) {
    return add(Attribute.named(name, type, doc).with(Flag.COMPUTED));
  }

  /** The attribute, chosen by the user, that names the object; a change replaces it. */
  AwsSchema namedBy(String name, UnaryOperator<Value> normalizer) {
    identifierOutput = name;
    return change(
        name,
        attribute ->
            attribute
                .with(Flag.IDENTIFIER, Flag.IMMUTABLE)
                .impact(Impact.NONE, "")
                .normalizedBy(normalizer));
  }

  /** The output, chosen by AWS, that names the object. */
  AwsSchema identifiedBy(String output) {
    identifierOutput = output;
    return this;
  }

  AwsSchema describe(String path, String doc) {
    return change(path, attribute -> attribute.doc(doc));
  }

  AwsSchema required(String... paths) {
    return each(paths, attribute -> attribute.with(Flag.REQUIRED));
  }

  /** A change replaces the object; {@code why} is what that means beyond its deletion. */
  AwsSchema immutable(Impact impact, String why, String... names) {
    return each(names, attribute -> attribute.with(Flag.IMMUTABLE).impact(impact, why));
  }

  /** A change is made in place. */
  AwsSchema inPlace(Impact impact, String why, String... names) {
    return each(names, attribute -> attribute.impact(impact, why));
  }

  /** The order of the list says nothing. */
  AwsSchema set(String... paths) {
    return each(
        paths,
        attribute -> {
          if (!(attribute.type() instanceof Type.ListType list)) {
            throw new IllegalStateException(attribute.name() + " is no list");
          }
          return attribute.type(Type.set(list.element()));
        });
  }

  AwsSchema normalized(UnaryOperator<Value> normalizer, String... paths) {
    return each(paths, attribute -> attribute.normalizedBy(normalizer));
  }

  /** See {@link Attribute#satisfiedBy}. */
  AwsSchema satisfiedBy(BiPredicate<Value, Value> satisfied, String... paths) {
    return each(paths, attribute -> attribute.satisfiedBy(satisfied));
  }

  AwsSchema type(Type type, String... paths) {
    return each(paths, attribute -> attribute.type(type));
  }

  AwsSchema sensitive(String... paths) {
    return each(paths, attribute -> attribute.with(Flag.SENSITIVE));
  }

  AwsSchema writeOnly(String... paths) {
    return each(paths, attribute -> attribute.with(Flag.WRITE_ONLY));
  }

  /** See {@link Flag#HOLDS}. */
  AwsSchema holds(String... paths) {
    return each(paths, attribute -> attribute.with(Flag.HOLDS));
  }

  /** See {@link Flag#HOLDS_FAST}. */
  AwsSchema holdsFast(String... paths) {
    return each(paths, attribute -> attribute.with(Flag.HOLDS_FAST));
  }

  /** See {@link Flag#UNIQUE}. */
  AwsSchema unique(String... paths) {
    return each(paths, attribute -> attribute.with(Flag.UNIQUE));
  }

  AwsSchema defaultsTo(Value value, String path) {
    return change(path, attribute -> attribute.defaultsTo(value));
  }

  /** Changes what has no method of its own. */
  AwsSchema change(String path, UnaryOperator<Attribute> change) {
    int dot = path.indexOf('.');
    String name = dot < 0 ? path : path.substring(0, dot);
    Attribute attribute = require(name);
    attributes.put(
        name,
        dot < 0
            ? change.apply(attribute)
            : attribute.type(inside(attribute.type(), path.substring(dot + 1), change)));
    return this;
  }

  AwsSchema takes(Operation operation, Duration typical, Duration limit) {
    schema.takes(operation, typical, limit);
    return this;
  }

  /** What a deletion does, and the sentence about it. */
  AwsSchema deletion(Impact impact, String why) {
    schema.deletion(impact, why);
    return this;
  }

  /** See {@link ResourceSchema#retriggers()}. */
  AwsSchema retriggeredBy(String... references) {
    schema.retriggeredBy(references);
    return this;
  }

  /** The types of objects that an attribute, at any depth, names; see {@link Relations}. */
  AwsSchema naming(String attribute, String... types) {
    relations = relations.naming(attribute, types);
    return this;
  }

  /** The attributes that name what the object is a part of. */
  AwsSchema partOf(String... names) {
    List.of(names).forEach(this::require);
    relations = relations.partOf(names);
    return this;
  }

  /** The outputs that name the object as well as its identifier does. */
  AwsSchema alsoNamedBy(String... names) {
    List.of(names).forEach(this::require);
    relations = relations.alsoNamedBy(names);
    return this;
  }

  /** A migration is found from objects of this type. */
  AwsSchema asHead() {
    relations = relations.asHead();
    return this;
  }

  /** See {@link ResourceSchema#renewals()}. */
  AwsSchema renews(String output, List<String> whenChanged) {
    schema.renews(output, whenChanged.toArray(String[]::new));
    return this;
  }

  /** For objects that carry no tags; see {@link ResourceSchema.Ownership#BY_PARENT}. */
  AwsSchema ownedByParent() {
    schema.ownership(ResourceSchema.Ownership.BY_PARENT);
    return this;
  }

  /** What is known so far, in order. */
  List<Attribute> attributes() {
    return List.copyOf(attributes.values());
  }

  /** Every attribute must have an impact by now, or the schema is refused. */
  ResourceSchema build() {
    return schema
        .attributes(attributes())
        .identifiedBy(identifierOutput)
        .relations(relations)
        .build();
  }

  private AwsSchema each(String[] paths, UnaryOperator<Attribute> change) {
    for (String path : paths) {
      change(path, change);
    }
    return this;
  }

  private Attribute require(String name) {
    Attribute attribute = attributes.get(name);
    if (attribute == null) {
      throw new IllegalStateException("no attribute " + name);
    }
    return attribute;
  }

  private static Type inside(Type type, String path, UnaryOperator<Attribute> change) {
    if (type instanceof Type.ListType list) {
      return new Type.ListType(inside(list.element(), path, change), list.order(), list.identity());
    }
    if (!(type instanceof Type.ObjectType object)) {
      throw new IllegalStateException("nothing named " + path + " inside");
    }
    AwsSchema nested = new AwsSchema(ResourceSchema.of("", ""));
    object.attributes().forEach(nested::add);
    return Type.object(nested.change(path, change).attributes());
  }
}
