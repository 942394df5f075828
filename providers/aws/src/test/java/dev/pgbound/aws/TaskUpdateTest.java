package dev.pgbound.aws;

import static dev.pgbound.aws.TaskDocuments.json;
import static dev.pgbound.aws.TaskFixture.DESIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.spi.Value.Fields;
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
    task.accept("ModifyReplicationTask", "StartReplicationTask");
    task.looks("stopped", "modifying", "stopped", "stopped", "stopped", "starting", "running");

    task.update("stopped", DESIRED, SETTINGS, "run");

    assertThat(task.sent("ModifyReplicationTask").fields())
        .containsOnlyKeys(
            "ReplicationTaskArn", "MigrationType", "TableMappings", "ReplicationTaskSettings");
    assertThat(task.operations())
        .containsSubsequence("ModifyReplicationTask", "AddTagsToResource", "StartReplicationTask");
  }

  @Test
  void leavesATaskStoppedWhoseRunStateIsNotDeclared() {
    task.accept("ModifyReplicationTask").looks("stopped");

    task.update("stopped", DESIRED.without("run"), SETTINGS);

    assertThat(task.operations()).doesNotContain("StartReplicationTask");
  }

  @Test
  void stopsATaskThatRunsNeverthelessAndStartsItAgain() {
    task.accept("StopReplicationTask", "ModifyReplicationTask", "StartReplicationTask");
    task.looks("running", "running", "stopped", "stopped", "stopped", "stopped", "running");

    task.update("running", DESIRED.without("run"), SETTINGS);

    assertThat(task.operations())
        .containsSubsequence(
            "StopReplicationTask", "ModifyReplicationTask", "StartReplicationTask");
  }

  @Test
  void startsATaskAgainThatItStoppedForAChangeThatFailed() {
    task.aws.refuseJson("ModifyReplicationTask", "InvalidParameterValueException", "bad mapping");
    task.accept("StopReplicationTask", "StartReplicationTask");
    task.looks("running", "running", "stopped", "stopped", "running");

    assertThatThrownBy(() -> task.update("running", DESIRED, MAPPINGS))
        .hasMessageContaining("bad mapping");
    assertThat(task.operations()).contains("StartReplicationTask");
  }

  @Test
  void leavesTheResumptionToTheEngineWhereTheEngineStopped() {
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
  void changesAFailedTaskAndResumesIt() {
    task.accept("ModifyReplicationTask", "StartReplicationTask");
    task.looks("failed", "modifying", "failed", "failed", "failed", "running");

    task.update("failed", DESIRED, SETTINGS, "run");

    assertThat(task.sent("StartReplicationTask").text("StartReplicationTaskType"))
        .contains("resume-processing");
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
  void loadsTablesThatAreNewToAFinishedFullLoad() {
    task.accept("ModifyReplicationTask", "StartReplicationTask");
    task.look("stopped", TaskFixture.FINISHED);

    task.update("stopped", DESIRED, SETTINGS);
    assertThat(task.operations()).doesNotContain("StartReplicationTask");

    task.looks("stopped", "stopped", "stopped", "running");
    task.update("stopped", DESIRED, MAPPINGS);
    assertThat(task.operations()).contains("StartReplicationTask");
  }

  @Test
  void changesTagsWithoutTouchingTheTask() {
    task.looks("running");

    task.update("running", DESIRED, "tags");

    assertThat(task.operations())
        .doesNotContain("StopReplicationTask", "ModifyReplicationTask", "StartReplicationTask");
  }

  @Test
  void stopsATaskThatIsNoLongerToRun() {
    task.accept("StopReplicationTask").looks("running", "running", "stopped");

    task.update("running", DESIRED.with("run", "stopped"), "run");

    assertThat(task.operations()).contains("StopReplicationTask");
  }

  private static Fields elsewhere() {
    return DESIRED.with("replicationInstanceArn", "arn:other");
  }
}
