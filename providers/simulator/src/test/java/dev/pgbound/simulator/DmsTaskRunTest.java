package dev.pgbound.simulator;

import static dev.pgbound.simulator.DmsAccount.filter;
import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.databasemigration.model.StartReplicationTaskTypeValue.RELOAD_TARGET;
import static software.amazon.awssdk.services.databasemigration.model.StartReplicationTaskTypeValue.RESUME_PROCESSING;
import static software.amazon.awssdk.services.databasemigration.model.StartReplicationTaskTypeValue.START_REPLICATION;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ReloadOptionValue;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;
import software.amazon.awssdk.services.databasemigration.model.StartReplicationTaskTypeValue;
import software.amazon.awssdk.services.databasemigration.model.TableToReload;

class DmsTaskRunTest {

  private final DmsAccount account = new DmsAccount(SimulatedAws.inMemory());
  private final DatabaseMigrationClient dms = account.dms();

  @BeforeEach
  void createSubnetGroup() throws InterruptedException {
    account.createSubnetGroup();
  }

  private void start(String arn, StartReplicationTaskTypeValue type) {
    dms.startReplicationTask(r -> r.replicationTaskArn(arn).startReplicationTaskType(type));
  }

  private void stop(String arn) {
    dms.stopReplicationTask(r -> r.replicationTaskArn(arn));
  }

  private void refusesToStart(String arn, StartReplicationTaskTypeValue type) {
    assertRefused(
        "InvalidParameterCombinationException",
        "Start Type : " + type.name() + ", valid only for tasks",
        () -> start(arn, type));
  }

  private void modifySettings(String arn, String settings) throws InterruptedException {
    dms.modifyReplicationTask(r -> r.replicationTaskArn(arn).replicationTaskSettings(settings));
    account.pass(Duration.ofSeconds(15));
  }

  @Test
  void endsByItselfWhenOnlyLoading() throws InterruptedException {
    String arn = account.createTask("hr", MigrationTypeValue.FULL_LOAD);

    start(arn, START_REPLICATION);

    assertThat(account.taskOf(arn).status()).isEqualTo("starting");
    assertRefused("InvalidResourceStateFault", "is currently not running", () -> stop(arn));
    account.pass(Duration.ofSeconds(40));
    ReplicationTask running = account.taskOf(arn);
    assertThat(running.status()).isEqualTo("running");
    assertThat(running.replicationTaskStats().fullLoadProgressPercent()).isZero();
    assertThat(running.replicationTaskStats().fullLoadStartDate())
        .isEqualTo(account.aws().timeline().now());
    assertThat(
            dms.waiter()
                .waitUntilReplicationTaskRunning(
                    r -> r.filters(filter("replication-task-arn", arn)), o -> o.maxAttempts(1))
                .matched()
                .response())
        .isPresent();
    account.pass(Duration.ofMinutes(1));
    ReplicationTask stopped = account.taskOf(arn);
    assertThat(stopped.status()).isEqualTo("stopped");
    assertThat(stopped.stopReason()).isEqualTo("Stop Reason FULL_LOAD_ONLY_FINISHED");
    assertThat(stopped.replicationTaskStats().fullLoadProgressPercent()).isEqualTo(100);
    assertThat(stopped.replicationTaskStats().stopDate())
        .isEqualTo(stopped.replicationTaskStats().fullLoadFinishDate());
    assertThat(stopped.recoveryCheckpoint()).isNull();
  }

