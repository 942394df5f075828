package dev.pgbound.aws;

import static dev.pgbound.aws.TaskDocuments.json;
import static dev.pgbound.aws.TaskFixture.DESIRED;
import static dev.pgbound.aws.TaskFixture.live;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.spi.Live;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stopping, starting and what comes of it, as the engine asks for it. */
final class TaskRunsTest {

  private final TaskFixture task = new TaskFixture();

  @BeforeEach
  void haveTags() {
    task.withTags();
  }

  @AfterEach
  void close() {
    task.close();
  }

  @Test
  void takesAFullLoadThatFinishedBeforeAnybodyLookedForASuccess() {
    task.accept("StartReplicationTask").looks("ready").look("stopped", TaskFixture.FINISHED);

    Live live = resume("ready");

    assertThat(live.attributes().text("status")).contains("stopped");
    assertThat(live.attributes().text("run")).contains("running");
  }

  @Test
  void failsWithTheWordsOfTheServiceWhenTheTaskDoes() {
    task.accept("StartReplicationTask").looks("ready", "starting");
    task.look(
        "failed",
        "\"StopReason\":\"Stop Reason FATAL_ERROR\",\"LastFailureMessage\":\"ORA-01031\"");

    assertThatThrownBy(() -> resume("ready"))
        .hasMessageContaining("FATAL_ERROR")
        .hasMessageContaining("ORA-01031");
  }

  @ParameterizedTest
  @CsvSource({
    "RECOVERABLE_ERROR, false",
    "STOPPED_DUE_TO_LOW_DISK, false",
    "SOMETHING_NEW, false",
    "STOPPED_AFTER_CACHED_EVENTS, true",
    "STOPPED_AT_COMMIT_TIME, true",
  })
  void tellsAGoodEndFromABadOne(String reason, boolean good) {
    task.accept("StartReplicationTask").looks("ready");
    task.look("stopped", "\"StopReason\":\"Stop Reason " + reason + "\"");

    if (good) {
      assertThat(resume("ready").attributes().text("status")).contains("stopped");
    } else {
      assertThatThrownBy(() -> resume("ready")).hasMessageContaining(reason);
    }
  }

  @Test
  void waitsWhileTheServiceRestartsTheTask() {
    task.accept("StartReplicationTask").looks("ready");
    task.look("stopped", "\"StopReason\":\"Stop Reason RECONFIGURATION_RESTART\"");
    task.looks("running");

    assertThat(resume("ready").attributes().text("status")).contains("running");
  }

  @Test
  void failsWhenTheFullLoadEndedWithTablesInError() {
    task.accept("StartReplicationTask").looks("ready");
    task.look("stopped", TaskFixture.FINISHED + ",\"ReplicationTaskStats\":{\"TablesErrored\":3}");

    assertThatThrownBy(() -> resume("ready")).hasMessageContaining("3 tables in error");
  }

  @Test
  void startsAgainWhatIsRefusedRightAfterAGoodConnectionTest() {
    task.refuse("StartReplicationTask", "connection not tested").accept("StartReplicationTask");
    task.ground("available", "successful").looks("ready", "running");

    assertThat(resume("ready").attributes().text("status")).contains("running");
  }

  @Test
  void startsAgainWhatIsRefusedWhileTheInstanceIsBusy() {
    task.refuse("StartReplicationTask", "instance is busy").accept("StartReplicationTask");
    task.ground("modifying", "failed").looks("stopped", "running");

    assertThat(resume("stopped").attributes().text("status")).contains("running");
  }

  @Test
  void doesNotStartAgainWithoutAGoodConnectionTest() {
    task.refuse("StartReplicationTask", "connection not tested");
    task.ground("available", "failed").looks("stopped");

    assertThatThrownBy(() -> resume("stopped")).hasMessageContaining("connection not tested");
    assertThat(task.operations()).containsOnlyOnce("StartReplicationTask");
  }

  @Test
  void givesUpWhereTheRefusalLasts() {
    task.refuse("StartReplicationTask", "invalid state");
    task.ground("available", "successful").looks("stopped");

    assertThatThrownBy(() -> resume("stopped")).hasMessageContaining("invalid state");
  }

  @Test
  void resumesWhereItStopped() {
    task.accept("StartReplicationTask").looks("stopped", "stopped", "running");

    resume("stopped");

    assertThat(task.sent("StartReplicationTask").text("StartReplicationTaskType"))
        .contains("resume-processing");
  }

  @Test
  void startsFromTheBeginningWhatNeverRan() {
    task.accept("StartReplicationTask").looks("ready", "ready", "starting", "running");

    resume("ready");

    assertThat(task.sent("StartReplicationTask").text("StartReplicationTaskType"))
        .contains("start-replication");
  }

  @Test
  void stopsAndLoadsEverythingAgainAndRemembersForWhichRequest() {
    task.accept("StopReplicationTask", "StartReplicationTask");
    task.looks("running", "running", "stopped", "stopped", "starting", "running");

    task.pausable.reload(live("running"), DESIRED.with("reload", "2"), task.context);

    assertThat(task.sent("StartReplicationTask").text("StartReplicationTaskType"))
        .contains("reload-target");
    assertThat(task.sent("AddTagsToResource").items("Tags"))
        .containsExactly(json("{\"Key\": \"pgbound:reload\", \"Value\": \"2\"}"));
  }

  @Test
  void readsFromTheTagsWhatWasLoadedAgainLast() {
    task.aws.answer(
        "ListTagsForResource",
        "{\"TagList\":[{\"Key\":\"pgbound:reload\",\"Value\":\"2\",\"ResourceArn\":\""
            + TaskFixture.ARN
            + "\"}]}");
    task.looks("running");

    assertThat(resume("running").attributes().has("reload")).isFalse();
    assertThat(resume("running").attributes().text("reload")).contains("2");
  }

  @Test
  void doesNotStartWhatRuns() {
    task.looks("starting", "running");

    resume("running");

    assertThat(task.operations()).doesNotContain("StartReplicationTask");
  }

  @Test
  void stopsAndWaitsUntilItStands() {
    task.accept("StopReplicationTask")
        .looks("starting", "running", "running", "stopping", "stopped");

    assertThat(pause().attributes().text("status")).contains("stopped");
    assertThat(task.context.phases()).contains("starting", "stopping");
  }

  @Test
  void doesNotMindThatItStoppedByItself() {
    task.refuse("StopReplicationTask", "is currently not running").looks("running", "stopped");

    assertThat(pause().attributes().text("status")).contains("stopped");
  }

  @Test
  void reportsAStopThatIsRefused() {
    task.refuse("StopReplicationTask", "not now").looks("running");

    assertThatThrownBy(this::pause).hasMessageContaining("not now");
  }

  @ParameterizedTest
  @CsvSource({
    "running, true",
    "starting, true",
    "stopping, false",
    "stopped, false",
    "failed, false",
  })
  void tellsWhatMustBeStoppedForAChange(String status, boolean running) {
    assertThat(task.pausable.isRunning(live(status))).isEqualTo(running);
  }

  private Live pause() {
    return task.pausable.pause(live("running"), DESIRED, task.context);
  }

  private Live resume(String status) {
    return task.pausable.resume(live(status), DESIRED, task.context);
  }
}
