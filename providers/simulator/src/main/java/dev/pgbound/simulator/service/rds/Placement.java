package dev.pgbound.simulator.service.rds;

import dev.pgbound.simulator.service.ec2.AvailabilityZones;
import dev.pgbound.simulator.service.ec2.Network;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.World;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.rds.model.Subnet;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/** Where clusters and instances lie in the network that EC2 keeps. */
final class Placement {

  /** Aurora keeps its storage in three zones, whatever the subnets cover. */
  private static final int CLUSTER_ZONES = 3;

  private final Network network;
  private final AvailabilityZones zones;

  Placement(World world) {
    this.network = new Network(world);
    this.zones = new AvailabilityZones(world);
  }

  /** The security groups asked for, which must be in the VPC; else the VPC's default one. */
  List<VpcSecurityGroupMembership> securityGroups(List<String> ids, String vpcId) {
    List<SecurityGroup> groups =
        ids.isEmpty() ? defaultGroup(vpcId) : ids.stream().map(this::securityGroup).toList();
    for (SecurityGroup group : groups) {
      if (!group.vpcId().equals(vpcId)) {
        throw RdsFaults.invalidCombination(
            "The DB instance and EC2 security group are in different VPCs. The DB instance is in "
                + vpcId
                + " and the EC2 security group is in "
                + group.vpcId());
      }
    }
    return groups.stream()
        .map(
            group ->
                VpcSecurityGroupMembership.builder()
                    .vpcSecurityGroupId(group.groupId())
                    .status("active")
                    .build())
        .toList();
  }

  private SecurityGroup securityGroup(String id) {
    return network
        .securityGroups()
        .where(group -> group.groupId().equals(id))
        .map(Stored::model)
        .findFirst()
        .orElseThrow(
            () ->
                RdsFaults.invalidValue(
                    "Invalid security group , groupId= " + id + ", groupName=."));
  }

  private List<SecurityGroup> defaultGroup(String vpcId) {
    return network
        .securityGroups()
        .where(group -> group.vpcId().equals(vpcId) && group.groupName().equals("default"))
        .map(Stored::model)
        .toList();
  }

  /** Three zones: those asked for, those of the subnets, and others of the region. */
  List<String> clusterZones(List<String> asked, DBSubnetGroup group) {
    List<String> all = zones.all().stream().map(AvailabilityZone::zoneName).toList();
    asked.stream()
        .filter(zone -> !all.contains(zone))
        .findFirst()
        .ifPresent(
            zone -> {
              throw new Fault(
                  "InvalidVPCNetworkStateFault",
                  "Availability zone '"
                      + zone
                      + "' is unavailable in this region, please choose"
                      + " another zone set.");
            });
    // AWS keeps no order; a reversed one finds out who relies on it
    return Stream.of(asked, subnetZones(group), all)
        .flatMap(List::stream)
        .distinct()
        .limit(CLUSTER_ZONES)
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  /** The zones of a subnet group, each once. */
  static List<String> subnetZones(DBSubnetGroup group) {
    return group.subnets().stream()
        .map(subnet -> subnet.subnetAvailabilityZone().name())
        .distinct()
        .sorted()
        .toList();
  }

  /** A subnet of the group in a zone. */
  static Subnet subnet(DBSubnetGroup group, String zone) {
    return group.subnets().stream()
        .filter(subnet -> subnet.subnetAvailabilityZone().name().equals(zone))
        .findFirst()
        .orElseThrow(
            () ->
                new Fault(
                    "InvalidVPCNetworkStateFault",
                    "The DB subnet group "
                        + group.dbSubnetGroupName()
                        + " has no subnet in the availability zone "
                        + zone));
  }

  /** Refuses a public instance in a VPC without DNS names. */
  void requireDnsNames(String vpcId) {
    Stored<?, ?> vpc = network.vpcs().get(vpcId);
    if (!isOn(vpc, VpcAttributeName.ENABLE_DNS_HOSTNAMES)
        || !isOn(vpc, VpcAttributeName.ENABLE_DNS_SUPPORT)) {
      throw new Fault(
          "InvalidVPCNetworkStateFault",
          "Cannot create a publicly accessible DBInstance. The specified VPC does not support DNS"
              + " resolution, DNS hostnames, or both. Update the VPC and then try again");
    }
  }

  private static boolean isOn(Stored<?, ?> vpc, VpcAttributeName attribute) {
    return vpc.hidden(attribute.toString()).map(Boolean::valueOf).orElse(false);
  }

  Network network() {
    return network;
  }
}