  @Test
  void goesOnCapturingChangesAfterTheLoad() throws InterruptedException {
    String arn = account.createTask("hr", MigrationTypeValue.FULL_LOAD_AND_CDC);

    start(arn, START_REPLICATION);
    account.pass(Duration.ofDays(1));

    ReplicationTask running = account.taskOf(arn);
    assertThat(running.status()).isEqualTo("running");
    assertThat(running.stopReason()).isNull();
    assertThat(running.replicationTaskStats().fullLoadProgressPercent()).isEqualTo(100);
    assertThat(running.recoveryCheckpoint()).startsWith("checkpoint:V1#");
    assertThat(running.cdcStartPosition()).isEqualTo(running.recoveryCheckpoint());
    stop(arn);
    assertThat(account.taskOf(arn).status()).isEqualTo("stopping");
    assertRefused(
        "InvalidResourceStateFault",
        "Replication Task cannot be started, invalid state",
        () -> start(arn, RESUME_PROCESSING));
    account.pass(Duration.ofSeconds(30));
    ReplicationTask stopped = account.taskOf(arn);
    assertThat(stopped.status()).isEqualTo("stopped");
    assertThat(stopped.stopReason()).isEqualTo("Stop Reason NORMAL");
    assertThat(stopped.recoveryCheckpoint()).isNotEqualTo(running.recoveryCheckpoint());
    assertThat(stopped.cdcStartPosition()).isEqualTo(running.cdcStartPosition());
    assertThat(
            dms.waiter()
                .waitUntilReplicationTaskStopped(
                    r -> r.filters(filter("replication-task-arn", arn)), o -> o.maxAttempts(1))
                .matched()
                .response())
        .isPresent();
  }

  @Test
  void isStartedOnceAndThenResumedOrLoadedAgain() throws InterruptedException {
    String arn = account.createTask("hr", MigrationTypeValue.FULL_LOAD_AND_CDC);
    refusesToStart(arn, RESUME_PROCESSING);
    refusesToStart(arn, RELOAD_TARGET);
    start(arn, START_REPLICATION);
    account.pass(Duration.ofMinutes(5));
    ReplicationTask first = account.taskOf(arn);
    stop(arn);
    account.pass(Duration.ofMinutes(1));

    refusesToStart(arn, START_REPLICATION);
    start(arn, RESUME_PROCESSING);
    account.pass(Duration.ofMinutes(5));
    ReplicationTask resumed = account.taskOf(arn);
    assertThat(resumed.status()).isEqualTo("running");
    assertThat(resumed.stopReason()).isNull();
    assertThat(resumed.replicationTaskStats().fullLoadFinishDate())
        .isEqualTo(first.replicationTaskStats().fullLoadFinishDate());
    assertThat(resumed.replicationTaskStats().freshStartDate())
        .isEqualTo(first.replicationTaskStats().freshStartDate());
    stop(arn);
    account.pass(Duration.ofMinutes(1));

    start(arn, RELOAD_TARGET);
    account.pass(Duration.ofSeconds(50));
    assertThat(account.taskOf(arn).replicationTaskStats().fullLoadProgressPercent()).isZero();
    account.pass(Duration.ofMinutes(1));
    assertThat(account.taskOf(arn).replicationTaskStats().fullLoadFinishDate())
        .isAfter(first.replicationTaskStats().fullLoadFinishDate());
  }

  @Test
  void resumesALoadThatWasNotFinished() throws InterruptedException {
    String arn = account.createTask("hr", MigrationTypeValue.FULL_LOAD);
    start(arn, START_REPLICATION);
    account.pass(Duration.ofSeconds(60));
    stop(arn);
    account.pass(Duration.ofMinutes(1));
    assertThat(account.taskOf(arn).replicationTaskStats().fullLoadFinishDate()).isNull();

    start(arn, RESUME_PROCESSING);
    account.pass(Duration.ofMinutes(2));

    assertThat(account.taskOf(arn).stopReason()).endsWith("FULL_LOAD_ONLY_FINISHED");
  }

  @Test
  void startsAnewAtAnotherPositionWhenItOnlyCapturesChanges() throws InterruptedException {
    String arn = account.createTask("hr", MigrationTypeValue.CDC);
    start(arn, START_REPLICATION);
    account.pass(Duration.ofMinutes(1));
    stop(arn);
    account.pass(Duration.ofMinutes(1));

    refusesToStart(arn, RELOAD_TARGET);
    dms.startReplicationTask(
        r ->
            r.replicationTaskArn(arn)
                .startReplicationTaskType(START_REPLICATION)
                .cdcStartPosition("815"));

    assertThat(account.taskOf(arn).cdcStartPosition()).isEqualTo("815");
  }

