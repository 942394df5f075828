package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.BlockPublicAccessMode;
import software.amazon.awssdk.services.ec2.model.HostnameType;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.SubnetState;

class Ec2SubnetTest {

  private final SimulatedAws aws = SimulatedAws.inMemory();
  private final Ec2Client ec2 = Clients.client(Ec2Client.builder(), aws);
  private final String vpc = ec2.createVpc(r -> r.cidrBlock("10.0.0.0/16")).vpc().vpcId();

  @Test
  void fillsInTheDefaultsOfASubnet() throws InterruptedException {
    Subnet created =
        ec2.createSubnet(r -> r.vpcId(vpc).cidrBlock("10.0.0.0/24").availabilityZone("us-east-1a"))
            .subnet();
    assertThat(created.state()).isEqualTo(SubnetState.PENDING);

    aws.timeline().sleep(Duration.ofSeconds(10));

    Subnet subnet = ec2.describeSubnets(r -> r.subnetIds(created.subnetId())).subnets().get(0);
    assertThat(subnet).isEqualTo(created.copy(s -> s.state(SubnetState.AVAILABLE)));
    assertThat(subnet.availabilityZoneId()).isEqualTo("use1-az1");
    assertThat(subnet.availableIpAddressCount()).isEqualTo(251);
    assertThat(subnet.mapPublicIpOnLaunch()).isFalse();
    assertThat(subnet.enableDns64()).isFalse();
    assertThat(subnet.blockPublicAccessStates().internetGatewayBlockMode())
        .isEqualTo(BlockPublicAccessMode.OFF);
    assertThat(subnet.privateDnsNameOptionsOnLaunch().hostnameType())
        .isEqualTo(HostnameType.IP_NAME);
    assertThat(subnet.privateDnsNameOptionsOnLaunch().enableResourceNameDnsARecord()).isFalse();
  }

  @Test
  void spreadsSubnetsWithoutAZoneOverTheZones() {
    assertThat(create("10.0.0.0/24").availabilityZone()).isEqualTo("us-east-1a");
    assertThat(create("10.0.1.0/24").availabilityZone()).isEqualTo("us-east-1b");
  }

  @Test
  void refusesRangesOutsideTheVpcAndOverlappingOnes() {
    create("10.0.16.0/20");

    assertRefused("InvalidSubnet.Range", () -> create("10.1.0.0/24"));
    assertRefused("InvalidSubnet.Range", () -> create("10.0.0.0/15"));
    assertRefused("InvalidSubnet.Conflict", () -> create("10.0.17.0/24"));
    assertRefused("InvalidSubnet.Conflict", () -> create("10.0.0.0/16"));
    create("10.0.32.0/20");
  }

  @Test
  void refusesAZoneThatTheRegionDoesNotHave() {
    assertRefused(
        "InvalidParameterValue",
        () ->
            ec2.createSubnet(
                r -> r.vpcId(vpc).cidrBlock("10.0.0.0/24").availabilityZone("eu-west-1a")));
    assertRefused(
        "InvalidVpcID.NotFound",
        () -> ec2.createSubnet(r -> r.vpcId("vpc-1").cidrBlock("10.0.0.0/24")));
  }

  @Test
  void changesOneAttributeInACall() {
    String id = create("10.0.0.0/24").subnetId();

    assertRefused(
        "InvalidParameterCombination",
        () ->
            ec2.modifySubnetAttribute(
                r ->
                    r.subnetId(id)
                        .mapPublicIpOnLaunch(v -> v.value(true))
                        .enableDns64(v -> v.value(true))));
    ec2.modifySubnetAttribute(r -> r.subnetId(id).mapPublicIpOnLaunch(v -> v.value(true)));
    ec2.modifySubnetAttribute(
        r -> r.subnetId(id).enableResourceNameDnsARecordOnLaunch(v -> v.value(true)));

    Subnet subnet = ec2.describeSubnets(r -> r.subnetIds(id)).subnets().get(0);
    assertThat(subnet.mapPublicIpOnLaunch()).isTrue();
    assertThat(subnet.enableDns64()).isFalse();
    assertThat(subnet.privateDnsNameOptionsOnLaunch().enableResourceNameDnsARecord()).isTrue();
    assertThat(subnet.privateDnsNameOptionsOnLaunch().hostnameType())
        .isEqualTo(HostnameType.IP_NAME);
  }

  @Test
  void namesTheZonesOfARegion() {
    Ec2Client sydney = Clients.client(Ec2Client.builder(), aws, Region.AP_SOUTHEAST_2);

    assertThat(sydney.describeAvailabilityZones().availabilityZones())
        .extracting(AvailabilityZone::zoneName)
        .containsExactly("ap-southeast-2a", "ap-southeast-2b", "ap-southeast-2c");
    assertThat(sydney.describeAvailabilityZones().availabilityZones().get(2).zoneId())
        .isEqualTo("apse2-az3");
    assertRefused(
        "InvalidParameterValue",
        () -> sydney.describeAvailabilityZones(r -> r.zoneNames("us-east-1a")));
  }

  @Test
  void attachesAnInternetGatewayToOneVpc() {
    String gateway = ec2.createInternetGateway().internetGateway().internetGatewayId();
    String other = ec2.createInternetGateway().internetGateway().internetGatewayId();
    assertRefused(
        "Gateway.NotAttached",
        () -> ec2.detachInternetGateway(r -> r.internetGatewayId(gateway).vpcId(vpc)));
    ec2.attachInternetGateway(r -> r.internetGatewayId(gateway).vpcId(vpc));

    assertRefused(
        "Resource.AlreadyAssociated",
        () -> ec2.attachInternetGateway(r -> r.internetGatewayId(gateway).vpcId(vpc)));
    assertRefused(
        "InvalidParameterValue",
        () -> ec2.attachInternetGateway(r -> r.internetGatewayId(other).vpcId(vpc)));
    assertRefused(
        "DependencyViolation", () -> ec2.deleteInternetGateway(r -> r.internetGatewayId(gateway)));
    InternetGateway found =
        ec2.describeInternetGateways(r -> r.filters(Ec2Filter.by("attachment.vpc-id", vpc)))
            .internetGateways()
            .get(0);
    assertThat(found.internetGatewayId()).isEqualTo(gateway);
    assertThat(found.attachments().get(0).stateAsString()).isEqualTo("available");

    ec2.detachInternetGateway(r -> r.internetGatewayId(gateway).vpcId(vpc));
    ec2.deleteInternetGateway(r -> r.internetGatewayId(gateway));
    assertRefused(
        "InvalidInternetGatewayID.NotFound",
        () -> ec2.describeInternetGateways(r -> r.internetGatewayIds(gateway)));
  }

  private Subnet create(String cidr) {
    return ec2.createSubnet(r -> r.vpcId(vpc).cidrBlock(cidr)).subnet();
  }
}
