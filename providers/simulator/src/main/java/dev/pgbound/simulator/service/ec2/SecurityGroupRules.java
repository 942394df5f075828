package dev.pgbound.simulator.service.ec2;

import static dev.pgbound.simulator.world.World.ACCOUNT;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.wire.Models;
import dev.pgbound.simulator.world.Stored;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.ModifySecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.ModifySecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.RevokedSecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleUpdate;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** The rules of security groups, each stored on its own. */
final class SecurityGroupRules {

  private final Network network;

  SecurityGroupRules(Network network) {
    this.network = network;
  }

  void register(Operations operations) {
    operations
        .on(
            "AuthorizeSecurityGroupIngress",
            AuthorizeSecurityGroupIngressRequest::builder,
            this::authorizeIngress)
        .on(
            "AuthorizeSecurityGroupEgress",
            AuthorizeSecurityGroupEgressRequest::builder,
            this::authorizeEgress)
        .on(
            "RevokeSecurityGroupIngress",
            RevokeSecurityGroupIngressRequest::builder,
            this::revokeIngress)
        .on(
            "RevokeSecurityGroupEgress",
            RevokeSecurityGroupEgressRequest::builder,
            this::revokeEgress)
        .on("ModifySecurityGroupRules", ModifySecurityGroupRulesRequest::builder, this::modify)
        .on(
            "DescribeSecurityGroupRules",
            DescribeSecurityGroupRulesRequest::builder,
            this::describe);
  }

  /** The rules of a group in one direction. */
  List<SecurityGroupRule> of(String groupId, boolean isEgress) {
    return stored(groupId, isEgress).map(Stored::model).toList();
  }

  /** Whether a rule of another group names this one. */
  boolean isReferenced(String groupId) {
    return network
        .securityGroupRules()
        .where(
            rule ->
                !rule.groupId().equals(groupId)
                    && rule.referencedGroupInfo() != null
                    && groupId.equals(rule.referencedGroupInfo().groupId()))
        .findAny()
        .isPresent();
  }

  /** Removes all rules of a group. */
  void removeAll(String groupId) {
    network
        .securityGroupRules()
        .where(rule -> rule.groupId().equals(groupId))
        .forEach(Stored::remove);
  }

  /** Adds rules, all or none. */
  List<SecurityGroupRule> authorize(
      String groupId,
      boolean isEgress,
      List<IpPermission> permissions,
      List<TagSpecification> tags) {
    network.securityGroups().get(groupId);
    List<SecurityGroupRule> wanted = rules(groupId, isEgress, permissions);
    wanted.forEach(rule -> checkIsNew(rule, stored(groupId, isEgress)));
    return wanted.stream().map(rule -> add(rule, tags)).toList();
  }

  private SecurityGroupRule add(SecurityGroupRule rule, List<TagSpecification> tags) {
    String id = network.securityGroupRules().newId();
    SecurityGroupRule model =
        rule.copy(
            builder ->
                builder
                    .securityGroupRuleId(id)
                    .securityGroupRuleArn(network.world().arn("ec2", "security-group-rule/" + id)));
    return network.securityGroupRules().add(id, model, tags).view();
  }

  private List<SecurityGroupRule> rules(
      String groupId, boolean isEgress, List<IpPermission> permissions) {
    if (permissions.isEmpty()) {
      throw new Fault(
          "MissingParameter", "Either ipPermissions or a rule must be given for " + groupId);
    }
    return permissions.stream()
        .flatMap(permission -> RulePeer.split(permission, this::checkedGroup))
        .map(
            rule ->
                rule.copy(
                    builder -> builder.groupId(groupId).groupOwnerId(ACCOUNT).isEgress(isEgress)))
        .toList();
  }

  private String checkedGroup(String groupId) {
    return network.securityGroups().get(groupId).key();
  }

  private AuthorizeSecurityGroupIngressResponse authorizeIngress(
      AuthorizeSecurityGroupIngressRequest request) {
    List<IpPermission> permissions =
        permissions(
            request.ipPermissions(),
            request.ipProtocol(),
            request.fromPort(),
            request.toPort(),
            request.cidrIp());
    return AuthorizeSecurityGroupIngressResponse.builder()
        .returnValue(true)
        .securityGroupRules(
            authorize(request.groupId(), false, permissions, request.tagSpecifications()))
        .build();
  }

  private AuthorizeSecurityGroupEgressResponse authorizeEgress(
      AuthorizeSecurityGroupEgressRequest request) {
    List<SecurityGroupRule> rules =
        authorize(request.groupId(), true, request.ipPermissions(), request.tagSpecifications());
    return AuthorizeSecurityGroupEgressResponse.builder()
        .returnValue(true)
        .securityGroupRules(rules)
        .build();
  }

  private RevokeSecurityGroupIngressResponse revokeIngress(
      RevokeSecurityGroupIngressRequest request) {
    List<IpPermission> permissions =
        permissions(
            request.ipPermissions(),
            request.ipProtocol(),
            request.fromPort(),
            request.toPort(),
            request.cidrIp());
    return RevokeSecurityGroupIngressResponse.builder()
        .returnValue(true)
        .revokedSecurityGroupRules(
            revoke(request.groupId(), false, request.securityGroupRuleIds(), permissions))
        .build();
  }