  @Test
  void endsAtItsStopPosition() throws InterruptedException {
    String arn = account.createTask("hr", MigrationTypeValue.CDC);
    String end = account.aws().timeline().now().plus(Duration.ofHours(2)).toString();

    dms.startReplicationTask(
        r ->
            r.replicationTaskArn(arn)
                .startReplicationTaskType(START_REPLICATION)
                .cdcStopPosition("commit_time: " + end.substring(0, 19)));
    account.pass(Duration.ofHours(1));
    assertThat(account.taskOf(arn).status()).isEqualTo("running");
    account.pass(Duration.ofHours(1));

    assertThat(account.taskOf(arn).status()).isEqualTo("stopped");
    assertThat(account.taskOf(arn).stopReason()).isEqualTo("Stop Reason STOPPED_AT_COMMIT_TIME");
  }

  @Test
  void stopsBetweenLoadAndChangesWhenToldTo() throws InterruptedException {
    String arn = account.createTask("hr", MigrationTypeValue.FULL_LOAD_AND_CDC);
    modifySettings(arn, "{\"FullLoadSettings\": {\"StopTaskCachedChangesApplied\": true}}");

    start(arn, START_REPLICATION);
    account.pass(Duration.ofMinutes(2));
    assertThat(account.taskOf(arn).stopReason())
        .isEqualTo("Stop Reason STOPPED_AFTER_CACHED_EVENTS");
    start(arn, RESUME_PROCESSING);
    account.pass(Duration.ofMinutes(10));

    assertThat(account.taskOf(arn).status()).isEqualTo("running");
  }

  @Test
  void makesTheLogGroupThatItWritesTo() throws InterruptedException {
    CloudWatchLogsClient logs = Clients.client(CloudWatchLogsClient.builder(), account.aws());
    account.createRole("dms-cloudwatch-logs-role", "dms.amazonaws.com");
    account.attach("dms-cloudwatch-logs-role", "AmazonDMSCloudWatchLogsRole");
    String arn = account.createTask("hr", MigrationTypeValue.CDC);
    modifySettings(arn, "{\"Logging\": {\"EnableLogging\": true}}");
    assertThat(logs.describeLogGroups().logGroups()).isEmpty();

    start(arn, START_REPLICATION);

    assertThat(logs.describeLogGroups().logGroups())
        .extracting(LogGroup::logGroupName)
        .containsExactly("dms-tasks-hr-instance");
  }

  @Test
  void wantsSuccessfulTestsOnItsInstance() throws InterruptedException {
    String arn = account.createTask("hr", MigrationTypeValue.CDC);
    ReplicationTask task = account.taskOf(arn);
    dms.modifyEndpoint(r -> r.endpointArn(task.targetEndpointArn()).serviceAccessRoleArn("x"));

    assertRefused(
        "InvalidResourceStateFault",
        "Test connection for replication instance hr-instance and endpoint hr-target should be"
            + " successful for starting the replication task",
        () -> start(arn, START_REPLICATION));
    account.pass(Duration.ofSeconds(20));
    dms.rebootReplicationInstance(r -> r.replicationInstanceArn(task.replicationInstanceArn()));
    assertRefused(
        "InvalidResourceStateFault", "available state", () -> start(arn, START_REPLICATION));
    account.pass(Duration.ofMinutes(3));
    start(arn, START_REPLICATION);
  }

