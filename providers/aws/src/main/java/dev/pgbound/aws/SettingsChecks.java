package dev.pgbound.aws;

import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds settings of a task that contradict one another, lose data or do nothing. */
final class SettingsChecks {

  private static final String METADATA = "TargetMetadata";
  private static final String LOAD = "FullLoadSettings";
  private static final String LOGGING = "Logging";
  private static final String TUNING = "ChangeProcessingTuning";
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
    checks.batches();
    checks.otherKinds();
    checks.otherEngines();
    ErrorPolicyChecks.check(settings, problems);
    ValidationChecks.check(settings, problems);
  }

  private void positions() {
    boolean time = settings.attributes().has("cdcStartTime");
    boolean position = settings.attributes().has("cdcStartPosition");
    if (time && position) {
      TaskFinding.TWO_STARTS.report(problems, "cdcStartTime", "DMS takes one start, not both.");
    }
    boolean startsWithChanges = !settings.loads();
    for (String name : List.of("cdcStartTime", "cdcStartPosition")) {
      if (settings.attributes().has(name) && !startsWithChanges) {
        TaskFinding.POSITION_WITHOUT_CDC.report(
            problems, name, "A task that begins with a full load starts where the load does.");
      }
    }
    if (settings.attributes().has("cdcStopPosition") && !settings.replicatesChanges()) {
      TaskFinding.POSITION_WITHOUT_CDC.report(
          problems, "cdcStopPosition", "A full load replicates no changes that it could stop at.");
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
      TaskFinding.BOTH_LOB_MODES.report(
          problems,
          settings.path(METADATA, key),
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
      TaskFinding.LOB_SIZE.report(
          problems,
          settings.path(METADATA, "LobChunkSize"),
          "LobChunkSize is " + chunk + "; DMS itself takes " + LARGEST_CHUNK + " KB, the most.");
    }
    long limit = settings.number(METADATA, "LobMaxSize", SERVICE_LOB_LIMIT);
    if (!full && limit == 0) {
      TaskFinding.LOB_SIZE.report(
          problems,
          settings.path(METADATA, "LobMaxSize"),
          "LobMaxSize is 0, the size at which limited LOB mode cuts values off.");
    }
    if (limit > LARGEST_LIMIT) {
      TaskFinding.LOB_SIZE.report(
          problems,
          settings.path(METADATA, "LobMaxSize"),
          "LobMaxSize is "
              + limit
              + " KB. DMS allocates that much for each LOB of many rows at once; above "
              + LARGEST_LIMIT
              + " KB use full LOB mode.");
    }
    if (!full && settings.number(METADATA, "InlineLobMaxSize", 0) > 0) {
      TaskFinding.LOB_SIZE.report(
          problems,
          settings.path(METADATA, "InlineLobMaxSize"),
          "InlineLobMaxSize works in full LOB mode only, and this task is in limited mode.");
    }
  }

  private void truncation() {
    String policy = settings.word("ErrorBehavior", "DataTruncationErrorPolicy", "LOG_ERROR");
    if (List.of("LOG_ERROR", "IGNORE_RECORD").contains(policy)) {
      long limit = settings.number(METADATA, "LobMaxSize", SERVICE_LOB_LIMIT);
      TaskFinding.LOBS_ARE_CUT.report(
          problems,
          settings.path(METADATA, "LobMaxSize"),
          String.format(
              Locale.ROOT,
              "Values longer than %d KB lose their end, and with DataTruncationErrorPolicy %s only the log tells.",
              limit,
              policy));
    }
  }

  private void targetTables() {
    if (!settings.loads()) {
      return;
    }
    String mode = settings.word(LOAD, "TargetTablePrepMode", "");
    String path = settings.path(LOAD, "TargetTablePrepMode");
    String schema = settings.word(METADATA, "TargetSchema", "");
    if (!schema.isEmpty()) {
      TaskFinding.ONE_TARGET_SCHEMA.report(
          problems,
          settings.path(METADATA, "TargetSchema"),
          "Every table whose schema no rule names goes to \"" + schema + "\".");
    }
    switch (mode) {
      case "DROP_AND_CREATE" ->
          TaskFinding.TABLES_ARE_DROPPED.report(
              problems,
              path,
              "DROP_AND_CREATE deletes the tables that are there, with indexes, defaults and"
                  + " constraints, and makes bare ones.");
      case "TRUNCATE_BEFORE_LOAD" ->
          TaskFinding.TABLES_ARE_EMPTIED.report(
              problems,
              path,
              "TRUNCATE_BEFORE_LOAD deletes all rows before a table is loaded; it fails where a"
                  + " foreign key of another table refers to it.");
      case "" ->
          TaskFinding.TABLES_ARE_DROPPED.report(
              problems,
              path,
              "TargetTablePrepMode is not set, and then DMS drops the tables that are there and"
                  + " makes bare ones.");
      default -> {}
    }
    boolean createsTables = mode.isEmpty() || mode.equals("DROP_AND_CREATE");
    if (settings.flag(LOAD, "CreatePkAfterFullLoad", false) && !createsTables) {
      TaskFinding.KEY_AFTER_LOAD.report(
          problems,
          settings.path(LOAD, "CreatePkAfterFullLoad"),
          "CreatePkAfterFullLoad is about tables that DMS creates, and " + mode + " creates none.");
    }
  }

  private void stops() {
    if (settings.flag(LOAD, "StopTaskCachedChangesApplied", false)
        && settings.flag(LOAD, "StopTaskCachedChangesNotApplied", false)) {
      TaskFinding.TWO_STOPS.report(
          problems,
          settings.path(LOAD, "StopTaskCachedChangesNotApplied"),
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
        TaskFinding.DDL_IS_REPEATED.report(
            problems,
            settings.path(DDL, key),
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
      TaskFinding.LOG_CONTEXT_WITHOUT_LOG.report(
          problems,
          settings.path(LOGGING, "EnableLogContext"),
          "DMS refuses EnableLogContext while EnableLogging is off.");
    }
    if (!settings.flag(LOGGING, "EnableLogging", false)) {
      TaskFinding.NO_LOG.report(
          problems,
          settings.path(LOGGING, "EnableLogging"),
          "The task writes no log, and what it says about a failure is one line.");
    }
    if (settings.flag(LOGGING, "DeleteTaskLogs", false)) {
      TaskFinding.LOG_DELETION.report(
          problems,
          settings.path(LOGGING, "DeleteTaskLogs"),
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
      TaskFinding.LOG_COMPONENT_TWICE.report(
          problems, path + ".Id", "The component " + id + " has an entry above.");
    }
    String severity = component.text("Severity").orElse("");
    if (severity.endsWith("DEBUG")) {
      TaskFinding.LOG_FLOOD.report(
          problems,
          path + ".Severity",
          severity + " of " + id + " can fill the disk of the replication instance.");
    }
  }

  private void batches() {
    long shortest = settings.number(TUNING, "BatchApplyTimeoutMin", 1);
    long longest = settings.number(TUNING, "BatchApplyTimeoutMax", 30);
    if (shortest > longest) {
      TaskFinding.LIMITS_CROSS.report(
          problems,
          settings.path(TUNING, "BatchApplyTimeoutMin"),
          "BatchApplyTimeoutMin is " + shortest + ", BatchApplyTimeoutMax " + longest + ".");
    }
    String loopback = "LoopbackPreventionSettings";
    boolean prevents = settings.flag(loopback, "EnableLoopbackPrevention", false);
    if (prevents
        && (settings.word(loopback, "SourceSchema", "").isEmpty()
            || settings.word(loopback, "TargetSchema", "").isEmpty())) {
      TaskFinding.LOOPBACK_WITHOUT_SCHEMAS.report(
          problems,
          settings.path(loopback, "EnableLoopbackPrevention"),
          "Both databases keep a record of what the tasks themselves have written.");
    }
    if (!settings.flag(METADATA, "BatchApplyEnabled", false)) {
      return;
    }
    String path = settings.path(METADATA, "BatchApplyEnabled");
    if (settings.flag(METADATA, "FullLobMode", false)) {
      TaskFinding.BATCHES_AND_LOBS.report(
          problems, path, "DMS applies changes one by one where LOBs are looked up.");
    }
    if (prevents) {
      TaskFinding.BATCHES_AND_LOOPBACK.report(
          problems, path, "Loopback prevention needs the transactions that batches dissolve.");
    }
  }

  private void otherEngines() {
    if (settings.has("BeforeImageSettings")) {
      notForPostgresql("BeforeImageSettings", "", "BeforeImageSettings are for Kafka and Kinesis.");
    }
    for (String key : PARALLEL) {
      if (settings.number(METADATA, key, 0) > 0) {
        notForPostgresql(METADATA, key, key + " is for targets such as Kafka and Redshift.");
      }
    }
    for (String key : List.of("ValidationS3Time", "ValidationS3Mask")) {
      if (settings.number("ValidationSettings", key, 0) > 0) {
        notForPostgresql("ValidationSettings", key, key + " is for S3 targets.");
      }
    }
    if (!settings.flag(TUNING, "BatchApplyPreserveTransaction", true)) {
      notForPostgresql(
          TUNING, "BatchApplyPreserveTransaction", "Only batches for Oracle keep transactions.");
    }
    if (settings.flag("TTSettings", "EnableTT", false)) {
      notForPostgresql("TTSettings", "EnableTT", "TTSettings are for PostgreSQL sources.");
    }
  }

  private void notForPostgresql(String section, String key, String why) {
    TaskFinding.NOT_FOR_POSTGRESQL.report(problems, settings.path(section, key), why);
  }

  /** Flags that say something only where a load is followed by changes, or where changes are. */
  private void otherKinds() {
    boolean both = settings.loads() && settings.replicatesChanges();
    for (String key : List.of("StopTaskCachedChangesApplied", "StopTaskCachedChangesNotApplied")) {
      if (!both && settings.flag(LOAD, key, false)) {
        otherKind(LOAD, key, "Only a task that loads and replicates changes caches changes.");
      }
    }
    for (String key : List.of("BatchApplyEnabled", "TaskRecoveryTableEnabled")) {
      if (!settings.replicatesChanges() && settings.flag(METADATA, key, false)) {
        otherKind(METADATA, key, "The task replicates no changes.");
      }
    }
  }

  private void otherKind(String section, String key, String why) {
    TaskFinding.OTHER_KIND_OF_TASK.report(problems, settings.path(section, key), why);
  }
}
