package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a reviewer may be shown: a file, an account, and what is different between them. */
final class Situations {

  /** Always the same, because the width of a path decides where the columns of a plan stand. */
  private static final Path FOLDER = Path.of("target", "plan-output");

  /** The database of the first apply serves all situations: plans change nothing in it. */
  private static final Path DATABASES = FOLDER.resolve(".pgbound/simulator/postgres");

  private static final Map<String, Supplier<Outputs>> ALL = new LinkedHashMap<>();
  private static final Map<String, Outputs> DONE = new HashMap<>();
  private static @Nullable String appliedState;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Situations::endDatabases));
    ALL.put("first-plan", () -> Outputs.of(fresh()));
    ALL.put("nothing-to-do", () -> Outputs.of(applied()));
    ALL.put("changes", () -> Outputs.of(changed()));
    ALL.put("data-loss", () -> Outputs.of(otherDatabase()));
    ALL.put("data-loss-allowed", () -> Outputs.of(otherDatabase(), "--allow", "destroys-data"));
    ALL.put("task-replaced", () -> Outputs.of(otherMode()));
    ALL.put("other-tables", () -> Outputs.of(otherTables()));
    ALL.put("changed-by-hand", () -> Outputs.of(changedByHand()));
    ALL.put("changed-by-hand-and-in-the-file", () -> Outputs.of(changedByBoth()));
    ALL.put("orphans", () -> Outputs.of(withoutTarget()));
    ALL.put("destroy", () -> Outputs.of(applied(), "--destroy"));
    ALL.put("name-taken", () -> Outputs.of(nameTaken()));
    ALL.put("errors", () -> Outputs.of(mistaken()));
    ALL.put("hostile-values-from-aws", () -> Outputs.of(hostileAlarm()));
    ALL.put("hostile-everything", () -> Outputs.of(SyntheticPlans.hostile()));
    ALL.put("500-changes", () -> Outputs.of(SyntheticPlans.changes(500)));
    ALL.put("500-destroyed", () -> Outputs.of(SyntheticPlans.destroyed(500)));
    ALL.put("2000-rules", () -> Outputs.of(SyntheticPlans.rules(2000)));
    ALL.put("2000-tables", () -> Outputs.of(SyntheticPlans.tables(2000)));
  }

  private Situations() {}

  static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /** Every form of a situation's plan; made once. */
  static Outputs outputs(String name) {
    if (!DONE.containsKey(name)) {
      DONE.put(name, again(name));
    }
    return Objects.requireNonNull(DONE.get(name));
  }

  /** The same made anew. */
  static Outputs again(String name) {
    return Objects.requireNonNull(ALL.get(name)).get();
  }

  /** The example before its first apply. */
  static Shell fresh() {
    if (appliedState == null) {
      endDatabases();
    }
    return Shell.inExampleAnew("hr", FOLDER, DATABASES);
  }

  private static void endDatabases() {
    try {
      EndOfDatabases.end(FOLDER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The example after its first apply, in which a task is running. */
  static Shell applied() {
    Shell shell = fresh();
    if (appliedState == null) {
      assertThat(shell.run("apply", "--simulate", "--auto-approve").code()).isZero();
      appliedState = shell.read(".pgbound/simulator/state.json");
    } else {
      try {
        Files.createDirectories(shell.file(".pgbound/simulator"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      shell.write(".pgbound/simulator/state.json", appliedState);
    }
    return shell;
  }

  private static Shell changed() {
    Shell shell = applied();
    change(shell, "LobMaxSize: 64", "LobMaxSize: 128");
    change(shell, "lagAbove: 5m", "lagAbove: 2m");
    change(shell, "instance: dms.r6i.large", "instance: dms.r6i.xlarge");
    return shell;
  }

  private static Shell otherDatabase() {
    Shell shell = applied();
    change(shell, "database: hr", "database: people");
    return shell;
  }

  private static Shell otherMode() {
    Shell shell = applied();
    change(shell, "mode: full-load-and-cdc", "mode: cdc");
    return shell;
  }

  /** Rules that select less, more and nothing, and a second task for some of the tables. */
  static Shell otherTables() {
    Shell shell = applied();
    change(
        shell,
        "    include: [HR.*]",
        "    include: [HR.*, HR.EMPLOYES, hr.jobs]\n    exclude: [HR.REG*]");
    change(shell, "LobMaxSize: 64", "LobMaxSize: 32");
    change(
        shell,
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
    change(
        shell,
        "\ntables:",
        """
          history:
            mode: cdc
            include: [HR.JOB_*]
            names: lowercase

        tables:\
        """);
    return shell;
  }

  static Shell changedByHand() {
    Shell shell = applied();
    live(shell, "\"ReplicationInstanceClass\" : \"dms.r6i.large\"", "dms.r6i.4xlarge");
    live(shell, "\"Threshold\" : 300", "9999");
    return shell;
  }

  private static Shell changedByBoth() {
    Shell shell = changedByHand();
    change(shell, "instance: dms.r6i.large", "instance: dms.r6i.2xlarge");
    change(shell, "storage: 100", "storage: 200");
    return shell;
  }

  private static Shell withoutTarget() {
    Shell shell = applied();
    String file = shell.read("migration.yaml");
    shell.write(
        "migration.yaml",
        file.replaceAll("(?s)\\nsource:.*?\\nnetwork:", "\nnetwork:")
            .replaceAll("(?s)\\ntasks:.*", "\n"));
    return shell;
  }

  private static Shell nameTaken() {
    Shell shell = fresh();
    String seed = shell.read("simulated-account.yaml");
    shell.write(
        "simulated-account.yaml",
        seed + "- secretsmanager.CreateSecret: {name: hr-target, secretString: \"{}\"}\n");
    return shell;
  }

  private static Shell mistaken() {
    Shell shell = fresh();
    change(shell, "LobMaxSize", "LobMaxSiz");
    change(shell, "mode: full-load-and-cdc", "mode: full-load-cdc");
    change(shell, "\"16.4\"", "16.4");
    return shell;
  }

  private static Shell hostileAlarm() {
    Shell shell = applied();
    live(
        shell,
        "\"AlarmDescription\" : \"Replication of task hr lags\"",
        SyntheticPlans.hostileText());
    return shell;
  }

  private static void change(Shell shell, String from, String to) {
    String file = shell.read("migration.yaml");
    assertThat(file).contains(from);
    shell.write("migration.yaml", file.replace(from, to));
  }

  /** Gives a member of objects of the simulated AWS another value, as somebody would by hand. */
  private static void live(Shell shell, String member, String value) {
    String state = shell.read(".pgbound/simulator/state.json");
    assertThat(state).contains(member);
    String name = member.substring(0, member.indexOf(':') + 2);
    boolean text = member.endsWith("\"");
    String json = text ? SyntheticPlans.json(value) : value;
    shell.write(".pgbound/simulator/state.json", state.replace(member, name + json));
  }
}
