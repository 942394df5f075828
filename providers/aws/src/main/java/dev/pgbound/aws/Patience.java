package dev.pgbound.aws;

import dev.pgbound.spi.ResourceException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Refusals that pass by themselves within minutes or not at all. The limit of an operation, up to
 * an hour, would be too long a wait for those that turn out to last.
 */
final class Patience {

  /** With the engine's pauses, which grow to a quarter of a minute, about three minutes. */
  static final int REFUSALS = 18;

  private Patience() {}

  /** As {@code passing}, for the first {@link #REFUSALS} refusals only. Good for one operation. */
  static Predicate<ResourceException> brief(Predicate<ResourceException> passing) {
    AtomicInteger left = new AtomicInteger(REFUSALS);
    return refusal -> passing.test(refusal) && left.getAndDecrement() > 0;
  }
}
