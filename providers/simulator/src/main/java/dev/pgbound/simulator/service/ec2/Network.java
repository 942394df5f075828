package dev.pgbound.simulator.service.ec2;

import dev.pgbound.simulator.service.ec2.Ec2Objects.Naming;
import dev.pgbound.simulator.world.World;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

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
    this.vpcs =
        new Ec2Objects<>(
            world, new Naming("vpc", "vpc", "InvalidVpcID.NotFound", "vpc ID"), Vpc::builder);
    this.subnets =
        new Ec2Objects<>(
            world,
            new Naming("subnet", "subnet", "InvalidSubnetID.NotFound", "subnet ID"),
            Subnet::builder);
    this.internetGateways =
        new Ec2Objects<>(
            world,
            new Naming(
                "internet-gateway",
                "igw",
                "InvalidInternetGatewayID.NotFound",
                "internetGateway ID"),
            InternetGateway::builder);
    this.routeTables =
        new Ec2Objects<>(
            world,
            new Naming("route-table", "rtb", "InvalidRouteTableID.NotFound", "routeTable ID"),
            RouteTable::builder);
    this.networkAcls =
        new Ec2Objects<>(
            world,
            new Naming("network-acl", "acl", "InvalidNetworkAclID.NotFound", "networkAcl ID"),
            NetworkAcl::builder);
    this.securityGroups =
        new Ec2Objects<>(
            world,
            new Naming("security-group", "sg", "InvalidGroup.NotFound", "security group"),
            SecurityGroup::builder);
    this.securityGroupRules =
        new Ec2Objects<>(
            world,
            new Naming(
                "security-group-rule",
                "sgr",
                "InvalidSecurityGroupRuleId.NotFound",
                "security group rule ID"),
            SecurityGroupRule::builder);
    this.vpcEndpoints =
        new Ec2Objects<>(
            world,
            new Naming("vpc-endpoint", "vpce", "InvalidVpcEndpointId.NotFound", "Vpc Endpoint Id"),
            VpcEndpoint::builder);
    this.networkInterfaces =
        new Ec2Objects<>(
            world,
            new Naming(
                "network-interface",
                "eni",
                "InvalidNetworkInterfaceID.NotFound",
                "networkInterface ID"),
            NetworkInterface::builder);
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
