package dev.pgbound.simulator;

import static dev.pgbound.simulator.DmsAccount.filter;
import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.CreateReplicationSubnetGroupRequest;
import software.amazon.awssdk.services.databasemigration.model.ReplicationSubnetGroup;
import software.amazon.awssdk.services.databasemigration.model.Subnet;

class DmsSubnetGroupTest {

  private final DmsAccount account = new DmsAccount(SimulatedAws.inMemory());
  private final DatabaseMigrationClient dms = account.dms();

  private static CreateReplicationSubnetGroupRequest.Builder group(
      String id, List<String> subnets) {
    return CreateReplicationSubnetGroupRequest.builder()
        .replicationSubnetGroupIdentifier(id)
        .replicationSubnetGroupDescription("Some subnets")
        .subnetIds(subnets);
  }

  @Test
  void refusesUntilTheVpcRoleIsSeenByOtherServices() throws InterruptedException {
    CreateReplicationSubnetGroupRequest group =
        group("g", account.createSubnets("us-east-1a", "us-east-1b")).build();
    account.createRole("dms-vpc-role", "dms.amazonaws.com");
    account.pass(Duration.ofMinutes(5));
    account.attach("dms-vpc-role", "AmazonDMSVPCManagementRole");

    assertRefused(
        "AccessDeniedFault",
        "The IAM Role arn:aws:iam::123456789012:role/dms-vpc-role is not configured properly.",
        () -> dms.createReplicationSubnetGroup(group));
    account.pass(Duration.ofMinutes(1));

    assertThat(dms.createReplicationSubnetGroup(group).replicationSubnetGroup().subnetGroupStatus())
        .isEqualTo("Complete");
  }

  @Test
  void refusesAVpcRoleThatDoesNotTrustDms() throws InterruptedException {
    account.createRole("dms-vpc-role", "rds.amazonaws.com");
    account.attach("dms-vpc-role", "AmazonDMSVPCManagementRole");
    account.pass(Duration.ofMinutes(1));

    List<String> subnets = account.createSubnets("us-east-1a", "us-east-1b");
    assertRefused(
        "AccessDeniedFault", () -> dms.createReplicationSubnetGroup(group("g", subnets).build()));
  }

  @Test
  void keepsIdentifiersInLowerCaseAndSubnetsInItsOwnOrder() throws InterruptedException {
    account.createSubnetGroup();
    List<String> subnets =
        account.createSubnets("us-east-1b", "us-east-1c").stream()
            .sorted(Collections.reverseOrder())
            .toList();

    ReplicationSubnetGroup group =
        dms.createReplicationSubnetGroup(group("MyGroup", subnets).build())
            .replicationSubnetGroup();

    assertThat(group.replicationSubnetGroupIdentifier()).isEqualTo("mygroup");
    assertThat(group.vpcId()).startsWith("vpc-");
    assertThat(group.subnets())
        .extracting(Subnet::subnetIdentifier)
        .containsExactlyElementsOf(subnets.stream().sorted().toList());
    assertThat(group.subnets())
        .extracting(subnet -> subnet.subnetAvailabilityZone().name())
        .containsExactlyInAnyOrder("us-east-1b", "us-east-1c");
    assertThat(
            dms.describeReplicationSubnetGroups(
                    r -> r.filters(filter("replication-subnet-group-id", "MyGroup")))
                .replicationSubnetGroups())
        .containsExactly(group);
    assertRefused(
        "ResourceAlreadyExistsFault",
        () -> dms.createReplicationSubnetGroup(group("MYGROUP", subnets).build()));
  }

  @Test
  void refusesTooFewZonesAndUnknownSubnets() throws InterruptedException {
    account.createSubnetGroup();
    List<String> one = account.createSubnets("us-east-1c");

    assertRefused(
        "ReplicationSubnetGroupDoesNotCoverEnoughAZs",
        () -> dms.createReplicationSubnetGroup(group("one", one).build()));
    assertRefused(
        "InvalidSubnet",
        () -> dms.createReplicationSubnetGroup(group("x", List.of("subnet-1")).build()));
    List<String> two =
        Stream.of(one, account.createSubnets("us-east-1d")).flatMap(List::stream).toList();
    assertRefused(
        "InvalidSubnet", () -> dms.createReplicationSubnetGroup(group("two", two).build()));
    assertRefused(
        "InvalidParameterValueException",
        () -> dms.createReplicationSubnetGroup(group("default", one).build()));
  }

  @Test
  void changesDescriptionAndSubnets() throws InterruptedException {
    account.createSubnetGroup();
    List<String> others = account.createSubnets("us-east-1c", "us-east-1d");

    dms.modifyReplicationSubnetGroup(
        r -> r.replicationSubnetGroupIdentifier("Private").subnetIds(others));

    ReplicationSubnetGroup group =
        dms.describeReplicationSubnetGroups().replicationSubnetGroups().get(0);
    assertThat(group.replicationSubnetGroupDescription()).isEqualTo("Private subnets");
    assertThat(group.subnets())
        .extracting(Subnet::subnetIdentifier)
        .containsExactlyInAnyOrderElementsOf(others);
  }

  @Test
  void refusesToTakeSubnetsOrTheGroupFromAnInstance() throws InterruptedException {
    account.createSubnetGroup();
    String instance = account.createInstance("worker");
    List<String> others = account.createSubnets("us-east-1c", "us-east-1d");

    assertRefused(
        "SubnetAlreadyInUse",
        () ->
            dms.modifyReplicationSubnetGroup(
                r -> r.replicationSubnetGroupIdentifier(DmsAccount.GROUP).subnetIds(others)));
    dms.deleteReplicationInstance(r -> r.replicationInstanceArn(instance));
    assertRefused(
        "InvalidResourceStateFault",
        "Cannot delete the subnet group 'private' because at least one database instance: worker"
            + " is still using it.",
        () ->
            dms.deleteReplicationSubnetGroup(
                r -> r.replicationSubnetGroupIdentifier(DmsAccount.GROUP)));
    account.pass(Duration.ofMinutes(6));

    dms.deleteReplicationSubnetGroup(r -> r.replicationSubnetGroupIdentifier(DmsAccount.GROUP));

    assertThat(dms.describeReplicationSubnetGroups().replicationSubnetGroups()).isEmpty();
    assertRefused(
        "ResourceNotFoundFault",
        "found matching provided filters",
        () ->
            dms.describeReplicationSubnetGroups(
                r -> r.filters(filter("replication-subnet-group-id", "private"))));
  }
}
