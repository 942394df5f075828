package dev.pgbound.simulator.service.ec2;

import static dev.pgbound.simulator.world.World.ACCOUNT;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.world.Stored;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsResponse;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkAclAssociation;
import software.amazon.awssdk.services.ec2.model.NetworkAclEntry;
import software.amazon.awssdk.services.ec2.model.RuleAction;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** Network ACLs: every VPC has one that lets everything through, and all its subnets use it. */
final class NetworkAcls {

  private static final int FIRST = 100;
  private static final int LAST = 32767;

  private final Network network;

  NetworkAcls(Network network) {
    this.network = network;
  }

  void register(Operations operations) {
    operations.on("DescribeNetworkAcls", DescribeNetworkAclsRequest::builder, this::describe);
  }

  /** Creates the ACL that every VPC has. */
  void createDefault(String vpcId) {
    String id = network.networkAcls().newId();
    NetworkAcl acl =
        NetworkAcl.builder()
            .networkAclId(id)
            .vpcId(vpcId)
            .ownerId(ACCOUNT)
            .isDefault(true)
            .entries(
                entry(true, FIRST, RuleAction.ALLOW),
                entry(true, LAST, RuleAction.DENY),
                entry(false, FIRST, RuleAction.ALLOW),
                entry(false, LAST, RuleAction.DENY))
            .build();
    network.networkAcls().add(id, acl, List.of());
  }

  /** Removes the ACL of a VPC. */
  void removeAll(String vpcId) {
    network.networkAcls().where(acl -> acl.vpcId().equals(vpcId)).forEach(Stored::remove);
  }

  private static NetworkAclEntry entry(boolean isEgress, int number, RuleAction action) {
    return NetworkAclEntry.builder()
        .egress(isEgress)
        .ruleNumber(number)
        .ruleAction(action)
        .protocol("-1")
        .cidrBlock("0.0.0.0/0")
        .build();
  }

  private DescribeNetworkAclsResponse describe(DescribeNetworkAclsRequest request) {
    Page<NetworkAcl> page =
        network
            .networkAcls()
            .describe(
                request.networkAclIds(),
                this::view,
                request.filters(),
                request.maxResults(),
                request.nextToken());
    return DescribeNetworkAclsResponse.builder()
        .networkAcls(page.items())
        .nextToken(page.next())
        .build();
  }

  private NetworkAcl view(Stored<NetworkAcl, NetworkAcl.Builder> stored) {
    Stream<Stored<Subnet, Subnet.Builder>> subnets =
        network.subnets().where(subnet -> subnet.vpcId().equals(stored.model().vpcId()));
    List<NetworkAclAssociation> associations =
        subnets.map(subnet -> association(stored.key(), subnet.key())).toList();
    return stored.view().copy(acl -> acl.associations(associations));
  }

  private static NetworkAclAssociation association(String aclId, String subnetId) {
    return NetworkAclAssociation.builder()
        .networkAclAssociationId(subnetId.replace("subnet-", "aclassoc-"))
        .networkAclId(aclId)
        .subnetId(subnetId)
        .build();
  }
}
