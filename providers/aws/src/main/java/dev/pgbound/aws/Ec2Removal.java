package dev.pgbound.aws;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.ResourceException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Deletes EC2 objects that others may still depend on. */
final class Ec2Removal {

  private static final Set<String> CONFLICTS = Set.of("DependencyViolation", "InvalidGroup.InUse");

  private Ec2Removal() {}

  /**
   * Runs {@code delete} until it succeeds. A refusal passes while what depends on the object is on
   * its way out; it is final when something stays.
   *
   * @param obstacle what depends on the object and stays, in words
   */
  static void run(
      Context context, String name, Supplier<Optional<String>> obstacle, Runnable delete) {
    Removal.retrying(context, name, refusal -> isPassing(refusal, obstacle), delete);
  }

  private static boolean isPassing(ResourceException refusal, Supplier<Optional<String>> obstacle) {
    if (!CONFLICTS.contains(refusal.code())) {
      return false;
    }
    obstacle
        .get()
        .ifPresent(
            what -> {
              throw new ResourceException(
                  refusal.kind(),
                  refusal.code(),
                  refusal.getMessage() + " It is used by " + what + ".",
                  refusal);
            });
    return true;
  }
}
