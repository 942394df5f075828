package dev.pgbound.aws;

import static dev.pgbound.aws.Rehearsal.change;
import static dev.pgbound.aws.Rehearsal.steps;
import static dev.pgbound.aws.Rehearsal.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.plan.Action;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.testkit.Bench;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What the short form makes cannot all be changed in place. On the simulated AWS, which refuses to
 * delete what is in use, a replacement either works or is refused while planning.
 */
final class ReplacementRehearsalTest {

  private final Rehearsal rehearsal = Rehearsal.running();
  private final Bench bench = rehearsal.bench;

  @AfterEach
  void close() {
    rehearsal.close();
  }

  @Test
  void replacesASecurityGroupUnderAnotherNameAroundRunningInstances() {
    String changed =
        with("overrides: {security-group.main: {groupName: hr-databases, description: Databases}}");

    Plan plan = bench.plan(changed);

    assertThat(change(plan, "security-group.main").action()).isEqualTo(Action.REPLACE_CREATE_FIRST);
    assertThat(steps(plan)).doesNotContain("stop dms-task.hr");
    assertConverges(changed);
    try (AwsClients clients = rehearsal.clients()) {
      assertThat(clients.ec2().describeSecurityGroups().securityGroups())
          .extracting(group -> group.groupName())
          .contains("hr-databases")
          .doesNotContain("hr");
    }
  }

  @Test
  void refusesASecurityGroupThatKeepsItsName() {
    Plan plan = bench.plan(with("overrides: {security-group.main: {description: Databases}}"));

    assertRefused(plan, "security-group.main", "groupName");
  }

  @Test
  void replacesTheParameterGroupForANewMajorVersion() {
    String changed = Rehearsal.file("").replace("\"16.4\"", "\"17.4\"");

    Plan plan = bench.plan(changed);

    assertThat(steps(plan))
        .containsSubsequence(
            "create db-cluster-parameter-group.target",
            "update db-cluster.target",
            "delete db-cluster-parameter-group.target");
    assertConverges(changed);
  }

  @Test
  void replacesACertificateUnderAnotherName() {
    String before = certificate("hr-oracle-1", "AAECAwQ=");
    bench.applyFully(bench.plan(before));
    String changed = certificate("hr-oracle-2", "AAECAwU=");

    Plan plan = bench.plan(changed);

    assertThat(steps(plan))
        .containsSubsequence(
            "create dms-certificate.oracle",
            "stop dms-task.hr",
            "update dms-endpoint.source",
            "update dms-connection-test.source",
            "resume dms-task.hr");
    assertThat(plan.steps().before("delete dms-certificate.oracle"))
        .contains("update dms-endpoint.source");
    assertConverges(changed);
  }

  @Test
  void refusesACertificateThatKeepsItsName() {
    bench.applyFully(bench.plan(certificate("hr-oracle", "AAECAwQ=")));

    Plan plan = bench.plan(certificate("hr-oracle", "AAECAwU="));

    assertRefused(plan, "dms-certificate.oracle", "certificateIdentifier");
  }

  @Test
  void movesTheTaskToAReplicationInstanceThatTakesThePlaceOfItsOwn() {
    String changed =
        with(
            "overrides: {dms-instance.main: {replicationInstanceIdentifier: hr-2,"
                + " availabilityZone: us-east-1b}}");

    Plan plan = bench.plan(changed);

    assertThat(steps(plan))
        .containsSubsequence(
            "create dms-instance.main",
            "stop dms-task.hr",
            "update dms-task.hr",
            "resume dms-task.hr");
    assertThat(plan.steps().before("delete dms-instance.main"))
        .contains(
            "update dms-task.hr",
            "delete dms-connection-test.source",
            "delete dms-connection-test.target");
    assertThat(plan.steps().before("delete dms-connection-test.source"))
        .contains("create dms-connection-test.source");
    assertThat(plan.refusals()).isEmpty();
    String arn = rehearsal.described().replicationTaskArn();
    assertConverges(changed);
    assertThat(rehearsal.described().replicationTaskArn()).isEqualTo(arn);
  }

  @Test
  void refusesAReplicationInstanceThatKeepsItsName() {
    Plan plan = bench.plan(with("overrides: {dms-instance.main: {publiclyAccessible: true}}"));

    assertRefused(plan, "dms-instance.main", "replicationInstanceIdentifier");
  }

  @Test
  void refusesASubnetInWhichInstancesLive() {
    Plan plan = bench.plan(with("overrides: {subnet.b: {cidrBlock: 10.0.200.0/24}}"));

    assertThat(plan.refusals())
        .anySatisfy(
            refusal -> {
              assertThat(refusal.subject()).isEqualTo("subnet.b");
              assertThat(refusal.text())
                  .contains("in use by db-subnet-group.main, dms-subnet-group.main, which cannot");
            });
  }

  @Test
  void replacesASubnetUnderAnInterfaceEndpoint() {
    String file =
        """
        version: 1
        migration: net
        region: us-east-1
        resources:
          vpc: {main: {cidrBlock: 10.9.0.0/16, enableDnsHostnames: true}}
          subnet:
            a: {vpcId: "${vpc.main}", cidrBlock: 10.9.1.0/24, availabilityZone: us-east-1a}
            b: {vpcId: "${vpc.main}", cidrBlock: 10.9.2.0/24, availabilityZone: us-east-1b}
          vpc-endpoint:
            logs:
              vpcId: ${vpc.main}
              serviceName: com.amazonaws.us-east-1.logs
              vpcEndpointType: Interface
              subnetIds: ["${subnet.a}", "${subnet.b}"]
        """;
    bench.applyFully(bench.plan(file));

    assertRefused(bench.plan(file.replace("us-east-1a", "us-east-1c")), "subnet.a", "cidrBlock");

    String moved = file.replace("10.9.1.0/24", "10.9.9.0/24");
    bench.applyFully(bench.plan(moved));
    assertThat(bench.plan(moved).steps().steps()).isEmpty();
  }

  @Test
  void refusesAnotherNetworkAroundWhatIsThere() {
    Plan plan = bench.planAllowingAll(Rehearsal.file("").replace("10.0.0.0/16", "10.1.0.0/16"));

    assertThat(plan.refusals()).extracting(Plan.Refusal::code).contains("PLAN-022");
  }

  private void assertConverges(String changed) {
    bench.applyFully(bench.plan(changed));
    assertThat(bench.plan(changed).steps().steps()).isEmpty();
    assertThat(rehearsal.status()).isEqualTo("running");
  }

  private static void assertRefused(Plan plan, String address, String attribute) {
    assertThat(plan.refusals())
        .anySatisfy(
            refusal -> {
              assertThat(refusal.code()).isEqualTo("PLAN-022");
              assertThat(refusal.subject()).isEqualTo(address);
              assertThat(refusal.text()).contains("Change " + attribute + " as well");
            });
  }

  private static String certificate(String name, String wallet) {
    return with(
        String.join(
            "\n",
            List.of(
                "resources:",
                "  dms-certificate:",
                "    oracle: {certificateIdentifier: "
                    + name
                    + ", certificateWallet: "
                    + wallet
                    + "}",
                "overrides:",
                "  dms-endpoint.source:",
                "    sslMode: verify-ca",
                "    certificateArn: ${dms-certificate.oracle}",
                "")));
  }
}
