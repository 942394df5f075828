package dev.pgbound.aws;

import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds settings of a task that contradict one another, lose data or do nothing. */
final class SettingsChecks {

  private static final String METADATA = "TargetMetadata";
  private static final String LOAD = "FullLoadSettings";
  private static final String LOGGING = "Logging";
  private static final String VALIDATION = "ValidationSettings";
  private static final String DDL = "ChangeProcessingDdlHandlingPolicy";

  private static final int LARGEST_CHUNK = 64;
  private static final int LARGEST_LIMIT = 102_400;
  private static final int SERVICE_LOB_LIMIT = 32;

  private static final List<String> PARALLEL =
      List.of(
          "ParallelLoadThreads",
          "ParallelLoadBufferSize",
          "ParallelLoadQueuesPerThread",
          "ParallelApplyThreads",
          "ParallelApplyBufferSize",
          "ParallelApplyQueuesPerThread");

  private final DeclaredSettings settings;
  private final Problems problems;

  private SettingsChecks(DeclaredSettings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  static void check(DeclaredSettings settings, Problems problems) {
    SettingsChecks checks = new SettingsChecks(settings, problems);
    checks.positions();
    checks.largeObjects();
    checks.targetTables();
    checks.stops();
    checks.ddl();
    checks.logging();
    checks.validation();
    checks.batches();
    checks.resync();
    checks.otherTargets();
  }

  private void positions() {
    boolean time = settings.attributes().has("cdcStartTime");
    boolean position = settings.attributes().has("cdcStartPosition");
    if (time && position) {
      Finding.TWO_STARTS.at("cdcStartTime", problems, "DMS takes one start, not both.");
    }
    boolean startsWithChanges = !settings.loads();
    for (String name : List.of("cdcStartTime", "cdcStartPosition")) {
      if (settings.attributes().has(name) && !startsWithChanges) {
        Finding.POSITION_WITHOUT_CDC.at(
            name, problems, "A task that begins with a full load starts where the load does.");
      }
    }
    if (settings.attributes().has("cdcStopPosition") && !settings.replicatesChanges()) {
      Finding.POSITION_WITHOUT_CDC.at(
          "cdcStopPosition", problems, "A full load replicates no changes that it could stop at.");
    }
  }

  private void largeObjects() {
    boolean full = settings.flag(METADATA, "FullLobMode", false);
    boolean limited = settings.flag(METADATA, "LimitedSizeLobMode", true);
    if (!settings.flag(METADATA, "SupportLobs", true)) {
      return;
    }
    if (full == limited) {
      String key = settings.has(METADATA, "FullLobMode") ? "FullLobMode" : "LimitedSizeLobMode";
      String also = " (it is true unless it is set)";
      Finding.BOTH_LOB_MODES.at(
          settings.path(METADATA, key),
          problems,
          full
              ? "Both FullLobMode and LimitedSizeLobMode"
                  + (settings.has(METADATA, "LimitedSizeLobMode") ? "" : also)
                  + " are on."
              : "LOBs are to be replicated, but neither FullLobMode nor LimitedSizeLobMode is on.");
      return;
    }
    sizes(full);
    if (limited) {
      truncation();
    }
  }

  private void sizes(boolean full) {
    long chunk = settings.number(METADATA, "LobChunkSize", LARGEST_CHUNK);
    if (chunk == 0 || chunk > LARGEST_CHUNK) {
      Finding.LOB_SIZE.at(
          settings.path(METADATA, "LobChunkSize"),
          problems,
          "LobChunkSize is " + chunk + "; DMS itself takes " + LARGEST_CHUNK + " KB, the most.");
    }
    long limit = settings.number(METADATA, "LobMaxSize", SERVICE_LOB_LIMIT);
    if (limit > LARGEST_LIMIT) {
      Finding.LOB_SIZE.at(
          settings.path(METADATA, "LobMaxSize"),
          problems,
          "LobMaxSize is "
              + limit
              + " KB. DMS allocates that much for each LOB of many rows at once; above "
              + LARGEST_LIMIT
              + " KB use full LOB mode.");
    }
    if (!full && settings.number(METADATA, "InlineLobMaxSize", 0) > 0) {
      Finding.LOB_SIZE.at(
          settings.path(METADATA, "InlineLobMaxSize"),
          problems,
          "InlineLobMaxSize works in full LOB mode only, and this task is in limited mode.");
    }
  }

  private void truncation() {
    String policy = settings.word("ErrorBehavior", "DataTruncationErrorPolicy", "LOG_ERROR");
    if (List.of("LOG_ERROR", "IGNORE_RECORD").contains(policy)) {
      long limit = settings.number(METADATA, "LobMaxSize", SERVICE_LOB_LIMIT);
      Finding.LOBS_ARE_CUT.at(
          settings.path(METADATA, "LobMaxSize"),
          problems,
          "Values longer than %d KB lose their end, and with DataTruncationErrorPolicy %s only the log tells."
              .formatted(limit, policy));
    }
  }

  private void targetTables() {
    if (!settings.loads()) {
      return;
    }
    String mode = settings.word(LOAD, "TargetTablePrepMode", "");
    String path = settings.path(LOAD, "TargetTablePrepMode");
    switch (mode) {
      case "DROP_AND_CREATE" ->
          Finding.TABLES_ARE_DROPPED.at(
              path,
              problems,
              "DROP_AND_CREATE deletes the tables that are there, with indexes, defaults and"
                  + " constraints, and makes bare ones.");
      case "TRUNCATE_BEFORE_LOAD" ->
          Finding.TABLES_ARE_EMPTIED.at(
              path,
              problems,
              "TRUNCATE_BEFORE_LOAD deletes all rows before a table is loaded; it fails where a"
                  + " foreign key of another table refers to it.");
      case "" ->
          Finding.TABLES_ARE_DROPPED.at(
              path,
              problems,
              "TargetTablePrepMode is not set, and then DMS drops the tables that are there and"
                  + " makes bare ones.");
      default -> {}
    }
    boolean createsTables = mode.isEmpty() || mode.equals("DROP_AND_CREATE");
    if (settings.flag(LOAD, "CreatePkAfterFullLoad", false) && !createsTables) {
      Finding.KEY_AFTER_LOAD.at(
          settings.path(LOAD, "CreatePkAfterFullLoad"),
          problems,
          "CreatePkAfterFullLoad is about tables that DMS creates, and " + mode + " creates none.");
    }
  }

  private void stops() {
    if (settings.flag(LOAD, "StopTaskCachedChangesApplied", false)
        && settings.flag(LOAD, "StopTaskCachedChangesNotApplied", false)) {
      Finding.TWO_STOPS.at(
          settings.path(LOAD, "StopTaskCachedChangesNotApplied"),
          problems,
          "The task cannot stop both before and after the changes made during the load are"
              + " applied.");
    }
  }

  private void ddl() {
    if (!settings.replicatesChanges()) {
      return;
    }
    for (String key : List.of("HandleSourceTableDropped", "HandleSourceTableTruncated")) {
      if (settings.flag(DDL, key, true)) {
        String set = settings.has(DDL, key) ? " is true" : " is true unless it is set to false";
        Finding.DDL_IS_REPEATED.at(
            settings.path(DDL, key),
            problems,
            key
                + set
                + ": whoever "
                + (key.endsWith("Dropped") ? "drops" : "truncates")
                + " a table in Oracle does so on the target, too.");
      }
    }
  }

  private void logging() {
    if (settings.flag(LOGGING, "EnableLogContext", false)
        && !settings.flag(LOGGING, "EnableLogging", false)) {
      Finding.LOG_CONTEXT_WITHOUT_LOG.at(
          settings.path(LOGGING, "EnableLogContext"),
          problems,
          "DMS refuses EnableLogContext while EnableLogging is off.");
    }
    if (settings.flag(LOGGING, "DeleteTaskLogs", false)) {
      Finding.LOG_DELETION.at(
          settings.path(LOGGING, "DeleteTaskLogs"),
          problems,
          "DeleteTaskLogs deletes the log each time it is sent, so pgbound never sends it.");
    }
    Set<String> seen = new HashSet<>();
    List<Value> components = settings.section(LOGGING).items("LogComponents");
    for (int i = 0; i < components.size(); i++) {
      if (components.get(i) instanceof Value.Fields component) {
        String path = settings.path(LOGGING, "LogComponents") + "[" + i + "]";
        component(component, path, seen);
      }
    }
  }

  private void component(Value.Fields component, String path, Set<String> seen) {
    String id = component.text("Id").orElse("");
    if (!seen.add(id)) {
      Finding.LOG_COMPONENT_TWICE.at(
          path + ".Id", problems, "The component " + id + " has an entry above.");
    }
    String severity = component.text("Severity").orElse("");
    if (severity.endsWith("DEBUG")) {
      Finding.LOG_FLOOD.at(
          path + ".Severity",
          problems,
          severity + " of " + id + " can fill the disk of the replication instance.");
    }
  }

  private void validation() {
    boolean validates = settings.flag(VALIDATION, "EnableValidation", false);
    boolean only = settings.flag(VALIDATION, "ValidationOnly", false);
    String mode = settings.word(LOAD, "TargetTablePrepMode", settings.loads() ? "" : "DO_NOTHING");
    if (only && !(validates && mode.equals("DO_NOTHING"))) {
      Finding.VALIDATION_ONLY.at(
          settings.path(VALIDATION, "ValidationOnly"),
          problems,
          "A task that only validates must leave the target as it is.");
    }
    if (!validates) {
      Finding.NOT_VALIDATED.at(
          settings.path(VALIDATION, "EnableValidation"),
          problems,
          "Validation is off, so rows that were lost or changed on the way are not noticed.");
      return;
    }
    if (!settings.flag(VALIDATION, "HandleCollationDiff", false)) {
      Finding.SORT_ORDER.at(
          settings.path(VALIDATION, "HandleCollationDiff"),
          problems,
          "Oracle and PostgreSQL sort text keys differently, and rows then look missing.");
    }
    if (settings.has("CharacterSetSettings")) {
      Finding.NO_VALIDATION_WITH_REPLACEMENT.at(
          settings.path("CharacterSetSettings", ""),
          problems,
          "DMS does not compare the data of a task with CharacterSetSettings.");
    }
  }

  private void batches() {
    if (!settings.flag(METADATA, "BatchApplyEnabled", false)) {
      return;
    }
    String path = settings.path(METADATA, "BatchApplyEnabled");
    if (settings.flag(METADATA, "FullLobMode", false)) {
      Finding.BATCHES_AND_LOBS.at(
          path, problems, "DMS applies changes one by one where LOBs are looked up.");
    }
    if (settings.flag("LoopbackPreventionSettings", "EnableLoopbackPrevention", false)) {
      Finding.BATCHES_AND_LOOPBACK.at(
          path, problems, "Loopback prevention needs the transactions that batches dissolve.");
    }
  }

  private void resync() {
    String section = "ResyncSettings";
    boolean complete =
        settings.has(section, "ResyncSchedule") && settings.has(section, "MaxResyncTime");
    if (settings.flag(section, "EnableResync", false)
        && settings.replicatesChanges()
        && !complete) {
      Finding.RESYNC_WITHOUT_SCHEDULE.at(
          settings.path(section, "EnableResync"),
          problems,
          "A task that replicates changes repairs rows at set times and for a limited time.");
    }
  }

  private void otherTargets() {
    if (settings.has("BeforeImageSettings")) {
      Finding.NOT_FOR_POSTGRESQL.at(
          settings.path("BeforeImageSettings", ""),
          problems,
          "BeforeImageSettings are for Kafka and Kinesis.");
    }
    for (String key : PARALLEL) {
      if (settings.number(METADATA, key, 0) > 0) {
        Finding.NOT_FOR_POSTGRESQL.at(
            settings.path(METADATA, key),
            problems,
            key + " is for targets such as Kafka and Redshift.");
      }
    }
  }
}
