package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.Shell.Result;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What commands say about tables when the file names a catalog. */
class TablesTest {

  /** Always the same, because the width of a path decides where the columns of a plan stand. */
  private static final Path FOLDER = Path.of("target", "tables-output");

  private Shell shell;

  @BeforeEach
  void setUp() {
    shell = Shell.inExampleAnew("hr", FOLDER);
  }

  @Test
  void countsTablesWhereverAFileIsChecked() {
    assertThat(shell.run("validate").out())
        .isEqualTo("migration.yaml is valid: migration hr, 37 resources, 7 of 8 tables selected\n");
  }

  @Test
  void listsEveryTable() {
    Golden.assertEqual("tables-all.txt", shell.run("validate", "--tables").out());
    assertThat(shell.run("plan", "--simulate", "--tables").out())
        .contains("HR.EMPLOYEES   → hr.employees    5,000 rows");
  }

  @Test
  void findsWhatIsRemarkable() {
    Result result = Situations.otherTables().run("plan", "--simulate");

    Golden.assertEqual("tables.txt", result.err() + "\n" + tables(result.out()));
  }

  @Test
  void staysShortHoweverManyTablesThereAre() {
    StringBuilder catalog = new StringBuilder("catalog: 1\nschemas:\n  HR:\n    tables:\n");
    for (int i = 0; i < 2000; i++) {
      catalog.append(
          String.format(
              Locale.ROOT,
              "      T%04d: {rows: 1000, columns: {ID: NUMBER(9), DOC: CLOB}%s}%n",
              i,
              i % 4 == 0 ? "" : ", primaryKey: [ID]"));
    }
    shell.write("catalog.yaml", catalog.toString());

    Result result = shell.run("plan", "--simulate");

    assertThat(result.err().lines()).hasSizeLessThan(20);
    assertThat(result.err()).contains("500 tables: HR.T0000, HR.T0004, ", " and 495 more");
    assertThat(tables(result.out()).lines()).hasSizeLessThan(20);
  }

  @Test
  void putsTablesIntoThePlanAsData() {
    Shell other = Situations.otherTables();
    other.run("plan", "--simulate", "--write", "json=" + other.file("plan.json"));

    JsonNode plan = new JsonMapper().readTree(other.read("plan.json"));

    assertThat(plan.path("formatVersion").asString()).isEqualTo("1.3");
    JsonNode tables = plan.path("tables");
    assertThat(tables.path("selected").asInt()).isEqualTo(6);
    assertThat(tables.at("/tasks/0/tables/2/name").asString()).isEqualTo("EMPLOYEES");
    assertThat(tables.at("/tasks/0/tables/2/targetName").asString()).isEqualTo("staff");
    assertThat(plan.path("findings").values())
        .extracting(finding -> finding.path("code").asString())
        .contains("TABLE-001", "TABLE-003", "TABLE-023");
  }

  @Test
  void stopsWhereTablesCannotWork() {
    change(
        "    settings:",
        """
            rules:
              - rule-type: transformation
                rule-target: column
                rule-action: remove-column
                object-locator: {schema-name: HR, table-name: JOBS, column-name: JOB_ID}
            settings:\
        """);

    Result result = shell.run("validate");

    assertThat(result.code()).isEqualTo(65);
    assertThat(result.err())
        .contains("Error TABLE-009: The key does not reach the target\n  migration.yaml:31:15")
        .contains("1 table: HR.JOBS (JOB_ID).");
  }

  @Test
  void saysNothingAboutTablesWithoutACatalog() {
    change("tables: catalog.yaml", "#");

    assertThat(shell.run("plan", "--simulate").out()).doesNotContain("tables of");
    assertThat(shell.run("validate").out()).doesNotContain("tables");
    Result asked = shell.run("validate", "--tables");
    assertThat(asked.code()).isEqualTo(64);
    assertThat(asked.err()).contains("tables: catalog.yaml", "docs/tables.md");
  }

  @Test
  void saysThatACatalogIsNotThere() {
    change("tables: catalog.yaml", "tables: catalogue.yaml");

    Result result = shell.run("plan", "--simulate");

    assertThat(result.code()).isEqualTo(65);
    assertThat(result.err())
        .contains("Error FILE-001: File cannot be read\n  migration.yaml:37:9  tables")
        .contains("There is no file catalogue.yaml. The path counts from the migration file on.");
  }

  @Test
  void readsNothingThatIsNoCatalogByItsName() {
    change("tables: catalog.yaml", "tables: /proc/self/environ");

    Result result = shell.run("validate");

    assertThat(result.code()).isEqualTo(65);
    assertThat(result.err()).contains("SCHEMA-006").doesNotContain("PATH=");
  }

  @Test
  void refusesACatalogThatIsTooLarge() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(shell.file("catalog.yaml").toFile(), "rw")) {
      file.setLength(20 << 20);
    }

    Result result = shell.run("validate");

    assertThat(result.code()).isEqualTo(65);
    assertThat(result.err()).contains("FILE-002", "migration.yaml:37:9", "16777216 bytes");
  }

  @Test
  void showsMistakesInTheCatalogInTheCatalog() {
    shell.write(
        "catalog.yaml", shell.read("catalog.yaml").replace("CITY: VARCHAR2(40)", "CITY: VARCHAR"));

    Result result = shell.run("validate");

    assertThat(result.code()).isEqualTo(65);
    assertThat(result.err())
        .contains("Error CATALOG-001: Not a column of Oracle\n  catalog.yaml:")
        .contains("CITY: VARCHAR not null")
        .contains("VARCHAR takes 1.");
  }

  @Test
  void takesTheCatalogAsAVariableToo() {
    change(
        "tables: catalog.yaml",
        "variables: {catalog: {default: none.yaml}}\ntables: \"${var.catalog}\"");

    assertThat(shell.run("validate").code()).isEqualTo(65);
    assertThat(shell.run("validate", "--var", "catalog=catalog.yaml").code()).isZero();
  }

  @Test
  void lowersEveryNameButThoseThatARuleOfTheUserGives() {
    change(
        "    settings:",
        """
            rules:
              - rule-type: transformation
                rule-target: table
                rule-action: rename
                value: Staff
                object-locator: {schema-name: HR, table-name: EMPLOYEES}
            settings:\
        """);

    Result result = shell.run("validate", "--tables");

    assertThat(result.code()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("HR.EMPLOYEES   → hr.Staff ", "HR.JOBS        → hr.jobs");
  }

  private void change(String from, String to) {
    String file = shell.read("migration.yaml");
    assertThat(file).contains(from);
    shell.write("migration.yaml", file.replace(from, to));
  }

  private static String tables(String plan) {
    int from = plan.indexOf("tables of ");
    return plan.substring(from, plan.indexOf("\n\n", from) + 1);
  }
}
