package dev.pgbound.postgres;

import dev.pgbound.spi.Problems;

/** What the checks of this provider find in the file. All of it is refused by the server. */
enum DatabaseFinding {
  NAME(
      "PG-001",
      "Not a name of PostgreSQL",
      "A name has 1 to 63 bytes; what is longer would be cut off silently. Shorten it."),
  RESERVED_NAME(
      "PG-002",
      "Reserved name",
      "Names that begin with pg_ belong to the server, and the schema pgbound to this tool."
          + " Choose another one."),
  TWO_PASSWORDS(
      "PG-003",
      "Password given twice",
      "Keep passwordSecretArn, or password; delete the other one."),
  NO_LOGIN(
      "PG-004",
      "Password of a role that cannot log in",
      "Write login: true, or delete the password."),
  PRIVILEGE(
      "PG-005",
      "Privilege that does not exist there",
      "A database has CONNECT, CREATE and TEMPORARY; a schema USAGE and CREATE; tables SELECT,"
          + " INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES and TRIGGER; sequences USAGE, SELECT and"
          + " UPDATE; functions EXECUTE."),
  GRANT_WITHOUT_SCHEMA(
      "PG-006",
      "Grant without a schema",
      "Name the schema whose objects are meant under \"schema\"."),
  GRANT_WITH_SCHEMA(
      "PG-007", "Schema where none belongs", "A grant on the database has no schema; delete it."),
  NO_SCRIPTS(
      "PG-010",
      "Scripts not found",
      "Give a folder with .sql files, or one such file, by its path from the migration file."),
  SCRIPT_NAME(
      "PG-011",
      "Script without a version",
      "A script that runs once is called V1__name.sql, V2__name.sql and so on, one that runs again"
          + " whenever it changes R__name.sql: that is how Flyway tells them apart."),
  SAME_SCRIPT(
      "PG-012",
      "Two scripts with one version",
      "Give each script of a phase a version of its own."),
  EMPTY_SCRIPT("PG-013", "Empty script", "Write statements into it, or delete it.");

  private final String code;
  private final String summary;
  private final String advice;

  DatabaseFinding(String code, String summary, String advice) {
    this.code = code;
    this.summary = summary;
    this.advice = advice;
  }

  void report(Problems problems, String path) {
    problems.error(path, code, summary, advice);
  }

  /** As {@link #report}, with what exactly was found in front of the advice. */
  void report(Problems problems, String path, String what) {
    problems.error(path, code, summary, what + " " + advice);
  }
}
