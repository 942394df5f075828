package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.Shell.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code pgbound status} over the life of a migration. */
class StatusTest {

  @TempDir private Path folder;

  @Test
  void followsAMigrationFromBeforeItsFirstApplyToTheEndOfItsTasks() {
    Shell shell = Shell.inExample("hr", folder);

    Result before = shell.run("status", "--simulate");
    assertThat(before.code()).isZero();
    assertThat(before.err()).isEmpty();
    assertThat(before.out()).contains("hr: not there  ", "connections   none tested");

    shell.run("apply", "--simulate", "--auto-approve");
    Result running = shell.run("status", "--simulate");
    assertThat(running.out())
        .startsWith("hr: replicating changes  ")
        .contains("latency       source 0 s, target 0 s at ")
        .contains("connection    hr-source from hr: successful")
        .contains("alarms        2 without data")
        .doesNotContain("still paid", "not read");

    shell.write(
        "migration.yaml", shell.read("migration.yaml").replace("run: running", "run: stopped"));
    shell.run("apply", "--simulate", "--auto-approve");
    Result stopped = shell.run("status", "--simulate");
    assertThat(stopped.out())
        .startsWith("hr: stopped  ")
        .contains("service says  Stop Reason NORMAL")
        .contains("still paid    dms-instance hr (dms.r6i.large in two zones, 100 GB)")
        .contains("still paid    vpc-endpoint vpce-");

    Result denied =
        shell.run("status", "--simulate", "--fault", "monitoring:DescribeAlarms:1:access-denied");
    assertThat(denied.code()).isZero();
    assertThat(denied.out())
        .startsWith("hr: stopped  ")
        .contains("not read      alarms: cloudwatch:DescribeAlarms: ");

    JsonNode document =
        JsonMapper.shared().readTree(shell.run("status", "--simulate", "--format", "json").out());
    assertThat(document.at("/tasks/0/phase").asString()).isEqualTo("stopped");
    assertThat(document.at("/leftovers").size()).isEqualTo(2);
    assertThat(document.at("/unread").isEmpty()).isTrue();
  }

  @Test
  void refusesAFileWithErrors() {
    Shell shell = new Shell(folder);
    shell.write("migration.yaml", "version: 1\nmigration: hr\ntask: {}\n");

    assertThat(shell.run("status", "--simulate").code()).isEqualTo(65);
  }

  @Test
  void failsWhenTheTasksCannotBeRead() {
    Shell shell = Shell.inExample("hr", folder);

    Result result =
        shell.run(
            "status", "--simulate", "--fault", "dms:DescribeReplicationTasks:1:access-denied");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("Error: dms:DescribeReplicationTasks: ");
  }
}
