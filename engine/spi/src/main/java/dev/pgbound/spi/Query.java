package dev.pgbound.spi;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the engine wants to know about the objects of one resource type.
 *
 * @param migration the migration whose objects are wanted
 * @param wanted the declared resources of the type
 * @param scope whether this is the batched discovery of a plan or the check of a single object
 * @param places where objects of the migration may be, for a type whose objects are inside others:
 *     the values of {@link ResourceSchema#within} of all declared resources, as far as known
 */
public record Query(String migration, List<Wanted> wanted, Scope scope, Set<Value.Fields> places) {

  public Query {
    wanted = List.copyOf(wanted);
    places = Collections.unmodifiableSet(new LinkedHashSet<>(places));
  }

  /** A question about objects that are not inside others. */
  public Query(String migration, List<Wanted> wanted, Scope scope) {
    this(migration, wanted, scope, Set.of());
  }

  /** How thorough the answer has to be. */
  public enum Scope {
    /**
     * All objects that are wanted or owned, in as few calls as possible. What else these calls
     * bring belongs to the answer, without tags where they would cost a call: a plan names the
     * neighbours of the migration.
     */
    PLAN,
    /** Exactly the wanted ones, from the most consistent source. */
    OBJECT,
    /**
     * Every object of the account and region that a migration could be made of, whoever it belongs
     * to. What takes a call per object, tags too, may be missing; {@link #OBJECT} tells it.
     */
    ACCOUNT
  }

  /**
   * A resource that may exist.
   *
   * @param identifier its identifier, when that is known
   * @param desired its declared attributes, as far as they are known
   */
  public record Wanted(Address address, Optional<String> identifier, Value.Fields desired) {}
}
