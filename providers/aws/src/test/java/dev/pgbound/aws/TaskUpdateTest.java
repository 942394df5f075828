package dev.pgbound.aws;

import static dev.pgbound.aws.TaskDocuments.json;
import static dev.pgbound.aws.TaskFixture.DESIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.spi.Value.Fields;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TaskUpdateTest {

  private static final String SETTINGS = "replicationTaskSettings";
  private static final String MAPPINGS = "tableMappings";

  private final TaskFixture task = new TaskFixture();

  @AfterEach
  void close() {
    task.close();
  }

  @Test
  void sendsMappingAndMigrationTypeWithEveryChange() {
    task.accept("ModifyReplicationTask").looks("stopped", "modifying", "stopped");

    task.update("stopped", DESIRED, SETTINGS, "run");

    assertThat(task.sent("ModifyReplicationTask").fields())
        .containsOnlyKeys(
            "ReplicationTaskArn", "MigrationType", "TableMappings", "ReplicationTaskSettings");
    assertThat(task.operations()).containsSubsequence("ModifyReplicationTask", "AddTagsToResource");
  }

  @Test
  void leavesStartingToTheEngine() {
    task.accept("ModifyReplicationTask").looks("stopped");

    task.update("stopped", DESIRED, SETTINGS, "run");

    assertThat(task.operations()).doesNotContain("StartReplicationTask");
  }

  @Test
  void leavesATaskAloneThatRunsAlthoughItWasStopped() {
    task.looks("running");

    assertThatThrownBy(() -> task.update("running", DESIRED, SETTINGS))
        .hasMessageContaining("somebody has started it");
    assertThat(task.operations()).doesNotContain("StopReplicationTask", "ModifyReplicationTask");
  }

  @Test
  void startsNothingAfterAChangeThatFailed() {
    task.aws.refuseJson("ModifyReplicationTask", "InvalidParameterValueException", "bad mapping");
    task.looks("stopped");

    assertThatThrownBy(() -> task.update("stopped", DESIRED, MAPPINGS))
        .hasMessageContaining("bad mapping");
    assertThat(task.operations()).doesNotContain("StartReplicationTask");
  }

  @Test
  void changesSeveritiesUnderARunningTask() {
    task.accept("ModifyReplicationTask").looks("running");
    Fields desired =
        DESIRED.with(
            SETTINGS,
            json(
                """
                {"TargetMetadata": {"LobMaxSize": 32}, "Logging": {"LogComponents":
                  [{"Id": "IO", "Severity": "LOGGER_SEVERITY_INFO"}]}}
                """));

    task.update("running", desired, SETTINGS);

    Fields sent = task.sent("ModifyReplicationTask");
    assertThat(sent.fields()).containsOnlyKeys("ReplicationTaskArn", "ReplicationTaskSettings");
    assertThat(json(sent.text("ReplicationTaskSettings").get()))
        .isEqualTo(
            json(
                """
                {"Logging": {"LogComponents": [{"Id": "IO", "Severity": "LOGGER_SEVERITY_INFO"}]}}
                """));
    assertThat(task.operations()).doesNotContain("StopReplicationTask");
  }

  @Test
  void reportsAChangeOnWhichTheTaskFails() {
    task.accept("ModifyReplicationTask").looks("stopped", "modifying");
    task.look("failed", "\"LastFailureMessage\":\"bad settings\"");

    assertThatThrownBy(() -> task.update("stopped", DESIRED, SETTINGS))
        .hasMessageContaining("bad settings");
  }

  @Test
  void changesAFailedTask() {
    task.accept("ModifyReplicationTask").looks("failed", "modifying", "failed");

    task.update("failed", DESIRED, SETTINGS, "run");

    assertThat(task.operations()).contains("ModifyReplicationTask");
  }

  @Test
  void movesATaskInsteadOfReplacingIt() {
    task.accept("MoveReplicationTask").looks("stopped", "moving");
    task.look("stopped", "\"ReplicationInstanceArn\":\"arn:other\"");

    task.update("stopped", elsewhere().with("run", "stopped"), "replicationInstanceArn");

    assertThat(task.sent("MoveReplicationTask").text("TargetReplicationInstanceArn"))
        .contains("arn:other");
    assertThat(task.operations()).doesNotContain("ModifyReplicationTask");
  }

  @Test
  void reportsAMoveThatFailed() {
    task.accept("MoveReplicationTask").looks("stopped", "moving");
    task.look("failed-move", "\"LastFailureMessage\":\"older engine\"");

    assertThatThrownBy(() -> task.update("stopped", elsewhere(), "replicationInstanceArn"))
        .hasMessageContaining("older engine");
  }

  @Test
  void hasMoreToDoOnlyWithOtherTables() {
    assertThat(task.pausable.bringsWork(Set.of(MAPPINGS, SETTINGS))).isTrue();
    assertThat(task.pausable.bringsWork(Set.of(SETTINGS))).isFalse();
  }

  @Test
  void changesTagsWithoutTouchingTheTask() {
    task.looks("running");

    task.update("running", DESIRED, "tags");

    assertThat(task.operations())
        .doesNotContain("StopReplicationTask", "ModifyReplicationTask", "StartReplicationTask");
  }

  private static Fields elsewhere() {
    return DESIRED.with("replicationInstanceArn", "arn:other");
  }
}
