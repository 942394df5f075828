package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.simulator.service.ec2.Network;
import dev.pgbound.simulator.service.ec2.NetworkInterfaces;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DnsEntry;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceType;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.SecurityGroupIdentifier;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;
import software.amazon.awssdk.services.ec2.model.VpcEndpointType;

class Ec2EndpointTest {

  private static final String SECRETS = "com.amazonaws.us-east-1.secretsmanager";

  private final SimulatedAws aws = SimulatedAws.inMemory();
  private final Ec2Client ec2 = Clients.client(Ec2Client.builder(), aws);
  private final String vpc = ec2.createVpc(r -> r.cidrBlock("10.0.0.0/16")).vpc().vpcId();
  private final String first = subnet("10.0.0.0/24");
  private final String second = subnet("10.0.1.0/24");
  private final String group =
      ec2.createSecurityGroup(r -> r.vpcId(vpc).groupName("ep").description("ep")).groupId();

  @Test
  void bringsAnInterfaceEndpointUp() throws InterruptedException {
    VpcEndpoint created = createInterface(false);
    assertThat(created.stateAsString()).isEqualTo("pending");
    assertThat(created.networkInterfaceIds()).hasSize(2);
    assertThat(created.groups())
        .extracting(SecurityGroupIdentifier::groupId)
        .containsExactly(group);
    assertThat(created.dnsEntries()).extracting(DnsEntry::dnsName).hasSize(3);

    aws.timeline().sleep(Duration.ofMinutes(5));

    assertThat(endpoint(created.vpcEndpointId()))
        .isEqualTo(created.copy(e -> e.state("available")));
    assertThat(
            ec2.describeNetworkInterfaces(r -> r.filters(Ec2Filter.by("subnet-id", first)))
                .networkInterfaces())
        .singleElement()
        .matches(eni -> eni.description().endsWith(created.vpcEndpointId()))
        .matches(eni -> eni.privateIpAddress().equals("10.0.0.4"));
    assertThat(ec2.describeSubnets(r -> r.subnetIds(first)).subnets().get(0))
        .matches(subnet -> subnet.availableIpAddressCount() == 250);
  }

  @Test
  void needsBothDnsAttributesForPrivateNames() {
    assertRefused("InvalidParameter", () -> createInterface(true));
    ec2.modifyVpcAttribute(r -> r.vpcId(vpc).enableDnsHostnames(v -> v.value(true)));

    VpcEndpoint created = createInterface(true);

    assertThat(created.dnsEntries())
        .extracting(DnsEntry::dnsName)
        .contains("secretsmanager.us-east-1.amazonaws.com");
    assertRefused("InvalidParameter", () -> createInterface(true));
  }

  @Test
  void keepsSubnetAndGroupWhileInterfacesLinger() throws InterruptedException {
    String id = createInterface(false).vpcEndpointId();
    ec2.deleteVpcEndpoints(r -> r.vpcEndpointIds(id));

    assertThat(endpoint(id).stateAsString()).isEqualTo("deleting");
    assertRefused("DependencyViolation", () -> ec2.deleteSubnet(r -> r.subnetId(first)));
    assertRefused("DependencyViolation", () -> ec2.deleteSecurityGroup(r -> r.groupId(group)));

    aws.timeline().sleep(Duration.ofMinutes(5));

    assertRefused("InvalidVpcEndpointId.NotFound", () -> endpoint(id));
    ec2.deleteSubnet(r -> r.subnetId(first));
    ec2.deleteSecurityGroup(r -> r.groupId(group));
    assertThat(ec2.describeNetworkInterfaces().networkInterfaces()).isEmpty();
  }

  @Test
  void movesAnEndpointToOtherSubnetsAndGroups() {
    String id = createInterface(false).vpcEndpointId();
    String other =
        ec2.createSecurityGroup(r -> r.vpcId(vpc).groupName("o").description("o")).groupId();
    String third = subnet("10.0.2.0/24");

    ec2.modifyVpcEndpoint(
        r ->
            r.vpcEndpointId(id)
                .addSubnetIds(third)
                .removeSubnetIds(first)
                .addSecurityGroupIds(other)
                .removeSecurityGroupIds(group)
                .policyDocument("{}"));

    VpcEndpoint moved = endpoint(id);
    assertThat(moved.subnetIds()).containsExactly(second, third);
    assertThat(moved.groups()).extracting(SecurityGroupIdentifier::groupId).containsExactly(other);
    assertThat(moved.policyDocument()).isEqualTo("{}");
    assertThat(ec2.describeNetworkInterfaces().networkInterfaces())
        .extracting(NetworkInterface::subnetId)
        .containsExactlyInAnyOrder(second, third);
    ec2.deleteSubnet(r -> r.subnetId(first));
  }

