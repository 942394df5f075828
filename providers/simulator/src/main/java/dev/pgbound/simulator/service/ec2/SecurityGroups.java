package dev.pgbound.simulator.service.ec2;

import static dev.pgbound.simulator.world.World.ACCOUNT;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** Security groups; {@link SecurityGroupRules} has their rules. */
final class SecurityGroups {

  private static final String DEFAULT = "default";

  private final Network network;
  private final SecurityGroupRules rules;

  SecurityGroups(Network network, SecurityGroupRules rules) {
    this.network = network;
    this.rules = rules;
  }

  void register(Operations operations) {
    operations
        .on("CreateSecurityGroup", CreateSecurityGroupRequest::builder, this::create)
        .on("DescribeSecurityGroups", DescribeSecurityGroupsRequest::builder, this::describe)
        .on("DeleteSecurityGroup", DeleteSecurityGroupRequest::builder, this::delete);
  }

  /** Creates the group that every VPC has, whose members may talk to each other. */
  void createDefault(String vpcId) {
    SecurityGroup group = add(vpcId, DEFAULT, "default VPC security group", List.of()).model();
    IpPermission fromItself =
        IpPermission.builder()
            .ipProtocol("-1")
            .userIdGroupPairs(UserIdGroupPair.builder().groupId(group.groupId()).build())
            .build();
    rules.authorize(group.groupId(), false, List.of(fromItself), List.of());
  }

  /** Removes the groups of a VPC with their rules. */
  void removeAll(String vpcId) {
    groupsOf(vpcId)
        .forEach(
            group -> {
              rules.removeAll(group.key());
              group.remove();
            });
  }

  /** Whether a VPC has groups that somebody created. */
  boolean hasOwnGroups(String vpcId) {
    return groupsOf(vpcId).anyMatch(group -> !group.model().groupName().equals(DEFAULT));
  }

  private CreateSecurityGroupResponse create(CreateSecurityGroupRequest request) {
    if (request.vpcId() == null) {
      throw new Fault("VPCIdNotSpecified", "No default VPC for this user");
    }
    String vpcId = network.vpcs().get(request.vpcId()).key();
    String name = request.groupName();
    if (name == null || name.startsWith("sg-") || request.description() == null) {
      throw new Fault(
          "InvalidParameterValue",
          "A security group needs a description and a name that does not start with sg-");
    }
    if (groupsOf(vpcId).anyMatch(other -> other.model().groupName().equals(name))) {
      throw new Fault(
          "InvalidGroup.Duplicate",
          "The security group '" + name + "' already exists for VPC '" + vpcId + "'");
    }
    SecurityGroup group =
        add(vpcId, name, request.description(), request.tagSpecifications()).view();
    return CreateSecurityGroupResponse.builder()
        .groupId(group.groupId())
        .securityGroupArn(group.securityGroupArn())
        .tags(group.tags())
        .build();
  }

  /** Every new group lets everything out until that rule is revoked. */
  private Stored<SecurityGroup, SecurityGroup.Builder> add(
      String vpcId, String name, String description, List<TagSpecification> specifications) {
    String id = network.securityGroups().newId();
    SecurityGroup group =
        SecurityGroup.builder()
            .groupId(id)
            .groupName(name)
            .description(description)
            .vpcId(vpcId)
            .ownerId(ACCOUNT)
            .securityGroupArn(network.world().arn("ec2", "security-group/" + id))
            .build();
    Stored<SecurityGroup, SecurityGroup.Builder> stored =
        network.securityGroups().add(id, group, specifications);
    IpPermission everywhere =
        IpPermission.builder().ipProtocol("-1").ipRanges(RulePeer.range("0.0.0.0/0")).build();
    rules.authorize(id, true, List.of(everywhere), List.of());
    return stored;
  }

  private DescribeSecurityGroupsResponse describe(DescribeSecurityGroupsRequest request) {
    Page<SecurityGroup> page =
        network
            .securityGroups()
            .describe(
                request.groupIds(),
                this::view,
                filters(request),
                request.maxResults(),
                request.nextToken());
    return DescribeSecurityGroupsResponse.builder()
        .securityGroups(page.items())
        .nextToken(page.next())
        .build();
  }

  private static List<Filter> filters(DescribeSecurityGroupsRequest request) {
    List<Filter> filters = new ArrayList<>(request.filters());
    if (request.hasGroupNames()) {
      filters.add(Filter.builder().name("group-name").values(request.groupNames()).build());
    }
    return filters;
  }

  private SecurityGroup view(Stored<SecurityGroup, SecurityGroup.Builder> stored) {
    return stored
        .view()
        .copy(
            group ->
                group
                    .ipPermissions(RulePeer.join(rules.of(stored.key(), false)))
                    .ipPermissionsEgress(RulePeer.join(rules.of(stored.key(), true))));
  }

  private DeleteSecurityGroupResponse delete(DeleteSecurityGroupRequest request) {
    Stored<SecurityGroup, SecurityGroup.Builder> group =
        network.securityGroups().get(request.groupId());
    if (group.model().groupName().equals(DEFAULT)) {
      throw new Fault(
          "CannotDelete",
          "the specified group: \""
              + group.key()
              + "\" name: \"default\" cannot be deleted by a user");
    }
    if (rules.isReferenced(group.key()) || isUsed(group.key())) {
      throw new Fault("DependencyViolation", "resource " + group.key() + " has a dependent object");
    }
    rules.removeAll(group.key());
    group.remove();
    return DeleteSecurityGroupResponse.builder().returnValue(true).groupId(group.key()).build();
  }

  private boolean isUsed(String groupId) {
    return network
        .networkInterfaces()
        .where(eni -> eni.groups().stream().anyMatch(group -> group.groupId().equals(groupId)))
        .findAny()
        .isPresent();
  }

  private Stream<Stored<SecurityGroup, SecurityGroup.Builder>> groupsOf(String vpcId) {
    return network.securityGroups().where(group -> group.vpcId().equals(vpcId));
  }
}
