package dev.pgbound.aws;

import dev.pgbound.spi.ResourceType.Blocker;
import dev.pgbound.spi.ResourceType.Deletion;
import dev.pgbound.spi.ResourceType.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;

/** What is in VPCs that are to be deleted. DeleteVpc takes along only what came with the VPC. */
record VpcContents(Ec2Client ec2) {

  /**
   * @param user the object; only a network ACL is of no resource type
   */
  private record Content(String vpc, User user) {}

  List<Blocker> blockers(List<Deletion> deletions) {
    Filter vpcs =
        Ec2Objects.filter("vpc-id", deletions.stream().map(d -> d.live().identifier()).toList());
    List<Content> contents = new ArrayList<>();
    Stream.of(subnets(vpcs), routeTables(vpcs), groups(vpcs), acls(vpcs), endpoints(vpcs))
        .flatMap(found -> found)
        .forEach(contents::add);
    gateways(vpcs.values()).forEach(contents::add);
    List<Blocker> blockers = new ArrayList<>();
    for (Deletion deletion : deletions) {
      for (Content content : contents) {
        if (content.vpc().equals(deletion.live().identifier())) {
          blockers.add(
              new Blocker(
                  deletion.address(),
                  Optional.of(content.user()),
                  content.user() + " is in it. Delete that first."));
        }
      }
    }
    return blockers;
  }

  private Stream<Content> subnets(Filter vpcs) {
    return ec2.describeSubnetsPaginator(r -> r.filters(vpcs)).subnets().stream()
        .map(subnet -> new Content(subnet.vpcId(), new User("subnet", subnet.subnetId())));
  }

  private Stream<Content> routeTables(Filter vpcs) {
    return ec2.describeRouteTablesPaginator(r -> r.filters(vpcs)).routeTables().stream()
        .filter(table -> !isMain(table))
        .map(table -> new Content(table.vpcId(), new User("route-table", table.routeTableId())));
  }

  private static boolean isMain(RouteTable table) {
    return table.associations().stream().anyMatch(RouteTableAssociation::main);
  }

  private Stream<Content> groups(Filter vpcs) {
    return ec2.describeSecurityGroupsPaginator(r -> r.filters(vpcs)).securityGroups().stream()
        .filter(group -> !"default".equals(group.groupName()))
        .map(group -> new Content(group.vpcId(), new User("security-group", group.groupId())));
  }

  private Stream<Content> acls(Filter vpcs) {
    return ec2.describeNetworkAclsPaginator(r -> r.filters(vpcs)).networkAcls().stream()
        .filter(acl -> !acl.isDefault())
        .map(VpcContents::content);
  }

  private static Content content(NetworkAcl acl) {
    return new Content(acl.vpcId(), new User("network-acl", acl.networkAclId()));
  }

  private Stream<Content> endpoints(Filter vpcs) {
    Set<String> leaving = NetworkInterfaces.LEAVING;
    return ec2.describeVpcEndpointsPaginator(r -> r.filters(vpcs)).vpcEndpoints().stream()
        .filter(endpoint -> !leaving.contains(VpcEndpointType.state(endpoint)))
        .map(
            endpoint ->
                new Content(endpoint.vpcId(), new User("vpc-endpoint", endpoint.vpcEndpointId())));
  }

  private Stream<Content> gateways(List<String> vpcs) {
    Filter attached = Ec2Objects.filter("attachment.vpc-id", vpcs);
    return ec2
        .describeInternetGatewaysPaginator(r -> r.filters(attached))
        .internetGateways()
        .stream()
        .flatMap(
            gateway ->
                gateway.attachments().stream()
                    .map(
                        attachment ->
                            new Content(
                                attachment.vpcId(),
                                new User("internet-gateway", gateway.internetGatewayId()))));
  }
}
