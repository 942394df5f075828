package dev.pgbound.simulator;

import static dev.pgbound.simulator.Rehearsal.include;
import static dev.pgbound.simulator.Rehearsal.locator;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue.FULL_LOAD;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How much of a LOB arrives in PostgreSQL. */
class RowLobsTest {

  private final Rehearsal rehearsal = Rehearsal.shared();
  private String schema = "";

  @BeforeEach
  void makeTables() {
    schema = rehearsal.schema();
    for (String key : new String[] {"primary key", ""}) {
      String table = schema + (key.isEmpty() ? ".KEYLESS" : ".DOCS");
      rehearsal.oracle(
          "create table " + table + " (ID NUMBER(4) " + key + ", BODY CLOB, PHOTO BLOB)",
          "insert into " + table + " values (1, repeat('x', 3000), repeat(X'07', 3000))",
          "insert into " + table + " values (2, 'short', X'01')",
          // every character is two bytes: the limit must not cut one in half
          "insert into " + table + " values (3, 'a' || repeat('ü', 1000), null)");
    }
  }

  private String metadata(String members) {
    return "{\"TargetMetadata\": {\"SupportLobs\": true, " + members + "}}";
  }

  private java.util.List<String> sizes(String table) {
    return rehearsal.rows(
        "select octet_length(\"BODY\"), octet_length(\"PHOTO\") from \""
            + schema
            + "\".\""
            + table
            + "\" order by \"ID\"");
  }

  @Test
  void cutsLobsOffAtTheLimit() {
    rehearsal
        .task(
            FULL_LOAD,
            metadata("\"LimitedSizeLobMode\": true, \"LobMaxSize\": 1"),
            include(schema, "DOCS"))
        .load();

    assertThat(sizes("DOCS")).containsExactly("1024|1024", "5|1", "1023|null");
  }

  @Test
  void failsOnLobsAboveTheLimitWhenTheEndpointSaysSo() {
    Rehearsal.Task task =
        rehearsal.failingOnCutLobs(
            FULL_LOAD,
            metadata("\"LimitedSizeLobMode\": true, \"LobMaxSize\": 1"),
            include(schema, "DOCS"));

    task.load();

    assertThat(task.look().status()).isEqualTo("failed");
    assertThat(task.look().lastFailureMessage()).contains(schema + ".DOCS", "LOB");
  }

  @Test
  void looksUpWholeLobsOfRowsWithAKey() {
    rehearsal
        .task(
            FULL_LOAD,
            metadata("\"FullLobMode\": true, \"LimitedSizeLobMode\": false"),
            include(schema, "%"))
        .load();

    assertThat(sizes("DOCS")).containsExactly("3000|3000", "5|1", "2001|null");
    assertThat(sizes("KEYLESS")).containsExactly("null|null", "null|null", "null|null");
  }

  @Test
  void writesLobsAfterTheirRowsSoThatTheyMustBeNullable() {
    rehearsal.postgres(
        "create schema \"" + schema + "\"",
        "create table \""
            + schema
            + "\".\"DOCS\" (\"ID\" int primary key, \"BODY\" text not null,"
            + " \"PHOTO\" bytea)");
    String settings =
        "{\"FullLoadSettings\": {\"TargetTablePrepMode\": \"DO_NOTHING\"}, \"TargetMetadata\":"
            + " {\"SupportLobs\": true, \"FullLobMode\": true, \"LimitedSizeLobMode\": false}}";

    Rehearsal.Task task = rehearsal.task(FULL_LOAD, settings, include(schema, "DOCS")).load();

    assertThat(task.table("DOCS").tableState()).isEqualTo("Table error");
  }

  @Test
  void leavesLobColumnsOutWhenThereIsNoSupportForThem() {
    rehearsal
        .task(FULL_LOAD, "{\"TargetMetadata\": {\"SupportLobs\": false}}", include(schema, "DOCS"))
        .load();

    assertThat(
            rehearsal.rows(
                "select column_name from information_schema.columns where table_schema = '"
                    + schema
                    + "'"))
        .containsExactly("ID");
  }

  @Test
  void hasALimitOfItsOwnForATable() {
    String settings =
        "\"rule-type\": \"table-settings\", "
            + locator(schema, "DOCS")
            + ", \"lob-settings\": {\"mode\": \"limited\", \"bulk-max-size\": \"2\"}";

    rehearsal
        .task(
            FULL_LOAD,
            metadata("\"LimitedSizeLobMode\": true, \"LobMaxSize\": 1"),
            include(schema, "DOCS"),
            settings)
        .load();

    assertThat(sizes("DOCS")).containsExactly("2048|2048", "5|1", "2001|null");
  }
}
