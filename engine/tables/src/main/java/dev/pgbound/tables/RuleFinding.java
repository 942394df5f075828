package dev.pgbound.tables;

import dev.pgbound.spi.Diagnostic.Severity;
import dev.pgbound.spi.Problems;

/**
 * What the checks of table rules find: code, summary and what to do about it. An error is what
 * cannot work, a warning what works and hurts. Codes are never given to another finding.
 */
enum RuleFinding {
  NO_SELECTION(
      "TASK-301",
      Severity.ERROR,
      "No table is selected",
      "Add a rule of type selection with the action include or explicit."),
  RULE_ID_TWICE(
      "TASK-302",
      Severity.ERROR,
      "Two rules with one number",
      "Give each rule its own rule-id, or leave it out: pgbound then chooses one."),
  RULE_ID_FORM("TASK-303", Severity.ERROR, "A rule-id that is no number", "Write digits only."),
  RULE_NAME_TWICE(
      "TASK-304",
      Severity.ERROR,
      "Two rules with one name",
      "Give each rule its own rule-name, or leave it out: pgbound then chooses one."),
  RULE_ACTION(
      "TASK-305",
      Severity.ERROR,
      "An action that the rule cannot have",
      "Choose one of its actions."),
  RULE_TARGET(
      "TASK-306",
      Severity.ERROR,
      "A target that the action cannot have",
      "Set rule-target to what the action changes."),
  TABLESPACE(
      "TASK-307",
      Severity.ERROR,
      "Tablespaces are for Oracle targets",
      "Delete the rule: PostgreSQL places tables itself."),
  RULE_TYPE(
      "TASK-308",
      Severity.ERROR,
      "A rule for other targets",
      "Delete the rule: it is for targets such as Kafka."),
  RULE_MEMBER(
      "TASK-309",
      Severity.ERROR,
      "A key that the rule does not understand",
      "Delete the key, or choose the action that uses it."),
  RULE_INCOMPLETE(
      "TASK-310", Severity.ERROR, "A rule that lacks something", "Add what is missing."),
  WILDCARD_IN_EXACT_NAME(
      "TASK-311",
      Severity.ERROR,
      "A pattern where a name is needed",
      "Write the exact name, or one rule for each object."),
  LOWER_CASE_SOURCE_NAME(
      "TASK-312",
      Severity.WARNING,
      "A lower-case name of an Oracle object",
      "Write it in upper case, unless it was created in quotes. Rules always see the names of the"
          + " source, not the changed ones."),
  BARE_UNDERSCORE(
      "TASK-313",
      Severity.WARNING,
      "An underscore that stands for any character",
      "Write [_] for an underscore."),
  VIEWS(
      "TASK-314",
      Severity.WARNING,
      "Views are loaded, never kept up to date",
      "Select views in a task with the migrationType full-load, and set the extra connection"
          + " attribute exposeViews on the Oracle endpoint."),
  SELECTED_TWICE(
      "TASK-315",
      Severity.WARNING,
      "The same tables are selected twice",
      "Keep one rule: which filters and which load order count is not defined."),
  FILTERED_PATTERN(
      "TASK-316",
      Severity.WARNING,
      "A filter on a pattern",
      "Write one rule with filters for each table: newer engines accept no pattern here."),
  FILTER_OPERANDS(
      "TASK-317",
      Severity.ERROR,
      "A filter condition with the wrong operands",
      "eq, noteq, gte and lte take value, between and notbetween take start-value and end-value,"
          + " null and notnull take none."),
  NEGATIVE_FILTER(
      "TASK-318",
      Severity.ERROR,
      "A negative condition must stand alone",
      "Give it a filter of its own: all filters of a rule must hold."),
  ONE_NAME_FOR_MANY(
      "TASK-319",
      Severity.ERROR,
      "One new name for many objects",
      "Name exactly one object in the locator, or use a prefix, a suffix or an expression."),
  TWO_TABLES_ONE_NAME(
      "TASK-320",
      Severity.ERROR,
      "Two tables under one name",
      "Give them different names: DMS cannot merge tables."),
  NAME_TOO_LONG(
      "TASK-321",
      Severity.ERROR,
      "A name that PostgreSQL cuts off",
      "PostgreSQL keeps 63 bytes of a name; choose a shorter one."),
  COLUMNS_STAY_UPPER_CASE(
      "TASK-322",
      Severity.WARNING,
      "Some names are lower-case, others stay upper-case",
      "Add rules with convert-lowercase for schema, table and column alike: DMS quotes every name,"
          + " so whatever stays upper-case needs quotes in every query."),
  SAME_TRANSFORMATION_TWICE(
      "TASK-323",
      Severity.ERROR,
      "Two rules change the same thing",
      "Keep one of them: for each object and level, only one takes effect."),
  NEVER_TAKES_EFFECT(
      "TASK-324",
      Severity.ERROR,
      "A rule that never takes effect",
      "Give the special rule a lower rule-id than the general one."),
  OVERLAPPING_RULES(
      "TASK-325",
      Severity.WARNING,
      "Two rules for the same names",
      "Check the result on the target, or make the patterns exclude one another."),
  TRANSFORMS_NOTHING(
      "TASK-326",
      Severity.WARNING,
      "A rule for tables that are not selected",
      "Check the names: they are those of the source, upper case and unchanged by other rules."),
  BEFORE_IMAGE_NAME(
      "TASK-327",
      Severity.ERROR,
      "Columns for old values without a name",
      "Set column-prefix or column-suffix, so that they differ from the columns themselves."),
  MASK(
      "TASK-328",
      Severity.ERROR,
      "A mask that is no single character",
      "Set value to one character."),
  PARALLEL_LOAD(
      "TASK-329",
      Severity.ERROR,
      "Segments that are not described",
      "partitions-list needs partitions or subpartitions; ranges needs up to ten columns and"
          + " boundaries with one value for each; the others need nothing."),
  PARTIAL_TABLE(
      "TASK-330",
      Severity.WARNING,
      "Only the listed partitions are loaded",
      "List all partitions, or use partitions-auto."),
  LOB_LIMIT(
      "TASK-331",
      Severity.ERROR,
      "LOBs cut off at nothing",
      "In mode limited, set bulk-max-size to the KB of the longest value."),
  VIEWS_ARE_HIDDEN(
      "TASK-332",
      Severity.WARNING,
      "Views that the endpoint does not show",
      "Set the extra connection attribute exposeViews=true on the Oracle endpoint."),
  PATTERN_FORM(
      "TASK-333",
      Severity.ERROR,
      "A malformed pattern",
      "Write [ab] or [a-d] for one of several characters, [_] for an underscore."),
  EMPTY_RANGE(
      "TASK-334",
      Severity.WARNING,
      "A range that nothing is in",
      "Write the lower end as start-value and the upper end as end-value."),
  NAME_WITHOUT_USE(
      "TASK-335",
      Severity.WARNING,
      "A name that the rule does not look at",
      "Delete it, or set rule-target to what the rule is meant for."),
  TYPE_MEASURES(
      "TASK-336",
      Severity.ERROR,
      "A type with the wrong measures",
      "numeric takes precision and scale, time and datetime a precision up to 9, string, wstring"
          + " and bytes a length, the others nothing."),
  RESERVED_SCHEMA(
      "TASK-337",
      Severity.ERROR,
      "A schema that PostgreSQL keeps for itself",
      "Choose a name that does not begin with pg_."),
  EXPRESSION(
      "TASK-338",
      Severity.ERROR,
      "An expression that cannot be computed",
      "Expressions are SQL of SQLite: $COLUMN for a column of the source, strings in single"
          + " quotes."),
  BOUNDARY_ORDER(
      "TASK-339",
      Severity.ERROR,
      "Boundaries that do not ascend",
      "Order them from the smallest to the largest."),
  TABLE_SETTINGS_TWICE(
      "TASK-340",
      Severity.ERROR,
      "Two rules with settings of one table",
      "Put parallel-load and lob-settings of a table into one rule.");

  private final String code;
  private final Severity severity;
  private final String summary;
  private final String advice;

  RuleFinding(String code, Severity severity, String summary, String advice) {
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
