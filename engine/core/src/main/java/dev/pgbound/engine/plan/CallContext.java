package dev.pgbound.engine.plan;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.Poll;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import dev.pgbound.spi.Timeline;
import dev.pgbound.spi.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the engine lends to one call of a resource type.
 *
 * @param secrets finds the values of a secret by its reference
 * @param cancelled whether waits have to end at once
 * @param progress takes the phases that the type reports
 */
public record CallContext(
    String migration,
    Account account,
    Map<String, String> ownershipTags,
    Duration limit,
    Function<String, Value.Fields> secrets,
    Timeline timeline,
    BooleanSupplier cancelled,
    Consumer<String> progress)
    implements Context {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  /** So long a service may not answer in the middle of a wait. */
  private static final Duration SILENCE = Duration.ofMinutes(5);

  @Override
  public <T> T await(String what, Supplier<Poll<T>> probe) {
    Instant deadline = timeline.now().plus(limit);
    Set<String> phases = new HashSet<>();
    Duration pause = FIRST_PAUSE;
    Patience patience = new Patience();
    while (true) {
      Poll<T> poll = patience.look(probe);
      if (poll instanceof Poll.Done<T> done) {
        return done.result();
      }
      if (poll instanceof Poll.Broken<T> broken) {
        throw broken.failure();
      }
      if (poll instanceof Poll.Failed<T> failed) {
        throw new ResourceException(
            Kind.NOT_STABILIZED, "Failed", "Waited for " + what + ": " + failed.reason());
      }
      String phase = ((Poll.Pending<T>) poll).phase();
      progress.accept(phase);
      if (phases.add(phase)) {
        // Something moved; a phase that comes again is no progress.
        deadline = timeline.now().plus(limit);
      }
      if (!timeline.now().isBefore(deadline)) {
        throw new ResourceException(
            Kind.TIMED_OUT,
            "TimedOut",
            String.format(
                Locale.ROOT,
                "Waited %s without progress for %s; it is still: %s. The same command goes on"
                    + " waiting.",
                Durations.text(limit),
                what,
                Sentence.part(phase)));
      }
      sleep(what, pause);
      Duration longer = pause.multipliedBy(3).dividedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }
  }

  /** How long a wait goes on without an answer. */
  private final class Patience {
    private Instant answered = timeline.now();

    <T> Poll<T> look(Supplier<Poll<T>> probe) {
      try {
        Poll<T> poll = probe.get();
        answered = timeline.now();
        return poll;
      } catch (ResourceException e) {
        boolean silent = e.kind() == Kind.UNAVAILABLE || e.kind() == Kind.THROTTLED;
        if (!silent || Duration.between(answered, timeline.now()).compareTo(SILENCE) >= 0) {
          throw e;
        }
        return Poll.pending("no answer: " + e.getMessage());
      }
    }
  }

  private void sleep(String what, Duration pause) {
    try {
      if (!cancelled.getAsBoolean()) {
        timeline.sleep(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(what, e);
    }
    if (cancelled.getAsBoolean()) {
      throw interrupted(what, null);
    }
  }

  private static ResourceException interrupted(
      String what, @org.jspecify.annotations.Nullable InterruptedException cause) {
    String message =
        "Interrupted while waiting for " + what + ". The same command goes on waiting.";
    return cause == null
        ? new ResourceException(Kind.INTERRUPTED, "Interrupted", message)
        : new ResourceException(Kind.INTERRUPTED, "Interrupted", message, cause);
  }

  @Override
  public Value.Fields secret(String reference) {
    return secrets.apply(reference);
  }

  @Override
  public void progress(String phase) {
    progress.accept(phase);
  }
}
