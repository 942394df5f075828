package dev.pgbound.aws;

import dev.pgbound.spi.Problems;

/** What the checks of this provider find: code, summary and what to do about it. */
enum Finding {
  // Settings of a replication task
  BOTH_LOB_MODES(
      "DMS-101",
      Kind.ERROR,
      "Not exactly one LOB mode",
      "Set exactly one of FullLobMode and LimitedSizeLobMode to true, or SupportLobs to false."),
  LOBS_ARE_CUT(
      "DMS-102",
      Kind.WARNING,
      "Large objects are cut off silently",
      "Measure the longest value and raise LobMaxSize, or set DataTruncationErrorPolicy to"
          + " SUSPEND_TABLE so that it shows."),
  LOB_SIZE(
      "DMS-103",
      Kind.WARNING,
      "A LOB size that does not fit",
      "Leave the setting out, or choose a size that the LOB mode can use."),
  TWO_STOPS(
      "DMS-104",
      Kind.ERROR,
      "The task would stop twice after the load",
      "Keep StopTaskCachedChangesApplied to build indexes on consistent data, or"
          + " StopTaskCachedChangesNotApplied to build them before the changes are applied."),
  LOG_CONTEXT_WITHOUT_LOG(
      "DMS-105",
      Kind.ERROR,
      "Log context without a log",
      "Set EnableLogging to true, or EnableLogContext to false."),
  LOG_FLOOD(
      "DMS-106",
      Kind.WARNING,
      "A log that fills the disk",
      "Use this severity for a short while and only for the component under suspicion."),
  LOG_COMPONENT_TWICE(
      "DMS-107",
      Kind.ERROR,
      "A log component is listed twice",
      "Keep one entry for each component."),
  LOG_DELETION(
      "DMS-108",
      Kind.WARNING,
      "An action among the settings",
      "Delete the key; the log is deleted once, in the console or with the AWS CLI."),
  TABLES_ARE_DROPPED(
      "DMS-109",
      Kind.WARNING,
      "The load drops the target tables",
      "Set FullLoadSettings.TargetTablePrepMode to DO_NOTHING, and convert the schema beforehand."),
  TABLES_ARE_EMPTIED(
      "DMS-110",
      Kind.WARNING,
      "The load empties the target tables",
      "Set FullLoadSettings.TargetTablePrepMode to DO_NOTHING once the tables hold data that count."),
  KEY_AFTER_LOAD(
      "DMS-111",
      Kind.WARNING,
      "A primary key that nobody creates",
      "Set CreatePkAfterFullLoad to false; the converted schema brings its keys."),
  DDL_IS_REPEATED(
      "DMS-112",
      Kind.WARNING,
      "Losses on the source are repeated on the target",
      "Set it to false in ChangeProcessingDdlHandlingPolicy."),
  NOT_VALIDATED(
      "DMS-113",
      Kind.WARNING,
      "Nobody compares the data",
      "Set ValidationSettings.EnableValidation to true."),
  SORT_ORDER(
      "DMS-114",
      Kind.WARNING,
      "The comparison stumbles over sort orders",
      "Set ValidationSettings.HandleCollationDiff to true."),
  VALIDATION_ONLY(
      "DMS-115",
      Kind.ERROR,
      "A comparison that would load",
      "With ValidationOnly, set EnableValidation to true and TargetTablePrepMode to DO_NOTHING."),
  NO_VALIDATION_WITH_REPLACEMENT(
      "DMS-116",
      Kind.WARNING,
      "Character replacement switches validation off",
      "Replace the characters in an expression of a table rule, or compare the data otherwise."),
  NOT_FOR_POSTGRESQL(
      "DMS-117",
      Kind.WARNING,
      "A setting for other targets",
      "Leave it out; it does nothing with a PostgreSQL target."),
  BATCHES_AND_LOBS(
      "DMS-118",
      Kind.WARNING,
      "Batches do not go with full LOB mode",
      "Use limited LOB mode, or set BatchApplyEnabled to false."),
  BATCHES_AND_LOOPBACK(
      "DMS-119",
      Kind.ERROR,
      "Batches do not go with loopback prevention",
      "Set TargetMetadata.BatchApplyEnabled to false."),
  RESYNC_WITHOUT_SCHEDULE(
      "DMS-120",
      Kind.ERROR,
      "A repair without a time",
      "Set ResyncSettings.ResyncSchedule and MaxResyncTime."),
  TWO_STARTS(
      "DMS-121",
      Kind.ERROR,
      "Two positions to start from",
      "Keep one of cdcStartTime and cdcStartPosition."),
  POSITION_WITHOUT_CDC(
      "DMS-122",
      Kind.WARNING,
      "A position that this task does not use",
      "Leave it out, or set migrationType to one that replicates changes."),

