package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.service.ec2.Network;
import dev.pgbound.simulator.service.ec2.NetworkInterfaces;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.databasemigration.model.ReplicationInstance;
import software.amazon.awssdk.services.databasemigration.model.ReplicationSubnetGroup;
import software.amazon.awssdk.services.databasemigration.model.Subnet;
import software.amazon.awssdk.services.databasemigration.model.VpcSecurityGroupMembership;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceType;

/**
 * Where an instance, or the capacity of a serverless replication, stands: its zones, security
 * groups and network interfaces.
 */
final class InstanceNetwork {

  private final Network network;
  private final NetworkInterfaces interfaces;

  InstanceNetwork(Network network, NetworkInterfaces interfaces) {
    this.network = network;
    this.interfaces = interfaces;
  }

  /** The zone that a new instance gets. */
  String zone(ReplicationSubnetGroup group, @Nullable String wanted) {
    return zones(group).stream()
        .filter(zone -> wanted == null || zone.equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                Refusals.invalidValue(
                    "The subnet group has no subnet in availability zone " + wanted));
  }

  /** The zone of the standby of a Multi-AZ instance. */
  String secondaryZone(ReplicationSubnetGroup group, String primary) {
    return zones(group).stream()
        .filter(zone -> !zone.equals(primary))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("A subnet group with one zone"));
  }

  private static List<String> zones(ReplicationSubnetGroup group) {
    return group.subnets().stream()
        .map(subnet -> subnet.subnetAvailabilityZone().name())
        .distinct()
        .sorted()
        .toList();
  }

  /** The wanted security groups, else the default one of the VPC. */
  List<VpcSecurityGroupMembership> securityGroups(List<String> wanted, String vpcId) {
    List<String> ids = wanted.isEmpty() ? List.of(defaultGroup(vpcId)) : wanted;
    return ids.stream().map(id -> membership(id, vpcId)).toList();
  }

  private String defaultGroup(String vpcId) {
    return network
        .securityGroups()
        .where(group -> group.vpcId().equals(vpcId) && group.groupName().equals("default"))
        .map(group -> group.model().groupId())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No default group in " + vpcId));
  }

  private VpcSecurityGroupMembership membership(String id, String vpcId) {
    if (network
        .securityGroups()
        .where(group -> group.groupId().equals(id) && group.vpcId().equals(vpcId))
        .findAny()
        .isEmpty()) {
      throw Refusals.invalidValue("Invalid security group: " + id);
    }
    return VpcSecurityGroupMembership.builder().vpcSecurityGroupId(id).status("active").build();
  }

  /** Puts an interface of the instance into a subnet of one of its zones, unless there is one. */
  void attach(ReplicationInstance instance, ReplicationSubnetGroup group, String zone) {
    boolean isPublic = instance.publiclyAccessible();
    attach(instance.replicationInstanceArn(), group, zone, groupIds(instance), isPublic);
  }

  /** Puts an interface of a serverless replication into a subnet of a zone, as above. */
  void attach(String config, ReplicationSubnetGroup group, String zone, List<String> groupIds) {
    attach(config, group, zone, groupIds, false);
  }

  private void attach(
      String owner,
      ReplicationSubnetGroup group,
      String zone,
      List<String> groupIds,
      boolean isPublic) {
    if (interfaces.of(owner).stream().anyMatch(each -> each.availabilityZone().equals(zone))) {
      return;
    }
    String subnet =
        group.subnets().stream()
            .filter(each -> each.subnetAvailabilityZone().name().equals(zone))
            .map(Subnet::subnetIdentifier)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("No subnet in " + zone));
    interfaces.attach(
        owner,
        new NetworkInterfaces.Request(
            subnet,
            groupIds,
            "DMSNetworkInterface",
            "amazon-dms",
            NetworkInterfaceType.INTERFACE,
            isPublic));
  }

  private static List<String> groupIds(ReplicationInstance instance) {
    return instance.vpcSecurityGroups().stream()
        .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
        .toList();
  }

  /** Gives the instance's interfaces the security groups of the instance. */
  void changeGroups(ReplicationInstance instance) {
    interfaces.changeGroups(instance.replicationInstanceArn(), groupIds(instance));
  }

  /** Removes in a while the interfaces of whoever has this ARN. */
  void release(String owner, Duration linger) {
    interfaces.release(owner, linger);
  }

  /** Removes the instance's interfaces in a zone. */
  void detach(ReplicationInstance instance, String zone) {
    String arn = instance.replicationInstanceArn();
    interfaces.of(arn).stream()
        .filter(each -> each.availabilityZone().equals(zone))
        .forEach(each -> interfaces.release(arn, each.subnetId()));
  }

  /** Lets the instance show the addresses that its interfaces have. */
  @SuppressWarnings("deprecation") // DMS still answers with the members for one address, too
  void showAddresses(ReplicationInstance.Builder builder, String arn) {
    List<NetworkInterface> attached = interfaces.of(arn);
    List<String> privateOnes = attached.stream().map(NetworkInterface::privateIpAddress).toList();
    List<String> publicOnes =
        attached.stream()
            .map(NetworkInterface::association)
            .filter(Objects::nonNull)
            .map(association -> association.publicIp())
            .toList();
    builder
        .replicationInstancePrivateIpAddresses(privateOnes)
        .replicationInstancePrivateIpAddress(privateOnes.get(0))
        .replicationInstancePublicIpAddresses(publicOnes)
        .replicationInstancePublicIpAddress(publicOnes.isEmpty() ? null : publicOnes.get(0));
  }
}
