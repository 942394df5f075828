package dev.pgbound.tables.catalog;

import dev.pgbound.spi.Problems;

/** What is wrong with a catalog beyond the form of its values. Codes are never reused. */
enum CatalogFinding {
  TYPE(
      "CATALOG-001",
      "Not a column of Oracle",
      "Write it as in a CREATE TABLE: NUMBER(6) not null."),
  UNKNOWN_COLUMN("CATALOG-002", "Unknown column", "Name a column of the table."),
  COLUMN_TWICE("CATALOG-003", "A column twice in one key", "Name each column once."),
  NO_COLUMNS("CATALOG-004", "A table without columns", "List its columns with their types."),
  NO_LOB("CATALOG-005", "Not a LOB column", "Give the longest value of LOB columns only.");

  private final String code;
  private final String summary;
  private final String advice;

  CatalogFinding(String code, String summary, String advice) {
    this.code = code;
    this.summary = summary;
    this.advice = advice;
  }

  void report(Problems problems, String path, String what) {
    problems.error(path, code, summary, what + " " + advice);
  }
}
