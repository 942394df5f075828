package dev.pgbound.aws;

import static dev.pgbound.aws.TaskDocuments.json;
import static dev.pgbound.aws.TaskDocuments.liveSettings;
import static dev.pgbound.aws.TaskDocuments.merged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pgbound.aws.TaskDocuments.Reported;
import dev.pgbound.spi.Value.Fields;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class SettingsChecksTest {

  private static final String S = "replicationTaskSettings.";

  /** A task that nothing is found in. */
  private static final Fields GOOD =
      json(
          """
          {"migrationType": "full-load-and-cdc",
           "replicationTaskSettings": {
             "FullLoadSettings": {"TargetTablePrepMode": "DO_NOTHING"},
             "ErrorBehavior": {"DataTruncationErrorPolicy": "SUSPEND_TABLE"},
             "ChangeProcessingDdlHandlingPolicy":
               {"HandleSourceTableDropped": false, "HandleSourceTableTruncated": false},
             "ValidationSettings": {"EnableValidation": true, "HandleCollationDiff": true}}}
          """);

  @Test
  void findsNothingInAGoodTask() {
    assertThat(findings(GOOD)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("changes")
  void findsExactlyWhatIsWrong(String settings, List<String> expected) {
    assertThat(findings(merged(GOOD, json("{\"replicationTaskSettings\": {" + settings + "}}"))))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        lobs("\"FullLobMode\": true", "DMS-201 " + S + "TargetMetadata.FullLobMode"),
        lobs("\"LimitedSizeLobMode\": false", "DMS-201 " + S + "TargetMetadata.LimitedSizeLobMode"),
        lobs("\"FullLobMode\": true, \"LimitedSizeLobMode\": false"),
        lobs("\"SupportLobs\": false, \"LimitedSizeLobMode\": false"),
        lobs("\"LobChunkSize\": 0", "DMS-203 " + S + "TargetMetadata.LobChunkSize"),
        lobs("\"LobChunkSize\": 128", "DMS-203 " + S + "TargetMetadata.LobChunkSize"),
        lobs("\"LobMaxSize\": 200000", "DMS-203 " + S + "TargetMetadata.LobMaxSize"),
        lobs("\"InlineLobMaxSize\": 16", "DMS-203 " + S + "TargetMetadata.InlineLobMaxSize"),
        lobs("\"BatchApplyEnabled\": true"),
        lobs(
            "\"BatchApplyEnabled\": true, \"FullLobMode\": true, \"LimitedSizeLobMode\": false",
            "DMS-218 " + S + "TargetMetadata.BatchApplyEnabled"),
        lobs("\"ParallelApplyThreads\": 4", "DMS-217 " + S + "TargetMetadata.ParallelApplyThreads"),
        lobs("\"ParallelLoadThreads\": 0"),
        of(
            "\"ErrorBehavior\": {\"DataTruncationErrorPolicy\": \"LOG_ERROR\"}",
            "DMS-202 replicationTaskSettings"),
        of(
            "\"TargetMetadata\": {\"LobMaxSize\": 64}, \"ErrorBehavior\":"
                + " {\"DataTruncationErrorPolicy\": \"IGNORE_RECORD\"}",
            "DMS-202 " + S + "TargetMetadata.LobMaxSize"),
        load(
            "\"StopTaskCachedChangesApplied\": true, \"StopTaskCachedChangesNotApplied\": true",
            "DMS-204 " + S + "FullLoadSettings.StopTaskCachedChangesNotApplied"),
        load("\"StopTaskCachedChangesApplied\": true"),
        load(
            "\"TargetTablePrepMode\": \"DROP_AND_CREATE\"",
            "DMS-209 " + S + "FullLoadSettings.TargetTablePrepMode"),
        load(
            "\"TargetTablePrepMode\": \"TRUNCATE_BEFORE_LOAD\"",
            "DMS-210 " + S + "FullLoadSettings.TargetTablePrepMode"),
        load(
            "\"TargetTablePrepMode\": null",
            "DMS-209 " + S + "FullLoadSettings.TargetTablePrepMode"),
        of("\"FullLoadSettings\": null", "DMS-209 " + S + "FullLoadSettings"),
        load(
            "\"CreatePkAfterFullLoad\": true",
            "DMS-211 " + S + "FullLoadSettings.CreatePkAfterFullLoad"),
        of(
            "\"ChangeProcessingDdlHandlingPolicy\": {\"HandleSourceTableDropped\": true}",
            "DMS-212 " + S + "ChangeProcessingDdlHandlingPolicy.HandleSourceTableDropped"),
        of(
            "\"ChangeProcessingDdlHandlingPolicy\": {\"HandleSourceTableTruncated\": null}",
            "DMS-212 " + S + "ChangeProcessingDdlHandlingPolicy.HandleSourceTableTruncated"),
        of(
            "\"Logging\": {\"EnableLogContext\": true}",
            "DMS-205 " + S + "Logging.EnableLogContext"),
        of("\"Logging\": {\"EnableLogContext\": true, \"EnableLogging\": true}"),
        of("\"Logging\": {\"DeleteTaskLogs\": true}", "DMS-208 " + S + "Logging.DeleteTaskLogs"),
        of(
            "\"Logging\": {\"LogComponents\": ["
                + "{\"Id\": \"IO\", \"Severity\": \"LOGGER_SEVERITY_INFO\"},"
                + "{\"Id\": \"IO\", \"Severity\": \"LOGGER_SEVERITY_DETAILED_DEBUG\"}]}",
            "DMS-207 " + S + "Logging.LogComponents[1].Id",
            "DMS-206 " + S + "Logging.LogComponents[1].Severity"),
        of("\"ValidationSettings\": null", "DMS-213 " + S + "ValidationSettings"),
        of(
            "\"ValidationSettings\": {\"EnableValidation\": false}",
            "DMS-213 " + S + "ValidationSettings.EnableValidation"),
        of(
            "\"ValidationSettings\": {\"HandleCollationDiff\": false}",
            "DMS-214 " + S + "ValidationSettings.HandleCollationDiff"),
        of("\"ValidationSettings\": {\"ValidationOnly\": true}"),
        of(
            "\"ValidationSettings\": {\"ValidationOnly\": true},"
                + "\"FullLoadSettings\": {\"TargetTablePrepMode\": \"TRUNCATE_BEFORE_LOAD\"}",
            "DMS-215 " + S + "ValidationSettings.ValidationOnly",
            "DMS-210 " + S + "FullLoadSettings.TargetTablePrepMode"),
        of(
            "\"CharacterSetSettings\": {\"CharacterReplacements\": []}",
            "DMS-216 " + S + "CharacterSetSettings"),
        of("\"CharacterSetSettings\": null, \"BeforeImageSettings\": null"),
        of(
            "\"BeforeImageSettings\": {\"EnableBeforeImage\": true}",
            "DMS-217 " + S + "BeforeImageSettings"),
        of(
            "\"LoopbackPreventionSettings\": {\"EnableLoopbackPrevention\": true},"
                + "\"TargetMetadata\": {\"BatchApplyEnabled\": true}",
            "DMS-219 " + S + "TargetMetadata.BatchApplyEnabled"),
        of(
            "\"ResyncSettings\": {\"EnableResync\": true, \"MaxResyncTime\": 60}",
            "DMS-220 " + S + "ResyncSettings.EnableResync"),
        of(
            "\"ResyncSettings\": {\"EnableResync\": true, \"MaxResyncTime\": 60,"
                + " \"ResyncSchedule\": \"0 1 * * *\"}"));
  }

  @ParameterizedTest
  @MethodSource("positions")
  void checksWhereATaskStartsAndStops(String attributes, List<String> expected) {
    assertThat(findings(merged(GOOD, json("{" + attributes + "}"))))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  static Stream<Arguments> positions() {
    return Stream.of(
        of("\"migrationType\": \"cdc\", \"cdcStartPosition\": \"1\""),
        of(
            "\"migrationType\": \"cdc\", \"cdcStartPosition\": \"1\", \"cdcStartTime\": \"t\"",
            "DMS-221 cdcStartTime"),
        of("\"cdcStartPosition\": \"1\"", "DMS-222 cdcStartPosition"),
        of("\"cdcStopPosition\": \"s\""),
        of(
            "\"migrationType\": \"full-load\", \"cdcStopPosition\": \"s\"",
            "DMS-222 cdcStopPosition"));
  }

  @Test
  void warnsOfTheServiceDefaultsWhereNothingIsDeclared() {
    Fields bare = json("{\"migrationType\": \"full-load-and-cdc\"}");

    assertThat(findings(bare))
        .containsExactlyInAnyOrder("DMS-202 ", "DMS-209 ", "DMS-212 ", "DMS-212 ", "DMS-213 ");
  }

  @Test
  void doesNotAskATaskThatLoadsNothingHowItPreparesTables() {
    Fields changesOnly =
        merged(
            GOOD,
            json(
                """
                {"migrationType": "cdc", "replicationTaskSettings": {"FullLoadSettings": null,
                 "ChangeProcessingDdlHandlingPolicy": null}}
                """));

    assertThat(findings(changesOnly)).noneMatch(finding -> finding.startsWith("DMS-209"));
    assertThat(findings(merged(GOOD, json("{\"migrationType\": \"full-load\"}")))).isEmpty();
  }

  @Test
  void findsNoErrorInWhatDmsReturns() {
    Reported reported = new Reported();
    Fields live = json("{\"migrationType\": \"full-load-and-cdc\"}");
    SettingsChecks.check(
        new DeclaredSettings(live.with("replicationTaskSettings", liveSettings())), reported);

    assertThat(reported.errors).isEmpty();
  }

  @Test
  void saysWhatIsWrongAndWhatToDo() {
    Reported reported = new Reported();
    SettingsChecks.check(
        new DeclaredSettings(
            merged(
                GOOD,
                json(
                    "{\"replicationTaskSettings\": {\"TargetMetadata\": {\"FullLobMode\": true}}}"))),
        reported);

    assertThat(reported.details)
        .containsExactly(
            "Both FullLobMode and LimitedSizeLobMode (it is true unless it is set) are on. Set"
                + " exactly one of FullLobMode and LimitedSizeLobMode to true, or SupportLobs to"
                + " false.");
  }

  private static Arguments lobs(String members, String... expected) {
    return of("\"TargetMetadata\": {" + members + "}", expected);
  }

  private static Arguments load(String members, String... expected) {
    return of("\"FullLoadSettings\": {" + members + "}", expected);
  }

  private static Arguments of(String members, String... expected) {
    return arguments(members, List.of(expected));
  }

  private static List<String> findings(Fields attributes) {
    Reported reported = new Reported();
    SettingsChecks.check(new DeclaredSettings(attributes), reported);
    return reported.findings;
  }
}
