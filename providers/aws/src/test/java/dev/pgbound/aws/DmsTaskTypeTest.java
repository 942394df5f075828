package dev.pgbound.aws;

import static dev.pgbound.aws.TaskDocuments.json;
import static dev.pgbound.aws.TaskDocuments.merged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Pausable;
import dev.pgbound.spi.ResourceType.Declared;
import dev.pgbound.spi.ResourceType.Implied;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DmsTaskTypeTest {

  private static final String ARN = "arn:aws:dms:eu-central-1:123456789012:task:TASK1";
  private static final String MAPPING =
      """
      {"rules": [{"rule-type": "selection", "rule-action": "include",
        "object-locator": {"schema-name": "HR", "table-name": "%"}}]}
      """;
  private static final Fields DESIRED =
      json("""
              {"replicationTaskIdentifier": "HR", "migrationType": "full-load-and-cdc",
               "sourceEndpointArn": "arn:source", "targetEndpointArn": "arn:target",
               "replicationInstanceArn": "arn:instance", "run": "running",
               "replicationTaskSettings": {"BeforeImageSettings": null,
                 "Logging": {"CloudWatchLogGroup": "g", "EnableLogging": true},
                 "TargetMetadata": {"LobMaxSize": 64}}}
              """)
          .with("tableMappings", json(MAPPING));

  private final TypeFixture task = new TypeFixture("dms-task");
  private final TestContext context = TestContext.step("dms-task.hr");

  @AfterEach
  void stop() {
    task.close();
  }

  @Test
  void createsAndStartsATask() {
    task.aws
        .answer("CreateReplicationTask", one(described("creating")))
        .answer("StartReplicationTask", one(described("starting")));
    looks("creating", "ready", "ready", "starting", "running");

    Live live = task.type.create(DESIRED, context);

    assertThat(task.aws.lastBody("StartReplicationTask"))
        .contains("\"StartReplicationTaskType\":\"start-replication\"");
    assertThat(live.identifier()).isEqualTo("hr");
    assertThat(live.attributes().text("run")).contains("running");
    assertThat(live.attributes().text("arn")).contains(ARN);
    assertThat(live.attributes().text("resourceId")).contains("TASK1");
  }

  @Test
  void sendsOnlyWhatIsDeclared() {
    task.aws
        .answer("CreateReplicationTask", one(described("creating")))
        .answer("StartReplicationTask", one(described("starting")));
    looks("ready", "running");

    task.type.create(DESIRED, context);

    Fields sent = json(task.aws.lastBody("CreateReplicationTask"));
    assertThat(sent.text("ReplicationTaskSettings"))
        .contains("{\"Logging\":{\"EnableLogging\":true},\"TargetMetadata\":{\"LobMaxSize\":64}}");
    assertThat(sent.text("TableMappings").get())
        .startsWith("{\"rules\":[{\"rule-id\":\"1\",\"rule-name\":\"1\",\"rule-type\":");
    assertThat(sent.fields()).doesNotContainKeys("Run", "CdcStopPosition");
    assertThat(sent.items("Tags"))
        .contains(json("{\"Key\": \"pgbound:address\", \"Value\": \"dms-task.hr\"}"));
  }

  @Test
  void leavesANewTaskAloneThatIsNotToRun() {
    task.aws.answer("CreateReplicationTask", one(described("creating")));
    looks("ready");

    Live live = task.type.create(DESIRED.with("run", "stopped"), context);

    assertThat(task.aws.operations()).doesNotContain("StartReplicationTask");
    assertThat(live.attributes().text("run")).contains("stopped");
  }

  @Test
  void takesAFullLoadThatFinishedBeforeAnybodyLookedForASuccess() {
    task.aws
        .answer("CreateReplicationTask", one(described("creating")))
        .answer("StartReplicationTask", one(described("starting")));
    looks("ready", "ready");
    look("stopped", "\"StopReason\":\"Stop Reason FULL_LOAD_ONLY_FINISHED\"");

    Live live = task.type.create(DESIRED.with("migrationType", "full-load"), context);

    assertThat(live.attributes().text("status")).contains("stopped");
    assertThat(live.attributes().text("run")).contains("running");
  }

  @Test
  void failsWithTheWordsOfTheServiceWhenTheTaskDoes() {
    task.aws
        .answer("CreateReplicationTask", one(described("creating")))
        .answer("StartReplicationTask", one(described("starting")));
    looks("ready", "ready", "starting");
    look(
        "failed",
        "\"StopReason\":\"Stop Reason FATAL_ERROR\",\"LastFailureMessage\":\"ORA-01031\"");

    assertThatThrownBy(() -> task.type.create(DESIRED, context))
        .hasMessageContaining("FATAL_ERROR")
        .hasMessageContaining("ORA-01031");
  }

  @Test
  void failsWhenTheFullLoadEndedWithTablesInError() {
    task.aws
        .answer("CreateReplicationTask", one(described("creating")))
        .answer("StartReplicationTask", one(described("starting")));
    looks("ready", "ready");
    look(
        "stopped",
        "\"StopReason\":\"Stop Reason FULL_LOAD_ONLY_FINISHED\","
            + "\"ReplicationTaskStats\":{\"TablesErrored\":3}");

    assertThatThrownBy(() -> task.type.create(DESIRED, context))
        .hasMessageContaining("3 tables in error");
  }

  @Test
  void failsWhenTheTaskCannotBeCreated() {
    task.aws.answer("CreateReplicationTask", one(described("creating")));
    looks("creating");
    look("failed", "\"LastFailureMessage\":\"no such table\"");

    assertThatThrownBy(() -> task.type.create(DESIRED, context))
        .hasMessageContaining("no such table");
    assertThat(task.aws.operations()).doesNotContain("StartReplicationTask");
  }

  @Test
  void startsAgainWhatIsRefusedRightAfterAGoodConnectionTest() {
    task.aws
        .refuseJson("StartReplicationTask", "InvalidResourceStateFault", "connection not tested")
        .answer("StartReplicationTask", one(described("starting")))
        .answer("DescribeReplicationInstances", instance("available"))
        .answer("DescribeConnections", connections("successful"));
    looks("ready", "running");

    Live live = resume("ready");

    assertThat(live.attributes().text("status")).contains("running");
  }

  @Test
  void startsAgainWhatIsRefusedWhileTheInstanceIsBusy() {
    task.aws
        .refuseJson("StartReplicationTask", "InvalidResourceStateFault", "instance is busy")
        .answer("StartReplicationTask", one(described("starting")))
        .answer("DescribeReplicationInstances", instance("modifying"));
    looks("stopped", "running");

    resume("stopped");

    assertThat(task.aws.operations()).doesNotContain("DescribeConnections");
  }

  @Test
  void doesNotStartAgainWithoutAGoodConnectionTest() {
    task.aws
        .refuseJson("StartReplicationTask", "InvalidResourceStateFault", "connection not tested")
        .answer("DescribeReplicationInstances", instance("available"))
        .answer("DescribeConnections", connections("failed"));
    looks("stopped");

    assertThatThrownBy(() -> resume("stopped")).hasMessageContaining("connection not tested");
    assertThat(task.aws.operations()).containsOnlyOnce("StartReplicationTask");
  }

  @Test
  void resumesWhereItStopped() {
    task.aws.answer("StartReplicationTask", one(described("starting")));
    looks("stopped", "stopped", "running");

    resume("stopped");

    assertThat(task.aws.lastBody("StartReplicationTask"))
        .contains("\"StartReplicationTaskType\":\"resume-processing\"");
  }

  @Test
  void doesNotStartWhatRuns() {
    looks("starting", "running");

    resume("running");

    assertThat(task.aws.operations()).doesNotContain("StartReplicationTask");
  }

  @Test
  void stopsAndWaitsUntilItStands() {
    task.aws.answer("StopReplicationTask", one(described("stopping")));
    looks("running", "running", "stopping", "stopped");

    Live live = pausable().pause(live("running"), context);

    assertThat(live.attributes().text("status")).contains("stopped");
    assertThat(context.phases()).contains("stopping");
  }

  @Test
  void doesNotMindThatItStoppedByItself() {
    task.aws.refuseJson(
        "StopReplicationTask", "InvalidResourceStateFault", "is currently not running");
    looks("running", "stopped");

    assertThat(pausable().pause(live("running"), context).attributes().text("status"))
        .contains("stopped");
  }

  @Test
  void reportsAStopThatIsRefused() {
    task.aws.refuseJson("StopReplicationTask", "InvalidResourceStateFault", "not now");
    looks("running");

    assertThatThrownBy(() -> pausable().pause(live("running"), context))
        .hasMessageContaining("not now");
  }

  @Test
  void sendsMappingAndMigrationTypeWithEveryChange() {
    task.aws
        .answer("ModifyReplicationTask", one(described("modifying")))
        .answer("StartReplicationTask", one(described("starting")))
        .answer("AddTagsToResource", "{}");
    looks("stopped", "modifying", "stopped", "stopped", "stopped", "starting", "running");

    update("stopped", DESIRED, "replicationTaskSettings", "run");

    Fields sent = json(task.aws.lastBody("ModifyReplicationTask"));
    assertThat(sent.fields())
        .containsOnlyKeys(
            "ReplicationTaskArn", "MigrationType", "TableMappings", "ReplicationTaskSettings");
    assertThat(task.aws.operations())
        .containsSubsequence("ModifyReplicationTask", "AddTagsToResource", "StartReplicationTask");
  }

  @Test
  void leavesATaskStoppedWhoseRunStateIsNotDeclared() {
    task.aws
        .answer("ModifyReplicationTask", one(described("modifying")))
        .answer("AddTagsToResource", "{}");
    looks("stopped");

    update("stopped", DESIRED.without("run"), "replicationTaskSettings");

    assertThat(task.aws.operations()).doesNotContain("StartReplicationTask");
  }

  @Test
  void stopsATaskThatRunsNeverthelessAndStartsItAgain() {
    task.aws
        .answer("StopReplicationTask", one(described("stopping")))
        .answer("ModifyReplicationTask", one(described("modifying")))
        .answer("StartReplicationTask", one(described("starting")))
        .answer("AddTagsToResource", "{}");
    looks("running", "running", "stopped", "stopped", "stopped", "stopped", "running");

    update("running", DESIRED.without("run"), "replicationTaskSettings");

    assertThat(task.aws.operations())
        .containsSubsequence(
            "StopReplicationTask", "ModifyReplicationTask", "StartReplicationTask");
  }

  @Test
  void startsATaskAgainThatItStoppedForAChangeThatFailed() {
    task.aws
        .answer("StopReplicationTask", one(described("stopping")))
        .refuseJson("ModifyReplicationTask", "InvalidParameterValueException", "bad mapping")
        .answer("StartReplicationTask", one(described("starting")));
    looks("running", "running", "stopped", "stopped", "running");

    assertThatThrownBy(() -> update("running", DESIRED, "tableMappings"))
        .hasMessageContaining("bad mapping");
    assertThat(task.aws.operations()).contains("StartReplicationTask");
  }

  @Test
  void changesSeveritiesUnderARunningTask() {
    task.aws
        .answer("ModifyReplicationTask", one(described("running")))
        .answer("AddTagsToResource", "{}");
    looks("running");
    Fields desired =
        DESIRED.with(
            "replicationTaskSettings",
            json(
                """
                {"TargetMetadata": {"LobMaxSize": 32}, "Logging": {"LogComponents":
                  [{"Id": "IO", "Severity": "LOGGER_SEVERITY_INFO"}]}}
                """));

    update("running", desired, "replicationTaskSettings");

    Fields sent = json(task.aws.lastBody("ModifyReplicationTask"));
    assertThat(sent.fields()).containsOnlyKeys("ReplicationTaskArn", "ReplicationTaskSettings");
    assertThat(sent.text("ReplicationTaskSettings"))
        .contains(
            "{\"Logging\":{\"LogComponents\":[{\"Id\":\"IO\",\"Severity\":\"LOGGER_SEVERITY_INFO\"}]}}");
    assertThat(task.aws.operations()).doesNotContain("StopReplicationTask");
  }

  @Test
  void movesATaskInsteadOfReplacingIt() {
    task.aws
        .answer("MoveReplicationTask", one(described("moving")))
        .answer("AddTagsToResource", "{}");
    looks("stopped", "moving");
    look("stopped", "\"ReplicationInstanceArn\":\"arn:other\"");

    update(
        "stopped",
        DESIRED.with("replicationInstanceArn", "arn:other").with("run", "stopped"),
        "replicationInstanceArn");

    assertThat(task.aws.lastBody("MoveReplicationTask"))
        .contains("\"TargetReplicationInstanceArn\":\"arn:other\"");
    assertThat(task.aws.operations()).doesNotContain("ModifyReplicationTask");
  }

  @Test
  void reportsAMoveThatFailed() {
    task.aws.answer("MoveReplicationTask", one(described("moving")));
    looks("stopped", "moving");
    look("failed-move", "\"LastFailureMessage\":\"older engine\"");

    assertThatThrownBy(
            () ->
                update(
                    "stopped",
                    DESIRED.with("replicationInstanceArn", "arn:other"),
                    "replicationInstanceArn"))
        .hasMessageContaining("older engine");
  }

  @Test
  void loadsTablesThatAreNewToAFinishedFullLoad() {
    task.aws
        .answer("ModifyReplicationTask", one(described("modifying")))
        .answer("StartReplicationTask", one(described("starting")))
        .answer("AddTagsToResource", "{}");
    look("stopped", "\"StopReason\":\"Stop Reason FULL_LOAD_ONLY_FINISHED\"");

    update("stopped", DESIRED, "replicationTaskSettings");
    assertThat(task.aws.operations()).doesNotContain("StartReplicationTask");

    looks("stopped", "stopped", "stopped", "running");
    update("stopped", DESIRED, "tableMappings");
    assertThat(task.aws.operations()).contains("StartReplicationTask");
  }

  @Test
  void changesTagsWithoutTouchingTheTask() {
    task.aws.answer("AddTagsToResource", "{}");
    looks("running");

    update("running", DESIRED, "tags");

    assertThat(task.aws.operations())
        .doesNotContain("StopReplicationTask", "ModifyReplicationTask", "StartReplicationTask");
  }

  @Test
  void stopsBeforeItDeletes() {
    task.aws
        .answer("StopReplicationTask", one(described("stopping")))
        .answer("DeleteReplicationTask", one(described("deleting")));
    looks("running", "running", "stopping", "stopped", "deleting");
    task.aws.refuseJson("DescribeReplicationTasks", "ResourceNotFoundFault", "no task");

    task.type.delete(live("running"), Optional.empty(), context);

    assertThat(task.aws.operations())
        .containsSubsequence("StopReplicationTask", "DeleteReplicationTask");
    assertThat(context.phases()).contains("deleting");
  }

  @Test
  void takesATaskThatIsGoneForDeleted() {
    task.aws
        .refuseJson("DescribeReplicationTasks", "ResourceNotFoundFault", "no task")
        .refuseJson("DeleteReplicationTask", "ResourceNotFoundFault", "no task");

    task.type.delete(live("stopped"), Optional.empty(), context);

    assertThat(task.aws.operations()).doesNotContain("StopReplicationTask");
  }

  @Test
  void readsDocumentsAsTreesInOneCallForAllTasks() {
    task.aws
        .answer("GetResources", "{\"ResourceTagMappingList\":[]}")
        .answer("ListTagsForResource", "{\"TagList\":[]}");
    looks("running");

    List<Live> found =
        task.type.discover(TypeFixture.plan("dms-task.hr", DESIRED), TestContext.discovery());

    Fields attributes = found.get(0).attributes();
    assertThat(attributes.fields("tableMappings").items("rules")).hasSize(1);
    assertThat(attributes.fields("replicationTaskSettings").fields("TargetMetadata"))
        .isEqualTo(json("{\"LobMaxSize\": 32}"));
    assertThat(task.aws.operations()).containsOnlyOnce("DescribeReplicationTasks");
  }

  @Test
  void looksWithoutTheLargeDocumentsWhileItWaits() {
    looks("starting", "running");

    task.type.settle(live("starting"), context);

    List<String> bodies =
        task.aws.received().stream()
            .filter(request -> request.operation().equals("DescribeReplicationTasks"))
            .map(CannedAws.Received::body)
            .toList();
    assertThat(bodies.get(0)).contains("\"WithoutSettings\":true");
    assertThat(bodies.get(bodies.size() - 1)).doesNotContain("WithoutSettings");
  }

  @ParameterizedTest
  @ValueSource(strings = {"migrationType", "sourceEndpointArn", "targetEndpointArn"})
  void replacesATaskOnlyWhenItsDataMayBeLoadedAgain(String attribute) {
    var schema = task.type.schema();

    assertThat(schema.attribute(attribute).get().is(Flag.IMMUTABLE)).isTrue();
    assertThat(schema.attribute(attribute).get().impact()).contains(Impact.RELOADS_DATA);
    assertThat(schema.deletion()).isEqualTo(Impact.RELOADS_DATA);
    assertThat(schema.attribute("replicationInstanceArn").get().is(Flag.IMMUTABLE)).isFalse();
  }

  @Test
  void comesAfterTheConnectionTestsOfItsEndpointsOnItsInstance() {
    Declared hr =
        declared(
            "dms-task.hr",
            Map.of(
                "sourceEndpointArn", "${dms-endpoint.source}",
                "targetEndpointArn", "${dms-endpoint.target}",
                "replicationInstanceArn", "${dms-instance.main}"));
    Declared source = test("source", "${dms-endpoint.source.arn}", "${dms-instance.main}");
    Declared target = test("target", "${dms-endpoint.target}", "${dms-instance.main.arn}");
    Declared other = test("other", "${dms-endpoint.other}", "${dms-instance.main}");
    Declared elsewhere = test("elsewhere", "${dms-endpoint.source}", "${dms-instance.two}");

    assertThat(task.type.implied(hr, List.of(hr, source, target, other, elsewhere)))
        .extracting(Implied::dependency)
        .containsExactly(source.address(), target.address());
  }

  @Test
  void comesAfterTheRoleOfItsLog() {
    Declared role =
        new Declared(
            Address.parse("iam-role.logs").get(),
            Fields.NONE.with("roleName", "dms-cloudwatch-logs-role"));
    Declared logging = new Declared(Address.parse("dms-task.hr").get(), DESIRED);
    Declared silent = new Declared(logging.address(), DESIRED.without("replicationTaskSettings"));

    assertThat(task.type.implied(logging, List.of(role)))
        .extracting(Implied::dependency)
        .containsExactly(role.address());
    assertThat(task.type.implied(silent, List.of(role))).isEmpty();
  }

  private static Declared test(String name, String endpoint, String instance) {
    return declared(
        "dms-connection-test." + name,
        Map.of("endpointArn", endpoint, "replicationInstanceArn", instance));
  }

  private static Declared declared(String address, Map<String, String> references) {
    Fields attributes = Fields.NONE;
    for (var reference : references.entrySet()) {
      attributes = attributes.with(reference.getKey(), new Value.Unknown(reference.getValue()));
    }
    return new Declared(Address.parse(address).get(), attributes);
  }

  private Pausable pausable() {
    return (Pausable) task.type;
  }

  private Live resume(String status) {
    return pausable().resume(live(status), context);
  }

  private void update(String status, Fields desired, String... changed) {
    task.type.update(live(status), desired, Set.of(changed), context);
  }

  private static Live live(String status) {
    Fields attributes =
        merged(
            DESIRED,
            json(
                String.format(
                    Locale.ROOT,
                    """
                {"arn": "%s", "status": "%s", "replicationTaskSettings":
                  {"TargetMetadata": {"LobMaxSize": 32}}}
                """,
                    ARN,
                    status)));
    return new Live("hr", attributes, Map.of(), Live.Health.READY);
  }

  /** What describe calls answer, one after another; the last is given again and again. */
  private void looks(String... statuses) {
    for (String status : statuses) {
      look(status, "\"StopReason\":\"\"");
    }
  }

  private void look(String status, String more) {
    task.aws
        .answer(
            "DescribeReplicationTasks", "{\"ReplicationTasks\":[" + described(status, more) + "]}")
        .answer("ListTagsForResource", "{\"TagList\":[]}");
  }

  private static String one(String described) {
    return "{\"ReplicationTask\":" + described + "}";
  }

  private static String described(String status) {
    return described(status, "\"StopReason\":\"\"");
  }

  private static String described(String status, String more) {
    Fields task =
        json(
            String.format(
                Locale.ROOT,
                """
            {"ReplicationTaskIdentifier": "hr", "ReplicationTaskArn": "%s", "Status": "%s",
             "SourceEndpointArn": "arn:source", "TargetEndpointArn": "arn:target",
             "ReplicationInstanceArn": "arn:instance", "MigrationType": "full-load-and-cdc",
             "ReplicationTaskSettings": "{\\"TargetMetadata\\":{\\"LobMaxSize\\":32}}"}
            """,
                ARN,
                status));
    return Json.write(merged(task.with("TableMappings", MAPPING.strip()), json("{" + more + "}")));
  }

  private static String instance(String status) {
    return String.format(
        Locale.ROOT, "{\"ReplicationInstances\":[{\"ReplicationInstanceStatus\":\"%s\"}]}", status);
  }

  private static String connections(String status) {
    String connection =
        "{\"EndpointArn\":\"%s\",\"ReplicationInstanceArn\":\"arn:instance\",\"Status\":\"%s\"}";
    return "{\"Connections\":["
        + String.format(Locale.ROOT, connection, "arn:source", status)
        + ","
        + String.format(Locale.ROOT, connection, "arn:target", status)
        + "]}";
  }
}
