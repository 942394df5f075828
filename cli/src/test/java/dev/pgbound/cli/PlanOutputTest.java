package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a reviewer reads. */
class PlanOutputTest {

  /** Always the same, because the width of a path decides where the columns of a plan stand. */
  private static final Path FOLDER = Path.of("target", "plan-output");

  private Shell shell;

  @BeforeEach
  void setUp() {
    shell = Shell.inExampleAnew("hr", FOLDER);
  }

  @Test
  void showsAFirstPlan() {
    Golden.assertEqual("first-plan.txt", shell.run("plan", "--simulate").out());
  }

  @Test
  void showsChangesUnderARunningTaskWithTheirConsequence() {
    apply();
    change("LobMaxSize: 64", "LobMaxSize: 128");
    change("lagAbove: 5m", "lagAbove: 2m");
    change("instance: dms.r6i.large", "instance: dms.r6i.xlarge");

    Golden.assertEqual("changes.txt", shell.run("plan", "--simulate").out());
  }

  @Test
  void showsWhatWouldDestroyDataAndHowToAllowIt() {
    apply();
    change("database: hr", "database: people");

    Golden.assertEqual("data-loss.txt", shell.run("plan", "--simulate").out());
  }

  @Test
  void keepsTheTargetThatLeftTheFile() {
    apply();
    String file = shell.read("migration.yaml");
    shell.write(
        "migration.yaml",
        file.replaceAll("(?s)\\nsource:.*?\\nnetwork:", "\nnetwork:")
            .replaceAll("(?s)\\ntasks:.*", "\n"));

    Golden.assertEqual("orphans.txt", shell.run("plan", "--simulate").out());
  }

  @Test
  void showsADestroyAndWhyItIsRefused() {
    apply();

    Golden.assertEqual("destroy.txt", shell.run("plan", "--simulate", "--destroy").out());
  }

  @Test
  void isTheSameEveryTime() {
    String first = shell.run("plan", "--simulate").out();

    assertThat(shell.run("plan", "--simulate").out()).isEqualTo(first);
  }

  private void apply() {
    assertThat(shell.run("apply", "--simulate", "--auto-approve").code()).isZero();
  }

  private void change(String from, String to) {
    shell.write("migration.yaml", shell.read("migration.yaml").replace(from, to));
  }
}
