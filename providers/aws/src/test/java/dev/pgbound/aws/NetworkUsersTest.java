package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceType.Blocker;
import dev.pgbound.spi.ResourceType.Deletion;
import dev.pgbound.spi.Value.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Users of a network that no simulated service makes, or that only look like users. */
final class NetworkUsersTest {

  @Test
  void nameTheGatewayThatNobodyDeclared() {
    try (TypeFixture subnet = new TypeFixture("subnet")) {
      interfaces(subnet, nic("Interface for NAT Gateway nat-1", "true"));

      assertThat(blockers(subnet, Fields.NONE))
          .extracting(Blocker::text)
          .containsExactly(
              "The network interface eni-1 (Interface for NAT Gateway nat-1) uses it. Delete or"
                  + " change that first.");
    }
  }

  @Test
  void doNotIncludeAnEndpointThatIsBeingDeleted() {
    try (TypeFixture subnet = new TypeFixture("subnet")) {
      interfaces(subnet, nic("VPC Endpoint Interface vpce-1", "true"));
      subnet.aws.answer(
          "DescribeVpcEndpoints",
          "<DescribeVpcEndpointsResponse><vpcEndpointSet><item><vpcEndpointId>vpce-1"
              + "</vpcEndpointId><state>deleting</state></item></vpcEndpointSet>"
              + "</DescribeVpcEndpointsResponse>");

      assertThat(blockers(subnet, Fields.NONE)).isEmpty();
    }
  }

  @Test
  void areDatabasesInTheZoneOfTheSubnetOnly() {
    try (TypeFixture subnet = new TypeFixture("subnet")) {
      interfaces(subnet, nic("RDSNetworkInterface", "true"));
      subnet.aws.answer(
          "DescribeDBInstances",
          "<DescribeDBInstancesResponse><DescribeDBInstancesResult><DBInstances>"
              + database("here", "eu-central-1a", "available")
              + database("there", "eu-central-1b", "available")
              + database("going", "eu-central-1a", "deleting")
              + "</DBInstances></DescribeDBInstancesResult></DescribeDBInstancesResponse>");
      subnet.aws.answer("DescribeReplicationInstances", "{\"ReplicationInstances\": []}");

      assertThat(blockers(subnet, Fields.NONE))
          .extracting(Blocker::text)
          .containsExactly("db-instance here uses it. Delete or change that first.");
    }
  }

  @Test
  void keepAGatewayByPublicAddresses() {
    try (TypeFixture gateway = new TypeFixture("internet-gateway")) {
      interfaces(gateway, nic("bastion", "false"), nic("DMSNetworkInterface", "true"));

      assertThat(blockers(gateway, Fields.NONE.with("vpcId", "vpc-1")))
          .extracting(Blocker::text)
          .containsExactly(
              "The network interface eni-1 (bastion) has a public address, which keeps the gateway"
                  + " in its VPC. Delete the interface or release its address first.");
      assertThat(gateway.aws.lastBody("DescribeNetworkInterfaces"))
          .contains("Name=association.public-ip", "Value.1=vpc-1");
    }
  }

  private static List<Blocker> blockers(TypeFixture fixture, Fields attributes) {
    Live live = new Live("subnet-1", attributes, Map.of(), Live.Health.READY);
    Address address = new Address(fixture.type.schema().type(), "main");
    return fixture.type.blockers(
        List.of(new Deletion(address, live, Optional.empty())), TestContext.discovery());
  }

  private static void interfaces(TypeFixture fixture, String... items) {
    fixture.aws.answer(
        "DescribeNetworkInterfaces",
        "<DescribeNetworkInterfacesResponse><networkInterfaceSet>"
            + String.join("", items)
            + "</networkInterfaceSet></DescribeNetworkInterfacesResponse>");
  }

  private static String nic(String description, String managed) {
    return String.format(
        Locale.ROOT,
        "<item><networkInterfaceId>eni-1</networkInterfaceId><subnetId>subnet-1</subnetId>"
            + "<vpcId>vpc-1</vpcId><description>%s</description>"
            + "<requesterManaged>%s</requesterManaged></item>",
        description,
        managed);
  }

  private static String database(String name, String zone, String status) {
    return String.format(
        Locale.ROOT,
        "<DBInstance><DBInstanceIdentifier>%s</DBInstanceIdentifier>"
            + "<DBInstanceStatus>%s</DBInstanceStatus><AvailabilityZone>%s</AvailabilityZone>"
            + "<DBSubnetGroup><Subnets><Subnet><SubnetIdentifier>subnet-1</SubnetIdentifier>"
            + "<SubnetAvailabilityZone><Name>eu-central-1a</Name></SubnetAvailabilityZone>"
            + "</Subnet></Subnets></DBSubnetGroup></DBInstance>",
        name,
        status,
        zone);
  }
}
