package dev.pgbound.aws;

import static dev.pgbound.aws.TaskDocuments.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Value.Fields;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;

final class TaskRunTest {

  @ParameterizedTest
  @CsvSource({
    "ready, start-replication",
    "stopped, resume-processing",
    "failed, resume-processing",
    "failed-move, resume-processing",
  })
  void startsFromTheBeginningOnlyWhatNeverRan(String status, String type) {
    assertThat(run(status, null).startType()).hasToString(type);
  }

  @ParameterizedTest
  @CsvSource({
    "creating, stopped",
    "ready, stopped",
    "starting, running",
    "running, running",
    "stopping, stopped",
    "stopped, stopped",
    "modifying, stopped",
    "testing, stopped",
    "failed, stopped",
    "deleting, stopped",
    "moving, stopped",
    "failed-move, stopped",
  })
  void readsEveryStatusAsRunningOrStopped(String status, String state) {
    assertThat(run(status, null).state(json("{\"run\": \"running\"}"))).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource({
    "FULL_LOAD_ONLY_FINISHED, {}, true",
    "NORMAL, {}, false",
    "FATAL_ERROR, {}, false",
    "STOPPED_AT_SERVER_TIME, {}, false",
    "STOPPED_AT_COMMIT_TIME, {'cdcStopPosition': 'x'}, true",
    "STOPPED_AFTER_FULL_LOAD, {'cdcStopPosition': 'x'}, false",
    "STOPPED_AFTER_FULL_LOAD, StopTaskCachedChangesNotApplied, true",
    "STOPPED_AFTER_FULL_LOAD, StopTaskCachedChangesApplied, false",
    "STOPPED_AFTER_CACHED_EVENTS, StopTaskCachedChangesApplied, true",
    "STOPPED_AFTER_CACHED_EVENTS, {}, false",
  })
  void hasDoneWhatTheFileWants(String reason, String declared, boolean done) {
    Fields desired =
        json(
            declared.startsWith("{")
                ? declared.replace('\'', '"')
                : String.format(
                    Locale.ROOT,
                    "{\"replicationTaskSettings\": {\"FullLoadSettings\": {\"%s\": true}}}",
                    declared));

    assertThat(run("stopped", "Stop Reason " + reason).hasDone(desired)).isEqualTo(done);
  }

  @Test
  void satisfiesEitherWishOnceItHasDoneItsWork() {
    TaskRun finished = run("stopped", "Stop Reason FULL_LOAD_ONLY_FINISHED");

    assertThat(finished.state(json("{\"run\": \"running\"}"))).isEqualTo("running");
    assertThat(finished.state(json("{\"run\": \"stopped\"}"))).isEqualTo("stopped");
    assertThat(finished.state(Fields.NONE)).isEqualTo("stopped");
  }

  @Test
  void hasNotDoneItsWorkWhileTablesAreInError() {
    ReplicationTask task =
        ReplicationTask.builder()
            .status("stopped")
            .stopReason("Stop Reason FULL_LOAD_ONLY_FINISHED")
            .replicationTaskStats(stats -> stats.tablesErrored(2))
            .build();

    assertThat(new TaskRun(task).hasDone(Fields.NONE)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"full-load, 100, true", "full-load, 99, false", "full-load-and-cdc, 100, false"})
  void takesANormalStopOfACompleteFullLoadForItsEnd(String type, int percent, boolean done) {
    ReplicationTask task =
        ReplicationTask.builder()
            .status("stopped")
            .stopReason("Stop Reason NORMAL")
            .migrationType(type)
            .replicationTaskStats(stats -> stats.fullLoadProgressPercent(percent))
            .build();

    assertThat(new TaskRun(task).hasDone(Fields.NONE)).isEqualTo(done);
  }

  @ParameterizedTest
  @EnumSource
  void knowsEveryStopReasonByItsWord(StopReason reason) {
    ReplicationTask.Builder task = ReplicationTask.builder();

    assertThat(StopReason.of(task.stopReason("Stop Reason " + reason).build())).contains(reason);
    assertThat(StopReason.of(task.stopReason(reason + " Error Level FATAL").build()))
        .contains(reason);
  }

  @Test
  void doesNotGuessStopReasons() {
    assertThat(StopReason.of(ReplicationTask.builder().build())).isEmpty();
    assertThat(StopReason.of(ReplicationTask.builder().stopReason("Stop Reason NEW").build()))
        .isEqualTo(Optional.empty());
  }

  @Test
  void tellsANewRunFromTheOldByItsStart() {
    ReplicationTask.Builder task = ReplicationTask.builder().status("failed").stopReason("x");
    TaskRun before = new TaskRun(task.replicationTaskStartDate(Instant.EPOCH).build());
    TaskRun again =
        new TaskRun(task.replicationTaskStartDate(Instant.EPOCH.plusSeconds(1)).build());

    assertThat(before.isSameAs(before)).isTrue();
    assertThat(again.isSameAs(before)).isFalse();
  }

  private static TaskRun run(String status, @org.jspecify.annotations.Nullable String stopReason) {
    return new TaskRun(ReplicationTask.builder().status(status).stopReason(stopReason).build());
  }
}