  private RevokeSecurityGroupEgressResponse revokeEgress(RevokeSecurityGroupEgressRequest request) {
    return RevokeSecurityGroupEgressResponse.builder()
        .returnValue(true)
        .revokedSecurityGroupRules(
            revoke(
                request.groupId(), true, request.securityGroupRuleIds(), request.ipPermissions()))
        .build();
  }

  private List<RevokedSecurityGroupRule> revoke(
      String groupId, boolean isEgress, List<String> ids, List<IpPermission> permissions) {
    network.securityGroups().get(groupId);
    List<Stored<SecurityGroupRule, SecurityGroupRule.Builder>> revoked =
        ids.isEmpty()
            ? rules(groupId, isEgress, permissions).stream().map(this::existing).toList()
            : ids.stream().map(network.securityGroupRules()::get).toList();
    revoked.forEach(Stored::remove);
    return revoked.stream().map(rule -> revoked(rule.model())).toList();
  }

  private Stored<SecurityGroupRule, SecurityGroupRule.Builder> existing(SecurityGroupRule rule) {
    return stored(rule.groupId(), rule.isEgress())
        .filter(each -> RulePeer.isSame(each.model(), rule))
        .findFirst()
        .orElseThrow(
            () ->
                new Fault(
                    "InvalidPermission.NotFound",
                    "The specified rule does not exist in this security group."));
  }

  private static RevokedSecurityGroupRule revoked(SecurityGroupRule rule) {
    RevokedSecurityGroupRule.Builder revoked = RevokedSecurityGroupRule.builder();
    Models.copyPlain(rule, revoked);
    return rule.referencedGroupInfo() == null
        ? revoked.build()
        : revoked.referencedGroupId(rule.referencedGroupInfo().groupId()).build();
  }

  /** Changes rules in place; they keep their ids, direction and tags. */
  private ModifySecurityGroupRulesResponse modify(ModifySecurityGroupRulesRequest request) {
    for (SecurityGroupRuleUpdate update : request.securityGroupRules()) {
      Stored<SecurityGroupRule, SecurityGroupRule.Builder> stored =
          network.securityGroupRules().get(update.securityGroupRuleId());
      SecurityGroupRule old = stored.model();
      SecurityGroupRule wanted =
          RulePeer.split(RulePeer.permission(update.securityGroupRule()), this::checkedGroup)
              .findFirst()
              .orElseThrow();
      checkIsNew(
          wanted,
          stored(old.groupId(), old.isEgress()).filter(each -> !each.key().equals(stored.key())));
      stored.update(
          rule ->
              rule.ipProtocol(wanted.ipProtocol())
                  .fromPort(wanted.fromPort())
                  .toPort(wanted.toPort())
                  .cidrIpv4(wanted.cidrIpv4())
                  .cidrIpv6(wanted.cidrIpv6())
                  .prefixListId(wanted.prefixListId())
                  .referencedGroupInfo(wanted.referencedGroupInfo())
                  .description(wanted.description()));
    }
    return ModifySecurityGroupRulesResponse.builder().returnValue(true).build();
  }

  private static void checkIsNew(
      SecurityGroupRule wanted,
      Stream<Stored<SecurityGroupRule, SecurityGroupRule.Builder>> others) {
    if (others.anyMatch(each -> RulePeer.isSame(each.model(), wanted))) {
      throw new Fault(
          "InvalidPermission.Duplicate",
          "the specified rule \"" + RulePeer.describe(wanted) + "\" already exists");
    }
  }

  /** The permissions of a request; an old form says one of them in members of the request. */
  private static List<IpPermission> permissions(
      List<IpPermission> permissions,
      @Nullable String protocol,
      @Nullable Integer from,
      @Nullable Integer to,
      @Nullable String cidr) {
    if (cidr == null) {
      return permissions;
    }
    return List.of(
        IpPermission.builder()
            .ipProtocol(protocol)
            .fromPort(from)
            .toPort(to)
            .ipRanges(List.of(RulePeer.range(cidr)))
            .build());
  }

  private DescribeSecurityGroupRulesResponse describe(DescribeSecurityGroupRulesRequest request) {
    Page<SecurityGroupRule> page =
        network
            .securityGroupRules()
            .describe(
                request.securityGroupRuleIds(),
                Stored::view,
                request.filters(),
                request.maxResults(),
                request.nextToken());
    return DescribeSecurityGroupRulesResponse.builder()
        .securityGroupRules(page.items())
        .nextToken(page.next())
        .build();
  }

  private Stream<Stored<SecurityGroupRule, SecurityGroupRule.Builder>> stored(
      String groupId, boolean isEgress) {
    return network
        .securityGroupRules()
        .where(rule -> rule.groupId().equals(groupId) && rule.isEgress() == isEgress);
  }
}
