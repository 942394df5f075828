package dev.pgbound.tables;

import dev.pgbound.spi.Diagnostic.Severity;
import dev.pgbound.spi.Problems;
import java.util.List;
import java.util.Locale;

/**
 * What the rules of tasks do to the tables of a catalog and should not: code, summary, and what to
 * do about it. One finding is reported once for all tables that one rule brings into it. Codes are
 * never given to another finding.
 */
enum TableFinding {
  FITS_NOTHING(
      "TABLE-001",
      Severity.WARNING,
      "A rule that fits no table",
      "Correct the names, delete the rule, or bring the catalog up to date."),
  FITS_NOTHING_SELECTED(
      "TABLE-002",
      Severity.WARNING,
      "A rule for tables that are not selected",
      "Select the tables, or delete the rule. Rules see the names of the source, unchanged by"
          + " other rules."),
  IN_TWO_TASKS(
      "TABLE-003",
      Severity.WARNING,
      "Tables in two tasks",
      "Leave them out of one task: both write the same rows, in no particular order."),
  TWO_TABLES_ONE_NAME(
      "TABLE-004",
      Severity.ERROR,
      "Two tables under one name in the target",
      "Rename one of them by a rule of its own: DMS cannot merge tables."),
  TWO_TASKS_ONE_TABLE(
      "TABLE-005",
      Severity.WARNING,
      "Two tasks write one table",
      "Rename the table in one of the tasks, unless their rows never have a key in common."),
  TWO_COLUMNS_ONE_NAME(
      "TABLE-006",
      Severity.ERROR,
      "Two columns under one name in the target",
      "Rename or remove one of them by a rule of its own."),
  NAME_TOO_LONG(
      "TABLE-007",
      Severity.ERROR,
      "Names that PostgreSQL cuts off",
      "PostgreSQL keeps 63 bytes of a name; rename them by rules of their own."),
  NO_KEY(
      "TABLE-008",
      Severity.WARNING,
      "Tables without a key whose changes are replicated",
      "Add a key on the source, or supplemental logging of all columns; without a key nothing is"
          + " compared, and changes cannot be applied in batches."),
  KEY_IS_LOST(
      "TABLE-009",
      Severity.ERROR,
      "The key does not reach the target",
      "Keep the columns of the key: DMS suspends a table whose changes it cannot find by them."),
  LOB_IS_CUT(
      "TABLE-010",
      Severity.WARNING,
      "LOBs that are longer than the limit",
      "Raise TargetMetadata.LobMaxSize, or give the table lob-settings of its own."),
  LOB_WITHOUT_KEY(
      "TABLE-011",
      Severity.WARNING,
      "LOBs that cannot be looked up",
      "Add a key: where LOBs have no limit, DMS looks each one up by the key of its row. Or use"
          + " limited mode."),
  EMPTY_COLUMN(
      "TABLE-012",
      Severity.WARNING,
      "Columns that arrive empty",
      "DMS does not replicate them. Leave them out by remove-column, and carry the values over by"
          + " other means."),
  EMPTY_TABLE(
      "TABLE-013",
      Severity.WARNING,
      "Tables whose rows DMS cannot replicate",
      "Leave them out by an exclude rule."),
  FILTER_COLUMN(
      "TABLE-014",
      Severity.ERROR,
      "A filter on a column that cannot be filtered",
      "Name a column of the table that is no LOB, spelt as in the source."),
  FILTER_VALUE(
      "TABLE-015",
      Severity.ERROR,
      "A filter value of the wrong type",
      "Write numbers as digits, and dates as 2015-01-31 or 2015-01-31 23:59:59."),
  EXPRESSION_COLUMN(
      "TABLE-016",
      Severity.ERROR,
      "An expression over columns that are not there",
      "Name columns of the source, spelt as there, with a $ before them."),
  KEY_COLUMN(
      "TABLE-017",
      Severity.ERROR,
      "A primary key over columns that are not there",
      "Name columns of the table."),
  SEGMENT_COLUMN(
      "TABLE-018",
      Severity.ERROR,
      "Ranges over columns that cannot have any",
      "Name columns of the table that are neither LOBs nor floating-point numbers."),
  ROWS_IN_NO_SEGMENT(
      "TABLE-019",
      Severity.WARNING,
      "Rows that no range holds",
      "Use columns that are not null: a row without a value there is not loaded."),
  PARTITION(
      "TABLE-020",
      Severity.WARNING,
      "Partitions that the table does not have",
      "Name partitions of the table, or use partitions-auto."),
  LOB_IS_TRANSFORMED(
      "TABLE-021",
      Severity.WARNING,
      "Transformations of LOBs",
      "DMS can only remove LOB columns. Delete the rule for them, or convert the values in the"
          + " target."),
  SPECIAL_NAME(
      "TABLE-022",
      Severity.WARNING,
      "Columns that DMS cannot rename",
      "DMS transforms no column with one of # \\ / - in its name. Exempt them, or rename them in"
          + " the target."),
  REFERS_ELSEWHERE(
      "TABLE-023",
      Severity.WARNING,
      "Foreign keys to tables that no task selects",
      "Select those tables, or do without the foreign keys in the target.");

  private static final int MOST_NAMED = 5;

  private final String code;
  private final Severity severity;
  private final String summary;
  private final String advice;

  TableFinding(String code, Severity severity, String summary, String advice) {
    this.code = code;
    this.severity = severity;
    this.summary = summary;
    this.advice = advice;
  }

  /** Stable: users look it up and silence it by this. */
  String code() {
    return code;
  }

  /**
   * Reports it.
   *
   * @param path where in the task
   * @param what what is wrong in this case and why, in full sentences
   */
  void report(Problems problems, String path, String what) {
    String detail = what + " " + advice;
    switch (severity) {
      case ERROR -> problems.error(path, code, summary, detail);
      case WARNING -> problems.warning(path, code, summary, detail);
    }
  }

  /** {@code 2 tables: HR.A, HR.B.}; of very many only some are named. */
  static String list(String noun, List<String> names) {
    int more = names.size() - MOST_NAMED;
    return String.format(
        Locale.ROOT,
        "%d %s%s: %s%s.",
        names.size(),
        noun,
        names.size() == 1 ? "" : "s",
        String.join(", ", more > 1 ? names.subList(0, MOST_NAMED) : names),
        more > 1 ? " and " + more + " more" : "");
  }
}
