package dev.pgbound.spi;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A module that implements resource types. Types and schemas are there without any connection. */
public interface Provider extends AutoCloseable {

  /** All resource types, in the order of the reference. */
  List<ResourceType> types();

  /**
   * Whom the credentials belong to.
   *
   * @throws ResourceException when they are missing, refused, or the service cannot be reached
   */
  Context.Account account();

  /**
   * The values that a secret of this provider holds, each as a {@link Value.Secret}; empty when
   * {@code reference} names none of its secrets.
   *
   * @throws ResourceException when the secret cannot be read
   */
  default Optional<Value.Fields> secret(String reference) {
    return Optional.empty();
  }

  /** The types of which the migration owns objects, as far as one cheap look can tell. */
  Set<String> ownedTypes(String migration);

  /** Where the locks of migrations are kept; empty for a provider that has no such place. */
  default Optional<LockStore> locks() {
    return Optional.empty();
  }

  /** What tells how migrations are getting on; empty for a provider that replicates nothing. */
  default Optional<Monitor> monitor() {
    return Optional.empty();
  }

  @Override
  void close();
}
