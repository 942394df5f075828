package dev.pgbound.spi;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A remote object as it is now.
 *
 * @param identifier what AWS calls it (a name, an id or an ARN); unique within its type
 * @param attributes everything that was read, in the attribute names of the schema
 * @param tags all tags, ownership tags included, {@code aws:} tags excluded
 */
public record Live(
    String identifier, Value.Fields attributes, Map<String, String> tags, Health health) {

  /** The tag that names the migration an object belongs to. */
  public static final String MIGRATION_TAG = "pgbound:migration";

  /** The tag that names the resource an object belongs to. */
  public static final String ADDRESS_TAG = "pgbound:address";

  /** The tag that holds a digest of the declared attributes of the last apply. */
  public static final String DIGEST_TAG = "pgbound:digest";

  public Live {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  /** Whether an object can be used. */
  public enum State {
    READY,
    /** On its way: being created or modified. */
    PENDING,
    /** In a state that it does not leave by itself. */
    FAILED,
    /** Being deleted. */
    GOING
  }

  /** State and, in the service's words, why. */
  public record Health(State state, String detail) {
    public static final Health READY = new Health(State.READY, "");
  }

  public Optional<String> tag(String name) {
    return Optional.ofNullable(tags.get(name));
  }

  /** Whether the ownership tags say that the object belongs to this migration. */
  public boolean isOwnedBy(String migration) {
    return migration.equals(tags.get(MIGRATION_TAG));
  }

  /** The address in the ownership tag. */
  public Optional<Address> address() {
    return tag(ADDRESS_TAG).flatMap(Address::parse);
  }
}
