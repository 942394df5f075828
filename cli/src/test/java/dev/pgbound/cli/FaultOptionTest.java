package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.Shell.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --fault} and what the user is told of it. */
class FaultOptionTest {

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
          sns-topic:
            alerts: {name: alerts}
        """);
  }

  @Test
  void makesAnApplyFailOnceAndSaysSoWhenItIsSpent() {
    String[] apply = {"--simulate", "--auto-approve", "--fault", "ec2:CreateVpc:1:access-denied"};

    Result failed = shell.run("apply", apply);
    Result again = shell.run("apply", apply);

    assertThat(failed.code()).as(failed.err()).isEqualTo(4);
    assertThat(failed.out()).contains("is not authorized to perform: ec2:CreateVpc");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.err())
        .contains(
            "The fault ec2:CreateVpc:1:access-denied has had its effect in earlier runs. A run"
                + " without it makes it count anew.");
  }

  @Test
  void isNeverMeantForTheRealAws() {
    Result refused = shell.run("plan", "--fault", "ec2:CreateVpc:1:access-denied");

    assertThat(refused.code()).isEqualTo(64);
    assertThat(refused.err())
        .isEqualTo("Error: --fault is for the simulated AWS; give --simulate, too.\n");
  }

  @Test
  void saysWhatIsWrongWithAFault() {
    Result kind = shell.run("plan", "--simulate", "--fault", "ec2:CreateVpc:1:trottling");
    Result operation = shell.run("plan", "--simulate", "--fault", "ec2:CreateVcp:1:throttling");

    assertThat(kind.code()).isEqualTo(64);
    assertThat(kind.err())
        .startsWith(
            "Error: --fault ec2:CreateVpc:1:trottling: There is no kind of fault \"trottling\"."
                + " Did you mean \"throttling\"?");
    assertThat(operation.code()).isEqualTo(64);
    assertThat(operation.err())
        .isEqualTo(
            "Error: --fault ec2:CreateVcp:1:throttling: ec2 has no operation \"CreateVcp\". Did you"
                + " mean \"CreateVpc\"?\n");
  }

  @Test
  void standsInTheAccountsFileToo() {
    shell.write("simulated-account.yaml", "faults:\n  - ec2:DescribeVpc:1:throttling\n");

    Result wrong = shell.run("plan", "--simulate");

    assertThat(wrong.code()).isEqualTo(65);
    assertThat(wrong.err())
        .isEqualTo(
            "Error: simulated-account.yaml:2:9: ec2 has no operation \"DescribeVpc\". Did you mean"
                + " \"DescribeVpcs\"?\n");
  }
}
