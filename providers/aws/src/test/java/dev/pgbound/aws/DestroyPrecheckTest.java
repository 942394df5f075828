package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.apply.EngineEvent;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.Plan.Refusal;
import dev.pgbound.simulator.fault.FaultRule;
import dev.pgbound.simulator.service.Call;
import dev.pgbound.testkit.Bench;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would stop a destroy half-way is found before its first deletion, or waited for. */
final class DestroyPrecheckTest {

  private static final String FILE =
      """
      version: 1
      migration: hr
      region: us-east-1
      source: {oracle: {service: ORCL, secret: hr/oracle}}
      target: {aurora-postgresql: {version: "16.4", instances: [db.r6i.large], database: hr}}
      network: {cidr: 10.0.0.0/16}
      replication: {instance: dms.r6i.large, storage: 100}
      tasks:
        hr: {mode: full-load-and-cdc, run: stopped, include: [HR.*], names: lowercase}
      """;
  private static final String PROTECTED =
      """
      overrides:
        db-cluster.target: {deletionProtection: true, finalDBSnapshotIdentifier: HR-final}
      """;

  private static final Duration MINUTES = Duration.ofMinutes(9);

  @TempDir private Path folder;
  private final SimulatedWorld world = new SimulatedWorld();
  private final Bench bench = new Bench(world.provider(), world.timeline());

