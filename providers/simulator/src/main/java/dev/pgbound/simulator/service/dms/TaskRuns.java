package dev.pgbound.simulator.service.dms;

import static software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue.CDC;
import static software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue.FULL_LOAD;

import dev.pgbound.simulator.copy.CopyOrder;
import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.logs.LogGroups;
import dev.pgbound.simulator.world.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.databasemigration.model.ReplicationInstance;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTaskStats;
import software.amazon.awssdk.services.databasemigration.model.StartReplicationTaskRequest;
import software.amazon.awssdk.services.databasemigration.model.StartReplicationTaskResponse;
import software.amazon.awssdk.services.databasemigration.model.StartReplicationTaskTypeValue;
import software.amazon.awssdk.services.databasemigration.model.StopReplicationTaskRequest;
import software.amazon.awssdk.services.databasemigration.model.StopReplicationTaskResponse;

/** Replication tasks at work: how they start, load, end by themselves, and are stopped. */
final class TaskRuns {

  private static final Duration UNTIL_RUNNING = Duration.ofSeconds(40);
  private static final Duration UNTIL_LOADED = Duration.ofMinutes(1);
  private static final Duration UNTIL_STOPPED = Duration.ofSeconds(30);

  private final DmsStore store;
  private final Connections connections;
  private final TaskSettings settings;
  private final LogGroups logGroups;
  private final TaskRows rows;

  TaskRuns(
      DmsStore store,
      Connections connections,
      TaskSettings settings,
      LogGroups logGroups,
      TaskRows rows) {
    this.store = store;
    this.connections = connections;
    this.settings = settings;
    this.logGroups = logGroups;
    this.rows = rows;
  }

  void register(Operations operations) {
    operations
        .on("StartReplicationTask", StartReplicationTaskRequest::builder, this::start)
        .on("StopReplicationTask", StopReplicationTaskRequest::builder, this::stop);
  }

  private StartReplicationTaskResponse start(StartReplicationTaskRequest request) {
    Stored<ReplicationTask, ReplicationTask.Builder> task =
        store.tasks().get(request.replicationTaskArn(), "ReplicationTaskArn");
    ReplicationTask live = task.model();
    TaskStatus.requireResting(live, "started");
    StartReplicationTaskTypeValue type = checkedType(request, live);
    requireReady(live);
    String start = CdcPositions.start(request.cdcStartPosition(), request.cdcStartTime());
    String end =
        request.cdcStopPosition() == null ? live.cdcStopPosition() : request.cdcStopPosition();
    CdcPositions.end(end);
    task.update(
        builder ->
            builder
                .status(TaskStatus.STARTING.toString())
                .stopReason(null)
                .lastFailureMessage(null)
                .cdcStartPosition(start == null ? live.cdcStartPosition() : start)
                .cdcStopPosition(end)
                .replicationTaskStartDate(store.world().now()));
    run(task, type);
    beginLog(live.replicationTaskSettings());
    return StartReplicationTaskResponse.builder().replicationTask(task.view()).build();
  }

  /** Only a task that never ran is started; one that ran is resumed or loaded again. */
  private static StartReplicationTaskTypeValue checkedType(
      StartReplicationTaskRequest request, ReplicationTask task) {
    StartReplicationTaskTypeValue type =
        Refusals.required(request.startReplicationTaskType(), "StartReplicationTaskType");
    boolean isFirst = TaskStatus.of(task) == TaskStatus.READY;
    boolean isAllowed =
        switch (type) {
          case START_REPLICATION -> isFirst || task.migrationType() == CDC;
          case RESUME_PROCESSING -> !isFirst;
          case RELOAD_TARGET -> !isFirst && task.migrationType() != CDC;
          case UNKNOWN_TO_SDK_VERSION ->
              throw Refusals.invalidValue(
                  "Invalid StartReplicationTaskType: "
                      + request.startReplicationTaskTypeAsString());
        };
    if (!isAllowed) {
      throw Refusals.invalidCombination(
          "Start Type : %s, valid only for tasks %s",
          type.name(),
          type == StartReplicationTaskTypeValue.START_REPLICATION
              ? "running for the first time"
              : "that have run and may do so again in this way");
    }
    return type;
  }

  private void requireReady(ReplicationTask task) {
    ReplicationInstance instance =
        store.instances().get(task.replicationInstanceArn(), "ReplicationInstanceArn").model();
    Instances.requireAvailable(instance);
    connections.requireSuccess(task.replicationInstanceArn(), task.sourceEndpointArn());
    connections.requireSuccess(task.replicationInstanceArn(), task.targetEndpointArn());
  }

  /** DMS makes the log group itself, without a retention, and leaves it behind. */
  private void beginLog(String document) {
    String group = settings.value(document, "/Logging/CloudWatchLogGroup").asString("");
    if (!group.isEmpty()) {
      logGroups.ensure(group);
    }
  }

