package dev.pgbound.aws;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.Poll;
import dev.pgbound.spi.ResourceException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Deletes EC2 objects that others may still depend on. */
final class Ec2Removal {

  /** Interfaces of a replication instance stay for many minutes after it is gone. */
  static final Duration LIMIT = Duration.ofMinutes(45);

  private static final Set<String> CONFLICTS = Set.of("DependencyViolation", "InvalidGroup.InUse");

  private Ec2Removal() {}

  /**
   * What depends on an object, in words.
   *
   * @param lasting something that stays
   * @param leaving something that AWS removes, but late
   */
  record Hindrance(Optional<String> lasting, Optional<String> leaving) {
    static final Hindrance UNKNOWN = new Hindrance(Optional.empty(), Optional.empty());
  }

  /**
   * Runs {@code delete} until it succeeds. A refusal passes while what depends on the object is on
   * its way out; it is final when something stays.
   */
  static void run(Context context, String name, Supplier<Hindrance> look, Runnable delete) {
    context.await(
        name + " to be released",
        () -> {
          try {
            Absence.asSuccess(delete);
            return Poll.done(name);
          } catch (ResourceException e) {
            return CONFLICTS.contains(e.code()) ? waiting(e, look.get()) : Poll.broken(e);
          }
        });
  }

  private static Poll<String> waiting(ResourceException refusal, Hindrance hindrance) {
    if (hindrance.lasting().isPresent()) {
      throw new ResourceException(
          refusal.kind(),
          refusal.code(),
          refusal.getMessage() + " It is used by " + hindrance.lasting().get() + ".",
          refusal);
    }
    return Poll.pending(
        hindrance
            .leaving()
            .map(what -> "AWS has not removed " + what + " yet")
            .orElse("AWS has not released it yet"));
  }
}
