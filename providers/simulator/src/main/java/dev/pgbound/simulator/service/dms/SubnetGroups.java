package dev.pgbound.simulator.service.dms;

import static java.util.Objects.requireNonNullElse;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.service.ec2.Network;
import dev.pgbound.simulator.service.ec2.NetworkInterfaces;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Stored;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.databasemigration.model.CreateReplicationSubnetGroupRequest;
import software.amazon.awssdk.services.databasemigration.model.CreateReplicationSubnetGroupResponse;
import software.amazon.awssdk.services.databasemigration.model.DeleteReplicationSubnetGroupRequest;
import software.amazon.awssdk.services.databasemigration.model.DeleteReplicationSubnetGroupResponse;
import software.amazon.awssdk.services.databasemigration.model.DescribeReplicationSubnetGroupsRequest;
import software.amazon.awssdk.services.databasemigration.model.DescribeReplicationSubnetGroupsResponse;
import software.amazon.awssdk.services.databasemigration.model.ModifyReplicationSubnetGroupRequest;
import software.amazon.awssdk.services.databasemigration.model.ModifyReplicationSubnetGroupResponse;
import software.amazon.awssdk.services.databasemigration.model.ReplicationInstance;
import software.amazon.awssdk.services.databasemigration.model.ReplicationSubnetGroup;
import software.amazon.awssdk.services.databasemigration.model.Subnet;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;

/** Replication subnet groups. They are complete as soon as they are created. */
final class SubnetGroups {

  private static final int LEAST_ZONES = 2;

  private final DmsStore store;
  private final ServiceRoles roles;
  private final Network network;
  private final NetworkInterfaces interfaces;

  SubnetGroups(DmsStore store, ServiceRoles roles, Network network, NetworkInterfaces interfaces) {
    this.store = store;
    this.roles = roles;
    this.network = network;
    this.interfaces = interfaces;
  }

  void register(Operations operations) {
    operations
        .on(
            "CreateReplicationSubnetGroup",
            CreateReplicationSubnetGroupRequest::builder,
            this::create)
        .on(
            "DescribeReplicationSubnetGroups",
            DescribeReplicationSubnetGroupsRequest::builder,
            this::describe)
        .on(
            "ModifyReplicationSubnetGroup",
            ModifyReplicationSubnetGroupRequest::builder,
            this::modify)
        .on(
            "DeleteReplicationSubnetGroup",
            DeleteReplicationSubnetGroupRequest::builder,
            this::delete);
  }

  private CreateReplicationSubnetGroupResponse create(CreateReplicationSubnetGroupRequest request) {
    String identifier = Identifiers.subnetGroup(request.replicationSubnetGroupIdentifier());
    String description =
        Refusals.required(
            request.replicationSubnetGroupDescription(), "ReplicationSubnetGroupDescription");
    roles.requireVpcRole();
    ReplicationSubnetGroup group =
        ReplicationSubnetGroup.builder()
            .replicationSubnetGroupIdentifier(identifier)
            .replicationSubnetGroupDescription(description)
            .subnetGroupStatus("Complete")
            .supportedNetworkTypes("IPV4")
            .applyMutation(builder -> place(builder, request.subnetIds()))
            .build();
    String arn = store.world().arn("dms", "subgrp:" + identifier);
    return CreateReplicationSubnetGroupResponse.builder()
        .replicationSubnetGroup(
            store.subnetGroups().add(identifier, arn, group, request.tags()).view())
        .build();
  }

  private DescribeReplicationSubnetGroupsResponse describe(
      DescribeReplicationSubnetGroupsRequest request) {
    Page<ReplicationSubnetGroup> page =
        store
            .subnetGroups()
            .describe(
                new PageRequest(request.filters(), request.maxRecords(), request.marker()),
                Stored::view);
    return DescribeReplicationSubnetGroupsResponse.builder()
        .replicationSubnetGroups(page.items())
        .marker(page.next())
        .build();
  }

