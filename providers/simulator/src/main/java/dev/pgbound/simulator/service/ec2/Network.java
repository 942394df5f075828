package dev.pgbound.simulator.service.ec2;

import dev.pgbound.simulator.service.ec2.Ec2Objects.Naming;
import dev.pgbound.simulator.world.World;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;
import software.amazon.awssdk.utils.builder.CopyableBuilder;
import software.amazon.awssdk.utils.builder.ToCopyableBuilder;

/** Everything that EC2 stores. Other services look their subnets and security groups up here. */
public final class Network {

  private final World world;
  private final Ec2Objects<Vpc, Vpc.Builder> vpcs;
  private final Ec2Objects<Subnet, Subnet.Builder> subnets;
  private final Ec2Objects<InternetGateway, InternetGateway.Builder> internetGateways;
  private final Ec2Objects<RouteTable, RouteTable.Builder> routeTables;
  private final Ec2Objects<NetworkAcl, NetworkAcl.Builder> networkAcls;
  private final Ec2Objects<SecurityGroup, SecurityGroup.Builder> securityGroups;
  private final Ec2Objects<SecurityGroupRule, SecurityGroupRule.Builder> securityGroupRules;
  private final Ec2Objects<VpcEndpoint, VpcEndpoint.Builder> vpcEndpoints;
  private final Ec2Objects<NetworkInterface, NetworkInterface.Builder> networkInterfaces;

  /** The network in {@code world}; all of its instances show the same objects. */
  public Network(World world) {
    this.world = world;
    vpcs = objects("vpc", "vpc", "InvalidVpcID", "vpc ID", Vpc::builder);
    subnets = objects("subnet", "subnet", "InvalidSubnetID", "subnet ID", Subnet::builder);
    internetGateways =
        objects(
            "internet-gateway",
            "igw",
            "InvalidInternetGatewayID",
            "internetGateway ID",
            InternetGateway::builder);
    routeTables =
        objects("route-table", "rtb", "InvalidRouteTableID", "routeTable ID", RouteTable::builder);
    networkAcls =
        objects("network-acl", "acl", "InvalidNetworkAclID", "networkAcl ID", NetworkAcl::builder);
    securityGroups =
        objects("security-group", "sg", "InvalidGroup", "security group", SecurityGroup::builder);
    securityGroupRules =
        objects(
            "security-group-rule",
            "sgr",
            "InvalidSecurityGroupRuleId",
            "security group rule ID",
            SecurityGroupRule::builder);
    vpcEndpoints =
        objects(
            "vpc-endpoint",
            "vpce",
            "InvalidVpcEndpointId",
            "Vpc Endpoint Id",
            VpcEndpoint::builder);
    networkInterfaces =
        objects(
            "network-interface",
            "eni",
            "InvalidNetworkInterfaceID",
            "networkInterface ID",
            NetworkInterface::builder);
  }

  private <T extends SdkPojo & ToCopyableBuilder<B, T>, B extends SdkPojo & CopyableBuilder<B, T>>
      Ec2Objects<T, B> objects(
          String type, String idPrefix, String error, String noun, Supplier<B> builder) {
    Naming naming = new Naming(type, idPrefix, error + ".NotFound", noun);
    return new Ec2Objects<>(world, naming, builder);
  }

  World world() {
    return world;
  }

  /** The VPCs. */
  public Ec2Objects<Vpc, Vpc.Builder> vpcs() {
    return vpcs;
  }

  /** The subnets. */
  public Ec2Objects<Subnet, Subnet.Builder> subnets() {
    return subnets;
  }

  Ec2Objects<InternetGateway, InternetGateway.Builder> internetGateways() {
    return internetGateways;
  }

  Ec2Objects<RouteTable, RouteTable.Builder> routeTables() {
    return routeTables;
  }

  Ec2Objects<NetworkAcl, NetworkAcl.Builder> networkAcls() {
    return networkAcls;
  }

  /** The security groups. */
  public Ec2Objects<SecurityGroup, SecurityGroup.Builder> securityGroups() {
    return securityGroups;
  }

  Ec2Objects<SecurityGroupRule, SecurityGroupRule.Builder> securityGroupRules() {
    return securityGroupRules;
  }

  Ec2Objects<VpcEndpoint, VpcEndpoint.Builder> vpcEndpoints() {
    return vpcEndpoints;
  }

  Ec2Objects<NetworkInterface, NetworkInterface.Builder> networkInterfaces() {
    return networkInterfaces;
  }
}
