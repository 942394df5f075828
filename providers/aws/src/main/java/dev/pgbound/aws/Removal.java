package dev.pgbound.aws;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.ResourceException;
import java.util.function.Predicate;

/** Deleting: what is already gone is a success, and some conflicts pass by themselves. */
final class Removal {

  private Removal() {}

  /**
   * Deletes, and repeats it while the service refuses in a way that {@code passing} knows to pass:
   * something that depends on the object is still going away.
   */
  static void retrying(
      Context context, String name, Predicate<ResourceException> passing, Runnable delete) {
    context.retrying(
        name + " to be released",
        passing,
        () -> {
          Absence.asSuccess(delete);
          return name;
        });
  }
}
