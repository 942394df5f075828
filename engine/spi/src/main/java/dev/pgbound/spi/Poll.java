package dev.pgbound.spi;

import java.util.Set;
import java.util.function.Supplier;

/** One look at something that is waited for. */
public sealed interface Poll<T> {

  /** Not yet; {@code phase} is the service's word for where it stands. */
  record Pending<T>(String phase) implements Poll<T> {}

  record Done<T>(T result) implements Poll<T> {}

  /** It will never be; {@code reason} is the service's own. */
  record Failed<T>(String reason) implements Poll<T> {}

  /**
   * A call that writes has failed, so that the wait ends with its failure. One look that fails for
   * want of an answer is followed by the next; a write must not be.
   */
  record Broken<T>(ResourceException failure) implements Poll<T> {}

  static <T> Poll<T> pending(String phase) {
    return new Pending<>(phase);
  }

  static <T> Poll<T> done(T result) {
    return new Done<>(result);
  }

  static <T> Poll<T> failed(String reason) {
    return new Failed<>(reason);
  }

  static <T> Poll<T> broken(ResourceException failure) {
    return new Broken<>(failure);
  }

  /** Done in a wanted status, pending in a transitional one; every other status is a failure. */
  static <T> Poll<T> byStatus(
      String status, Set<String> wanted, Set<String> transitional, Supplier<T> result) {
    if (wanted.contains(status)) {
      return done(result.get());
    }
    return transitional.contains(status) ? pending(status) : failed("status is " + status);
  }
}
