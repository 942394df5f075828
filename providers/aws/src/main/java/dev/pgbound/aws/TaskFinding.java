package dev.pgbound.aws;

import dev.pgbound.spi.Diagnostic.Severity;
import dev.pgbound.spi.Problems;

/**
 * What the checks of the settings of a replication task find: code, summary and what to do about
 * it. An error is what cannot work, a warning what works and hurts. Codes are never given to
 * another finding.
 */
enum TaskFinding {
  BOTH_LOB_MODES(
      "TASK-201",
      Severity.ERROR,
      "Not exactly one LOB mode",
      "Set exactly one of FullLobMode and LimitedSizeLobMode to true, or SupportLobs to false."),
  LOBS_ARE_CUT(
      "TASK-202",
      Severity.WARNING,
      "Large objects are cut off silently",
      "Measure the longest value and raise LobMaxSize, or set DataTruncationErrorPolicy to"
          + " SUSPEND_TABLE so that it shows."),
  LOB_SIZE(
      "TASK-203",
      Severity.WARNING,
      "A LOB size that does not fit",
      "Leave the setting out, or choose a size that the LOB mode can use."),
  TWO_STOPS(
      "TASK-204",
      Severity.ERROR,
      "The task would stop twice after the load",
      "Keep StopTaskCachedChangesApplied to build indexes on consistent data, or"
          + " StopTaskCachedChangesNotApplied to build them before the changes are applied."),
  LOG_CONTEXT_WITHOUT_LOG(
      "TASK-205",
      Severity.ERROR,
      "Log context without a log",
      "Set EnableLogging to true, or EnableLogContext to false."),
  LOG_FLOOD(
      "TASK-206",
      Severity.WARNING,
      "A log that fills the disk",
      "Use this severity for a short while and only for the component under suspicion."),
  LOG_COMPONENT_TWICE(
      "TASK-207",
      Severity.ERROR,
      "A log component is listed twice",
      "Keep one entry for each component."),
  LOG_DELETION(
      "TASK-208",
      Severity.WARNING,
      "An action among the settings",
      "Delete the key; the log is deleted once, in the console or with the AWS CLI."),
  TABLES_ARE_DROPPED(
      "TASK-209",
      Severity.WARNING,
      "The load drops the target tables",
      "Set FullLoadSettings.TargetTablePrepMode to DO_NOTHING, and convert the schema beforehand."),
  TABLES_ARE_EMPTIED(
      "TASK-210",
      Severity.WARNING,
      "The load empties the target tables",
      "Set FullLoadSettings.TargetTablePrepMode to DO_NOTHING once the tables hold data that count."),
  KEY_AFTER_LOAD(
      "TASK-211",
      Severity.WARNING,
      "A primary key that nobody creates",
      "Set CreatePkAfterFullLoad to false; the converted schema brings its keys."),
  DDL_IS_REPEATED(
      "TASK-212",
      Severity.WARNING,
      "Losses on the source are repeated on the target",
      "Set it to false in ChangeProcessingDdlHandlingPolicy."),
  NOT_VALIDATED(
      "TASK-213",
      Severity.WARNING,
      "Nobody compares the data",
      "Set ValidationSettings.EnableValidation to true."),
  SORT_ORDER(
      "TASK-214",
      Severity.WARNING,
      "The comparison stumbles over sort orders",
      "Set ValidationSettings.HandleCollationDiff to true."),
  VALIDATION_ONLY(
      "TASK-215",
      Severity.ERROR,
      "A comparison that would load",
      "With ValidationOnly, set EnableValidation to true and TargetTablePrepMode to DO_NOTHING."),
  NO_VALIDATION_WITH_REPLACEMENT(
      "TASK-216",
      Severity.WARNING,
      "Character replacement switches validation off",
      "Replace the characters in an expression of a table rule, or compare the data otherwise."),
  NOT_FOR_POSTGRESQL(
      "TASK-217",
      Severity.WARNING,
      "A setting for other engines",
      "Leave it out; it does nothing between Oracle and PostgreSQL."),
  BATCHES_AND_LOBS(
      "TASK-218",
      Severity.WARNING,
      "Batches do not go with full LOB mode",
      "Use limited LOB mode, or set BatchApplyEnabled to false."),
  BATCHES_AND_LOOPBACK(
      "TASK-219",
      Severity.ERROR,
      "Batches do not go with loopback prevention",
      "Set TargetMetadata.BatchApplyEnabled to false."),
  RESYNC_WITHOUT_SCHEDULE(
      "TASK-220",
      Severity.ERROR,
      "A repair without a time",
      "Set ResyncSettings.ResyncSchedule and MaxResyncTime."),
  TWO_STARTS(
      "TASK-221",
      Severity.ERROR,
      "Two positions to start from",
      "Keep one of cdcStartTime and cdcStartPosition."),
  POSITION_WITHOUT_CDC(
      "TASK-222",
      Severity.WARNING,
      "A position that this task does not use",
      "Leave it out, or set migrationType to one that replicates changes."),
  OTHER_KIND_OF_TASK(
      "TASK-223",
      Severity.WARNING,
      "A setting that this kind of task does not use",
      "Leave it out, or set migrationType to the kind of task that it is for."),
  ONE_TARGET_SCHEMA(
      "TASK-224",
      Severity.WARNING,
      "One schema for whatever is selected",
      "Leave TargetSchema empty and rename the schema by a table rule."),
  LIMITS_CROSS(
      "TASK-225",
      Severity.ERROR,
      "A lower limit above the upper one",
      "Exchange the two, or leave one of them out."),
  ROWS_ARE_SKIPPED(
      "TASK-226",
      Severity.WARNING,
      "Rows that cannot be written are left out silently",
      "Set ErrorBehavior.DataErrorPolicy to SUSPEND_TABLE."),
  NEEDS_WHOLE_ROWS(
      "TASK-227",
      Severity.WARNING,
      "A policy that needs whole rows in the log",
      "Add supplemental logging of all columns on the source, or set it to LOG_ERROR."),
  NEVER_ESCALATES(
      "TASK-228",
      Severity.WARNING,
      "An escalation that never happens",
      "Set the count beside it to the number of errors that are too many."),
  LOBS_IN_VALIDATION(
      "TASK-229",
      Severity.WARNING,
      "A comparison of LOBs that does not fit the task",
      "In limited LOB mode set ValidationPartialLobSize to LobMaxSize or less, or set SkipLobColumns"
          + " alone."),
  LOOPBACK_WITHOUT_SCHEMAS(
      "TASK-230",
      Severity.ERROR,
      "Loopback prevention without its tables",
      "Set SourceSchema and TargetSchema to the schemas in which DMS keeps its record."),
  NOTHING_TO_RESYNC(
      "TASK-231",
      Severity.ERROR,
      "A repair without a comparison",
      "Set ValidationSettings.EnableValidation to true, or ValidationTaskId to the task that"
          + " compares."),
  SCHEDULE_FORM(
      "TASK-232",
      Severity.ERROR,
      "A schedule that is no cron expression",
      "Write five fields: minute, hour, day of month, month, day of week, such as 0 1 * * *."),
  NO_TABLES_IS_FINE(
      "TASK-233",
      Severity.WARNING,
      "A task without tables looks healthy",
      "Set ErrorBehavior.FailOnNoTablesCaptured to true."),
  NO_LOG(
      "TASK-234",
      Severity.WARNING,
      "Nobody can read what went wrong",
      "Set Logging.EnableLogging to true.");

  private final String code;
  private final Severity severity;
  private final String summary;
  private final String advice;

  TaskFinding(String code, Severity severity, String summary, String advice) {
    this.code = code;
    this.severity = severity;
    this.summary = summary;
    this.advice = advice;
  }

  /** Stable: users look it up and silence it by this. */
  String code() {
    return code;
  }

  String summary() {
    return summary;
  }

  /** What to do about it. */
  String advice() {
    return advice;
  }

  Severity severity() {
    return severity;
  }

  /**
   * Reports it.
   *
   * @param path where in the resource
   * @param what what is wrong in this case and why, in full sentences
   */
  void report(Problems problems, String path, String what) {
    String detail = what + " " + advice;
    switch (severity) {
      case ERROR -> problems.error(path, code, summary, detail);
      case WARNING -> problems.warning(path, code, summary, detail);
    }
  }
}
