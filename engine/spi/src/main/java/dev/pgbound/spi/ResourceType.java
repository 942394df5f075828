package dev.pgbound.spi;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A kind of resource. Five calls are all that the engine needs to plan and apply; ordering, retries
 * of throttled calls, ownership tags, comparing and reporting stay outside. Calls may come from
 * several threads at once. They throw {@link ResourceException} for what the service refuses.
 */
public interface ResourceType {

  ResourceSchema schema();

  /**
   * Finds objects: the wanted ones by name, and with {@link Query.Scope#PLAN} also every other one
   * that carries the migration's tag. In as few calls as possible: one paged describe, never one
   * call per object.
   */
  List<Live> discover(Query query, Context context);

  /**
   * Finds objects that somebody else manages.
   *
   * @param selector an identifier, a name or tags
   */
  default List<Live> lookup(Value.Fields selector, Context context) {
    throw new ResourceException(
        ResourceException.Kind.INVALID_REQUEST,
        "NotSupported",
        schema().type() + " cannot be looked up as an existing object");
  }

  /** Creates an object, tags included, and returns when it can be used. */
  Live create(Value.Fields desired, Context context);

  /**
   * Changes an object in place and returns when it can be used again.
   *
   * @param desired all declared attributes
   * @param changed the attributes that differ; empty when only the ownership tags do
   */
  Live update(Live prior, Value.Fields desired, Set<String> changed, Context context);

  /**
   * Why the service would refuse this change in place as things are now, and what can be done
   * instead; empty when nothing speaks against it. Asked while planning: may read, never writes.
   *
   * @param desired all declared attributes, as far as they are known
   */
  default Optional<String> hindrance(
      Live prior, Value.Fields desired, Set<String> changed, Context context) {
    return Optional.empty();
  }

  /**
   * Deletes an object and returns when it is gone. An object that is already gone is a success.
   *
   * @param desired what the file still says about it; empty when it left the file
   */
  void delete(Live prior, Optional<Value.Fields> desired, Context context);

  /**
   * Finds what would stop deletions half-way, for all objects of this type at once and in as few
   * calls as possible. What only delays a deletion does not block it, nor does what goes with it.
   */
  default List<Blocker> blockers(List<Deletion> deletions, Context context) {
    return List.of();
  }

  /** Waits until a {@link Live.State#PENDING} object can be used. */
  default Live settle(Live live, Context context) {
    return live;
  }

  /** Reports what is wrong with one declared resource beyond its schema. Never asks AWS. */
  default void check(Declared resource, Problems problems) {}

  /**
   * Reports what a declared resource lacks beside it: one of all resources of the file that would
   * have to be there. Never asks AWS.
   */
  default void check(Declared resource, Collection<Declared> all, Problems problems) {}

  /**
   * The declared attributes together with what they stand for: of a type that takes files, their
   * names and digests in computed attributes. Called when a plan is made, so that a plan says what
   * it is about and apply can tell that a file has changed since. Never asks AWS.
   */
  default Value.Fields derive(Declared resource) {
    return resource.attributes();
  }

  /** The resources that must be there first although no reference says so. */
  default List<Implied> implied(Declared resource, Collection<Declared> all) {
    return List.of();
  }

  /**
   * What a file has to say so that a new object would be like this one: the block of the resource,
   * in the order of the schema. Left out is what AWS fills in, picks or computes when nothing is
   * said. Declared, it makes a plan without changes. A secret that cannot be read stands in it as a
   * a reference to the environment, as a {@link Value.Unknown}.
   */
  default Value.Fields describe(Live live) {
    return new Value.Fields(
        schema().attributes().stream()
            .filter(attribute -> !attribute.is(Attribute.Flag.COMPUTED))
            .filter(attribute -> live.attributes().has(attribute.name()))
            .collect(
                Collectors.toMap(
                    Attribute::name,
                    attribute -> live.attributes().get(attribute.name()).orElseThrow(),
                    (one, other) -> one,
                    LinkedHashMap::new)));
  }

  /**
   * Why an object should be left to whom it belongs, in words that follow "because": it serves the
   * whole account, or AWS keeps it. Empty when nothing speaks against taking it over.
   */
  default Optional<String> objection(Live live, Context context) {
    return Optional.empty();
  }

  /**
   * The objects that this one works with although it names none of them. Asked when existing
   * objects are taken over; an address stands for an object of {@code all}.
   */
  default List<Implied> worksWith(Declared object, Collection<Declared> all) {
    return implied(object, all);
  }

  /**
   * An object that is taken over, with what pgbound would keep in tags of its own had it made the
   * object as declared: values that AWS has no place for, and that nobody can find out. Writes
   * nothing.
   */
  default Live assuming(Live live, Value.Fields desired) {
    return live;
  }

  /** Writes the ownership tags of {@code context} to an object and nothing else. */
  default Live claim(Live live, Context context) {
    return update(live, Value.Fields.NONE, Set.of(), context);
  }

  /** A declared resource as checks see it: unresolved references are {@link Value.Unknown}. */
  record Declared(Address address, Value.Fields attributes) {}

  /** An edge that AWS demands, with the reason that the graph prints. */
  record Implied(Address dependency, String why) {}

  /**
   * An object that is to be deleted.
   *
   * @param desired what the file still says about it; empty when it left the file
   */
  record Deletion(Address address, Live live, Optional<Value.Fields> desired) {}

  /**
   * What keeps an object from being deleted.
   *
   * @param user the object that uses it, where that may be one of a resource type: it does not
   *     count when the same plan deletes or changes it first
   * @param text what it is and what to do about it, in full sentences
   */
  record Blocker(Address address, Optional<User> user, String text) {

    /** Something uses the object. */
    public static Blocker use(Address address, User user) {
      return new Blocker(
          address, Optional.of(user), user + " uses it. Delete or change that first.");
    }
  }

  /** An object by its resource type and what AWS calls it, see {@link Live#identifier()}. */
  record User(String type, String identifier) {
    @Override
    public String toString() {
      return type + " " + identifier;
    }
  }
}
