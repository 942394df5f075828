package dev.pgbound.aws;

import dev.pgbound.spi.TaskState.Phase;
import software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;

/** What the status of a task, its statistics and the reason of its last stop mean together. */
final class TaskPhases {

  private TaskPhases() {}

  static Phase of(TaskRun run) {
    return switch (run.status()) {
      case "ready" -> Phase.PREPARED;
      case "starting" -> Phase.STARTING;
      case "running" -> isLoading(run.task()) ? Phase.LOADING : Phase.REPLICATING;
      case "stopping" -> Phase.STOPPING;
      case "stopped" -> stopped(run);
      case "failed", "failed-move" -> Phase.FAILED;
      case "deleting" -> Phase.GOING;
      default -> Phase.CHANGING;
    };
  }

  private static boolean isLoading(ReplicationTask task) {
    return switch (task.migrationType()) {
      case CDC -> false;
      case FULL_LOAD -> true;
      case FULL_LOAD_AND_CDC, UNKNOWN_TO_SDK_VERSION ->
          task.replicationTaskStats() == null
              || task.replicationTaskStats().fullLoadFinishDate() == null;
    };
  }

  /** A load of which tables failed ends like any other: only the tables in error tell. */
  private static Phase stopped(TaskRun run) {
    return StopReason.of(run.task())
        .map(
            reason ->
                switch (reason) {
                  case NORMAL -> isLoaded(run.task()) ? done(run) : Phase.STOPPED;
                  case FULL_LOAD_ONLY_FINISHED, STOPPED_AT_SERVER_TIME, STOPPED_AT_COMMIT_TIME ->
                      done(run);
                  case STOPPED_AFTER_FULL_LOAD,
                      STOPPED_AFTER_CACHED_EVENTS,
                      STOPPED_AFTER_DDL_APPLY ->
                      Phase.PAUSED;
                  case RECONFIGURATION_RESTART, RECYCLE_TASK -> Phase.STARTING;
                  case RECOVERABLE_ERROR,
                      FATAL_ERROR,
                      STOPPED_DUE_TO_LOW_MEMORY,
                      STOPPED_DUE_TO_LOW_DISK,
                      EXPRESS_LICENSE_LIMITS_REACHED ->
                      Phase.FAILED;
                })
        .orElse(Phase.STOPPED);
  }

  private static boolean isLoaded(ReplicationTask task) {
    return task.migrationType() == MigrationTypeValue.FULL_LOAD
        && task.replicationTaskStats() != null
        && Integer.valueOf(100).equals(task.replicationTaskStats().fullLoadProgressPercent());
  }

  private static Phase done(TaskRun run) {
    return run.tablesInError() > 0 ? Phase.FAILED : Phase.FINISHED;
  }
}
