package dev.pgbound.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.Connection;
import software.amazon.awssdk.services.databasemigration.model.CreateReplicationInstanceRequest;
import software.amazon.awssdk.services.databasemigration.model.CreateReplicationTaskRequest;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.awssdk.services.databasemigration.model.Filter;
import software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ReplicationEndpointTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ReplicationInstance;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;

/** A simulated account in which a migration can be set up, and the real SDK's client of DMS. */
final class DmsAccount {

  static final String GROUP = "private";

  static final String MAPPINGS =
      """
      {"rules": [{"rule-type": "selection", "rule-id": "1", "rule-name": "1",
       "object-locator": {"schema-name": "HR", "table-name": "%"}, "rule-action": "include"}]}
      """;

  private final SimulatedAws aws;
  private final DatabaseMigrationClient dms;
  private final Ec2Client ec2;
  private final IamClient iam;

  DmsAccount(SimulatedAws aws) {
    this.aws = aws;
    this.dms = Clients.client(DatabaseMigrationClient.builder(), aws);
    this.ec2 = Clients.client(Ec2Client.builder(), aws);
    this.iam = Clients.client(IamClient.builder(), aws, Region.AWS_GLOBAL);
  }

  /** An account with a replication subnet group. */
  static DmsAccount withSubnetGroup() throws InterruptedException {
    DmsAccount account = new DmsAccount(SimulatedAws.inMemory());
    account.createSubnetGroup();
    return account;
  }

  SimulatedAws aws() {
    return aws;
  }

  DatabaseMigrationClient dms() {
    return dms;
  }

  Ec2Client ec2() {
    return ec2;
  }

  IamClient iam() {
    return iam;
  }

  static Filter filter(String name, String... values) {
    return Filter.builder().name(name).values(values).build();
  }

  void pass(Duration time) throws InterruptedException {
    aws.timeline().sleep(time);
  }

  void createSubnetGroup() throws InterruptedException {
    createRole("dms-vpc-role", "dms.amazonaws.com");
    attach("dms-vpc-role", "AmazonDMSVPCManagementRole");
    pass(Duration.ofMinutes(1));
    List<String> subnets = createSubnets("us-east-1a", "us-east-1b");
    dms.createReplicationSubnetGroup(
        r ->
            r.replicationSubnetGroupIdentifier(GROUP)
                .replicationSubnetGroupDescription("Private subnets")
                .subnetIds(subnets));
  }

  String createRole(String name, String principal) {
    String trust =
        String.format(
            Locale.ROOT,
            """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
         "Principal": {"Service": "%s"}, "Action": "sts:AssumeRole"}]}
        """,
            principal);
    return iam.createRole(r -> r.roleName(name).assumeRolePolicyDocument(trust)).role().arn();
  }

  void attach(String role, String managedPolicy) {
    String arn = "arn:aws:iam::aws:policy/service-role/" + managedPolicy;
    iam.attachRolePolicy(r -> r.roleName(role).policyArn(arn));
  }

  /** Subnets of a new VPC, one in each zone. */
  List<String> createSubnets(String... zones) {
    String vpc = ec2.createVpc(r -> r.cidrBlock("10.0.0.0/16")).vpc().vpcId();
    return Stream.of(zones)
        .map(
            zone ->
                ec2.createSubnet(
                        r ->
                            r.vpcId(vpc)
                                .availabilityZone(zone)
                                .cidrBlock(
                                    "10.0." + (int) zone.charAt(zone.length() - 1) + ".0/24"))
                    .subnet()
                    .subnetId())
        .toList();
  }

  static CreateReplicationInstanceRequest.Builder instance(String identifier) {
    return CreateReplicationInstanceRequest.builder()
        .replicationInstanceIdentifier(identifier)
        .replicationInstanceClass("dms.c6i.large")
        .replicationSubnetGroupIdentifier(GROUP);
  }

  /** An instance that is available. */
  String createInstance(String identifier) throws InterruptedException {
    String arn =
        dms.createReplicationInstance(instance(identifier).build())
            .replicationInstance()
            .replicationInstanceArn();
    pass(Duration.ofMinutes(10));
    return arn;
  }

  ReplicationInstance instanceOf(String arn) {
    return dms.describeReplicationInstances(r -> r.filters(filter("replication-instance-arn", arn)))
        .replicationInstances()
        .get(0);
  }

  String createOracleSource(String identifier) {
    return dms.createEndpoint(
            r ->
                r.endpointIdentifier(identifier)
                    .endpointType(ReplicationEndpointTypeValue.SOURCE)
                    .engineName("oracle")
                    .serverName("oracle.example.com")
                    .port(1521)
                    .databaseName("ORCL")
                    .username("dms")
                    .password("not-to-be-seen"))
        .endpoint()
        .endpointArn();
  }

  /** A target to which every connection succeeds. */
  String createBucketTarget(String identifier) {
    return dms.createEndpoint(
            r ->
                r.endpointIdentifier(identifier)
                    .endpointType(ReplicationEndpointTypeValue.TARGET)
                    .engineName("s3")
                    .s3Settings(s -> s.bucketName("load")))
        .endpoint()
        .endpointArn();
  }

  Endpoint endpointOf(String arn) {
    return dms.describeEndpoints(r -> r.filters(filter("endpoint-arn", arn))).endpoints().get(0);
  }

  void test(String instance, String endpoint) {
    dms.testConnection(r -> r.replicationInstanceArn(instance).endpointArn(endpoint));
  }

  Connection connectionOf(String instance, String endpoint) {
    return dms.describeConnections(
            r ->
                r.filters(
                    filter("replication-instance-arn", instance), filter("endpoint-arn", endpoint)))
        .connections()
        .get(0);
  }

  /** A task whose source and target have been tested, created a moment ago. */
  CreateReplicationTaskRequest.Builder task(String identifier, MigrationTypeValue type)
      throws InterruptedException {
    String instance = createInstance(identifier + "-instance");
    String source = createOracleSource(identifier + "-source");
    String target = createBucketTarget(identifier + "-target");
    test(instance, source);
    test(instance, target);
    pass(Duration.ofMinutes(1));
    return CreateReplicationTaskRequest.builder()
        .replicationTaskIdentifier(identifier)
        .replicationInstanceArn(instance)
        .sourceEndpointArn(source)
        .targetEndpointArn(target)
        .migrationType(type)
        .tableMappings(MAPPINGS);
  }

  /** A task that is ready to be started for the first time. */
  String createTask(String identifier, MigrationTypeValue type) throws InterruptedException {
    String arn =
        dms.createReplicationTask(task(identifier, type).build())
            .replicationTask()
            .replicationTaskArn();
    pass(Duration.ofMinutes(1));
    return arn;
  }

  ReplicationTask taskOf(String arn) {
    return dms.describeReplicationTasks(r -> r.filters(filter("replication-task-arn", arn)))
        .replicationTasks()
        .get(0);
  }
}
