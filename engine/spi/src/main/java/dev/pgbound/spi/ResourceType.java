package dev.pgbound.spi;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of resource. The five calls are all that the engine needs; ordering, retries of throttled
 * calls, ownership tags, comparing and reporting stay outside. Calls may come from several threads
 * at once. They throw {@link ResourceException} for what the service refuses.
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
   * Deletes an object and returns when it is gone. An object that is already gone is a success.
   *
   * @param desired what the file still says about it; empty when it left the file
   */
  void delete(Live prior, Optional<Value.Fields> desired, Context context);

  /** Waits until a {@link Live.State#PENDING} object can be used. */
  default Live settle(Live live, Context context) {
    return live;
  }

  /** Reports what is wrong with one declared resource beyond its schema. Never asks AWS. */
  default void check(Declared resource, Problems problems) {}

  /**
   * The declared attributes together with what they stand for: of a type that takes files, their
   * names and digests in computed attributes. Called when a plan is made, so that a plan says what
   * it is about and apply can tell that a file has changed since. Never asks AWS.
   */
  default Value.Fields derive(Declared resource) {
    return resource.attributes();
  }

  /**
   * Why an object cannot be made to be what the file says, in a full sentence that says what to do;
   * empty when it can. Asked about objects that a plan would change in place.
   */
  default Optional<String> obstacle(Live live, Value.Fields desired) {
    return Optional.empty();
  }

  /** The resources that must be there first although no reference says so. */
  default List<Implied> implied(Declared resource, Collection<Declared> all) {
    return List.of();
  }

  /** A declared resource as checks see it: unresolved references are {@link Value.Unknown}. */
  record Declared(Address address, Value.Fields attributes) {}

  /** An edge that AWS demands, with the reason that the graph prints. */
  record Implied(Address dependency, String why) {}
}
