package dev.pgbound.aws;

import static dev.pgbound.aws.TaskDocuments.json;
import static dev.pgbound.aws.TaskFixture.DESIRED;
import static dev.pgbound.aws.TaskFixture.live;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceType.Declared;
import dev.pgbound.spi.ResourceType.Implied;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DmsTaskTypeTest {

  private final TaskFixture task = new TaskFixture();

  @AfterEach
  void close() {
    task.close();
  }

  @Test
  void createsATaskAndLeavesItToTheEngineToStartIt() {
    task.accept("CreateReplicationTask").looks("creating", "ready");

    Live live = task.create(DESIRED);

    assertThat(task.operations()).doesNotContain("StartReplicationTask");
    assertThat(live.identifier()).isEqualTo("hr");
    assertThat(live.attributes().text("run")).contains("stopped");
    assertThat(live.attributes().text("arn")).contains(TaskFixture.ARN);
    assertThat(live.attributes().text("resourceId")).contains("TASK1");
  }

  @Test
  void sendsOnlyWhatIsDeclared() {
    task.accept("CreateReplicationTask").looks("ready");

    task.create(DESIRED.with("reload", "1"));

    Fields sent = task.sent("CreateReplicationTask");
    assertThat(sent.text("ReplicationTaskSettings"))
        .contains("{\"Logging\":{\"EnableLogging\":true},\"TargetMetadata\":{\"LobMaxSize\":64}}");
    assertThat(sent.text("TableMappings").get())
        .startsWith("{\"rules\":[{\"rule-id\":\"1\",\"rule-name\":\"1\",\"rule-type\":");
    assertThat(sent.fields()).doesNotContainKeys("Run", "Reload", "CdcStopPosition");
    assertThat(sent.items("Tags"))
        .contains(json("{\"Key\": \"pgbound:address\", \"Value\": \"dms-task.hr\"}"))
        .contains(json("{\"Key\": \"pgbound:reload\", \"Value\": \"1\"}"));
  }

  @Test
  void failsWhenTheTaskCannotBeCreated() {
    task.accept("CreateReplicationTask").looks("creating");
    task.look("failed", "\"LastFailureMessage\":\"no such table\"");

    assertThatThrownBy(() -> task.create(DESIRED)).hasMessageContaining("no such table");
  }

  @Test
  void createsOnceTheRoleForTheLogIsVisible() {
    task.aws.refuseJson(
        "CreateReplicationTask",
        "AccessDeniedFault",
        "The IAM Role arn:aws:iam::1:role/dms-cloudwatch-logs-role is not configured properly.");
    task.accept("CreateReplicationTask").looks("ready");

    task.create(DESIRED.with("run", "stopped"));

    assertThat(task.operations())
        .containsSubsequence("CreateReplicationTask", "CreateReplicationTask");
  }

  @Test
  void stopsBeforeItDeletes() {
    task.accept("StopReplicationTask", "DeleteReplicationTask");
    task.looks("running", "running", "stopping", "stopped", "deleting");
    task.aws.refuseJson("DescribeReplicationTasks", "ResourceNotFoundFault", "no task");

    task.type.delete(live("running"), Optional.empty(), task.context);

    assertThat(task.operations())
        .containsSubsequence("StopReplicationTask", "DeleteReplicationTask");
    assertThat(task.context.phases()).contains("deleting");
  }

  @Test
  void takesATaskThatIsGoneForDeleted() {
    task.aws
        .refuseJson("DescribeReplicationTasks", "ResourceNotFoundFault", "no task")
        .refuseJson("DeleteReplicationTask", "ResourceNotFoundFault", "no task");

    task.type.delete(live("stopped"), Optional.empty(), task.context);

    assertThat(task.operations()).doesNotContain("StopReplicationTask");
  }

  @Test
  void readsDocumentsAsTreesInOneCallForAllTasks() {
    task.aws.answer("GetResources", "{\"ResourceTagMappingList\":[]}");
    task.withTags().looks("running");

    List<Live> found =
        task.type.discover(TypeFixture.plan("dms-task.hr", DESIRED), TestContext.discovery());

    Fields attributes = found.get(0).attributes();
    assertThat(attributes.fields("tableMappings").items("rules")).hasSize(1);
    assertThat(attributes.fields("replicationTaskSettings").fields("TargetMetadata"))
        .isEqualTo(json("{\"LobMaxSize\": 32}"));
    assertThat(task.operations()).containsOnlyOnce("DescribeReplicationTasks");
  }

  @Test
  void readsAFinishedFullLoadAsWhatIsDeclared() {
    task.withTags().look("stopped", TaskFixture.FINISHED);

    for (String run : List.of("running", "stopped")) {
      Fields desired = DESIRED.with("run", run);
      List<Live> found =
          task.type.discover(TypeFixture.object("dms-task.hr", desired), TestContext.discovery());

      assertThat(found.get(0).attributes().text("run")).contains(run);
    }
  }

  @Test
  void looksWithoutTheLargeDocumentsWhileItWaits() {
    task.withTags().looks("starting", "running");

    task.type.settle(live("starting"), task.context);

    List<String> bodies =
        task.aws.received().stream()
            .filter(request -> request.operation().equals("DescribeReplicationTasks"))
            .map(CannedAws.Received::body)
            .toList();
    assertThat(bodies.get(0)).contains("\"WithoutSettings\":true");
    assertThat(bodies.get(bodies.size() - 1)).doesNotContain("WithoutSettings");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "migrationType",
        "sourceEndpointArn",
        "targetEndpointArn",
        "cdcStartPosition",
        "cdcStartTime"
      })
  void replacesATaskOnlyWhenItsDataMayBeLoadedAgain(String attribute) {
    ResourceSchema schema = task.type.schema();

    assertThat(schema.attribute(attribute).get().is(Flag.IMMUTABLE)).isTrue();
    assertThat(schema.attribute(attribute).get().impact()).contains(Impact.RELOADS_DATA);
    assertThat(schema.deletion()).isEqualTo(Impact.RELOADS_DATA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replicationInstanceArn",
        "tableMappings",
        "replicationTaskSettings",
        "cdcStopPosition",
        "run"
      })
  void changesEverythingElseInPlace(String attribute) {
    ResourceSchema schema = task.type.schema();

    assertThat(schema.attribute(attribute).get().is(Flag.IMMUTABLE)).isFalse();
    assertThat(schema.attribute(attribute).get().impact()).contains(Impact.STOPS_REPLICATION);
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

  @Test
  void checksSettings() {
    assertThat(FoundProblems.in(task.type, DESIRED).codes())
        .contains("TASK-209 replicationTaskSettings");
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
}
