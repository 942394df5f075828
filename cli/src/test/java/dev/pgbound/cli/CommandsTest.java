package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.Shell.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each command prints, and with which exit code it ends. */
class CommandsTest {

  private static final String NETWORK =
      """
      version: 1
      migration: small
      region: us-east-1
      resources:
        vpc:
          main: {cidrBlock: 10.0.0.0/16}
        security-group:
          app: {description: application, vpcId: "${vpc.main}"}
      """;

  private static final String IN_CLEAR_TEXT =
      """
        dms-endpoint:
          target:
            endpointType: target
            engineName: aurora-postgresql
            serverName: db.example.com
            port: 5432
            username: dms
            password: ${env.P}
            databaseName: hr
            sslMode: none
      """;

  @TempDir private Path folder;
  private Shell shell;

  @BeforeEach
  void setUp() {
    shell = new Shell(folder);
    shell.write("migration.yaml", NETWORK);
  }

  @Test
  void plansTheDeletionOfWhatLeftTheFile() {
    shell.run("apply", "--simulate", "--auto-approve");
    shell.write("migration.yaml", NETWORK.substring(0, NETWORK.indexOf("  security-group:")));

    Result plan = shell.run("plan", "--simulate", "--detailed-exitcode");

    assertThat(plan.code()).isEqualTo(2);
    assertThat(plan.out())
        .contains("security-group.app", "delete: no longer in the file")
        .contains("plan: 0 create, 0 update, 0 replace, 1 delete, 1 unchanged");
    assertThat(shell.run("apply", "--simulate", "--auto-approve").code()).isZero();
    assertThat(shell.run("plan", "--simulate", "--detailed-exitcode").code()).isZero();
  }

  @Test
  void appliesExactlyASavedPlan() {
    String saved = shell.file("plan.json").toString();
    assertThat(shell.run("plan", "--simulate", "--out", saved).code()).isZero();
    shell.write("migration.yaml", NETWORK.replace("app:", "other:"));

    Result applied = shell.on("plan.json", "apply", "--simulate", "--auto-approve");

    assertThat(applied.code()).as(applied.err()).isZero();
    assertThat(applied.out()).contains("security-group.app").doesNotContain("other");
  }

  @Test
  void refusesASavedPlanWhenAwsHasMoved() {
    String saved = shell.file("plan.json").toString();
    shell.run("plan", "--simulate", "--out", saved);
    shell.run("apply", "--simulate", "--auto-approve");

    Result applied = shell.on("plan.json", "apply", "--simulate", "--auto-approve");

    assertThat(applied.code()).isEqualTo(3);
    assertThat(applied.out()).contains("Nothing was written", "vpc.main exists now", "Plan again.");
  }

  @Test
  void refusesANameThatSomebodyElseHas() {
    String group = "  log-group:\n    tasks: {logGroupName: shared-name}\n";
    shell.write("simulated-account.yaml", "- logs.CreateLogGroup: {logGroupName: shared-name}\n");
    shell.write("migration.yaml", NETWORK + group);

    Result applied = shell.run("apply", "--simulate", "--auto-approve");

    assertThat(applied.code()).isEqualTo(3);
    assertThat(applied.out()).contains("PLAN-002 log-group.tasks", "adopt: true");
  }

  @Test
  void takesOverAForeignObjectOnRequest() {
    shell.write("simulated-account.yaml", "- logs.CreateLogGroup: {logGroupName: shared-name}\n");
    shell.write(
        "migration.yaml",
        NETWORK + "  log-group:\n    tasks: {logGroupName: shared-name, adopt: true}\n");

    assertThat(shell.run("apply", "--simulate", "--auto-approve").code()).isZero();
    assertThat(shell.run("plan", "--simulate", "--detailed-exitcode").code()).isZero();
  }

  @Test
  void refusesAnotherAccountBeforeAnythingElse() {
    shell.write("migration.yaml", NETWORK.replace("region:", "account: \"999999999999\"\nregion:"));

    Result plan = shell.run("plan", "--simulate");

    assertThat(plan.code()).isEqualTo(3);
    assertThat(plan.err()).contains("999999999999", "123456789012");
  }

  @Test
  void plansOnlyATargetAndWhatItNeeds() {
    Result plan = shell.run("plan", "--simulate", "--target", "vpc.main");

    assertThat(plan.out()).contains("1 create").doesNotContain("security-group.app");
  }

  @Test
  void asksBeforeItWritesAndTakesSilenceForNo() {
    Result applied = shell.run("apply", "--simulate");

    assertThat(applied.code()).isEqualTo(3);
    assertThat(applied.err()).contains("--auto-approve");
    assertThat(shell.file(".pgbound/runs")).doesNotExist();
  }

