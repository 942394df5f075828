package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.Shell.Result;
import dev.pgbound.simulator.SimulatedAws;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two commands at once on one simulated account. */
class SimulatedStateTest {

  @TempDir private Path folder;
  private Shell shell;

  @BeforeEach
  void setUp() {
    shell = new Shell(folder);
    shell.write(
        "migration.yaml",
        """
        version: 1
        migration: small
        region: us-east-1
        resources:
          vpc:
            main: {cidrBlock: 10.0.0.0/16}
        """);
  }

  @Test
  void letsOneCommandWorkAndOthersLook() throws IOException {
    try (SimulatedAws working =
        SimulatedAws.open(folder.resolve(".pgbound").resolve("simulator"))) {
      assertThat(working.calls().calls()).isEmpty();

      Result plan = shell.run("plan", "--simulate", "--detailed-exitcode");
      Result apply = shell.run("apply", "--simulate", "--auto-approve");

      assertThat(plan.code()).as(plan.err()).isEqualTo(2);
      assertThat(apply.code()).isEqualTo(6);
      assertThat(apply.out()).isEmpty();
      assertThat(apply.err())
          .matches(
              "Error: The simulated AWS in \\.pgbound/simulator is in use by another process \\(pid "
                  + ProcessHandle.current().pid()
                  + "\\) since \\S+Z \\(\\d+ s ago\\)\\. Nothing was written\\. Wait until that run"
                  + " is over\\.\n");
    }
    assertThat(shell.run("apply", "--simulate", "--auto-approve").code()).isZero();
  }

  @Test
  void plansWithoutWritingAnything() {
    shell.run("plan", "--simulate");

    assertThat(folder.resolve(".pgbound")).doesNotExist();
  }
}