  /** Lets happen what happens to a started task by itself. */
  private void run(
      Stored<ReplicationTask, ReplicationTask.Builder> task, StartReplicationTaskTypeValue type) {
    Instant begin = store.world().now().plus(UNTIL_RUNNING);
    boolean isAnew = type != StartReplicationTaskTypeValue.RESUME_PROCESSING;
    boolean capturesChanges = task.model().migrationType() != FULL_LOAD;
    boolean loads = task.model().migrationType() != CDC && (isAnew || !isLoaded(task.model()));
    task.after(
        UNTIL_RUNNING,
        builder -> {
          builder
              .status(TaskStatus.RUNNING.toString())
              .replicationTaskStats(statsAtBegin(task.model(), begin, isAnew, loads));
          if (capturesChanges && !rows.areMoved(task.model())) {
            showCheckpoint(builder, begin);
          }
        });
    if (rows.areMoved(task.model())) {
      rows.start(task, begin, how(type));
      return;
    }
    Duration elapsed = UNTIL_RUNNING;
    if (loads) {
      elapsed = elapsed.plus(UNTIL_LOADED);
      finishLoad(task, elapsed);
    }
    if (capturesChanges && stopsAfterLoad(task.model(), loads).isEmpty()) {
      scheduleEnd(task, elapsed);
    }
  }

  private static CopyOrder.Start how(StartReplicationTaskTypeValue type) {
    return switch (type) {
      case RESUME_PROCESSING -> CopyOrder.Start.RESUME;
      case RELOAD_TARGET -> CopyOrder.Start.RELOAD;
      default -> CopyOrder.Start.FRESH;
    };
  }

  /** A task that was not told where to begin shows where it did. */
  private static void showCheckpoint(ReplicationTask.Builder builder, Instant moment) {
    String checkpoint = CdcPositions.checkpoint(moment);
    String position = builder.build().cdcStartPosition();
    builder
        .recoveryCheckpoint(checkpoint)
        .cdcStartPosition(position == null ? checkpoint : position);
  }

  private static boolean isLoaded(ReplicationTask task) {
    return task.replicationTaskStats().fullLoadFinishDate() != null;
  }

  private static ReplicationTaskStats statsAtBegin(
      ReplicationTask task, Instant begin, boolean isAnew, boolean loads) {
    ReplicationTaskStats.Builder stats = task.replicationTaskStats().toBuilder();
    stats.startDate(begin).stopDate(null);
    if (isAnew) {
      stats.freshStartDate(begin);
    }
    if (loads) {
      stats.fullLoadStartDate(begin).fullLoadFinishDate(null).fullLoadProgressPercent(0);
    }
    return stats.build();
  }

  private void finishLoad(Stored<ReplicationTask, ReplicationTask.Builder> task, Duration elapsed) {
    Instant moment = store.world().now().plus(elapsed);
    Optional<String> stopReason = stopsAfterLoad(task.model(), true);
    task.after(
        elapsed,
        builder -> {
          builder.replicationTaskStats(
              builder.build().replicationTaskStats().toBuilder()
                  .fullLoadFinishDate(moment)
                  .fullLoadProgressPercent(100)
                  .elapsedTimeMillis(UNTIL_LOADED.toMillis())
                  .build());
          stopReason.ifPresent(reason -> stopped(builder, reason, moment));
        });
  }

  /** The reason why a task stops by itself once it has loaded everything. */
  private Optional<String> stopsAfterLoad(ReplicationTask task, boolean loads) {
    if (!loads) {
      return Optional.empty();
    }
    if (task.migrationType() == FULL_LOAD) {
      return Optional.of("FULL_LOAD_ONLY_FINISHED");
    }
    String document = task.replicationTaskSettings();
    if (isOn(document, "StopTaskCachedChangesNotApplied")) {
      return Optional.of("STOPPED_AFTER_FULL_LOAD");
    }
    return isOn(document, "StopTaskCachedChangesApplied")
        ? Optional.of("STOPPED_AFTER_CACHED_EVENTS")
        : Optional.empty();
  }

  private boolean isOn(String document, String setting) {
    return settings.value(document, "/FullLoadSettings/" + setting).asBoolean();
  }

  private void scheduleEnd(
      Stored<ReplicationTask, ReplicationTask.Builder> task, Duration earliest) {
    CdcPositions.end(task.model().cdcStopPosition())
        .ifPresent(
            end -> {
              Duration wanted = Duration.between(store.world().now(), end.at());
              Duration wait = wanted.compareTo(earliest) < 0 ? earliest : wanted;
              Instant moment = store.world().now().plus(wait);
              task.after(wait, builder -> stopped(builder, end.stopReason(), moment));
            });
  }

  private static void stopped(ReplicationTask.Builder builder, String reason, Instant moment) {
    builder
        .status(TaskStatus.STOPPED.toString())
        .stopReason("Stop Reason " + reason)
        .replicationTaskStats(
            builder.build().replicationTaskStats().toBuilder().stopDate(moment).build());
  }

  private StopReplicationTaskResponse stop(StopReplicationTaskRequest request) {
    Stored<ReplicationTask, ReplicationTask.Builder> task =
        store.tasks().get(request.replicationTaskArn(), "ReplicationTaskArn");
    if (TaskStatus.of(task.model()) != TaskStatus.RUNNING) {
      throw Refusals.invalidState("Replication Task " + task.arn() + " is currently not running.");
    }
    task.cancel();
    task.update(builder -> builder.status(TaskStatus.STOPPING.toString()));
    Instant moment = store.world().now().plus(UNTIL_STOPPED);
    task.after(
        UNTIL_STOPPED,
        builder -> {
          if (task.model().migrationType() != FULL_LOAD) {
            showCheckpoint(builder, moment);
            rows.checkpoint(task, moment).ifPresent(builder::recoveryCheckpoint);
          }
          stopped(builder, "NORMAL", moment);
        });
    return StopReplicationTaskResponse.builder().replicationTask(task.view()).build();
  }
}
