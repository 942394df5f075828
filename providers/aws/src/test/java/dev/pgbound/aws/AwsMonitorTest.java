package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.MigrationStatus;
import dev.pgbound.spi.MigrationStatus.Alarm;
import dev.pgbound.spi.MigrationStatus.Connection;
import dev.pgbound.spi.MigrationStatus.Maintenance;
import dev.pgbound.spi.Monitor.Watched;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceType.Declared;
import dev.pgbound.spi.TableState;
import dev.pgbound.spi.TaskState;
import dev.pgbound.spi.TaskState.Phase;
import dev.pgbound.spi.Value.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a look makes of the answers of DMS, CloudWatch and RDS. */
final class AwsMonitorTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:30Z");
  private static final String TASK = "arn:aws:dms:eu-central-1:123456789012:task:TASK1";
  private static final String INSTANCE = "arn:aws:dms:eu-central-1:123456789012:rep:INST1";
  private static final String SOURCE = "arn:aws:dms:eu-central-1:123456789012:endpoint:SRC";
  private static final String CLUSTER = "arn:aws:rds:eu-central-1:123456789012:cluster:hr-target";
  private static final String ALARM = "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:Lag";

  private final CannedAws aws = new CannedAws();
  private final AwsProvider provider = new AwsProvider(aws.settings(), CallListener.NONE);

  @BeforeEach
  void answers() {
    aws.answer(
        "GetResources",
        "{\"ResourceTagMappingList\":["
            + tagged(TASK, "dms-task.hr")
            + ","
            + tagged(INSTANCE, "dms-instance.main")
            + ","
            + tagged(CLUSTER, "db-cluster.target")
            + ","
            + tagged(ALARM, "cloudwatch-alarm.lag")
            + "]}");
    aws.answer("DescribeConnections", "{\"Connections\":[]}");
    aws.answer(
        "DescribePendingMaintenanceActions",
        "{\"PendingMaintenanceActions\":[]}"); // DMS; RDS is asked next
    aws.answer("DescribePendingMaintenanceActions", rds(""));
    aws.answer("DescribeAlarms", alarms(""));
    aws.answer("DescribeReplicationInstances", instance(""));
    aws.answer("GetMetricData", metrics(""));
    aws.answer("DescribeTableStatistics", "{\"TableStatistics\":[]}");
  }

  @AfterEach
  void close() {
    provider.close();
    aws.close();
  }

  @Test
  void tellsTablesInTheServicesWords() {
    task("running", "\"TablesErrored\":1", "");
    aws.instead(
        "DescribeTableStatistics",
        """
        {"TableStatistics":[
          {"SchemaName":"HR","TableName":"JOBS","TableState":"Table error","FullLoadRows":7,
           "FullLoadErrorRows":2,"AppliedInserts":1,"AppliedUpdates":2,"AppliedDeletes":3,
           "ValidationState":"Mismatched records","ValidationFailedRecords":4,
           "ValidationSuspendedRecords":5,"ValidationPendingRecords":6},
          {"SchemaName":"HR","TableName":"COUNTRIES","TableState":"Table completed"}]}
        """);

    TaskState task = look().tasks().get(0);

    assertThat(task.tables())
        .containsExactly(
            new TableState("HR", "COUNTRIES", "Table completed", 0, 0, 0, "", 0, 0, 0),
            new TableState("HR", "JOBS", "Table error", 7, 2, 6, "Mismatched records", 4, 5, 6));
    assertThat(task.tables().get(1).isInError()).isTrue();
    assertThat(task.tables().get(1).isDifferent()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "creating,, CHANGING",
    "ready,, PREPARED",
    "starting,, STARTING",
    "running,, LOADING",
    "running, FINISHED, REPLICATING",
    "stopping,, STOPPING",
    "stopped, NORMAL, STOPPED",
    "stopped, STOPPED_AFTER_FULL_LOAD, PAUSED",
    "stopped, STOPPED_AFTER_CACHED_EVENTS, PAUSED",
    "stopped, STOPPED_AT_COMMIT_TIME, FINISHED",
    "stopped, FULL_LOAD_ONLY_FINISHED, FINISHED",
    "stopped, FATAL_ERROR, FAILED",
    "stopped, STOPPED_DUE_TO_LOW_DISK, FAILED",
    "stopped, RECYCLE_TASK, STARTING",
    "failed, FATAL_ERROR, FAILED",
    "deleting,, GOING"
  })
  void tellsFromStatusAndReasonWhereATaskIs(String status, String reason, Phase expected) {
    boolean isLoaded = "FINISHED".equals(reason);
    String stats = isLoaded ? "\"FullLoadFinishDate\":1772355000" : "";
    task(
        status,
        stats,
        reason == null || isLoaded ? "" : ",\"StopReason\":\"Stop Reason " + reason + "\"");

    assertThat(look().tasks()).extracting(TaskState::phase).containsExactly(expected);
  }

  @Test
  void takesALoadWithTablesInErrorForFailed() {
    task(
        "stopped",
        "\"TablesErrored\":1,\"FullLoadProgressPercent\":100",
        ",\"StopReason\":\"Stop Reason FULL_LOAD_ONLY_FINISHED\"");

    assertThat(look().tasks()).extracting(TaskState::phase).containsExactly(Phase.FAILED);
  }

  @Test
  void keepsTheWordsOfAFailure() {
    task(
        "failed",
        "",
        ",\"StopReason\":\"Stop Reason FATAL_ERROR Error Level FATAL\","
            + "\"LastFailureMessage\":\"Last Error ORA-01017 Stop Reason FATAL_ERROR\"");

    assertThat(look().tasks().get(0).trouble())
        .contains(
            "Stop Reason FATAL_ERROR Error Level FATAL: Last Error ORA-01017 Stop Reason FATAL_ERROR");
  }

  @Test
  void asksForTheLatencyByTheNamesThatCloudWatchKnows() {
    task("running", "\"FullLoadFinishDate\":1772355000", "");
    aws.instead(
        "GetMetricData",
        metrics(
            """
            <member><Id>source0</Id><Timestamps><member>2026-03-01T09:59:00Z</member>
              <member>2026-03-01T09:58:00Z</member></Timestamps>
              <Values><member>2.5</member><member>99</member></Values></member>
            <member><Id>target0</Id><Timestamps/><Values/></member>
            """));

    TaskState.Lag lag = look().tasks().get(0).lag().orElseThrow();

    assertThat(lag.source()).isEqualTo(OptionalDouble.of(2.5));
    assertThat(lag.target()).isEmpty();
    assertThat(lag.at()).isEqualTo("2026-03-01T09:59:00Z");
    assertThat(aws.lastBody("GetMetricData"))
        .contains("Namespace=AWS/DMS", "MetricName=CDCLatencySource", "MetricName=CDCLatencyTarget")
        .contains("Name=ReplicationTaskIdentifier", "Value=TASK1")
        .contains("Name=ReplicationInstanceIdentifier", "Value=hr");
  }

  @Test
  void asksForNoLatencyWhereNothingIsCaptured() {
    task("stopped", "", ",\"StopReason\":\"Stop Reason NORMAL\"");

    assertThat(look().tasks().get(0).lag()).isEmpty();
    assertThat(aws.operations()).doesNotContain("GetMetricData");
  }

  @Test
  void showsTheConnectionsOfItsOwnEndpointsOnly() {
    task("running", "", "");
    aws.instead(
        "DescribeConnections",
        String.format(
            Locale.ROOT,
            """
            {"Connections":[
              {"EndpointArn":"%s","EndpointIdentifier":"hr-source",
               "ReplicationInstanceIdentifier":"hr","Status":"failed",
               "LastFailureMessage":"ORA-12170: TNS:Connect timeout occurred"},
              {"EndpointArn":"arn:other","EndpointIdentifier":"other",
               "ReplicationInstanceIdentifier":"hr","Status":"successful"}]}
            """,
            SOURCE));

    List<Connection> connections = look().connections();

    assertThat(connections).hasSize(1);
    assertThat(connections.get(0).hasFailed()).isTrue();
    assertThat(connections.get(0).message()).contains("ORA-12170: TNS:Connect timeout occurred");
  }

  @Test
  void asksForItsOwnAlarmsByName() {
    task("running", "", "");
    aws.instead(
        "DescribeAlarms",
        alarms(
            """
            <member><AlarmName>Lag</AlarmName><StateValue>ALARM</StateValue>
              <StateReason>Threshold Crossed</StateReason>
              <StateTransitionedTimestamp>2026-03-01T09:00:00Z</StateTransitionedTimestamp></member>
            """));

    assertThat(look().alarms())
        .containsExactly(
            new Alarm(
                "Lag",
                Alarm.State.ALARM,
                "Threshold Crossed",
                Optional.of(Instant.parse("2026-03-01T09:00:00Z"))));
    assertThat(aws.lastBody("DescribeAlarms")).contains("AlarmNames.member.1=Lag");
  }

  @Test
  void tellsWhatIsGoingToBeDoneToInstanceAndCluster() {
    task("running", "", "");
    aws.instead(
        "DescribeReplicationInstances",
        instance(
            ",\"PreferredMaintenanceWindow\":\"sun:06:00-sun:14:00\",\"PendingModifiedValues\":"
                + "{\"ReplicationInstanceClass\":\"dms.r6i.xlarge\"}"));
    aws.instead(
        "DescribePendingMaintenanceActions",
        String.format(
            Locale.ROOT,
            "{\"PendingMaintenanceActions\":[{\"ResourceIdentifier\":\"%s\","
                + "\"PendingMaintenanceActionDetails\":[{\"Action\":\"os-upgrade\","
                + "\"Description\":\"New Operating System update\",\"ForcedApplyDate\":1772442000}]}]}",
            INSTANCE));
    aws.answer("DescribePendingMaintenanceActions", rds(pending(CLUSTER) + pending(CLUSTER + "2")));

    assertThat(look().maintenance())
        .containsExactly(
            new Maintenance(
                "dms-instance hr",
                "change of replicationInstanceClass in the maintenance window sun:06:00-sun:14:00",
                Optional.empty()),
            new Maintenance(
                "dms-instance hr",
                "os-upgrade: New Operating System update",
                Optional.of(Instant.ofEpochSecond(1772442000))),
            new Maintenance("db-cluster hr-target", "system-update", Optional.empty()));
  }

  @Test
  void namesWhatIsPaidForNothingOnceNoTaskRuns() {
    task("stopped", "\"StopDate\":1772355000", ",\"StopReason\":\"Stop Reason NORMAL\"");

    MigrationStatus status = look();

    assertThat(status.leftovers()).hasSize(1);
    assertThat(status.leftovers().get(0).object()).isEqualTo("dms-instance hr");
    assertThat(status.leftovers().get(0).size()).isEqualTo("dms.r6i.large in two zones, 100 GB");
    assertThat(status.leftovers().get(0).idleSince()).contains(Instant.ofEpochSecond(1772355000));
  }

  @Test
  void namesNothingAsLeftoverThatATaskWorksOnOrWaitsFor() {
    task("stopped", "", ",\"StopReason\":\"Stop Reason STOPPED_AFTER_FULL_LOAD\"");

    assertThat(look().leftovers()).isEmpty();
  }

  @Test
  void tellsTheRestWhenOneCallIsRefused() {
    task("running", "", "");
    aws.forget("DescribeAlarms");
    aws.refuseEc2("DescribeAlarms", 403, "AccessDenied", "not authorized");

    MigrationStatus status = look();

    assertThat(status.tasks()).hasSize(1);
    assertThat(status.unread())
        .singleElement()
        .asString()
        .startsWith("alarms: cloudwatch:DescribeAlarms: ");
  }

  @Test
  void failsWhenTheTasksCannotBeRead() {
    aws.refuseJson("DescribeReplicationTasks", "AccessDeniedFault", "no");

    assertThatThrownBy(this::look).isInstanceOf(ResourceException.class);
  }

  @Test
  void showsADeclaredTaskThatIsNotThere() {
    aws.answer("DescribeReplicationTasks", "{\"ReplicationTasks\":[]}");

    TaskState task = look().tasks().get(0);

    assertThat(task.phase()).isEqualTo(Phase.MISSING);
    assertThat(task.address()).contains(new Address("dms-task", "hr"));
    assertThat(task.name()).isEqualTo("HR");
  }

  @Test
  void findsATaskThatTheTagsDoNotTellOfYetAndLeavesOthersAlone() {
    aws.instead("GetResources", "{\"ResourceTagMappingList\":[]}");
    aws.answer(
        "DescribeReplicationTasks",
        "{\"ReplicationTasks\":["
            + taskJson("hr", TASK, "running", "", "")
            + ","
            + taskJson("payroll", TASK + "2", "running", "", "")
            + "]}");

    assertThat(look().tasks()).extracting(TaskState::name).containsExactly("hr");
  }

  @Test
  void needsFewCalls() {
    task("running", "\"FullLoadFinishDate\":1772355000", "");

    look();

    assertThat(aws.operations())
        .containsExactly(
            "GetResources",
            "DescribeReplicationTasks",
            "DescribeReplicationInstances",
            "GetMetricData",
            "DescribeTableStatistics",
            "DescribeConnections",
            "DescribeAlarms",
            "DescribePendingMaintenanceActions",
            "DescribePendingMaintenanceActions");
  }

  private MigrationStatus look() {
    Declared task =
        new Declared(
            new Address("dms-task", "hr"), Fields.NONE.with("replicationTaskIdentifier", "HR"));
    return provider.monitor().orElseThrow().look(new Watched("hr", List.of(task), NOW));
  }

  private void task(String status, String stats, String more) {
    aws.answer(
        "DescribeReplicationTasks",
        "{\"ReplicationTasks\":[" + taskJson("hr", TASK, status, stats, more) + "]}");
  }

  private static String taskJson(
      String name, String arn, String status, String stats, String more) {
    return String.format(
        Locale.ROOT,
        "{\"ReplicationTaskIdentifier\":\"%s\",\"ReplicationTaskArn\":\"%s\",\"Status\":\"%s\","
            + "\"MigrationType\":\"full-load-and-cdc\",\"SourceEndpointArn\":\"%s\","
            + "\"ReplicationInstanceArn\":\"%s\",\"ReplicationTaskStats\":{%s}%s}",
        name,
        arn,
        status,
        SOURCE,
        INSTANCE,
        stats,
        more);
  }

  private static String tagged(String arn, String address) {
    return String.format(
        Locale.ROOT,
        "{\"ResourceARN\":\"%s\",\"Tags\":[{\"Key\":\"pgbound:migration\",\"Value\":\"hr\"},"
            + "{\"Key\":\"pgbound:address\",\"Value\":\"%s\"}]}",
        arn,
        address);
  }

  private static String instance(String more) {
    return String.format(
        Locale.ROOT,
        "{\"ReplicationInstances\":[{\"ReplicationInstanceArn\":\"%s\","
            + "\"ReplicationInstanceIdentifier\":\"hr\",\"ReplicationInstanceStatus\":\"available\","
            + "\"ReplicationInstanceClass\":\"dms.r6i.large\",\"MultiAZ\":true,"
            + "\"AllocatedStorage\":100%s}]}",
        INSTANCE,
        more);
  }

  private static String alarms(String members) {
    return "<DescribeAlarmsResponse><DescribeAlarmsResult><MetricAlarms>"
        + members
        + "</MetricAlarms></DescribeAlarmsResult></DescribeAlarmsResponse>";
  }

  private static String metrics(String members) {
    return "<GetMetricDataResponse><GetMetricDataResult><MetricDataResults>"
        + members
        + "</MetricDataResults></GetMetricDataResult></GetMetricDataResponse>";
  }

  private static String rds(String members) {
    return "<DescribePendingMaintenanceActionsResponse><DescribePendingMaintenanceActionsResult>"
        + "<PendingMaintenanceActions>"
        + members
        + "</PendingMaintenanceActions></DescribePendingMaintenanceActionsResult>"
        + "</DescribePendingMaintenanceActionsResponse>";
  }

  private static String pending(String arn) {
    return "<ResourcePendingMaintenanceActions><ResourceIdentifier>"
        + arn
        + "</ResourceIdentifier><PendingMaintenanceActionDetails><PendingMaintenanceAction>"
        + "<Action>system-update</Action></PendingMaintenanceAction>"
        + "</PendingMaintenanceActionDetails></ResourcePendingMaintenanceActions>";
  }
}
