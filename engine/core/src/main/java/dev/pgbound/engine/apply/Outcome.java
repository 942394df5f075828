package dev.pgbound.engine.apply;

import dev.pgbound.engine.plan.Sentence;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How a step ended.
 *
 * @param message what went wrong or why it did not run; empty for a success
 * @param kind what kind of failure the service reported; empty when it reported none
 * @param live the object after the step; empty when it is gone or unknown
 * @param took how long it ran on the run's timeline
 */
public record Outcome(
    Status status,
    String message,
    Optional<ResourceException.Kind> kind,
    Optional<Live> live,
    Duration took) {

  /** The ways a step can end. */
  public enum Status {
    SUCCEEDED,
    FAILED,
    /** Something it has to wait for did not succeed. */
    SKIPPED,
    /** The run was interrupted while it waited; the object is left as it is. */
    INTERRUPTED,
    /** The run was interrupted before it began. */
    NOT_STARTED
  }

  static Outcome succeeded(Optional<Live> live, Duration took) {
    return new Outcome(Status.SUCCEEDED, "", Optional.empty(), live, took);
  }

  static Outcome skipped(String because) {
    return new Outcome(Status.SKIPPED, because, Optional.empty(), Optional.empty(), Duration.ZERO);
  }

  /** {@code where} something failed that must not fail. */
  static Outcome internalError(String where, Throwable error, Duration took) {
    return new Outcome(
        Status.FAILED,
        String.format(
            Locale.ROOT,
            "Internal error in %s: %s. Please report it.",
            where,
            Sentence.part(error.toString())),
        Optional.empty(),
        Optional.empty(),
        took);
  }

  static Outcome notStarted() {
    return new Outcome(
        Status.NOT_STARTED, "interrupted", Optional.empty(), Optional.empty(), Duration.ZERO);
  }

  /** The same outcome in other words. */
  Outcome saying(String words) {
    return new Outcome(status, words, kind, live, took);
  }

  /** Whether it may have had an effect. */
  public boolean wasBegun() {
    return switch (status) {
      case SUCCEEDED, FAILED, INTERRUPTED -> true;
      case SKIPPED, NOT_STARTED -> false;
    };
  }

  public boolean isSuccess() {
    return status == Status.SUCCEEDED;
  }
}
