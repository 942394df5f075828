package dev.pgbound.simulator.service.dms;

import static java.util.Objects.requireNonNullElse;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.service.dms.TaskSettings.Home;
import dev.pgbound.simulator.world.Stored;
import java.time.Duration;
import software.amazon.awssdk.services.databasemigration.model.CreateReplicationTaskRequest;
import software.amazon.awssdk.services.databasemigration.model.CreateReplicationTaskResponse;
import software.amazon.awssdk.services.databasemigration.model.DeleteReplicationTaskRequest;
import software.amazon.awssdk.services.databasemigration.model.DeleteReplicationTaskResponse;
import software.amazon.awssdk.services.databasemigration.model.DescribeReplicationTasksRequest;
import software.amazon.awssdk.services.databasemigration.model.DescribeReplicationTasksResponse;
import software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ReplicationEndpointTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ReplicationInstance;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTaskStats;

/** Replication tasks: how they come and go. */
final class Tasks {

  private static final int LONGEST_IDENTIFIER = 255;

  private static final Duration UNTIL_READY = Duration.ofSeconds(30);
  private static final Duration UNTIL_GONE = Duration.ofSeconds(20);

  private final DmsStore store;
  private final ServiceRoles roles;
  private final TaskSettings settings;

  Tasks(DmsStore store, ServiceRoles roles, TaskSettings settings) {
    this.store = store;
    this.roles = roles;
    this.settings = settings;
  }

  void register(Operations operations) {
    operations
        .on("CreateReplicationTask", CreateReplicationTaskRequest::builder, this::create)
        .on("DescribeReplicationTasks", DescribeReplicationTasksRequest::builder, this::describe)
        .on("DeleteReplicationTask", DeleteReplicationTaskRequest::builder, this::delete);
  }

  private CreateReplicationTaskResponse create(CreateReplicationTaskRequest request) {
    ReplicationTask task = task(request);
    Endpoints.require(store, task.sourceEndpointArn(), ReplicationEndpointTypeValue.SOURCE);
    Endpoints.require(store, task.targetEndpointArn(), ReplicationEndpointTypeValue.TARGET);
    requireLogsRole(task.replicationTaskSettings());
    Stored<ReplicationTask, ReplicationTask.Builder> stored =
        store.tasks().add(task.replicationTaskArn(), task, request.tags());
    stored.after(UNTIL_READY, builder -> builder.status(TaskStatus.READY.toString()));
    return CreateReplicationTaskResponse.builder().replicationTask(stored.view()).build();
  }

  private ReplicationTask task(CreateReplicationTaskRequest request) {
    ReplicationInstance instance =
        store.instances().get(request.replicationInstanceArn(), "ReplicationInstanceArn").model();
    Instances.requireAvailable(instance);
    MigrationTypeValue type =
        migrationType(Refusals.required(request.migrationType(), "MigrationType"));
    CdcPositions.end(request.cdcStopPosition());
    String part = Identifiers.arnPart(request.resourceIdentifier(), store.world().ids());
    return ReplicationTask.builder()
        .replicationTaskArn(store.world().arn("dms", "task:" + part))
        .replicationTaskIdentifier(identifier(store, request.replicationTaskIdentifier()))
        .sourceEndpointArn(request.sourceEndpointArn())
        .targetEndpointArn(request.targetEndpointArn())
        .replicationInstanceArn(request.replicationInstanceArn())
        .migrationType(type)
        .tableMappings(
            TableMappings.checked(Refusals.required(request.tableMappings(), "TableMappings")))
        .replicationTaskSettings(
            settings.create(request.replicationTaskSettings(), type, Home.of(instance, part)))
        .status(TaskStatus.CREATING.toString())
        .replicationTaskCreationDate(store.world().now())
        .cdcStartPosition(CdcPositions.start(request.cdcStartPosition(), request.cdcStartTime()))
        .cdcStopPosition(request.cdcStopPosition())
        .taskData(request.taskData())
        .replicationTaskStats(nothingLoaded())
        .build();
  }

  /** The identifier as DMS keeps it; no other task may have it. */
  static String identifier(DmsStore store, String sent) {
    String identifier =
        Identifiers.lowerCase(sent, "ReplicationTaskIdentifier", LONGEST_IDENTIFIER);
    store
        .tasks()
        .refuseSecond(task -> task.replicationTaskIdentifier().equals(identifier), identifier);
    return identifier;
  }

  static MigrationTypeValue migrationType(MigrationTypeValue sent) {
    if (sent == MigrationTypeValue.UNKNOWN_TO_SDK_VERSION) {
      throw Refusals.invalidValue("Valid migration type is required");
    }
    return sent;
  }

  /** Refuses to log without the role for it. */
  void requireLogsRole(String document) {
    if (settings.logs(document)) {
      roles.requireLogsRole();
    }
  }

  private static ReplicationTaskStats nothingLoaded() {
    return ReplicationTaskStats.builder()
        .fullLoadProgressPercent(0)
        .elapsedTimeMillis(0L)
        .tablesLoaded(0)
        .tablesLoading(0)
        .tablesQueued(0)
        .tablesErrored(0)
        .build();
  }

  private DescribeReplicationTasksResponse describe(DescribeReplicationTasksRequest request) {
    boolean isBrief = requireNonNullElse(request.withoutSettings(), false);
    Page<ReplicationTask> page =
        store
            .tasks()
            .describe(
                new PageRequest(request.filters(), request.maxRecords(), request.marker()),
                task -> isBrief ? brief(task.view()) : task.view());
    return DescribeReplicationTasksResponse.builder()
        .replicationTasks(page.items())
        .marker(page.next())
        .build();
  }

  /** Without the two long documents. */
  private static ReplicationTask brief(ReplicationTask task) {
    return task.copy(builder -> builder.replicationTaskSettings(null).tableMappings(null));
  }

  private DeleteReplicationTaskResponse delete(DeleteReplicationTaskRequest request) {
    Stored<ReplicationTask, ReplicationTask.Builder> task =
        store.tasks().get(request.replicationTaskArn(), "ReplicationTaskArn");
    TaskStatus status = TaskStatus.of(task.model());
    if (!status.isResting() && status != TaskStatus.MOVING) {
      throw TaskStatus.refusal("deleted");
    }
    task.cancel();
    task.update(builder -> builder.status(TaskStatus.DELETING.toString()));
    task.removeAfter(UNTIL_GONE);
    return DeleteReplicationTaskResponse.builder().replicationTask(task.view()).build();
  }
}
