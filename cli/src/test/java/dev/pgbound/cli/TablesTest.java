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
        .isEqualTo("migration.yaml is valid: migration hr, 28 resources, 7 of 8 tables selected\n");
  }

  @Test
  void listsEveryTable() {
    Golden.assertEqual("tables-all.txt", shell.run("validate", "--tables").out());
    assertThat(shell.run("plan", "--simulate", "--tables").out())
        .contains("HR.EMPLOYEES   → hr.employees    5,000 rows");
  }

  @Test
  void showsWhatIsRemarkable() {
    spoil();

    Golden.assertEqual("tables.txt", tables(shell.run("plan", "--simulate").out()));
  }

  @Test
  void showsWhatAChangeOfRulesDoesToTables() {
    assertThat(shell.run("apply", "--simulate", "--auto-approve").code()).isZero();
    change("include: [HR.*]", "include: [HR.E*, HR.J*, HR.D*]");
    change(
        "    settings:",
        """
            rules:
              - rule-type: transformation
                rule-target: table
                rule-action: rename
                value: staff
                object-locator: {schema-name: HR, table-name: EMPLOYEES}
              - rule-type: transformation
                rule-target: column
                rule-action: remove-column
                object-locator: {schema-name: HR, table-name: EMPLOYEES, column-name: RESUME}
            settings:\
        """);

    Golden.assertEqual("tables-changed.txt", tables(shell.run("plan", "--simulate").out()));
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
    change("    names: lowercase", "    names: lowercase\n    rules: [" + PREFIX + "]");

    String tables = tables(shell.run("plan", "--simulate").out());

    Golden.assertEqual("tables-wide.txt", tables);
    assertThat(tables.lines()).hasSizeLessThan(40).allMatch(line -> line.length() <= 100);
  }

  private static final String PREFIX =
      "{rule-type: transformation, rule-target: table, rule-action: add-prefix, value: new_,"
          + " object-locator: {schema-name: HR, table-name: T1%}}";

  @Test
  void putsTablesIntoThePlanAsData() {
    spoil();
    String saved = shell.file("plan.json").toString();
    shell.run("plan", "--simulate", "--out", saved);

    JsonNode plan = new JsonMapper().readTree(shell.read("plan.json"));

    assertThat(plan.path("formatVersion").asString()).isEqualTo("1.1");
    JsonNode tables = plan.path("tables");
    assertThat(tables.path("selected").asInt()).isEqualTo(6);
    assertThat(tables.at("/tasks/0/tables/2/name").asString()).isEqualTo("EMPLOYEES");
    assertThat(tables.at("/tasks/0/tables/2/targetName").asString()).isEqualTo("employees");
    assertThat(tables.path("findings").values())
        .extracting(finding -> finding.path("code").asString())
        .contains("TABLE-001", "TABLE-003", "TABLE-010");
    assertThat(shell.on("plan.json", "apply", "--simulate").out())
        .as("a saved plan shows what was reviewed")
        .contains(tables(shell.run("plan", "--simulate").out()).lines().findFirst().orElseThrow());
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

  /**
   * Rules that select too little, too much and nothing, and a second task for one of the tables.
   */
  private void spoil() {
    change(
        "    include: [HR.*]", "    include: [HR.*, HR.EMPLOYES, hr.jobs]\n    exclude: [HR.REG*]");
    change("LobMaxSize: 64", "LobMaxSize: 32");
    change(
        "\ntables:",
        """
          history:
            mode: cdc
            include: [HR.JOB_*]
            names: lowercase

        tables:\
        """);
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
