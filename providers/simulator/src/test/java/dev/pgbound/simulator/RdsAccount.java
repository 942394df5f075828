package dev.pgbound.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.CreateDbClusterRequest;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** An account with a network in which clusters can be. */
final class RdsAccount {

  final SimulatedAws aws;
  final RdsClient rds;
  final Ec2Client ec2;
  final IamClient iam;
  final String vpc;
  final List<String> subnets;

  RdsAccount() {
    this(SimulatedAws.inMemory());
  }

  RdsAccount(SimulatedAws aws) {
    this.aws = aws;
    this.rds = Clients.client(RdsClient.builder(), aws);
    this.ec2 = Clients.client(Ec2Client.builder(), aws);
    this.iam = Clients.client(IamClient.builder(), aws);
    this.vpc = ec2.createVpc(r -> r.cidrBlock("10.0.0.0/16")).vpc().vpcId();
    this.subnets =
        List.of(
            subnet(vpc, "10.0.1.0/24", "us-east-1a"),
            subnet(vpc, "10.0.2.0/24", "us-east-1b"),
            subnet(vpc, "10.0.3.0/24", "us-east-1b"));
    rds.createDBSubnetGroup(
        r -> r.dbSubnetGroupName("hr").dbSubnetGroupDescription("HR").subnetIds(subnets));
  }

  String subnet(String vpcId, String cidr, String zone) {
    return ec2.createSubnet(r -> r.vpcId(vpcId).cidrBlock(cidr).availabilityZone(zone))
        .subnet()
        .subnetId();
  }

  String securityGroup(String name) {
    return ec2.createSecurityGroup(r -> r.vpcId(vpc).groupName(name).description(name)).groupId();
  }

  DBCluster createCluster(String name) {
    return createCluster(name, r -> {});
  }

  DBCluster createCluster(String name, Consumer<CreateDbClusterRequest.Builder> more) {
    return rds.createDBCluster(
            r ->
                r.dbClusterIdentifier(name)
                    .engine("aurora-postgresql")
                    .engineVersion("16.4")
                    .dbSubnetGroupName("hr")
                    .masterUsername("postgres")
                    .masterUserPassword("not-a-secret")
                    .applyMutation(more))
        .dbCluster();
  }

  /** A cluster that is there. */
  DBCluster cluster(String name, Consumer<CreateDbClusterRequest.Builder> more) {
    createCluster(name, more);
    pass(Duration.ofMinutes(10));
    return cluster(name);
  }

  DBCluster cluster(String name) {
    return rds.describeDBClusters(r -> r.dbClusterIdentifier(name)).dbClusters().get(0);
  }

  DBInstance createInstance(String cluster, String name) {
    return createInstance(cluster, name, r -> {});
  }

  DBInstance createInstance(
      String cluster, String name, Consumer<CreateDbInstanceRequest.Builder> more) {
    return rds.createDBInstance(
            r ->
                r.dbInstanceIdentifier(name)
                    .dbClusterIdentifier(cluster)
                    .engine("aurora-postgresql")
                    .dbInstanceClass("db.r6i.large")
                    .applyMutation(more))
        .dbInstance();
  }

  /** An instance that is there. */
  DBInstance instance(String cluster, String name, Consumer<CreateDbInstanceRequest.Builder> more) {
    createInstance(cluster, name, more);
    pass(Duration.ofMinutes(15));
    return instance(name);
  }

  DBInstance instance(String name) {
    return rds.describeDBInstances(r -> r.dbInstanceIdentifier(name)).dbInstances().get(0);
  }

  void pass(Duration duration) {
    try {
      aws.timeline().sleep(duration);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The different values that something has in the next time, asked for every ten seconds. */
  List<String> watch(Duration duration, Supplier<String> value) {
    List<String> seen = new ArrayList<>();
    Duration step = Duration.ofSeconds(10);
    for (Duration at = Duration.ZERO; at.compareTo(duration) < 0; at = at.plus(step)) {
      String now = value.get();
      if (seen.isEmpty() || !seen.get(seen.size() - 1).equals(now)) {
        seen.add(now);
      }
      pass(step);
    }
    assertThat(seen).isNotEmpty();
    return seen;
  }

  List<String> watchCluster(String name) {
    return watch(Duration.ofMinutes(20), () -> cluster(name).status());
  }

  List<String> watchInstance(String name) {
    return watch(Duration.ofMinutes(20), () -> instance(name).dbInstanceStatus());
  }
}
