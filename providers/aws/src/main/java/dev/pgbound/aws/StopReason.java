package dev.pgbound.aws;

import java.util.Optional;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;

/** Why DMS says that a task stopped, and what that means for whoever wants it to run. */
enum StopReason {
  /** Somebody stopped it, or there was nothing left to do. */
  NORMAL(Meaning.ENDED),
  FULL_LOAD_ONLY_FINISHED(Meaning.ENDED),
  STOPPED_AFTER_FULL_LOAD(Meaning.ENDED),
  STOPPED_AFTER_CACHED_EVENTS(Meaning.ENDED),
  STOPPED_AFTER_DDL_APPLY(Meaning.ENDED),
  STOPPED_AT_SERVER_TIME(Meaning.ENDED),
  STOPPED_AT_COMMIT_TIME(Meaning.ENDED),
  RECONFIGURATION_RESTART(Meaning.RESTARTS),
  RECYCLE_TASK(Meaning.RESTARTS),
  RECOVERABLE_ERROR(Meaning.FAILED),
  FATAL_ERROR(Meaning.FAILED),
  STOPPED_DUE_TO_LOW_MEMORY(Meaning.FAILED),
  STOPPED_DUE_TO_LOW_DISK(Meaning.FAILED),
  EXPRESS_LICENSE_LIMITS_REACHED(Meaning.FAILED);

  /** What comes of a run that stopped so. */
  enum Meaning {
    /** It ended as it should. */
    ENDED,
    /** DMS stops it and starts it again by itself. */
    RESTARTS,
    /** Something is wrong. */
    FAILED
  }

  private static final String PREFIX = "Stop Reason ";

  private final Meaning meaning;

  StopReason(Meaning meaning) {
    this.meaning = meaning;
  }

  Meaning meaning() {
    return meaning;
  }

  /** The reason of the last stop; empty when there is none that is known. */
  static Optional<StopReason> of(ReplicationTask task) {
    String text = task.stopReason() == null ? "" : task.stopReason();
    String word = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
    for (StopReason reason : values()) {
      // a level of the error may follow
      if (word.equals(reason.name()) || word.startsWith(reason.name() + " ")) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}
