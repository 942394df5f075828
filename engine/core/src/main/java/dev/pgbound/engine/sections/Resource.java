package dev.pgbound.engine.sections;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.ResourceSchema.Operation;
import dev.pgbound.spi.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the file declares about one object, defaults filled in. Texts may still hold references.
 *
 * @param attributes attribute values by the names of the resource type's schema
 */
public record Resource(Address address, Value.Fields attributes, Meta meta) {

  /** How an object belongs to the migration. */
  public enum Management {
    /** It carries the ownership tags: created, changed and deleted here. */
    OWNED,
    /** It belongs to the whole account: made when missing, never deleted. */
    SHARED,
    /** Somebody else's: only read. */
    EXISTING
  }

  /**
   * What the file says about the resource rather than about the object.
   *
   * @param dependsOn resources that must be there first although no reference says so
   * @param protect never delete or replace the object
   * @param timeouts how long operations may take, where the type's own limit does not fit
   * @param existing how to find an object that somebody else manages; it is only read
   * @param adopt take over an object of this name that carries no ownership tag
   * @param shared an object of the whole account: made when it is missing, never tagged or deleted
   */
  public record Meta(
      List<Address> dependsOn,
      boolean protect,
      Map<Operation, Duration> timeouts,
      Optional<Value.Fields> existing,
      boolean adopt,
      boolean shared) {

    /** Nothing said. */
    public static final Meta NONE =
        new Meta(List.of(), false, Map.of(), Optional.empty(), false, false);

    /** How the object belongs to the migration. */
    public Management management() {
      if (existing.isPresent()) {
        return Management.EXISTING;
      }
      return shared ? Management.SHARED : Management.OWNED;
    }

    public Meta {
      dependsOn = List.copyOf(dependsOn);
      timeouts = Map.copyOf(timeouts);
    }
  }
}
