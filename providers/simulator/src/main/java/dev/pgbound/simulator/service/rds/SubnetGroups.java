package dev.pgbound.simulator.service.rds;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.service.ec2.Network;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Stored;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.CreateDbSubnetGroupRequest;
import software.amazon.awssdk.services.rds.model.CreateDbSubnetGroupResponse;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.rds.model.DeleteDbSubnetGroupRequest;
import software.amazon.awssdk.services.rds.model.DeleteDbSubnetGroupResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbSubnetGroupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbSubnetGroupsResponse;
import software.amazon.awssdk.services.rds.model.ModifyDbSubnetGroupRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbSubnetGroupResponse;
import software.amazon.awssdk.services.rds.model.Subnet;

/** DB subnet groups: the subnets that instances may be put into. */
final class SubnetGroups {

  private static final int FEWEST_ZONES = 2;

  private final Databases databases;
  private final Network network;

  SubnetGroups(Databases databases, Network network) {
    this.databases = databases;
    this.network = network;
  }

  void register(Operations operations) {
    operations
        .on("CreateDBSubnetGroup", CreateDbSubnetGroupRequest::builder, this::create)
        .on("DescribeDBSubnetGroups", DescribeDbSubnetGroupsRequest::builder, this::describe)
        .on("ModifyDBSubnetGroup", ModifyDbSubnetGroupRequest::builder, this::modify)
        .on("DeleteDBSubnetGroup", DeleteDbSubnetGroupRequest::builder, this::delete);
  }

  private CreateDbSubnetGroupResponse create(CreateDbSubnetGroupRequest request) {
    String name = name(request.dbSubnetGroupName());
    if (databases.subnetGroups().find(name).isPresent()) {
      throw new Fault(
          "DBSubnetGroupAlreadyExists", "The DB subnet group '" + name + "' already exists.");
    }
    String arn = databases.world().arn("rds", "subgrp:" + name);
    DBSubnetGroup.Builder group =
        DBSubnetGroup.builder()
            .dbSubnetGroupName(name)
            .dbSubnetGroupDescription(
                Arguments.required("DBSubnetGroupDescription", request.dbSubnetGroupDescription()))
            .subnetGroupStatus("Complete")
            .dbSubnetGroupArn(arn)
            .supportedNetworkTypes("IPV4");
    fill(group, request.subnetIds());
    databases.subnetGroups().add(name, arn, group.build(), Arguments.tags(request.tags()));
    return CreateDbSubnetGroupResponse.builder().dbSubnetGroup(group.build()).build();
  }

  /** A group's name, which may have more signs than other identifiers. */
  private static String name(String given) {
    String name = Arguments.required("DBSubnetGroupName", given).toLowerCase(Locale.ROOT);
    if (!name.matches("[a-z][a-z0-9._ -]{0,254}") || name.equals("default")) {
      throw RdsFaults.invalidValue(
          "The parameter DBSubnetGroupName must contain only letters, digits, periods,"
              + " underscores, spaces and hyphens, must not be longer than 255 characters and must"
              + " not be Default.");
    }
    return name;
  }

  /** Gives a group these subnets, which must be in one VPC and in more than one zone. */
  private void fill(DBSubnetGroup.Builder group, List<String> ids) {
    SortedSet<String> missing = new TreeSet<>(ids);
    var found =
        network
            .subnets()
            .where(subnet -> missing.contains(subnet.subnetId()))
            .map(Stored::model)
            .toList();
    found.forEach(subnet -> missing.remove(subnet.subnetId()));
    if (found.isEmpty() || !missing.isEmpty()) {
      throw new Fault("InvalidSubnet", "Some input subnets in :" + missing + " are invalid.");
    }
    String vpcId = found.get(0).vpcId();
    if (found.stream().anyMatch(subnet -> !subnet.vpcId().equals(vpcId))) {
      throw new Fault("InvalidSubnet", "The subnets of a DB subnet group must be in one VPC.");
    }
    group
        .vpcId(vpcId)
        .subnets(
            found.stream()
                .map(subnet -> member(subnet.subnetId(), subnet.availabilityZone()))
                .toList());
    List<String> zones = Placement.subnetZones(group.build());
    if (zones.size() < FEWEST_ZONES) {
      throw new Fault(
          "DBSubnetGroupDoesNotCoverEnoughAZs",
          "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current"
              + " AZ coverage: "
              + String.join(", ", zones)
              + ". Add subnets to cover at least 2 AZs.");
    }
  }

  private static Subnet member(String id, String zone) {
    return Subnet.builder()
        .subnetIdentifier(id)
        .subnetAvailabilityZone(availabilityZone -> availabilityZone.name(zone))
        .subnetOutpost(outpost -> {})
        .subnetStatus("Active")
        .build();
  }

  private DescribeDbSubnetGroupsResponse describe(DescribeDbSubnetGroupsRequest request) {
    Arguments.maxRecords(request.maxRecords());
    Stream<Stored<DBSubnetGroup, DBSubnetGroup.Builder>> found =
        request.dbSubnetGroupName() == null
            ? databases.subnetGroups().all().stream()
            : Stream.of(databases.subnetGroup(request.dbSubnetGroupName()));
    Page<DBSubnetGroup> page =
        Page.of(found.map(Stored::view).toList(), request.maxRecords(), request.marker(), Rds.PAGE);
    return DescribeDbSubnetGroupsResponse.builder()
        .dbSubnetGroups(page.items())
        .marker(page.next())
        .build();
  }

  private ModifyDbSubnetGroupResponse modify(ModifyDbSubnetGroupRequest request) {
    Stored<DBSubnetGroup, DBSubnetGroup.Builder> group =
        databases.subnetGroup(request.dbSubnetGroupName());
    DBSubnetGroup.Builder changed = group.model().toBuilder();
    fill(changed, request.subnetIds());
    if (!changed.build().vpcId().equals(group.model().vpcId())) {
      throw new Fault(
          "InvalidSubnet", "The new Subnets are not in the same Vpc as the existing subnet group");
    }
    group.update(builder -> builder.subnets(changed.build().subnets()));
    if (request.dbSubnetGroupDescription() != null) {
      group.update(b -> b.dbSubnetGroupDescription(request.dbSubnetGroupDescription()));
    }
    return ModifyDbSubnetGroupResponse.builder().dbSubnetGroup(group.view()).build();
  }

  private DeleteDbSubnetGroupResponse delete(DeleteDbSubnetGroupRequest request) {
    Stored<DBSubnetGroup, DBSubnetGroup.Builder> group =
        databases.subnetGroup(request.dbSubnetGroupName());
    Optional<String> user =
        databases.clusters().all().stream()
            .filter(cluster -> cluster.model().dbSubnetGroup().equals(group.key()))
            .map(cluster -> "database cluster: " + cluster.key())
            .findFirst();
    if (user.isPresent()) {
      throw new Fault(
          "InvalidDBSubnetGroupStateFault",
          "Cannot delete the subnet group '"
              + group.key()
              + "' because at least one "
              + user.get()
              + " is still using it.");
    }
    group.remove();
    return DeleteDbSubnetGroupResponse.builder().build();
  }
}
