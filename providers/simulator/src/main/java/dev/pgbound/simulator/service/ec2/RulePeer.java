package dev.pgbound.simulator.service.ec2;

import static dev.pgbound.simulator.world.World.ACCOUNT;

import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.wire.Models;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleRequest;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/**
 * The two forms of security group rules: permissions, which hold many peers for one port range, and
 * rules, which have one peer each.
 */
final class RulePeer {

  private static final String ALL = "-1";
  private static final Map<String, String> PROTOCOLS =
      Map.of("1", "icmp", "6", "tcp", "17", "udp", "58", "icmpv6", "all", ALL);

  private RulePeer() {}

  /**
   * The rules that a permission stands for, in EC2's normal form.
   *
   * @param checkedGroup refuses the id of a group that does not exist
   */
  static Stream<SecurityGroupRule> split(
      IpPermission permission, UnaryOperator<String> checkedGroup) {
    SecurityGroupRule ports = ports(permission);
    List<SecurityGroupRule> rules = new ArrayList<>();
    for (IpRange range : permission.ipRanges()) {
      String cidr = Cidr.parse(range.cidrIp()).toString();
      rules.add(ports.copy(b -> b.cidrIpv4(cidr).description(range.description())));
    }
    for (Ipv6Range range : permission.ipv6Ranges()) {
      String cidr = range.cidrIpv6().toLowerCase(Locale.ROOT);
      rules.add(ports.copy(b -> b.cidrIpv6(cidr).description(range.description())));
    }
    for (PrefixListId list : permission.prefixListIds()) {
      rules.add(
          ports.copy(b -> b.prefixListId(list.prefixListId()).description(list.description())));
    }
    for (UserIdGroupPair pair : permission.userIdGroupPairs()) {
      String owner = Objects.requireNonNullElse(pair.userId(), ACCOUNT);
      String group = owner.equals(ACCOUNT) ? checkedGroup.apply(pair.groupId()) : pair.groupId();
      rules.add(
          ports.copy(
              b ->
                  b.referencedGroupInfo(info -> info.groupId(group).userId(owner))
                      .description(pair.description())));
    }
    return rules.stream();
  }

  /** Protocol and ports alone: names for numbers, and -1 where everything is meant. */
  private static SecurityGroupRule ports(IpPermission permission) {
    String given = Objects.requireNonNullElse(permission.ipProtocol(), ALL);
    String lower = given.toLowerCase(Locale.ROOT);
    String protocol = PROTOCOLS.getOrDefault(lower, lower);
    boolean hasPorts = protocol.equals("tcp") || protocol.equals("udp");
    if (hasPorts && (permission.fromPort() == null || permission.toPort() == null)) {
      throw new Fault(
          "InvalidParameterValue",
          "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.");
    }
    boolean isAll = protocol.equals(ALL);
    return SecurityGroupRule.builder()
        .ipProtocol(protocol)
        .fromPort(
            isAll ? Integer.valueOf(-1) : Objects.requireNonNullElse(permission.fromPort(), -1))
        .toPort(isAll ? Integer.valueOf(-1) : Objects.requireNonNullElse(permission.toPort(), -1))
        .build();
  }

  /** The permissions that a group shows for its rules: one for each protocol and port range. */
  static List<IpPermission> join(List<SecurityGroupRule> rules) {
    Map<SecurityGroupRule, List<SecurityGroupRule>> byPorts = new LinkedHashMap<>();
    for (SecurityGroupRule rule : rules) {
      byPorts.computeIfAbsent(ports(permission(rule)), ports -> new ArrayList<>()).add(rule);
    }
    return byPorts.values().stream().map(RulePeer::joinPeers).toList();
  }

  /** What one rule is to become, as a permission with a single peer. */
  static IpPermission permission(SecurityGroupRuleRequest rule) {
    IpPermission.Builder permission = IpPermission.builder();
    Models.copyPlain(rule, permission);
    String text = rule.description();
    if (rule.cidrIpv4() != null) {
      permission.ipRanges(range(rule.cidrIpv4()).copy(b -> b.description(text)));
    } else if (rule.cidrIpv6() != null) {
      permission.ipv6Ranges(
          Ipv6Range.builder().cidrIpv6(rule.cidrIpv6()).description(text).build());
    } else if (rule.prefixListId() != null) {
      permission.prefixListIds(
          PrefixListId.builder().prefixListId(rule.prefixListId()).description(text).build());
    } else {
      permission.userIdGroupPairs(
          UserIdGroupPair.builder().groupId(rule.referencedGroupId()).description(text).build());
    }
    return permission.build();
  }

  private static IpPermission permission(SecurityGroupRule rule) {
    return IpPermission.builder()
        .ipProtocol(rule.ipProtocol())
        .fromPort(rule.fromPort())
        .toPort(rule.toPort())
        .build();
  }

  private static IpPermission joinPeers(List<SecurityGroupRule> rules) {
    List<IpRange> ranges = new ArrayList<>();
    List<Ipv6Range> ranges6 = new ArrayList<>();
    List<PrefixListId> lists = new ArrayList<>();
    List<UserIdGroupPair> pairs = new ArrayList<>();
    for (SecurityGroupRule rule : rules) {
      if (rule.cidrIpv4() != null) {
        ranges.add(range(rule.cidrIpv4()).copy(b -> b.description(rule.description())));
      } else if (rule.cidrIpv6() != null) {
        ranges6.add(
            Ipv6Range.builder().cidrIpv6(rule.cidrIpv6()).description(rule.description()).build());
      } else if (rule.prefixListId() != null) {
        lists.add(
            PrefixListId.builder()
                .prefixListId(rule.prefixListId())
                .description(rule.description())
                .build());
      } else {
        pairs.add(
            UserIdGroupPair.builder()
                .groupId(rule.referencedGroupInfo().groupId())
                .userId(rule.referencedGroupInfo().userId())
                .description(rule.description())
                .build());
      }
    }
    IpPermission ports = permission(rules.get(0));
    boolean isAll = ports.ipProtocol().equals(ALL);
    return ports.copy(
        b ->
            b.fromPort(isAll ? null : ports.fromPort())
                .toPort(isAll ? null : ports.toPort())
                .ipRanges(ranges)
                .ipv6Ranges(ranges6)
                .prefixListIds(lists)
                .userIdGroupPairs(pairs));
  }

  static IpRange range(String cidr) {
    return IpRange.builder().cidrIp(cidr).build();
  }

  /** Whether two rules allow the same; their descriptions do not matter. */
  static boolean isSame(SecurityGroupRule one, SecurityGroupRule other) {
    return describe(one).equals(describe(other));
  }

  /** A rule in the words of EC2's error messages. */
  static String describe(SecurityGroupRule rule) {
    String peer =
        Stream.of(rule.cidrIpv4(), rule.cidrIpv6(), rule.prefixListId())
            .filter(Objects::nonNull)
            .findFirst()
            .orElseGet(() -> rule.referencedGroupInfo().groupId());
    String ports =
        rule.ipProtocol().equals(ALL)
            ? "ALL"
            : rule.ipProtocol().toUpperCase(Locale.ROOT)
                + ", from port: "
                + rule.fromPort()
                + ", to port: "
                + rule.toPort();
    return "peer: " + peer + ", " + ports + ", ALLOW";
  }
}
