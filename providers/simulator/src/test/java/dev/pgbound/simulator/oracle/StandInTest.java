package dev.pgbound.simulator.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.oracle.OracleCatalog;
import dev.pgbound.simulator.oracle.SourceRows.Change;
import dev.pgbound.tables.catalog.Catalog;
import dev.pgbound.tables.catalog.CatalogText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandInTest {

  @TempDir private Path folder;
  private StandIn standIn = new StandIn(Path.of("none"), Path.of("none"));

  @BeforeEach
  void makeStandIn() throws IOException {
    Path scripts = Files.createDirectory(folder.resolve("scripts"));
    standIn = new StandIn(folder.resolve("data"), scripts);
    script(
        "1.sql",
        """
        CREATE SCHEMA HR;
        CREATE TABLE HR.JOBS (
          ID NUMBER(6) PRIMARY KEY, CODE CHAR(2) NOT NULL, TITLE VARCHAR2(30) CONSTRAINT JOBS_UK UNIQUE,
          PAY NUMBER(8,2), TWICE NUMBER(9,2) GENERATED ALWAYS AS (PAY * 2), ANYTHING NUMBER,
          WHOLE INTEGER, BEGUN DATE, SEEN TIMESTAMP(6) WITH TIME ZONE, DOC CLOB, X SYS.XMLTYPE, F SYS.BFILE);
        """);
    script(
        "2.sql",
        """
        CREATE TABLE HR.TASKS (JOB NUMBER(6) CONSTRAINT TASKS_FK REFERENCES HR.JOBS, N NUMBER(4));
        CREATE UNIQUE INDEX HR.TASKS_UX ON HR.TASKS (JOB, N);
        CREATE VIEW HR.TITLES AS SELECT TITLE FROM HR.JOBS;
        CREATE TABLE HR.SCRATCH (ID NUMBER(3));
        INSERT INTO SYS.TEMPORARY_TABLES VALUES ('HR', 'SCRATCH');
        INSERT INTO HR.JOBS(ID, CODE, TITLE, DOC) VALUES (1, 'a', 'Cook', 'twelve chars');
        """);
  }

  @AfterEach
  void close() throws IOException {
    standIn.close();
  }

  private void script(String name, String text) throws IOException {
    Files.writeString(folder.resolve("scripts").resolve(name), text);
  }

  private void execute(String... statements) throws IOException, SQLException {
    try (Connection connection = standIn.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private String ask(String sql) throws IOException, SQLException {
    try (Connection connection = standIn.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private List<Change> changes() throws IOException, SQLException {
    try (Connection connection = standIn.connect()) {
      return new SourceRows(connection).changes(0, 100);
    }
  }

  @Test
  void hasADictionaryAsOracleHasIt() throws IOException, SQLException {
    try (Connection connection = standIn.connect()) {
      Catalog catalog = OracleCatalog.read(connection, OracleCatalog.schemas(connection));

      assertThat(CatalogText.of(OracleCatalog.measured(connection, catalog)))
          .isEqualTo(
              """
              catalog: 1
              schemas:
                HR:
                  tables:
                    JOBS:
                      rows: 1
                      columns:
                        ID: NUMBER(6) not null
                        CODE: CHAR(2) not null
                        TITLE: VARCHAR2(30)
                        PAY: NUMBER(8,2)
                        TWICE: NUMBER(9,2) virtual
                        ANYTHING: NUMBER
                        WHOLE: NUMBER(38,0)
                        BEGUN: DATE
                        SEEN: TIMESTAMP(6) WITH TIME ZONE
                        DOC: CLOB
                        X: XMLTYPE
                        F: BFILE
                      primaryKey: [ID]
                      uniqueKeys:
                        JOBS_UK: [TITLE]
                      longest: {DOC: 24}
                    SCRATCH:
                      kind: temporary
                      rows: 0
                      columns:
                        ID: NUMBER(3)
                    TASKS:
                      rows: 0
                      columns:
                        JOB: NUMBER(6)
                        N: NUMBER(4)
                      uniqueKeys:
                        TASKS_UX: [JOB, N]
                      foreignKeys:
                        TASKS_FK: {columns: [JOB], table: JOBS}
                    TITLES:
                      kind: view
                      columns:
                        TITLE: VARCHAR2(30)
              """);
    }
  }

  @Test
  void canBeGivenTheFaultsOfADatabase() throws IOException, SQLException {
    assertThat(ask("select LOG_MODE from V$DATABASE")).isEqualTo("ARCHIVELOG");

    execute("update SYS.SETTINGS set SETTING = 'NOARCHIVELOG' where NAME = 'LOG_MODE'");

    assertThat(ask("select LOG_MODE from V$DATABASE")).isEqualTo("NOARCHIVELOG");
    assertThat(ask("select SYS_CONTEXT('USERENV', 'CON_NAME') from DUAL")).isEqualTo("ORCL");
    assertThat(ask("select BANNER from V$VERSION")).startsWith("Oracle Database 19c");
  }

  @Test
  void writesDownChangesInTheOrderOfTheirTransactions() throws IOException, SQLException {
    assertThat(changes()).isEmpty();

    execute(
        "insert into HR.TASKS values (1, 5)", "update HR.TASKS set N = 6", "delete from HR.TASKS");

    List<Change> changes = changes();
    assertThat(changes.stream().map(change -> change.table().toString()))
        .containsExactly("HR.TASKS", "HR.TASKS", "HR.TASKS");
    assertThat(changes.get(0).before()).isNull();
    assertThat(Objects.requireNonNull(changes.get(1).before()).get("N")).hasToString("5");
    assertThat(Objects.requireNonNull(changes.get(1).after()).get("N")).hasToString("6");
    assertThat(changes.get(2).after()).isNull();
    assertThat(changes.get(2).scn()).isEqualTo(changes.get(0).scn() + 2);
  }

  @Test
  void doesNotWriteDownWhatWasRolledBack() throws IOException, SQLException {
    try (Connection connection = standIn.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("insert into HR.TASKS values (1, 5)");
      connection.rollback();
    }

    assertThat(changes()).isEmpty();
  }

  @Test
  void writesDownChangesOfTablesThatCameLater() throws IOException, SQLException {
    execute("create table HR.LATER (ID NUMBER(4))");
    standIn.close();
    execute("insert into HR.LATER values (1)");

    assertThat(changes()).hasSize(1);
  }

  @Test
  void keepsItsRowsAndLooksAtTheScriptsOnce() throws IOException, SQLException {
    execute("update HR.JOBS set TITLE = 'Chef'");
    standIn.close();
    script("1.sql", "this is not looked at any more");

    assertThat(ask("select TITLE from HR.JOBS")).isEqualTo("Chef");
  }

  @Test
  void saysWhichStatementOfWhichScriptIsRefusedAndBeginsAnewNextTime()
      throws IOException, SQLException {
    script("3.sql", "-- a remark\n\nSELECT 1;\n\nINSERT INTO HR.NOWHERE VALUES (1);\n");

    assertThatThrownBy(standIn::prepare)
        .isInstanceOf(InvalidScriptException.class)
        .hasMessageContaining("3.sql:5: ")
        .hasMessageContaining("\"NOWHERE\" not found");

    script("3.sql", "INSERT INTO HR.JOBS(ID, CODE) VALUES (2, 'b');");
    standIn.prepare();
    assertThat(ask("select count(*) from HR.JOBS")).isEqualTo("2");
  }

  @Test
  void saysHowToLookIntoIt() throws IOException {
    assertThat(standIn.command()).isEmpty();

    standIn.prepare();

    assertThat(standIn.command().orElseThrow())
        .startsWith("java -Dh2.bindAddress=127.0.0.1 -cp ")
        .contains("org.h2.tools.Shell", "jdbc:h2:file:" + folder.resolve("data"));
  }
}
