package dev.pgbound.aws;

import dev.pgbound.spi.Problems;

/** Finds what is wrong with the comparison of the data and the repair that follows it. */
final class ValidationChecks {

  private static final String VALIDATION = "ValidationSettings";
  private static final String RESYNC = "ResyncSettings";
  private static final String METADATA = "TargetMetadata";
  private static final String CRON = "([0-9A-Za-z*/,?#-]+ +){4}[0-9A-Za-z*/,?#-]+";

  private final DeclaredSettings settings;
  private final Problems problems;
  private final boolean validates;

  private ValidationChecks(DeclaredSettings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
    validates = settings.flag(VALIDATION, "EnableValidation", false);
  }

  static void check(DeclaredSettings settings, Problems problems) {
    ValidationChecks checks = new ValidationChecks(settings, problems);
    checks.comparison();
    checks.largeObjects();
    checks.resync();
  }

  private void comparison() {
    boolean only = settings.flag(VALIDATION, "ValidationOnly", false);
    String mode =
        settings.word(
            "FullLoadSettings", "TargetTablePrepMode", settings.loads() ? "" : "DO_NOTHING");
    if (only && !(validates && mode.equals("DO_NOTHING"))) {
      TaskFinding.VALIDATION_ONLY.report(
          problems,
          settings.path(VALIDATION, "ValidationOnly"),
          "A task that only validates must leave the target as it is.");
    }
    if (!validates) {
      TaskFinding.NOT_VALIDATED.report(
          problems,
          settings.path(VALIDATION, "EnableValidation"),
          "Validation is off, so rows that were lost or changed on the way are not noticed.");
      return;
    }
    delays();
    if (!settings.flag(VALIDATION, "HandleCollationDiff", false)) {
      TaskFinding.SORT_ORDER.report(
          problems,
          settings.path(VALIDATION, "HandleCollationDiff"),
          "Oracle and PostgreSQL sort text keys differently, and rows then look missing.");
    }
    if (settings.has("CharacterSetSettings")) {
      TaskFinding.NO_VALIDATION_WITH_REPLACEMENT.report(
          problems,
          settings.path("CharacterSetSettings", ""),
          "DMS does not compare the data of a task with CharacterSetSettings.");
    }
  }

  private void delays() {
    long delay = settings.number(VALIDATION, "RecordFailureDelayInMinutes", 5);
    long limit = settings.number(VALIDATION, "RecordFailureDelayLimitInMinutes", 0);
    if (limit > 0 && limit < delay) {
      TaskFinding.LIMITS_CROSS.report(
          problems,
          settings.path(VALIDATION, "RecordFailureDelayLimitInMinutes"),
          "RecordFailureDelayLimitInMinutes is "
              + limit
              + ", RecordFailureDelayInMinutes "
              + delay
              + ".");
    }
  }

  /** What is longer than the task moves differs, and what is skipped has no size. */
  private void largeObjects() {
    long compared = settings.number(VALIDATION, "ValidationPartialLobSize", 0);
    if (!validates || compared == 0) {
      return;
    }
    String path = settings.path(VALIDATION, "ValidationPartialLobSize");
    if (settings.flag(VALIDATION, "SkipLobColumns", false)) {
      TaskFinding.LOBS_IN_VALIDATION.report(
          problems, path, "SkipLobColumns leaves LOBs out, whatever their size.");
      return;
    }
    long moved = settings.number(METADATA, "LobMaxSize", 32);
    boolean limited =
        settings.flag(METADATA, "SupportLobs", true)
            && !settings.flag(METADATA, "FullLobMode", false);
    if (limited && compared > moved) {
      TaskFinding.LOBS_IN_VALIDATION.report(
          problems,
          path,
          "Of each LOB "
              + compared
              + " KB are compared, but only "
              + moved
              + " KB are moved, so that longer ones differ.");
    }
  }

  private void resync() {
    if (!settings.flag(RESYNC, "EnableResync", false)) {
      return;
    }
    String path = settings.path(RESYNC, "EnableResync");
    boolean complete =
        settings.has(RESYNC, "ResyncSchedule") && settings.has(RESYNC, "MaxResyncTime");
    if (settings.replicatesChanges() && !complete) {
      TaskFinding.RESYNC_WITHOUT_SCHEDULE.report(
          problems,
          path,
          "A task that replicates changes repairs rows at set times and for a limited time.");
    }
    if (!validates && !settings.has(RESYNC, "ValidationTaskId")) {
      TaskFinding.NOTHING_TO_RESYNC.report(
          problems, path, "Only rows that were found to differ are repaired.");
    }
    String schedule = settings.word(RESYNC, "ResyncSchedule", "");
    if (!schedule.isEmpty() && !schedule.strip().matches(CRON)) {
      TaskFinding.SCHEDULE_FORM.report(
          problems,
          settings.path(RESYNC, "ResyncSchedule"),
          "\"" + schedule + "\" does not have five fields.");
    }
  }
}
