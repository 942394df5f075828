package dev.pgbound.aws;

import static dev.pgbound.aws.TaskDocuments.json;
import static dev.pgbound.aws.TaskDocuments.liveSettings;
import static dev.pgbound.aws.TaskDocuments.merged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pgbound.spi.Value.Fields;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
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
             "Logging": {"EnableLogging": true},
             "FullLoadSettings": {"TargetTablePrepMode": "DO_NOTHING"},
             "ErrorBehavior":
               {"DataTruncationErrorPolicy": "SUSPEND_TABLE", "DataErrorPolicy": "SUSPEND_TABLE"},
             "ChangeProcessingDdlHandlingPolicy":
               {"HandleSourceTableDropped": false, "HandleSourceTableTruncated": false},
             "ValidationSettings": {"EnableValidation": true, "HandleCollationDiff": true}}}
          """);

  @Test
  void findsNothingInAGoodTask() {
    assertThat(findings(GOOD)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource({"largeObjects", "loads", "rest", "more"})
  void findsExactlyWhatIsWrong(String settings, List<String> expected) {
    assertThat(findings(merged(GOOD, json("{\"replicationTaskSettings\": {" + settings + "}}"))))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  static Stream<Arguments> largeObjects() {
    return Stream.of(
        lobs("\"FullLobMode\": true", "TASK-201 " + S + "TargetMetadata.FullLobMode"),
        lobs(
            "\"LimitedSizeLobMode\": false", "TASK-201 " + S + "TargetMetadata.LimitedSizeLobMode"),
        lobs("\"FullLobMode\": true, \"LimitedSizeLobMode\": false"),
        lobs("\"SupportLobs\": false, \"LimitedSizeLobMode\": false"),
        lobs("\"LobChunkSize\": 0", "TASK-203 " + S + "TargetMetadata.LobChunkSize"),
        lobs("\"LobChunkSize\": 128", "TASK-203 " + S + "TargetMetadata.LobChunkSize"),
        lobs("\"LobMaxSize\": 200000", "TASK-203 " + S + "TargetMetadata.LobMaxSize"),
        lobs("\"InlineLobMaxSize\": 16", "TASK-203 " + S + "TargetMetadata.InlineLobMaxSize"),
        lobs("\"BatchApplyEnabled\": true"),
        lobs(
            "\"BatchApplyEnabled\": true, \"FullLobMode\": true, \"LimitedSizeLobMode\": false",
            "TASK-218 " + S + "TargetMetadata.BatchApplyEnabled"),
        lobs(
            "\"ParallelApplyThreads\": 4", "TASK-217 " + S + "TargetMetadata.ParallelApplyThreads"),
        lobs("\"ParallelLoadThreads\": 0"),
        of(
            "\"ErrorBehavior\": {\"DataTruncationErrorPolicy\": \"LOG_ERROR\"}",
            "TASK-202 replicationTaskSettings"),
        lobs("\"LobMaxSize\": 0", "TASK-203 " + S + "TargetMetadata.LobMaxSize"),
        lobs("\"TargetSchema\": \"\""),
        lobs("\"TargetSchema\": \"hr\"", "TASK-224 " + S + "TargetMetadata.TargetSchema"),
        of(
            "\"TargetMetadata\": {\"LobMaxSize\": 64}, \"ErrorBehavior\":"
                + " {\"DataTruncationErrorPolicy\": \"IGNORE_RECORD\"}",
            "TASK-202 " + S + "TargetMetadata.LobMaxSize"));
  }

  static Stream<Arguments> loads() {
    return Stream.of(
        load(
            "\"StopTaskCachedChangesApplied\": true, \"StopTaskCachedChangesNotApplied\": true",
            "TASK-204 " + S + "FullLoadSettings.StopTaskCachedChangesNotApplied"),
        load("\"StopTaskCachedChangesApplied\": true"),
        load(
            "\"TargetTablePrepMode\": \"DROP_AND_CREATE\"",
            "TASK-209 " + S + "FullLoadSettings.TargetTablePrepMode"),
        load(
            "\"TargetTablePrepMode\": \"TRUNCATE_BEFORE_LOAD\"",
            "TASK-210 " + S + "FullLoadSettings.TargetTablePrepMode"),
        load(
            "\"TargetTablePrepMode\": null",
            "TASK-209 " + S + "FullLoadSettings.TargetTablePrepMode"),
        of("\"FullLoadSettings\": null", "TASK-209 " + S + "FullLoadSettings"),
        load(
            "\"CreatePkAfterFullLoad\": true",
            "TASK-211 " + S + "FullLoadSettings.CreatePkAfterFullLoad"));
  }

  static Stream<Arguments> rest() {
    return Stream.of(
        of(
            "\"ChangeProcessingDdlHandlingPolicy\": {\"HandleSourceTableDropped\": true}",
            "TASK-212 " + S + "ChangeProcessingDdlHandlingPolicy.HandleSourceTableDropped"),
        of(
            "\"ChangeProcessingDdlHandlingPolicy\": {\"HandleSourceTableTruncated\": null}",
            "TASK-212 " + S + "ChangeProcessingDdlHandlingPolicy.HandleSourceTableTruncated"),
        of(
            "\"Logging\": {\"EnableLogContext\": true, \"EnableLogging\": null}",
            "TASK-205 " + S + "Logging.EnableLogContext",
            "TASK-234 " + S + "Logging.EnableLogging"),
        of("\"Logging\": {\"EnableLogContext\": true}"),
        of("\"Logging\": {\"EnableLogging\": false}", "TASK-234 " + S + "Logging.EnableLogging"),
        of("\"Logging\": {\"DeleteTaskLogs\": true}", "TASK-208 " + S + "Logging.DeleteTaskLogs"),
        of(
            "\"Logging\": {\"LogComponents\": ["
                + "{\"Id\": \"IO\", \"Severity\": \"LOGGER_SEVERITY_INFO\"},"
                + "{\"Id\": \"IO\", \"Severity\": \"LOGGER_SEVERITY_DETAILED_DEBUG\"}]}",
            "TASK-207 " + S + "Logging.LogComponents[1].Id",
            "TASK-206 " + S + "Logging.LogComponents[1].Severity"),
        of("\"ValidationSettings\": null", "TASK-213 " + S + "ValidationSettings"),
        of(
            "\"ValidationSettings\": {\"EnableValidation\": false}",
            "TASK-213 " + S + "ValidationSettings.EnableValidation"),
        of(
            "\"ValidationSettings\": {\"HandleCollationDiff\": false}",
            "TASK-214 " + S + "ValidationSettings.HandleCollationDiff"),
        of("\"ValidationSettings\": {\"ValidationOnly\": true}"),
        of(
            "\"ValidationSettings\": {\"ValidationOnly\": true},"
                + "\"FullLoadSettings\": {\"TargetTablePrepMode\": \"TRUNCATE_BEFORE_LOAD\"}",
            "TASK-215 " + S + "ValidationSettings.ValidationOnly",
            "TASK-210 " + S + "FullLoadSettings.TargetTablePrepMode"),
        of(
            "\"CharacterSetSettings\": {\"CharacterReplacements\": []}",
            "TASK-216 " + S + "CharacterSetSettings"),
        of("\"CharacterSetSettings\": null, \"BeforeImageSettings\": null"),
        of(
            "\"BeforeImageSettings\": {\"EnableBeforeImage\": true}",
            "TASK-217 " + S + "BeforeImageSettings"),
        of(
            "\"LoopbackPreventionSettings\": {\"EnableLoopbackPrevention\": true,"
                + " \"SourceSchema\": \"DMS\", \"TargetSchema\": \"dms\"},"
                + "\"TargetMetadata\": {\"BatchApplyEnabled\": true}",
            "TASK-219 " + S + "TargetMetadata.BatchApplyEnabled"),
        of(
            "\"ResyncSettings\": {\"EnableResync\": true, \"MaxResyncTime\": 60}",
            "TASK-220 " + S + "ResyncSettings.EnableResync"),
        of(
            "\"ResyncSettings\": {\"EnableResync\": true, \"MaxResyncTime\": 60,"
                + " \"ResyncSchedule\": \"0 1 * * *\"}"));
  }

  static Stream<Arguments> more() {
    return Stream.of(
        of(
            "\"LoopbackPreventionSettings\":"
                + " {\"EnableLoopbackPrevention\": true, \"SourceSchema\": \"DMS\"}",
            "TASK-230 " + S + "LoopbackPreventionSettings.EnableLoopbackPrevention"),
        of(
            "\"ResyncSettings\": {\"EnableResync\": true, \"MaxResyncTime\": 60,"
                + " \"ResyncSchedule\": \"daily\"}",
            "TASK-232 " + S + "ResyncSettings.ResyncSchedule"),
        of(
            "\"ResyncSettings\": {\"EnableResync\": true, \"MaxResyncTime\": 60,"
                + " \"ResyncSchedule\": \"0 1 * * *\"},"
                + "\"ValidationSettings\": {\"EnableValidation\": false}",
            "TASK-213 " + S + "ValidationSettings.EnableValidation",
            "TASK-231 " + S + "ResyncSettings.EnableResync"),
        of(
            "\"ResyncSettings\": {\"EnableResync\": true, \"MaxResyncTime\": 60,"
                + " \"ResyncSchedule\": \"0 1 * * *\", \"ValidationTaskId\": \"T\"},"
                + "\"ValidationSettings\": {\"EnableValidation\": false}",
            "TASK-213 " + S + "ValidationSettings.EnableValidation"),
        errors("\"DataErrorPolicy\": \"LOG_ERROR\"", "DataErrorPolicy", "TASK-226"),
        errors("\"DataErrorPolicy\": \"IGNORE_RECORD\"", "DataErrorPolicy", "TASK-226"),
        errors("\"DataErrorPolicy\": \"STOP_TASK\""),
        errors(
            "\"ApplyErrorUpdatePolicy\": \"UPDATE_RECORD\"", "ApplyErrorUpdatePolicy", "TASK-227"),
        errors("\"ApplyErrorUpdatePolicy\": \"LOG_ERROR\""),
        errors(
            "\"DataErrorEscalationPolicy\": \"STOP_TASK\"",
            "DataErrorEscalationPolicy",
            "TASK-228"),
        errors(
            "\"TableErrorEscalationPolicy\": \"STOP_TASK\"",
            "TableErrorEscalationPolicy",
            "TASK-228"),
        errors(
            "\"ApplyErrorEscalationPolicy\": \"STOP_TASK\"",
            "ApplyErrorEscalationPolicy",
            "TASK-228"),
        errors("\"DataErrorEscalationPolicy\": \"STOP_TASK\", \"DataErrorEscalationCount\": 9"),
        errors("\"FailOnNoTablesCaptured\": false", "FailOnNoTablesCaptured", "TASK-233"),
        of(
            "\"ChangeProcessingTuning\": {\"BatchApplyTimeoutMin\": 31}",
            "TASK-225 " + S + "ChangeProcessingTuning.BatchApplyTimeoutMin"),
        of(
            "\"ChangeProcessingTuning\":"
                + " {\"BatchApplyTimeoutMin\": 31, \"BatchApplyTimeoutMax\": 31}"),
        of("\"ChangeProcessingTuning\": {\"BatchApplyPreserveTransaction\": true}"),
        of(
            "\"ChangeProcessingTuning\": {\"BatchApplyPreserveTransaction\": false}",
            "TASK-217 " + S + "ChangeProcessingTuning.BatchApplyPreserveTransaction"),
        of("\"TTSettings\": {\"EnableTT\": true}", "TASK-217 " + S + "TTSettings.EnableTT"),
        of("\"TTSettings\": {\"EnableTT\": false}"),
        validation("\"ValidationS3Mask\": 1", "ValidationS3Mask", "TASK-217"),
        validation(
            "\"RecordFailureDelayLimitInMinutes\": 4",
            "RecordFailureDelayLimitInMinutes",
            "TASK-225"),
        validation("\"RecordFailureDelayLimitInMinutes\": 5"),
        validation("\"ValidationPartialLobSize\": 33", "ValidationPartialLobSize", "TASK-229"),
        validation("\"ValidationPartialLobSize\": 32"),
        validation(
            "\"ValidationPartialLobSize\": 1, \"SkipLobColumns\": true",
            "ValidationPartialLobSize",
            "TASK-229"),
        of(
            "\"ValidationSettings\": {\"ValidationPartialLobSize\": 33},"
                + " \"TargetMetadata\": {\"FullLobMode\": true, \"LimitedSizeLobMode\": false}"));
  }

  private static Arguments errors(String members, String... finding) {
    return in("ErrorBehavior", members, finding);
  }

  private static Arguments validation(String members, String... finding) {
    return in("ValidationSettings", members, finding);
  }

  /** Nothing is found, or one thing: the key and the code. */
  private static Arguments in(String section, String members, String... finding) {
    String settings = "\"" + section + "\": {" + members + "}";
    return finding.length == 0
        ? of(settings)
        : of(settings, finding[1] + " " + S + section + "." + finding[0]);
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
            "TASK-221 cdcStartTime"),
        of("\"cdcStartPosition\": \"1\"", "TASK-222 cdcStartPosition"),
        of("\"cdcStopPosition\": \"s\""),
        of(
            "\"migrationType\": \"full-load\", \"cdcStopPosition\": \"s\"",
            "TASK-222 cdcStopPosition"),
        kind("full-load", "FullLoadSettings.StopTaskCachedChangesApplied"),
        kind("cdc", "FullLoadSettings.StopTaskCachedChangesNotApplied"),
        kind("full-load", "TargetMetadata.BatchApplyEnabled"),
        kind("full-load", "TargetMetadata.TaskRecoveryTableEnabled"),
        of(
            "\"migrationType\": \"full-load\", \"replicationTaskSettings\":"
                + " {\"ErrorBehavior\": {\"ApplyErrorUpdatePolicy\": \"UPDATE_RECORD\"}}"));
  }

  @Test
  void hasACaseForEveryFinding() {
    Set<String> found = new TreeSet<>();
    Stream.of(largeObjects(), loads(), rest(), more(), positions())
        .flatMap(cases -> cases)
        .flatMap(one -> ((List<?>) one.get()[1]).stream())
        .forEach(finding -> found.add(finding.toString().substring(0, 8)));

    assertThat(found)
        .containsExactlyElementsOf(
            Arrays.stream(TaskFinding.values()).map(TaskFinding::code).toList());
  }

  @Test
  void warnsOfTheServiceDefaultsWhereNothingIsDeclared() {
    Fields bare = json("{\"migrationType\": \"full-load-and-cdc\"}");

    assertThat(findings(bare))
        .containsExactlyInAnyOrder(
            "TASK-202 ",
            "TASK-209 ",
            "TASK-212 ",
            "TASK-212 ",
            "TASK-213 ",
            "TASK-226 ",
            "TASK-234 ");
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

    assertThat(findings(changesOnly)).noneMatch(finding -> finding.startsWith("TASK-209"));
    assertThat(findings(merged(GOOD, json("{\"migrationType\": \"full-load\"}")))).isEmpty();
  }

  @Test
  void findsNoErrorInWhatDmsReturns() {
    FoundProblems reported = new FoundProblems();
    Fields live = json("{\"migrationType\": \"full-load-and-cdc\"}");
    SettingsChecks.check(
        new DeclaredSettings(live.with("replicationTaskSettings", liveSettings())), reported);

    assertThat(reported.found()).noneMatch(found -> found.startsWith("ERROR"));
  }

  @Test
  void saysWhatIsWrongAndWhatToDo() {
    FoundProblems reported = new FoundProblems();
    SettingsChecks.check(
        new DeclaredSettings(
            merged(
                GOOD,
                json(
                    "{\"replicationTaskSettings\": {\"TargetMetadata\": {\"FullLobMode\": true}}}"))),
        reported);

    assertThat(reported.details())
        .containsExactly(
            "Both FullLobMode and LimitedSizeLobMode (it is true unless it is set) are on. Set"
                + " exactly one of FullLobMode and LimitedSizeLobMode to true, or SupportLobs to"
                + " false.");
  }

  /** A flag that says nothing in this kind of task. */
  private static Arguments kind(String migrationType, String flag) {
    String[] names = flag.split("\\.", -1);
    return of(
        String.format(
            Locale.ROOT,
            "\"migrationType\": \"%s\", \"replicationTaskSettings\": {\"%s\": {\"%s\": true}}",
            migrationType,
            names[0],
            names[1]),
        "TASK-223 " + S + flag);
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
    FoundProblems reported = new FoundProblems();
    SettingsChecks.check(new DeclaredSettings(attributes), reported);
    return reported.codes();
  }
}
