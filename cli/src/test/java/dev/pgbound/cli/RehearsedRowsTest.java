package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows of a rehearsal, and what can be looked at of its source. */
class RehearsedRowsTest {

  @TempDir private Path folder;

  /** What the master user finds in the database. */
  private String target(String sql) throws IOException, SQLException {
    Path passwords;
    try (Stream<Path> files = Files.list(folder.resolve(".pgbound/simulator/postgres"))) {
      passwords =
          files.filter(file -> file.toString().endsWith(".pgpass")).findFirst().orElseThrow();
    }
    String[] login = Files.readString(passwords).strip().split("(?<!\\\\):", -1);
    String url = String.format(Locale.ROOT, "jdbc:postgresql://127.0.0.1:%s/hr", login[1]);
    String password = login[4].replaceAll("\\\\(.)", "$1");
    try (Connection connection =
            DriverManager.getConnection(url + "?sslmode=disable", login[3], password);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private void source(String sql) throws SQLException {
    try (RehearsedSource source = RehearsedSource.open(folder);
        Connection connection = source.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void arriveInTheDatabaseAndFollowWhatChanges() throws IOException, SQLException {
    Shell shell = Shell.inExample("hr", folder);

    Result applied = shell.run("apply", "--simulate", "--auto-approve");

    assertThat(applied.code()).as(applied.err()).isZero();
    assertThat(applied.err())
        .contains("create dms-full-load.hr: loaded ", "look into the source: ");
    assertThat(target("select count(*) from hr.employees")).isEqualTo("5000");
    assertThat(target("select count(*) from hr.job_history")).isEqualTo("3000");
    assertThat(target("select max(length(resume)) from hr.employees")).isEqualTo("24000");
    assertThat(target("select hr.yearly_salary(106)")).isNotEmpty();

    source("insert into HR.REGIONS values (5, 'Oceania')");
    shell.run("apply", "--simulate", "--auto-approve");

    assertThat(target("select region_name from hr.regions where region_id = 5"))
        .isEqualTo("Oceania");
  }

  @Test
  void saysWhichScriptOfTheSourceIsWrong() throws IOException {
    Shell shell = Shell.inExample("hr", folder);
    Files.writeString(folder.resolve("oracle/03-more.sql"), "\nINSERT INTO NOWHERE VALUES (1);\n");

    Result result = shell.run("apply", "--simulate", "--auto-approve");

    assertThat(result.code()).isEqualTo(ExitCode.INVALID_FILE.code());
    assertThat(result.err()).contains("oracle/03-more.sql:2: ", "\"NOWHERE\" not found");
    assertThat(folder.resolve(".pgbound/simulator/state.json")).doesNotExist();
  }

  @Test
  void hasTheCatalogThatTheExampleComesWith() {
    Shell shell = Shell.inExample("hr", folder);
    String catalog = folder.resolve("catalog.yaml").toString();
    Result before = shell.run("validate", "--tables");

    Result inspected = shell.run("inspect", "--simulate", "--lobs", "--out", catalog);

    assertThat(inspected.code()).as(inspected.err()).isZero();
    assertThat(inspected.err()).isEqualTo("inspect: 8 tables and views in HR\n");
    assertThat(shell.run("validate", "--tables")).isEqualTo(before);
    assertThat(before.out()).contains("HR.EMPLOYEES   → hr.employees    5,000 rows");
  }

  @Test
  void asksForWhatInspectingOracleNeeds() {
    Shell shell = Shell.inExample("hr", folder);

    assertThat(shell.run("inspect").code()).isEqualTo(ExitCode.WRONG_COMMAND_LINE.code());
    assertThat(shell.run("inspect", "--simulate", "--host", "h").err())
        .contains("--simulate asks no Oracle");
    Result withoutPassword = shell.run("inspect", "--host", "h", "--service", "s", "--user", "u");
    assertThat(withoutPassword.err()).contains("PGBOUND_ORACLE_PASSWORD");
    Result none = shell.run("inspect", "--simulate", "--schema", "hr");
    assertThat(none.code()).isEqualTo(ExitCode.FAILED.code());
    assertThat(none.err()).contains("no table that the user sees in hr");
  }
}