  private ModifyReplicationSubnetGroupResponse modify(ModifyReplicationSubnetGroupRequest request) {
    Stored<ReplicationSubnetGroup, ReplicationSubnetGroup.Builder> group =
        get(request.replicationSubnetGroupIdentifier());
    roles.requireVpcRole();
    refuseToTakeUsedSubnets(group.key(), request.subnetIds());
    group.update(
        builder -> {
          builder.replicationSubnetGroupDescription(
              requireNonNullElse(
                  request.replicationSubnetGroupDescription(),
                  group.model().replicationSubnetGroupDescription()));
          place(builder, request.subnetIds());
        });
    return ModifyReplicationSubnetGroupResponse.builder()
        .replicationSubnetGroup(group.view())
        .build();
  }

  private DeleteReplicationSubnetGroupResponse delete(DeleteReplicationSubnetGroupRequest request) {
    Stored<ReplicationSubnetGroup, ReplicationSubnetGroup.Builder> group =
        get(request.replicationSubnetGroupIdentifier());
    String users =
        instancesIn(group.key()).stream()
            .map(ReplicationInstance::replicationInstanceIdentifier)
            .collect(Collectors.joining(", "));
    if (!users.isEmpty()) {
      throw Refusals.invalidState(
          "Cannot delete the subnet group '%s' because at least one database instance: %s is still"
              + " using it.",
          group.key(), users);
    }
    if (store
        .replicationConfigs()
        .any(config -> group.key().equals(config.computeConfig().replicationSubnetGroupId()))) {
      throw Refusals.invalidState(
          "Cannot delete the subnet group '%s' because at least one replication config is still"
              + " using it.",
          group.key());
    }
    group.remove();
    return DeleteReplicationSubnetGroupResponse.builder().build();
  }

  private Stored<ReplicationSubnetGroup, ReplicationSubnetGroup.Builder> get(String identifier) {
    return store
        .subnetGroups()
        .get(
            identifier == null ? null : identifier.toLowerCase(Locale.ROOT),
            "ReplicationSubnetGroupIdentifier");
  }

  private List<ReplicationInstance> instancesIn(String group) {
    return store
        .instances()
        .where(i -> i.replicationSubnetGroup().replicationSubnetGroupIdentifier().equals(group))
        .map(Stored::model)
        .toList();
  }

  private void refuseToTakeUsedSubnets(String group, List<String> remaining) {
    Set<String> used =
        instancesIn(group).stream()
            .flatMap(instance -> interfaces.of(instance.replicationInstanceArn()).stream())
            .map(NetworkInterface::subnetId)
            .filter(subnet -> !remaining.contains(subnet))
            .collect(Collectors.toCollection(TreeSet::new));
    if (!used.isEmpty()) {
      throw new Fault("SubnetAlreadyInUse", "Subnets in use cannot be removed: " + used);
    }
  }

  /** Sets the subnets and their VPC; the service gives them in an order of its own. */
  private void place(ReplicationSubnetGroup.Builder builder, List<String> subnetIds) {
    List<software.amazon.awssdk.services.ec2.model.Subnet> subnets =
        network.subnets().where(s -> subnetIds.contains(s.subnetId())).map(Stored::model).toList();
    Set<String> unknown = new TreeSet<>(subnetIds);
    subnets.forEach(subnet -> unknown.remove(subnet.subnetId()));
    if (!unknown.isEmpty()) {
      throw new Fault("InvalidSubnet", "Some of the subnet id(s) are invalid: " + unknown);
    }
    if (subnets.stream().map(s -> s.vpcId()).distinct().count() > 1) {
      throw new Fault("InvalidSubnet", "The subnets are not all in the same VPC.");
    }
    long zones = subnets.stream().map(s -> s.availabilityZone()).distinct().count();
    if (zones < LEAST_ZONES) {
      throw new Fault(
          "ReplicationSubnetGroupDoesNotCoverEnoughAZs",
          "Replication Subnet Group doesn't meet availability zone coverage requirement. Please add"
              + " subnets to cover at least 2 availability zones. Current coverage: "
              + zones);
    }
    builder.vpcId(subnets.get(0).vpcId()).subnets(subnets.stream().map(this::subnet).toList());
  }

  private Subnet subnet(software.amazon.awssdk.services.ec2.model.Subnet subnet) {
    return Subnet.builder()
        .subnetIdentifier(subnet.subnetId())
        .subnetAvailabilityZone(zone -> zone.name(subnet.availabilityZone()))
        .subnetStatus("Active")
        .build();
  }
}