  @Test
  void takesOnlySeveritiesWhileItRuns() throws InterruptedException {
    String arn = account.createTask("hr", MigrationTypeValue.CDC);
    start(arn, START_REPLICATION);
    account.pass(Duration.ofMinutes(1));

    modifySettings(
        arn,
        """
        {"Logging": {"LogComponents": [{"Id": "IO", "Severity": "LOGGER_SEVERITY_DEBUG"}]}}
        """);

    ReplicationTask task = account.taskOf(arn);
    assertThat(task.status()).isEqualTo("running");
    assertThat(task.replicationTaskSettings()).contains("LOGGER_SEVERITY_DEBUG");
    assertRefused(
        "InvalidResourceStateFault",
        "Replication Task, excluding logging severity task settings, cannot be modified while it"
            + " is running state",
        () -> modifySettings(arn, "{\"TargetMetadata\": {\"LobMaxSize\": 64}}"));
    assertRefused(
        "InvalidResourceStateFault",
        () -> dms.modifyReplicationTask(r -> r.replicationTaskArn(arn).taskData("{}")));
    assertRefused(
        "InvalidResourceStateFault",
        "Replication Task cannot be deleted, invalid state",
        () -> dms.deleteReplicationTask(r -> r.replicationTaskArn(arn)));
    assertRefused(
        "InvalidResourceStateFault",
        "Replication Task cannot be moved, invalid state",
        () ->
            dms.moveReplicationTask(
                r ->
                    r.replicationTaskArn(arn)
                        .targetReplicationInstanceArn(task.replicationInstanceArn())));
  }

  @Test
  void keepsItsStateThroughAModification() throws InterruptedException {
    String arn = account.createTask("hr", MigrationTypeValue.FULL_LOAD);
    start(arn, START_REPLICATION);
    account.pass(Duration.ofMinutes(2));
    ReplicationTask stopped = account.taskOf(arn);

    modifySettings(arn, "{\"TargetMetadata\": {\"LobMaxSize\": 64}}");

    assertThat(account.taskOf(arn))
        .isEqualTo(
            stopped.copy(
                task ->
                    task.replicationTaskSettings(account.taskOf(arn).replicationTaskSettings())));
    start(arn, RELOAD_TARGET);
  }

  @Test
  void reloadsTablesOnlyWhileItRuns() throws InterruptedException {
    String arn = account.createTask("hr", MigrationTypeValue.FULL_LOAD_AND_CDC);
    assertRefused("InvalidResourceStateFault", () -> reload(arn, 1, ReloadOptionValue.DATA_RELOAD));
    start(arn, START_REPLICATION);
    account.pass(Duration.ofMinutes(1));

    reload(arn, 10, ReloadOptionValue.DATA_RELOAD);

    assertRefused(
        "InvalidParameterValueException", () -> reload(arn, 11, ReloadOptionValue.DATA_RELOAD));
    assertRefused(
        "InvalidParameterCombinationException",
        () -> reload(arn, 1, ReloadOptionValue.VALIDATE_ONLY));
  }

  private void reload(String arn, int tables, ReloadOptionValue option) {
    dms.reloadTables(
        r ->
            r.replicationTaskArn(arn)
                .reloadOption(option)
                .tablesToReload(
                    IntStream.range(0, tables)
                        .mapToObj(n -> TableToReload.builder().schemaName("HR").tableName("T" + n))
                        .map(TableToReload.Builder::build)
                        .toList()));
  }

  @Test
  void hasNoTablesAsLongAsNothingIsLoaded() throws InterruptedException {
    String arn = account.createTask("hr", MigrationTypeValue.FULL_LOAD);

    assertThat(
            dms.describeTableStatistics(
                    r ->
                        r.replicationTaskArn(arn)
                            .maxRecords(500)
                            .filters(filter("schema-name", "HR")))
                .tableStatistics())
        .isEmpty();
    assertRefused(
        "InvalidParameterValueException",
        () -> dms.describeTableStatistics(r -> r.replicationTaskArn(arn).maxRecords(501)));
    assertRefused(
        "InvalidParameterValueException",
        () ->
            dms.describeTableStatistics(r -> r.replicationTaskArn(arn).filters(filter("x", "y"))));
    assertRefused(
        "ResourceNotFoundFault",
        () -> dms.describeTableStatistics(r -> r.replicationTaskArn(arn + "X")));
  }
}
