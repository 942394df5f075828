package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.dms.TaskSettings.Home;
import dev.pgbound.simulator.world.Stored;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.databasemigration.model.ModifyReplicationTaskRequest;
import software.amazon.awssdk.services.databasemigration.model.ModifyReplicationTaskResponse;
import software.amazon.awssdk.services.databasemigration.model.MoveReplicationTaskRequest;
import software.amazon.awssdk.services.databasemigration.model.MoveReplicationTaskResponse;
import software.amazon.awssdk.services.databasemigration.model.ReplicationInstance;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;

/** What changes a replication task in place, and what moves it to another instance. */
final class TaskChanges {

  private static final Duration UNTIL_MODIFIED = Duration.ofSeconds(15);
  private static final Duration UNTIL_MOVED = Duration.ofMinutes(1);

  private final DmsStore store;
  private final Tasks tasks;
  private final TaskSettings settings;

  TaskChanges(DmsStore store, Tasks tasks, TaskSettings settings) {
    this.store = store;
    this.tasks = tasks;
    this.settings = settings;
  }

  void register(Operations operations) {
    operations
        .on("ModifyReplicationTask", ModifyReplicationTaskRequest::builder, this::modify)
        .on("MoveReplicationTask", MoveReplicationTaskRequest::builder, this::move);
  }

  /** A task that rests is modified for a while; one that runs takes new severities at once. */
  private ModifyReplicationTaskResponse modify(ModifyReplicationTaskRequest request) {
    Stored<ReplicationTask, ReplicationTask.Builder> task =
        store.tasks().get(request.replicationTaskArn(), "ReplicationTaskArn");
    ReplicationTask live = task.model();
    boolean isRunning = TaskStatus.of(live) == TaskStatus.RUNNING;
    if (!isRunning) {
      TaskStatus.requireResting(live, "modified");
    }
    ReplicationTask changed = live.copy(builder -> change(builder, request, live));
    if (isRunning) {
      requireOnlySeverities(live, changed);
    }
    tasks.requireLogsRole(changed.replicationTaskSettings());
    task.update(builder -> change(builder, request, live));
    if (!isRunning) {
      task.update(builder -> builder.status(TaskStatus.MODIFYING.toString()));
      task.after(UNTIL_MODIFIED, builder -> builder.status(live.status()));
    }
    return ModifyReplicationTaskResponse.builder().replicationTask(task.view()).build();
  }

  private void change(
      ReplicationTask.Builder builder, ModifyReplicationTaskRequest request, ReplicationTask live) {
    if ((request.tableMappings() == null) != (request.migrationType() == null)) {
      // the settings are not what is wrong, but this is what DMS says
      throw Refusals.invalidValue("Invalid task settings JSON");
    }
    if (renames(request, live)) {
      builder.replicationTaskIdentifier(
          Tasks.identifier(store, request.replicationTaskIdentifier()));
    }
    if (request.migrationType() != null) {
      builder.migrationType(Tasks.migrationType(request.migrationType()));
      builder.tableMappings(TableMappings.checked(request.tableMappings()));
    }
    CdcPositions.end(request.cdcStopPosition());
    String start = CdcPositions.start(request.cdcStartPosition(), request.cdcStartTime());
    ReplicationInstance instance = instance(live.replicationInstanceArn());
    builder
        .cdcStartPosition(orElse(start, live.cdcStartPosition()))
        .cdcStopPosition(orElse(request.cdcStopPosition(), live.cdcStopPosition()))
        .taskData(orElse(request.taskData(), live.taskData()))
        .replicationTaskSettings(
            settings.modify(
                live.replicationTaskSettings(),
                request.replicationTaskSettings(),
                home(live, instance)));
  }

  private static @Nullable String orElse(@Nullable String sent, @Nullable String live) {
    return sent == null ? live : sent;
  }

  private static boolean renames(ModifyReplicationTaskRequest request, ReplicationTask live) {
    String wanted = request.replicationTaskIdentifier();
    return wanted != null && !wanted.equalsIgnoreCase(live.replicationTaskIdentifier());
  }

  private void requireOnlySeverities(ReplicationTask live, ReplicationTask changed) {
    boolean isRestEqual =
        live.copy(builder -> builder.replicationTaskSettings(null))
            .equals(changed.copy(builder -> builder.replicationTaskSettings(null)));
    if (!isRestEqual
        || !settings.differOnlyInSeverities(
            live.replicationTaskSettings(), changed.replicationTaskSettings())) {
      throw Refusals.invalidState(
          "Replication Task, excluding logging severity task settings, cannot be modified while it"
              + " is running state");
    }
  }

  private MoveReplicationTaskResponse move(MoveReplicationTaskRequest request) {
    Stored<ReplicationTask, ReplicationTask.Builder> task =
        store.tasks().get(request.replicationTaskArn(), "ReplicationTaskArn");
    ReplicationTask live = task.model();
    String targetArn =
        Refusals.required(request.targetReplicationInstanceArn(), "TargetReplicationInstanceArn");
    ReplicationInstance target = instance(targetArn);
    TaskStatus.requireResting(live, "moved");
    requireMovable(live, target);
    String document = settings.modify(live.replicationTaskSettings(), null, home(live, target));
    task.update(
        builder ->
            builder.status(TaskStatus.MOVING.toString()).targetReplicationInstanceArn(targetArn));
    task.after(
        UNTIL_MOVED,
        builder ->
            builder
                .status(live.status())
                .replicationInstanceArn(targetArn)
                .targetReplicationInstanceArn(null)
                .replicationTaskSettings(document));
    return MoveReplicationTaskResponse.builder().replicationTask(task.view()).build();
  }

  private void requireMovable(ReplicationTask task, ReplicationInstance target) {
    ReplicationInstance source = instance(task.replicationInstanceArn());
    if (source.equals(target)) {
      throw Refusals.invalidState(
          "The task is on replication instance %s already.", target.replicationInstanceArn());
    }
    Instances.requireAvailable(target);
    if (!new Version(target.engineVersion()).isAtLeast(source.engineVersion())) {
      throw Refusals.invalidState(
          "A task cannot be moved from engine version %s to %s.",
          source.engineVersion(), target.engineVersion());
    }
  }

  private ReplicationInstance instance(String arn) {
    return store.instances().get(arn, "ReplicationInstanceArn").model();
  }

  private static Home home(ReplicationTask task, ReplicationInstance instance) {
    return Home.of(instance, Identifiers.arnPart(task.replicationTaskArn()));
  }
}
