package dev.pgbound.aws;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/**
 * The rules of a security group in their two forms: in the file one rule for each range, group or
 * prefix list; in most EC2 calls one permission for each protocol and port range, with lists.
 */
final class SecurityGroupRules {

  /**
   * What a rule allows traffic from or to.
   *
   * @param attribute its name in the file
   * @param list EC2's list of such peers
   * @param member its name in an element of that list
   */
  private record Peer(String attribute, String list, String member) {}

  private static final List<Peer> PEERS =
      List.of(
          new Peer("cidrIpv4", "ipRanges", "cidrIp"),
          new Peer("cidrIpv6", "ipv6Ranges", "cidrIpv6"),
          new Peer("referencedGroupId", "userIdGroupPairs", "groupId"),
          new Peer("prefixListId", "prefixListIds", "prefixListId"));

  /** A rule is another rule when one of these differs. */
  private static final List<String> IDENTITY =
      List.of(
          "ipProtocol",
          "fromPort",
          "toPort",
          "cidrIpv4",
          "cidrIpv6",
          "referencedGroupId",
          "prefixListId",
          "self");

  private static final List<String> PORTS = List.of("ipProtocol", "fromPort", "toPort");

  /** Only these protocols have ports; for ICMP they are type and code. */
  private static final Set<String> WITH_PORTS = Set.of("tcp", "udp", "icmp", "icmpv6");

  /** The rule that EC2 gives to every new group. */
  static final Value EVERYTHING =
      new Value.Items(List.of(Fields.NONE.with("ipProtocol", "-1").with("cidrIpv4", "0.0.0.0/0")));

  private SecurityGroupRules() {}

  /** The groups that the rules of a group name. */
  static Set<String> namedGroups(SecurityGroup group) {
    return Stream.of(group.ipPermissions(), group.ipPermissionsEgress())
        .flatMap(List::stream)
        .flatMap(permission -> permission.userIdGroupPairs().stream())
        .map(UserIdGroupPair::groupId)
        .collect(Collectors.toSet());
  }

  static Type type() {
    Type port = Type.integer(-1, 65535);
    Type rule =
        Type.object(
            Attribute.named("ipProtocol", Type.text(), "`tcp`, `udp`, `icmp`, a number, or `-1`.")
                .with(Attribute.Flag.REQUIRED),
            Attribute.named("fromPort", port, "First port, or the ICMP type."),
            Attribute.named("toPort", port, "Last port, or the ICMP code."),
            Attribute.named("cidrIpv4", Type.text(), "IPv4 range."),
            Attribute.named("cidrIpv6", Type.text(), "IPv6 range."),
            Attribute.named("referencedGroupId", Type.text(), "Another security group."),
            Attribute.named("prefixListId", Type.text(), "A managed prefix list."),
            Attribute.named("self", Type.bool(), "The members of this very group."),
            Attribute.named("description", Type.text(), "What the rule is for."));
    return Type.keyed(rule, IDENTITY.toArray(String[]::new));
  }

  /** The rules in the form in which equal rules are equal. */
  static Value normalize(Value rules) {
    if (!(rules instanceof Value.Items list)) {
      return rules;
    }
    List<Value> normal = new ArrayList<>();
    for (Value item : list.items()) {
      normal.add(item instanceof Fields rule ? normalRule(rule) : item);
    }
    return new Value.Items(normal);
  }

  /** The rules that EC2 returned for the group {@code groupId}. */
  static Value.Items read(List<IpPermission> permissions, String groupId) {
    List<Value> rules = new ArrayList<>();
    for (IpPermission permission : permissions) {
      Fields read = Shapes.read(permission);
      for (Peer peer : PEERS) {
        for (Value entry : read.items(peer.list())) {
          rules.add(rule(read, peer, (Fields) entry, groupId));
        }
      }
    }
    return new Value.Items(rules);
  }

  /** The request members {@code groupId} and {@code ipPermissions} for some rules. */
  static Fields request(String groupId, Collection<Fields> rules) {
    List<Value> permissions = new ArrayList<>();
    for (Fields rule : rules) {
      Fields named =
          rule.has("self") ? rule.without("self").with("referencedGroupId", groupId) : rule;
      PEERS.stream()
          .filter(peer -> named.has(peer.attribute()))
          .forEach(peer -> permissions.add(permission(named, peer)));
    }
    return Fields.NONE.with("groupId", groupId).with("ipPermissions", new Value.Items(permissions));
  }

  /** The rules by what makes them the same rule, in their normal form. */
  static Map<Fields, Fields> byIdentity(List<Value> rules) {
    Map<Fields, Fields> byIdentity = new LinkedHashMap<>();
    for (Value item : rules) {
      if (item instanceof Fields rule) {
        Fields normal = normalRule(rule);
        byIdentity.put(normal.without("description"), normal);
      }
    }
    return byIdentity;
  }

  /** Reports rules that EC2 would refuse. */
  static void check(String path, List<Value> rules, Problems problems) {
    for (int at = 0; at < rules.size(); at++) {
      if (rules.get(at) instanceof Fields declared) {
        check(path + "[" + at + "]", normalRule(declared), problems);
      }
    }
  }

  private static void check(String path, Fields rule, Problems problems) {
    long peers = PEERS.stream().map(Peer::attribute).filter(rule::has).count();
    if (peers + (rule.has("self") ? 1 : 0) != 1) {
      NetworkFinding.RULE_WITHOUT_ONE_PEER.report(problems, path);
    }
    boolean needsPorts = Set.of("tcp", "udp").contains(rule.text("ipProtocol").orElse(""));
    if (needsPorts && !(rule.has("fromPort") && rule.has("toPort"))) {
      NetworkFinding.RULE_WITHOUT_PORTS.report(problems, path);
    }
  }

  private static Fields rule(Fields permission, Peer peer, Fields entry, String groupId) {
    Fields rule = permission.only(PORTS);
    Optional<Value> name = entry.get(peer.member());
    if (name.equals(Optional.of(Value.of(groupId)))) {
      rule = rule.with("self", Value.of(true));
    } else if (name.isPresent()) {
      rule = rule.with(peer.attribute(), name.get());
    }
    Optional<Value> description = entry.get("description");
    return normalRule(description.isPresent() ? rule.with("description", description.get()) : rule);
  }

  private static Fields permission(Fields rule, Peer peer) {
    Fields entry =
        rule.only(List.of("description"))
            .with(peer.member(), rule.get(peer.attribute()).orElseThrow());
    return rule.only(PORTS).with(peer.list(), new Value.Items(List.of(entry)));
  }

  private static Fields normalRule(Fields rule) {
    Fields normal = rule;
    Optional<String> protocol = rule.text("ipProtocol").map(SecurityGroupRules::protocol);
    if (protocol.isPresent()) {
      normal = normal.with("ipProtocol", protocol.get());
    }
    if (protocol.filter(word -> !WITH_PORTS.contains(word)).isPresent()) {
      normal = normal.without("fromPort").without("toPort");
    }
    for (String range : List.of("cidrIpv4", "cidrIpv6")) {
      Optional<Value> value = rule.get(range);
      if (value.isPresent()) {
        normal = normal.with(range, Normalizers.cidr(value.get()));
      }
    }
    return rule.flag("self").equals(Optional.of(false)) ? normal.without("self") : normal;
  }

  private static String protocol(String word) {
    return Normalizers.protocol(Value.of(word)).toString();
  }
}