  @Test
  void refusesASecondSubnetInOneZoneEvenWhenTheFirstOneGoesInTheSameCall() {
    String id = createInterface(false).vpcEndpointId();
    String zone = ec2.describeSubnets(r -> r.subnetIds(first)).subnets().get(0).availabilityZone();
    String third =
        ec2.createSubnet(r -> r.vpcId(vpc).cidrBlock("10.0.2.0/24").availabilityZone(zone))
            .subnet()
            .subnetId();

    assertRefused(
        "DuplicateSubnetsInSameZone",
        () ->
            ec2.modifyVpcEndpoint(
                r -> r.vpcEndpointId(id).addSubnetIds(third).removeSubnetIds(first)));
    ec2.modifyVpcEndpoint(r -> r.vpcEndpointId(id).removeSubnetIds(first));
    ec2.modifyVpcEndpoint(r -> r.vpcEndpointId(id).addSubnetIds(third));
    assertThat(endpoint(id).subnetIds()).containsExactly(second, third);
  }

  @Test
  void routesThroughAGatewayEndpoint() throws InterruptedException {
    String table = ec2.createRouteTable(r -> r.vpcId(vpc)).routeTable().routeTableId();
    VpcEndpoint created = createGateway(table);
    assertThat(created.vpcEndpointType()).isEqualTo(VpcEndpointType.GATEWAY);
    assertThat(routes(table))
        .extracting(Route::gatewayId)
        .containsExactly("local", created.vpcEndpointId());
    String free = ec2.createRouteTable(r -> r.vpcId(vpc)).routeTable().routeTableId();
    assertRefused("RouteAlreadyExists", () -> createGateway(free, table));
    assertThat(routes(free)).as("a refused request changes nothing").hasSize(1);

    ec2.deleteVpcEndpoints(r -> r.vpcEndpointIds(created.vpcEndpointId()));

    assertThat(routes(table)).extracting(Route::gatewayId).containsExactly("local");
    aws.timeline().sleep(Duration.ofMinutes(1));
    assertThat(ec2.describeVpcEndpoints().vpcEndpoints()).isEmpty();
  }

  @Test
  void saysWhichEndpointsItCouldNotDelete() {
    assertThat(ec2.deleteVpcEndpoints(r -> r.vpcEndpointIds("vpce-1")).unsuccessful())
        .singleElement()
        .matches(item -> item.resourceId().equals("vpce-1"))
        .matches(item -> item.error().code().equals("InvalidVpcEndpointId.NotFound"));
    assertRefused(
        "InvalidServiceName",
        () -> ec2.createVpcEndpoint(r -> r.vpcId(vpc).serviceName("com.example.database")));
  }

  @Test
  void keepsTheGatewayAttachedWhileSomebodyHasAPublicAddress() throws InterruptedException {
    String gateway = ec2.createInternetGateway().internetGateway().internetGatewayId();
    ec2.attachInternetGateway(r -> r.internetGatewayId(gateway).vpcId(vpc));
    NetworkInterfaces interfaces = new NetworkInterfaces(new Network(aws.world()));
    interfaces.attach(
        "some-instance",
        new NetworkInterfaces.Request(
            first,
            List.of(),
            "DMSNetworkInterface",
            "amazon-dms",
            NetworkInterfaceType.INTERFACE,
            true));
    assertRefused(
        "DependencyViolation",
        () -> ec2.detachInternetGateway(r -> r.internetGatewayId(gateway).vpcId(vpc)));

    interfaces.release("some-instance", Duration.ofMinutes(2));
    aws.timeline().sleep(Duration.ofMinutes(2));

    ec2.detachInternetGateway(r -> r.internetGatewayId(gateway).vpcId(vpc));
  }

  private String subnet(String cidr) {
    return ec2.createSubnet(r -> r.vpcId(vpc).cidrBlock(cidr)).subnet().subnetId();
  }

  private VpcEndpoint createInterface(boolean hasPrivateNames) {
    return ec2.createVpcEndpoint(
            r ->
                r.vpcId(vpc)
                    .serviceName(SECRETS)
                    .vpcEndpointType(VpcEndpointType.INTERFACE)
                    .subnetIds(first, second)
                    .securityGroupIds(group)
                    .privateDnsEnabled(hasPrivateNames))
        .vpcEndpoint();
  }

  private VpcEndpoint createGateway(String... tables) {
    return ec2.createVpcEndpoint(
            r -> r.vpcId(vpc).serviceName("com.amazonaws.us-east-1.s3").routeTableIds(tables))
        .vpcEndpoint();
  }

  private VpcEndpoint endpoint(String id) {
    return ec2.describeVpcEndpoints(r -> r.vpcEndpointIds(id)).vpcEndpoints().get(0);
  }

  private List<Route> routes(String table) {
    return ec2.describeRouteTables(r -> r.routeTableIds(table)).routeTables().get(0).routes();
  }
}