  @Test
  void warnsWhereTheFileIsCheckedAndCarriedOut() {
    shell.write("migration.yaml", NETWORK + IN_CLEAR_TEXT);

    for (String command : List.of("validate", "plan", "apply")) {
      Result result = command.equals("validate") ? shell.run(command) : simulated(command);
      assertThat(result.err()).as(command).contains("Warning DMS-312");
    }
    for (String command : List.of("expand", "graph")) {
      assertThat(shell.run(command).err()).as(command).isEmpty();
    }
    for (String command : List.of("destroy", "unlock")) {
      assertThat(simulated(command).err()).as(command).doesNotContain("Warning");
    }
    assertThat(
            shell.plain("adopt", "--simulate", "-f", shell.file("migration.yaml").toString()).err())
        .doesNotContain("Warning");
  }

  private Result simulated(String command) {
    return command.equals("plan")
        ? shell.run(command, "--simulate")
        : shell.run(command, "--simulate", "--auto-approve");
  }

  @Test
  void printsTheGraph() {
    assertThat(shell.run("graph").out())
        .isEqualTo(
            """
            flowchart LR
              n0["vpc.main"]
              n1["security-group.app"]
              n0 --> n1
            """);
    assertThat(shell.run("graph", "--format", "dot").out())
        .contains("\"vpc.main\" -> \"security-group.app\" [edgetooltip=\"${vpc.main}\"]");
  }

  @Test
  void explainsTypesAndAttributes() {
    assertThat(shell.plain("explain").out()).contains("dms-endpoint", "tasks");
    assertThat(shell.plain("explain", "vpc").out())
        .contains("cidrBlock", "[required, a change", "vpcId");
    assertThat(shell.plain("explain", "dms-endpoint.oracleSettings.readAheadBlocks").out())
        .contains("stops-replication");
    assertThat(shell.plain("explain", "alerts.notify").out()).startsWith("alerts.notify\n");
    assertThat(shell.plain("explain", "vpc.protect").out()).contains("Never delete or replace");
    assertThat(shell.plain("explain", "overrides").code()).isZero();
    Result unknown = shell.plain("explain", "vpc.cidrBlok");
    assertThat(unknown.code()).isEqualTo(64);
    assertThat(unknown.err()).contains("cidrBlock");
  }

  @Test
  void explainsCodesAndImpacts() {
    assertThat(shell.plain("explain", "task-203").out())
        .startsWith("TASK-203: A LOB size that does not fit\n\nThe setting belongs to")
        .contains("Wrong:\n\n  overrides:\n    dms-task.hr:", "Right:")
        .doesNotContain("```", "TASK-204");
    assertThat(shell.plain("explain", "FILE-001").out()).contains("  # catalog.yaml\n  catalog: 1");
    assertThat(shell.plain("explain", "codes").out()).contains("TASK-203 ", "PLAN-003 ");
    assertThat(shell.plain("explain", "destroys-data").out())
        .contains("--allow destroys-data:ADDRESS")
        .containsPattern("db-cluster +deleting one");
    assertThat(shell.plain("explain", "none").out()).isEqualTo("none\n  Nobody notices.\n");
    for (String word : List.of("TASK-230x", "destroy-data", "dms-tsk")) {
      Result unknown = shell.plain("explain", word);
      assertThat(unknown.code()).isEqualTo(64);
      assertThat(unknown.err()).contains("Did you mean \"");
    }
  }

  @Test
  void expandsToAFileThatMeansTheSame() {
    String expanded = shell.run("expand").out();
    shell.write("expanded.yaml", expanded);

    assertThat(shell.on("expanded.yaml", "expand").out().replaceAll("\\s+# line.*", ""))
        .isEqualTo(expanded.replaceAll("\\s+# line.*", ""));
  }

  @Test
  void knowsEveryCommandOfItsHelpByItsName() {
    Matcher commands = Pattern.compile("(?m)^  ([a-z]+)  ").matcher(shell.plain("--help").out());

    List<String> names = commands.results().map(command -> command.group(1)).toList();
    assertThat(names).contains("validate", "plan", "apply", "simulator");
    assertThat(names)
        .allSatisfy(
            name ->
                assertThat(shell.plain(name, "--help").out()).startsWith("Usage: pgbound " + name));
  }

  @Test
  void endsWithTheCodeForAWrongCommandLine() {
    assertThat(shell.plain("plna").code()).isEqualTo(64);
    assertThat(shell.run("plan", "--simulate", "--allow", "everything").code()).isEqualTo(64);
    assertThat(shell.run("plan", "--target", "vpc.man", "--simulate").err()).contains("vpc.main");
    assertThat(shell.on("missing.yaml", "validate").code()).isEqualTo(65);
  }

  @Test
  void saysWhichCredentialsAreMissing() {
    Result plan = shell.run("plan", "--endpoint-url", "http://127.0.0.1:1", "--profile", "none");

    assertThat(plan.code()).isEqualTo(69);
    assertThat(plan.err()).doesNotContain("Exception", "\tat ");
  }
}
