package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.Shell.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every example is validated, planned, applied, found unchanged and destroyed. */
class ExamplesTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"hr", "hr-resources", "existing-network"})
  void goesThroughItsWholeLife(String example) {
    Shell shell = Shell.inExample(example, folder);

    assertThat(shell.run("validate").code()).isZero();
    assertThat(shell.run("plan", "--simulate", "--detailed-exitcode").code()).isEqualTo(2);
    Result applied = shell.run("apply", "--simulate", "--auto-approve");
    assertThat(applied.code()).as(applied.err()).isZero();
    Result unchanged = shell.run("plan", "--simulate", "--detailed-exitcode");
    assertThat(unchanged.code()).as(unchanged.out()).isZero();
    assertThat(unchanged.out()).contains("plan: no changes");

    Result refused = shell.run("destroy", "--simulate", "--auto-approve");
    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.out())
        .contains("--allow destroys-data:db-cluster.target")
        .contains("--allow destroys-data:secret.target");
    assertThat(shell.run("plan", "--simulate", "--detailed-exitcode").code()).isZero();

    Result destroyed =
        shell.run("destroy", "--simulate", "--auto-approve", "--allow", "destroys-data");
    assertThat(destroyed.code()).as(destroyed.err()).isZero();
    assertThat(shell.run("plan", "--simulate", "--detailed-exitcode").code()).isEqualTo(2);
  }

  @Test
  void leavesOnlyTheSharedRolesAndWhatWasThereBefore() {
    Shell shell = Shell.inExample("hr", folder);
    shell.run("apply", "--simulate", "--auto-approve");

    shell.run("destroy", "--simulate", "--auto-approve", "--allow", "destroys-data");

    JsonNode objects =
        new JsonMapper().readTree(shell.read(".pgbound/simulator/state.json")).path("objects");
    List<String> left = new ArrayList<>();
    for (Map.Entry<String, JsonNode> kind : objects.properties()) {
      kind.getValue()
          .values()
          .forEach(o -> left.add(kind.getKey() + " " + o.path("key").asString()));
    }
    // What every account has: the keys of AWS, and how services see a role.
    left.removeIf(
        object -> object.matches("kms/.*|.*seen-by-services.*|secretsmanager/version .*"));
    assertThat(left)
        .containsExactlyInAnyOrder(
            "iam/role dms-cloudwatch-logs-role",
            "iam/role dms-vpc-role",
            "secretsmanager/secret hr/oracle",
            // can be restored for 7 days
            "secretsmanager/secret hr-target");
  }

  @Test
  void hrIsShort() {
    long lines = Shell.inExample("hr", folder).read("migration.yaml").lines().count();

    assertThat(lines).isLessThanOrEqualTo(60);
  }

  @Test
  void hrResourcesIsWhatHrExpandsTo() {
    String expanded = Shell.inExample("hr", folder).run("expand").out();

    String written =
        new Shell(Shell.PROJECT.resolve("examples/hr-resources")).read("migration.yaml");

    assertThat(withoutRemarks(written)).isEqualTo(withoutRemarks(expanded));
  }

  /** Nor what a file accepts, for which it may have reasons of its own. */
  private static String withoutRemarks(String yaml) {
    return yaml.replaceFirst("\naccept:\n(  .*\n)+", "\n")
        .lines()
        .map(line -> line.replaceFirst("\\s*(^|\\s)#.*$", ""))
        .filter(line -> !line.isBlank() && !line.contains("pendingModifiedValues"))
        .filter(line -> !line.startsWith("tables:"))
        .reduce("", (all, line) -> all + line + "\n");
  }

  @Test
  void neverTouchesANetworkThatExists() {
    Shell shell = Shell.inExample("existing-network", folder);

    String plan = shell.run("plan", "--simulate").out();

    assertThat(plan).doesNotContain("vpc.main", "subnet.a", "subnet.b");
  }
}
