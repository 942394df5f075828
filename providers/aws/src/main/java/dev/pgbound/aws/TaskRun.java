package dev.pgbound.aws;

import dev.pgbound.spi.Pausable;
import dev.pgbound.spi.Value.Fields;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTaskStats;
import software.amazon.awssdk.services.databasemigration.model.StartReplicationTaskTypeValue;

/**
 * One look at a task: whether it runs, and if not, why.
 *
 * @param word where it stands, in the service's own word
 */
record TaskRun(ReplicationTask task, String word) {

  private static final String RUNNING = Pausable.RUNNING;
  private static final String STOPPED = Pausable.STOPPED;

  /** Statuses on the way to another one. */
  static final Set<String> TRANSITIONAL =
      Set.of("creating", "starting", "stopping", "modifying", "testing", "moving");

  /** Statuses in which a task stands still and can be changed. A failed task can be resumed. */
  static final Set<String> STANDING = Set.of("ready", STOPPED, "failed", "failed-move");

  TaskRun(ReplicationTask task) {
    this(task, task.status());
  }

  String status() {
    return task.status();
  }

  static boolean runs(String status) {
    return status.equals(RUNNING) || status.equals("starting");
  }

  boolean isRunning() {
    return runs(status());
  }

  /**
   * The value of the attribute {@code run}. A task that has done all that the file wants from it
   * has stopped by itself, and that satisfies either value.
   */
  String state(Fields desired) {
    if (hasDone(desired)) {
      return desired.text(Pausable.RUN).orElse(STOPPED);
    }
    return isRunning() ? RUNNING : STOPPED;
  }

  /**
   * Whether the task stopped because it has finished, or where the file says that it must stop: at
   * a position, or after the load.
   */
  boolean hasDone(Fields desired) {
    Optional<StopReason> reason = StopReason.of(task);
    if (!status().equals(STOPPED) || reason.isEmpty() || tablesInError() > 0) {
      return false;
    }
    Fields load = desired.fields(TaskSettings.ATTRIBUTE).fields("FullLoadSettings");
    return switch (reason.get()) {
      case FULL_LOAD_ONLY_FINISHED -> true;
      case NORMAL -> isFullLoad() && progress() == 100;
      case STOPPED_AT_SERVER_TIME, STOPPED_AT_COMMIT_TIME -> desired.has("cdcStopPosition");
      case STOPPED_AFTER_FULL_LOAD -> load.flag("StopTaskCachedChangesNotApplied").orElse(false);
      case STOPPED_AFTER_CACHED_EVENTS -> load.flag("StopTaskCachedChangesApplied").orElse(false);
      case STOPPED_AFTER_DDL_APPLY,
          RECONFIGURATION_RESTART,
          RECYCLE_TASK,
          RECOVERABLE_ERROR,
          FATAL_ERROR,
          STOPPED_DUE_TO_LOW_MEMORY,
          STOPPED_DUE_TO_LOW_DISK,
          EXPRESS_LICENSE_LIMITS_REACHED ->
          false;
    };
  }

  /** How to start it: from the beginning only when it never ran. */
  StartReplicationTaskTypeValue startType() {
    return neverRan()
        ? StartReplicationTaskTypeValue.START_REPLICATION
        : StartReplicationTaskTypeValue.RESUME_PROCESSING;
  }

  /** How to load everything, which a task that never ran does anyway. */
  StartReplicationTaskTypeValue reloadType() {
    return neverRan()
        ? StartReplicationTaskTypeValue.START_REPLICATION
        : StartReplicationTaskTypeValue.RELOAD_TARGET;
  }

  private boolean neverRan() {
    return status().equals("ready");
  }

  /** Whether nothing has happened between the two looks. */
  boolean isSameAs(TaskRun earlier) {
    return status().equals(earlier.status())
        && Objects.equals(task.stopReason(), earlier.task.stopReason())
        && Objects.equals(task.replicationTaskStartDate(), earlier.task.replicationTaskStartDate());
  }

  /** Where it stands, in words that change whenever it gets on. */
  String phase() {
    ReplicationTaskStats stats = task.replicationTaskStats();
    Integer loaded = stats == null ? null : stats.tablesLoaded();
    boolean counts = loaded != null && loaded > 0;
    return counts ? word + ", " + loaded + " tables loaded" : word;
  }

  int tablesInError() {
    Integer count =
        task.replicationTaskStats() == null ? null : task.replicationTaskStats().tablesErrored();
    return count == null ? 0 : count;
  }

  /** The service's words for why it stands. */
  Optional<String> why() {
    String reason = task.stopReason() == null ? "" : task.stopReason();
    String failure = task.lastFailureMessage() == null ? "" : task.lastFailureMessage();
    String words = (reason + (reason.isEmpty() || failure.isEmpty() ? "" : ": ") + failure).strip();
    return words.isEmpty() ? Optional.empty() : Optional.of(words);
  }

  private boolean isFullLoad() {
    return task.migrationType() == MigrationTypeValue.FULL_LOAD;
  }

  private int progress() {
    Integer percent =
        task.replicationTaskStats() == null
            ? null
            : task.replicationTaskStats().fullLoadProgressPercent();
    return percent == null ? 0 : percent;
  }
}