  @BeforeEach
  void fill() throws IOException {
    seed(
        """
        - secretsmanager.CreateSecret:
            name: hr/oracle
            secretString: {username: dms, password: p, host: oracle.example.com, port: 1521}
        """);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void findsEverythingAtOnceAndDeletesNothing() throws IOException {
    bench.applyFully(bench.plan(FILE + PROTECTED));
    foreignersMoveIn();
    world.aws().calls().clear();

    Plan plan = bench.planDestroy(FILE + PROTECTED);

    assertThat(plan.refusals())
        .allSatisfy(refusal -> assertThat(refusal.code()).isEqualTo("PLAN-010"))
        .extracting(
            refusal ->
                (refusal.subject() + ": " + refusal.text()).replaceAll("-[0-9a-f]{17}", "-#"))
        .containsExactly(
            "db-cluster.target: Its deletion protection is on. Write deletionProtection: false in"
                + " the file and apply that first.",
            "db-cluster.target: There is a snapshot HR-final already. Choose another"
                + " finalDBSnapshotIdentifier, or delete the snapshot.",
            "db-cluster.target: db-instance by-hand belongs to it. Delete that first.",
            "db-cluster-parameter-group.target: db-cluster theirs uses it. Delete or change that"
                + " first.",
            "db-subnet-group.main: db-cluster theirs uses it. Delete or change that first.",
            "dms-endpoint.source: dms-task crm uses it. Delete or change that first.",
            "dms-endpoint.target: dms-task crm uses it. Delete or change that first.",
            "dms-instance.main: dms-task crm uses it. Delete or change that first.",
            "dms-subnet-group.main: dms-instance theirs uses it. Delete or change that first.",
            "security-group.main: A rule of the security group sg-# (theirs) names it. Remove that rule first.",
            "security-group.main: db-cluster theirs uses it. Delete or change that first.",
            "security-group.main: dms-instance theirs uses it. Delete or change that first.",
            "security-group.main: vpc-endpoint vpce-# uses it. Delete or change that first.",
            "subnet.a: db-instance theirs-1 uses it. Delete or change that first.",
            "subnet.a: dms-instance theirs uses it. Delete or change that first.",
            "subnet.a: vpc-endpoint vpce-# uses it. Delete or change that first.",
            "subnet.b: db-instance by-hand uses it. Delete or change that first.",
            "subnet.b: dms-instance theirs uses it. Delete or change that first.",
            "vpc.main: internet-gateway igw-# is in it. Delete that first.",
            "vpc.main: route-table rtb-# is in it. Delete that first.",
            "vpc.main: security-group sg-# is in it. Delete that first.",
            "vpc.main: subnet subnet-# is in it. Delete that first.",
            "vpc.main: vpc-endpoint vpce-# is in it. Delete that first.");
    assertThat(world.aws().calls().calls())
        .extracting(Call::operation)
        .allMatch(operation -> operation.matches("(Describe|Get|List).*"));
  }

  @Test
  void waitsForInterfacesThatLingerForTwelveMinutesWithoutAWordOfARefusal() throws Exception {
    world.aws().inject(FaultRule.parse("dms:DeleteReplicationInstance:*:lingering-interfaces=12m"));
    bench.applyFully(bench.plan(FILE));
    List<String> phases = new ArrayList<>();
    List<Duration> waits = new ArrayList<>();
    bench.listen(
        event -> {
          if (event instanceof EngineEvent.StepProgress progress) {
            phases.add(progress.phase());
          } else if (event instanceof EngineEvent.StepFinished finished
              && finished.step().id().equals("delete security-group.main")) {
            waits.add(finished.outcome().took());
          }
        });

    ApplyResult result = bench.applyFully(bench.planDestroy(FILE));

    assertThat(waits).singleElement().satisfies(wait -> assertThat(wait).isGreaterThan(MINUTES));
    assertThat(phases)
        .anyMatch(
            phase ->
                phase.matches(
                    "AWS has not removed the network interface eni-\\w+ \\(DMSNetworkInterface\\)"
                        + " yet"))
        .noneMatch(phase -> phase.contains("DependencyViolation") || phase.contains("dependent"));
    assertThat(result.outcomes().values()).allMatch(outcome -> outcome.message().isEmpty());
  }

  @Test
  void isNotBlockedByAnInterfaceThatOutlivesItsInstance() throws Exception {
    bench.applyFully(bench.plan(FILE));
    seed(
        """
        - dms.DescribeReplicationTasks: {}
          as: tasks
        - dms.DeleteReplicationTask:
            replicationTaskArn: ${tasks.replicationTasks.0.replicationTaskArn}
        """);
    world.timeline().sleep(Duration.ofMinutes(2));
    seed(
        """
        - dms.DescribeReplicationInstances: {}
          as: instances
        - dms.DeleteReplicationInstance:
            replicationInstanceArn: ${instances.replicationInstances.0.replicationInstanceArn}
        """);
    world.timeline().sleep(Duration.ofMinutes(6));

    bench.applyFully(bench.planDestroy(FILE));

    assertThat(bench.planDestroy(FILE).hasChanges()).isFalse();
  }

  @Test
  void destroysAgainWhileTheSecretOfTheFirstTimeIsInRecovery() {
    for (int time = 0; time < 2; time++) {
      bench.applyFully(bench.plan(FILE));
      bench.applyFully(bench.planDestroy(FILE));
    }

    assertThat(bench.planDestroy(FILE).hasChanges()).isFalse();
  }

  @Test
  void findsTheFinalSnapshotOfTheLastTime() {
    String file = FILE + PROTECTED.replace("true", "false");
    bench.applyFully(bench.plan(file));
    bench.applyFully(bench.planDestroy(file));
    bench.applyFully(bench.plan(file));

    assertThat(bench.planDestroy(file).refusals())
        .extracting(Refusal::text)
        .containsExactly(
            "There is a snapshot HR-final already. Choose another finalDBSnapshotIdentifier, or delete"
                + " the snapshot.");
  }

  /** Others use every part of the migration's infrastructure. */
  private void foreignersMoveIn() throws IOException {
    seed(
        """
        - ec2.DescribeVpcs: {filters: [{name: cidr, values: [10.0.0.0/16]}]}
          as: network
        - ec2.DescribeSubnets: {filters: [{name: vpc-id, values: ["${network.vpcs.0.vpcId}"]}]}
          as: subnets
        - ec2.DescribeSecurityGroups: {filters: [{name: "tag:pgbound:migration", values: [hr]}]}
          as: group
        - dms.DescribeReplicationInstances: {}
          as: instances
        - dms.DescribeEndpoints: {filters: [{name: endpoint-id, values: [hr-source]}]}
          as: source
        - dms.DescribeEndpoints: {filters: [{name: endpoint-id, values: [hr-target]}]}
          as: target
        - rds.CreateDBClusterSnapshot:
            dbClusterIdentifier: hr-target
            dbClusterSnapshotIdentifier: hr-final
        - rds.CreateDBInstance:
            dbInstanceIdentifier: by-hand
            dbClusterIdentifier: hr-target
            engine: aurora-postgresql
            dbInstanceClass: db.r6i.large
        - rds.CreateDBCluster:
            dbClusterIdentifier: theirs
            engine: aurora-postgresql
            engineVersion: "16.4"
            masterUsername: theirs
            masterUserPassword: only-simulated
            dbSubnetGroupName: hr
            dbClusterParameterGroupName: hr-target-16
            vpcSecurityGroupIds: ["${group.securityGroups.0.groupId}"]
        - rds.CreateDBInstance:
            dbInstanceIdentifier: theirs-1
            dbClusterIdentifier: theirs
            engine: aurora-postgresql
            dbInstanceClass: db.r6i.large
        - dms.CreateReplicationInstance:
            replicationInstanceIdentifier: theirs
            replicationInstanceClass: dms.r6i.large
            replicationSubnetGroupIdentifier: hr
            vpcSecurityGroupIds: ["${group.securityGroups.0.groupId}"]
        - dms.CreateReplicationTask:
            replicationTaskIdentifier: crm
            migrationType: full-load
            sourceEndpointArn: ${source.endpoints.0.endpointArn}
            targetEndpointArn: ${target.endpoints.0.endpointArn}
            replicationInstanceArn: ${instances.replicationInstances.0.replicationInstanceArn}
            tableMappings: '{"rules": [{"rule-type": "selection", "rule-id": "1", "rule-name": "1",
              "rule-action": "include", "object-locator": {"schema-name": "A", "table-name": "%"}}]}'
        - ec2.CreateSubnet: {vpcId: "${network.vpcs.0.vpcId}", cidrBlock: 10.0.9.0/24}
        - ec2.CreateRouteTable: {vpcId: "${network.vpcs.0.vpcId}"}
        - ec2.CreateInternetGateway: {}
          as: gateway
        - ec2.AttachInternetGateway:
            internetGatewayId: ${gateway.internetGateway.internetGatewayId}
            vpcId: ${network.vpcs.0.vpcId}
        - ec2.CreateSecurityGroup:
            {groupName: theirs, description: theirs, vpcId: "${network.vpcs.0.vpcId}"}
          as: other
        - ec2.AuthorizeSecurityGroupIngress:
            groupId: ${other.groupId}
            ipPermissions:
              - ipProtocol: tcp
                fromPort: 443
                toPort: 443
                userIdGroupPairs: [{groupId: "${group.securityGroups.0.groupId}"}]
        - ec2.CreateVpcEndpoint:
            vpcId: ${network.vpcs.0.vpcId}
            vpcEndpointType: Interface
            serviceName: com.amazonaws.us-east-1.sns
            subnetIds: ["${subnets.subnets.0.subnetId}"]
            securityGroupIds: ["${group.securityGroups.0.groupId}"]
        """);
  }

  private void seed(String calls) throws IOException {
    Path file = Files.createTempFile(folder, "seed", ".yaml");
    Files.writeString(file, calls, StandardCharsets.UTF_8);
    world.aws().fill(file);
  }
}
