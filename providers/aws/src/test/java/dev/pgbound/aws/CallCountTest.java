package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.plan.Plan;
import dev.pgbound.simulator.service.Call;
import dev.pgbound.testkit.Bench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a plan without changes costs: a few calls per type, never one per resource. */
final class CallCountTest {

  private static final Path HR = Path.of("..", "..", "examples", "hr");

  @Test
  void planOfTheExampleTakesAtMost25Calls() throws IOException {
    try (SimulatedWorld world = new SimulatedWorld()) {
      world.aws().fill(HR.resolve("simulated-account.yaml"));

      List<String> calls = callsOfEmptyPlan(world, withoutDatabase(HR.resolve("migration.yaml")));

      assertThat(calls).as(counted(calls)).hasSizeLessThanOrEqualTo(25);
    }
  }

  /** The part of the example for which neither a database nor a file beside it is needed. */
  private static String withoutDatabase(Path file) throws IOException {
    return Files.readString(file)
        .replaceFirst("(?m)^tables: .*\n", "")
        .replaceFirst("(?s)schema:.*?\n\n", "")
        .replace("    database: hr\n", "    database: hr\n    manageDmsUser: false\n");
  }

  @Test
  void callsGrowWithPagesNotWithResources() {
    List<String> few = callsOfEmptyPlan(manyResources(2));
    List<String> many = callsOfEmptyPlan(manyResources(50));

    assertThat(many.size())
        .as("20 resources: %s; 500 resources: %s", counted(few), counted(many))
        .isLessThanOrEqualTo(few.size() + 5);
  }

  private static List<String> callsOfEmptyPlan(String file) {
    try (SimulatedWorld world = new SimulatedWorld()) {
      return callsOfEmptyPlan(world, file);
    }
  }

  private static List<String> callsOfEmptyPlan(SimulatedWorld world, String file) {
    Bench bench = new Bench(world.provider(), world.timeline());
    bench.applyFully(bench.plan(file));
    world.aws().calls().clear();

    Plan again = bench.plan(file);

    assertThat(again.steps().steps()).isEmpty();
    return world.aws().calls().calls().stream().map(CallCountTest::name).toList();
  }

  private static String name(Call call) {
    return call.service() + ":" + call.operation();
  }

  private static String counted(List<String> calls) {
    Map<String, Long> byName =
        calls.stream().collect(Collectors.groupingBy(c -> c, TreeMap::new, Collectors.counting()));
    return String.format(Locale.ROOT, "%d calls %s", calls.size(), byName);
  }

  /** Ten resources times {@code times}, of the types of which a migration has many. */
  private static String manyResources(int times) {
    StringBuilder file = new StringBuilder(512 * times);
    file.append(
        """
        version: 1
        migration: many
        region: us-east-1
        resources:
          vpc:
            main: {cidrBlock: 10.0.0.0/16}
          dms-subnet-group:
            main:
              replicationSubnetGroupDescription: Replication
              subnetIds: ["${subnet.n0}", "${subnet.n1}"]
          dms-instance:
            main:
              replicationInstanceClass: dms.r6i.large
              replicationSubnetGroupIdentifier: ${dms-subnet-group.main}
        """);
    section(
        file,
        times,
        "subnet",
        "{vpcId: \"${vpc.main}\", cidrBlock: 10.0.%1$d.0/28, availabilityZone: us-east-1%2$s}");
    section(
        file,
        times,
        "security-group",
        "{vpcId: \"${vpc.main}\", ingress: [{ipProtocol: tcp, fromPort: 5432, toPort: 5432,"
            + " cidrIpv4: 10.0.%1$d.0/28}]}");
    section(
        file,
        times,
        "iam-role",
        "{description: Role %1$d, assumeRolePolicyDocument: {Version: \"2012-10-17\", Statement:"
            + " [{Effect: Allow, Principal: {Service: dms.amazonaws.com},"
            + " Action: \"sts:AssumeRole\"}]}}");
    file.append(
        """
            dms-vpc-role:
              roleName: dms-vpc-role
              assumeRolePolicyDocument:
                Version: "2012-10-17"
                Statement:
                  - Effect: Allow
                    Principal: {Service: dms.amazonaws.com}
                    Action: sts:AssumeRole
              managedPolicyArns:
                - arn:aws:iam::aws:policy/service-role/AmazonDMSVPCManagementRole
        """);
    section(file, times, "secret", "{values: {host: db%1$d.example.com}, generated: [password]}");
    section(file, times, "log-group", "{logGroupName: dms-tasks-%1$d, retentionInDays: 30}");
    section(
        file,
        times,
        "cloudwatch-alarm",
        "{namespace: AWS/DMS, metricName: CPUUtilization, statistic: Average, period: 60,"
            + " evaluationPeriods: 3, threshold: 80, comparisonOperator: GreaterThanThreshold,"
            + " dimensions: [{name: ReplicationInstanceIdentifier, value: many-%1$d}]}");
    section(
        file,
        times,
        "dms-endpoint",
        "{endpointType: source, engineName: oracle, serverName: oracle%1$d.example.com,"
            + " port: 1521, username: dms, password: \"${env.PASSWORD}\", databaseName: ORCL}");
    section(
        file,
        times,
        "dms-connection-test",
        "{endpointArn: \"${dms-endpoint.n%1$d}\", replicationInstanceArn:"
            + " \"${dms-instance.main}\"}");
    section(file, times, "dms-certificate", "{certificateWallet: AAECAwQ=}");
    section(
        file,
        times,
        "db-cluster-parameter-group",
        "{dbParameterGroupFamily: aurora-postgresql16, description: Group %1$d}");
    return file.toString();
  }

  private static void section(StringBuilder file, int times, String type, String resource) {
    file.append("  ").append(type).append(":\n");
    for (int i = 0; i < times; i++) {
      file.append(String.format(Locale.ROOT, "    n%1$d: ", i))
          .append(String.format(Locale.ROOT, resource, i, i % 2 == 0 ? "a" : "b"))
          .append('\n');
    }
  }
}
