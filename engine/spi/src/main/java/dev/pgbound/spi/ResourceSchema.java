package dev.pgbound.spi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything the engine knows about a resource type without asking AWS: its attributes, how its
 * objects are named and owned, what deleting one means and how long operations take.
 */
public final class ResourceSchema {

  /** What a step does to an object. */
  public enum Operation {
    CREATE,
    UPDATE,
    DELETE
  }

  /** How pgbound knows that an object belongs to the migration. */
  public enum Ownership {
    /** By its ownership tags. */
    TAGGED,
    /** It carries no tags; it lives and dies with the objects that it is declared on. */
    BY_PARENT
  }

  /** How long an operation usually takes and how long it may take. */
  public record Timing(Duration typical, Duration limit) {}

  private final String type;
  private final String doc;
  private final List<Attribute> attributes;
  private final Ownership ownership;
  private final Impact deletion;
  private final String deletionText;
  private final String identifierOutput;
  private final Set<String> retriggers;
  private final Optional<String> within;
  private final Relations relations;
  private final Map<Operation, Timing> timings;
  private final Map<String, Set<String>> renewals;

  private ResourceSchema(Builder builder) {
    type = builder.type;
    doc = builder.doc;
    attributes = List.copyOf(builder.attributes);
    ownership = builder.ownership;
    deletion = builder.deletion;
    deletionText = builder.deletionText;
    identifierOutput = builder.identifierOutput;
    retriggers = Set.copyOf(builder.retriggers);
    within = builder.within;
    relations = builder.relations;
    timings = new EnumMap<>(builder.timings);
    renewals = Map.copyOf(builder.renewals);
  }

  /** The word for it in the file, such as {@code dms-endpoint}. */
  public String type() {
    return type;
  }

  /** One sentence for {@code explain} and the reference pages. */
  public String doc() {
    return doc;
  }

  /** All attributes, those that only the service sets included, in declaration order. */
  public List<Attribute> attributes() {
    return attributes;
  }

  public Optional<Attribute> attribute(String name) {
    return attributes.stream().filter(attribute -> attribute.name().equals(name)).findFirst();
  }

  /** The attribute that names the object; empty when AWS chooses the identifier. */
  public Optional<Attribute> identifier() {
    return attributes.stream().filter(a -> a.is(Attribute.Flag.IDENTIFIER)).findFirst();
  }

  public Ownership ownership() {
    return ownership;
  }

  /** What the deletion of an object does. */
  public Impact deletion() {
    return deletion;
  }

  /** The sentence that a plan prints beside a deletion; empty when there is nothing to say. */
  public String deletionText() {
    return deletionText;
  }

  /** The attribute that {@code ${type.name}} stands for where no ARN is expected. */
  public String identifierOutput() {
    return identifierOutput;
  }

  /** The references whose target's change makes this resource run again (a connection test). */
  public Set<String> retriggers() {
    return retriggers;
  }

  /**
   * The attribute that says what an object is inside of, such as the database of a schema; empty
   * for objects of their own. Objects inside others are read after these, cannot be there before
   * them, and go with them.
   */
  public Optional<String> within() {
    return within;
  }

  /** How live objects of this type name others, and how others name them. */
  public Relations relations() {
    return relations;
  }

  /** The outputs that get another value when one of these attributes changes in place. */
  public Map<String, Set<String>> renewals() {
    return renewals;
  }

  public Timing timing(Operation operation) {
    Timing timing = timings.get(operation);
    if (timing == null) {
      throw new IllegalStateException(type + " declares no timing for " + operation);
    }
    return timing;
  }

  public static Builder of(String type, String doc) {
    return new Builder(type, doc);
  }

  /** Collects the facts; {@link #build()} refuses a schema that leaves a question open. */
  public static final class Builder {
    private final String type;
    private final String doc;
    private final List<Attribute> attributes = new ArrayList<>();
    private Ownership ownership = Ownership.TAGGED;
    private Impact deletion = Impact.NONE;
    private String deletionText = "";
    private String identifierOutput = "";
    private Set<String> retriggers = Set.of();
    private Optional<String> within = Optional.empty();
    private Relations relations = Relations.NONE;
    private final Map<Operation, Timing> timings = new EnumMap<>(Operation.class);
    private final Map<String, Set<String>> renewals = new HashMap<>();

    private Builder(String type, String doc) {
      this.type = type;
      this.doc = doc;
      for (Operation operation : Operation.values()) {
        timings.put(operation, new Timing(Duration.ofSeconds(2), Duration.ofMinutes(10)));
      }
    }

    public Builder attribute(Attribute attribute) {
      attributes.add(attribute);
      return this;
    }

    public Builder attributes(List<Attribute> more) {
      attributes.addAll(more);
      return this;
    }

    public Builder ownership(Ownership newOwnership) {
      ownership = newOwnership;
      return this;
    }

    /** What a deletion does, and the sentence about it. */
    public Builder deletion(Impact impact, String why) {
      deletion = impact;
      deletionText = why;
      return this;
    }

    public Builder identifiedBy(String attribute) {
      identifierOutput = attribute;
      return this;
    }

    public Builder retriggeredBy(String... references) {
      retriggers = Set.of(references);
      return this;
    }

    /** See {@link ResourceSchema#within}. */
    public Builder within(String attribute) {
      within = Optional.of(attribute);
      return this;
    }

    public Builder relations(Relations newRelations) {
      relations = newRelations;
      return this;
    }

    /** See {@link ResourceSchema#renewals()}. */
    public Builder renews(String output, String... whenChanged) {
      renewals.put(output, Set.of(whenChanged));
      return this;
    }

    /** How long an operation usually takes and how long it may take. */
    public Builder takes(Operation operation, Duration typical, Duration limit) {
      timings.put(operation, new Timing(typical, limit));
      return this;
    }

    /**
     * Throws {@link IllegalStateException} for an attribute without an impact, two attributes of
     * one name, or an identifier output that is no attribute.
     */
    public ResourceSchema build() {
      List<String> names = attributes.stream().map(Attribute::name).toList();
      for (Attribute attribute : attributes) {
        if (!attribute.is(Attribute.Flag.COMPUTED) && attribute.impact().isEmpty()) {
          throw new IllegalStateException(type + "." + attribute.name() + " declares no impact");
        }
        if (names.indexOf(attribute.name()) != names.lastIndexOf(attribute.name())) {
          throw new IllegalStateException(type + "." + attribute.name() + " is declared twice");
        }
      }
      if (!names.contains(identifierOutput)) {
        throw new IllegalStateException(type + ": no attribute " + identifierOutput);
      }
      return new ResourceSchema(this);
    }
  }
}
