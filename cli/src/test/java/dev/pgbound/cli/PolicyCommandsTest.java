package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.Shell.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say of policies and of warnings that a file accepts. */
class PolicyCommandsTest {

  private static final String FILE =
      """
      version: 1
      migration: small
      region: us-east-1
      resources:
        dms-instance:
          main: {replicationInstanceClass: dms.t3.medium, publiclyAccessible: true}
      """;

  @TempDir private Path folder;
  private Shell shell;

  @BeforeEach
  void setUp() {
    shell = new Shell(folder);
  }

  private Result run(String more, String command, String... options) {
    shell.write("migration.yaml", FILE + more);
    return shell.on("migration.yaml", command, options);
  }

  @Test
  void planEndsWithThreeWhenAPolicyIsNotMet() {
    String policy =
        """
        policies:
          private:
            rule: "!has(change.desired.publiclyAccessible) || !change.desired.publiclyAccessible"
            message: Nothing of ours is on the internet.
        """;

    Result plan = run(policy, "plan", "--simulate");
    Result apply = run(policy, "apply", "--simulate", "--auto-approve");

    assertThat(plan.code()).isEqualTo(3);
    assertThat(plan.out())
        .contains(
            "PLAN-030 dms-instance.main: Policy private: Nothing of ours is on the internet.");
    assertThat(apply.code()).isEqualTo(3);
    assertThat(run("", "plan", "--simulate").out()).contains("1 create");
  }

  @Test
  void aRuleThatCannotBeUnderstoodHasItsPlace() {
    Result result =
        run("policies: {p: {rule: 'plan.changes.all(c, d)', message: m}}\n", "validate");

    assertThat(result.code()).isEqualTo(65);
    assertThat(result.err())
        .contains("Error POLICY-001: Rule of a policy cannot be understood")
        .contains(":7:43  policies.p.rule")
        .contains("undeclared reference to 'd'");
  }

  @Test
  void aRuleMustBeTrueOrFalse() {
    assertThat(run("policies: {p: {rule: '1 + 1', message: m}}\n", "validate").err())
        .contains("POLICY-001", "expected type 'bool' but found 'int'");
  }

  @Test
  void anAcceptedWarningIsNotPrinted() {
    String accept = "accept: [{finding: DMS-342, at: resources.dms-instance, reason: A trial.}]\n";

    Result before = run("", "validate");
    Result after = run(accept, "validate");

    assertThat(before.err()).contains("Warning DMS-342");
    assertThat(after.err()).doesNotContain("DMS-342");
    assertThat(after.out()).contains("1 warning accepted");
  }

  @Test
  void reportsShowWhyAWarningIsAccepted() {
    String accept = "accept: [{finding: DMS-342, reason: A trial.}]\n";

    assertThat(run(accept, "plan", "--simulate", "--format", "markdown").out())
        .contains("Accepted: A trial.");
    assertThat(run(accept, "validate", "--format", "sarif").out())
        .contains("\"justification\" : \"A trial.\"");
    assertThat(run(accept, "validate", "--format", "json").out())
        .contains("\"accepted\" : \"A trial.\"");
  }

  @Test
  void acceptingWhatDoesNotOccurIsSaid() {
    assertThat(run("accept: [{finding: RDS-005, reason: none}]\n", "validate").err())
        .contains("Warning POLICY-002: Accepted warning does not occur", "no warning RDS-005");
    assertThat(run("accept: [{finding: DMS-342, at: tasks.hr, reason: no}]\n", "validate").err())
        .contains("Warning DMS-342", "There is no warning DMS-342 at tasks.hr");
  }
}