  // Table rules
  NO_SELECTION(
      "DMS-201",
      Kind.ERROR,
      "No table is selected",
      "Add a rule of type selection with the action include or explicit."),
  RULE_ID_TWICE(
      "DMS-202",
      Kind.ERROR,
      "Two rules with one number",
      "Give each rule its own rule-id, or leave it out: pgbound then chooses one."),
  RULE_ID_FORM("DMS-203", Kind.ERROR, "A rule-id that is no number", "Write digits only."),
  RULE_NAME_TWICE(
      "DMS-204",
      Kind.ERROR,
      "Two rules with one name",
      "Give each rule its own rule-name, or leave it out: pgbound then chooses one."),
  RULE_ACTION(
      "DMS-205", Kind.ERROR, "An action that the rule cannot have", "Choose one of its actions."),
  RULE_TARGET(
      "DMS-206",
      Kind.ERROR,
      "A target that the action cannot have",
      "Set rule-target to what the action changes."),
  TABLESPACE(
      "DMS-207",
      Kind.ERROR,
      "Tablespaces are for Oracle targets",
      "Delete the rule: PostgreSQL places tables itself."),
  RULE_TYPE(
      "DMS-208",
      Kind.ERROR,
      "A rule for other targets",
      "Delete the rule: it is for targets such as Kafka."),
  RULE_MEMBER(
      "DMS-209",
      Kind.ERROR,
      "A key that the rule does not understand",
      "Delete the key, or choose the action that uses it."),
  RULE_INCOMPLETE("DMS-210", Kind.ERROR, "A rule that lacks something", "Add what is missing."),
  WILDCARD_IN_EXACT_NAME(
      "DMS-211",
      Kind.ERROR,
      "A pattern where a name is needed",
      "Write the exact name, or one rule for each object."),
  LOWER_CASE_SOURCE_NAME(
      "DMS-212",
      Kind.WARNING,
      "A lower-case name of an Oracle object",
      "Write it in upper case, unless it was created in quotes. Rules always see the names of the"
          + " source, not the changed ones."),
  BARE_UNDERSCORE(
      "DMS-213",
      Kind.WARNING,
      "An underscore that stands for any character",
      "Write [_] for an underscore."),
  VIEWS(
      "DMS-214",
      Kind.WARNING,
      "Views are loaded, never kept up to date",
      "Select views in a task with the migrationType full-load, and set the extra connection"
          + " attribute exposeViews on the Oracle endpoint."),
  SELECTED_TWICE(
      "DMS-215",
      Kind.WARNING,
      "The same tables are selected twice",
      "Keep one rule: which filters and which load order count is not defined."),
  FILTERED_PATTERN(
      "DMS-216",
      Kind.WARNING,
      "A filter on a pattern",
      "Write one rule with filters for each table: newer engines accept no pattern here."),
  FILTER_OPERANDS(
      "DMS-217",
      Kind.ERROR,
      "A filter condition with the wrong operands",
      "eq, noteq, gte and lte take value, between and notbetween take start-value and end-value,"
          + " null and notnull take none."),
  NEGATIVE_FILTER(
      "DMS-218",
      Kind.ERROR,
      "A negative condition must stand alone",
      "Give it a filter of its own: all filters of a rule must hold."),
  ONE_NAME_FOR_MANY(
      "DMS-219",
      Kind.ERROR,
      "One new name for many objects",
      "Name exactly one object in the locator, or use a prefix, a suffix or an expression."),
  TWO_TABLES_ONE_NAME(
      "DMS-220",
      Kind.ERROR,
      "Two tables under one name",
      "Give them different names: DMS cannot merge tables."),
  NAME_TOO_LONG(
      "DMS-221",
      Kind.ERROR,
      "A name that PostgreSQL cuts off",
      "PostgreSQL keeps 63 bytes of a name; choose a shorter one."),
  COLUMNS_STAY_UPPER_CASE(
      "DMS-222",
      Kind.WARNING,
      "Some names are lower-case, others stay upper-case",
      "Add rules with convert-lowercase for schema, table and column alike: DMS quotes every name,"
          + " so whatever stays upper-case needs quotes in every query."),
  SAME_TRANSFORMATION_TWICE(
      "DMS-223",
      Kind.ERROR,
      "Two rules change the same thing",
      "Keep one of them: for each object and level, only one takes effect."),
  NEVER_TAKES_EFFECT(
      "DMS-224",
      Kind.ERROR,
      "A rule that never takes effect",
      "Give the special rule a lower rule-id than the general one."),
  OVERLAPPING_RULES(
      "DMS-225",
      Kind.WARNING,
      "Two rules for the same names",
      "Check the result on the target, or make the patterns exclude one another."),
  TRANSFORMS_NOTHING(
      "DMS-226",
      Kind.WARNING,
      "A rule for tables that are not selected",
      "Check the names: they are those of the source, upper case and unchanged by other rules."),
  BEFORE_IMAGE_NAME(
      "DMS-227",
      Kind.ERROR,
      "Columns for old values without a name",
      "Set column-prefix or column-suffix, so that they differ from the columns themselves."),
  MASK("DMS-228", Kind.ERROR, "A mask that is no single character", "Set value to one character."),
  PARALLEL_LOAD(
      "DMS-229",
      Kind.ERROR,
      "Segments that are not described",
      "partitions-list needs partitions or subpartitions; ranges needs up to ten columns and"
          + " boundaries with one value for each; the others need nothing."),
  PARTIAL_TABLE(
      "DMS-230",
      Kind.WARNING,
      "Only the listed partitions are loaded",
      "List all partitions, or use partitions-auto."),
  LOB_LIMIT(
      "DMS-231",
      Kind.ERROR,
      "LOBs cut off at nothing",
      "In mode limited, set bulk-max-size to the KB of the longest value.");

  /** Whether it stops the run. */
  private enum Kind {
    ERROR,
    WARNING
  }

  private final String code;
  private final Kind kind;
  private final String summary;
  private final String advice;

  Finding(String code, Kind kind, String summary, String advice) {
    this.code = code;
    this.kind = kind;
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

  boolean isError() {
    return kind == Kind.ERROR;
  }

  /**
   * Reports it.
   *
   * @param path where in the resource
   * @param what what is wrong in this case and why, in full sentences
   */
  void at(String path, Problems problems, String what) {
    String detail = what + " " + advice;
    if (isError()) {
      problems.error(path, code, summary, detail);
    } else {
      problems.warning(path, code, summary, detail);
    }
  }
}
