package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleRequest;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleUpdate;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

class Ec2SecurityGroupTest {

  private final Ec2Client ec2 = Clients.client(Ec2Client.builder(), SimulatedAws.inMemory());
  private final String vpc = ec2.createVpc(r -> r.cidrBlock("10.0.0.0/16")).vpc().vpcId();
  private final String group = create("db");

  @Test
  void letsEverythingOutOfANewGroup() {
    SecurityGroup created = group();

    assertThat(created.ipPermissions()).isEmpty();
    assertThat(created.ipPermissionsEgress())
        .containsExactly(
            IpPermission.builder()
                .ipProtocol("-1")
                .ipRanges(range("0.0.0.0/0"))
                .ipv6Ranges(List.of())
                .prefixListIds(List.of())
                .userIdGroupPairs(List.of())
                .build());
    assertThat(rules(true))
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.fromPort()).isEqualTo(-1);
              assertThat(rule.toPort()).isEqualTo(-1);
              assertThat(rule.cidrIpv4()).isEqualTo("0.0.0.0/0");
            });
  }

  @Test
  void normalisesProtocolsAndNetworks() {
    authorize(permission("6", 5432, "10.0.1.7/24"));
    authorize(permission("UDP", 53, "10.0.1.0/24"));

    assertThat(rules(false))
        .extracting(rule -> rule.ipProtocol() + " " + rule.cidrIpv4())
        .containsExactlyInAnyOrder("tcp 10.0.1.0/24", "udp 10.0.1.0/24");
    assertRefused(
        "InvalidPermission.Duplicate", () -> authorize(permission("tcp", 5432, "10.0.1.0/24")));
    assertRefused(
        "InvalidParameterValue",
        () ->
            authorize(
                IpPermission.builder().ipProtocol("tcp").ipRanges(range("10.0.0.0/24")).build()));
  }

  @Test
  void joinsThePeersOfOnePortRange() {
    String app = create("app");
    authorize(
        IpPermission.builder()
            .ipProtocol("tcp")
            .fromPort(5432)
            .toPort(5432)
            .ipRanges(range("10.0.1.0/24"), range("10.0.2.0/24"))
            .userIdGroupPairs(UserIdGroupPair.builder().groupId(app).description("app").build())
            .build());

    assertThat(rules(false)).hasSize(3);
    IpPermission shown = group().ipPermissions().get(0);
    assertThat(group().ipPermissions()).hasSize(1);
    assertThat(shown.ipRanges())
        .containsExactlyInAnyOrder(range("10.0.1.0/24"), range("10.0.2.0/24"));
    assertThat(shown.userIdGroupPairs().get(0).groupId()).isEqualTo(app);
    assertThat(shown.userIdGroupPairs().get(0).userId()).isEqualTo("123456789012");
    assertThat(
            ec2.describeSecurityGroups(
                    r ->
                        r.filters(
                            Ec2Filter.by("ip-permission.cidr", "10.0.2.0/24"),
                            Ec2Filter.by("group-name", "d*")))
                .securityGroups())
        .extracting(SecurityGroup::groupId)
        .containsExactly(group);
  }

  @Test
  void addsAllRulesOfACallOrNone() {
    authorize(permission("tcp", 5432, "10.0.1.0/24"));

    assertRefused(
        "InvalidPermission.Duplicate",
        () ->
            ec2.authorizeSecurityGroupIngress(
                r ->
                    r.groupId(group)
                        .ipPermissions(
                            permission("tcp", 80, "10.0.1.0/24"),
                            permission("tcp", 5432, "10.0.1.0/24"))));
    assertThat(rules(false)).hasSize(1);
  }

  @Test
  void revokesRulesByContentAndById() {
    authorize(permission("tcp", 5432, "10.0.1.0/24"));
    authorize(permission("tcp", 80, "10.0.1.0/24"));

    ec2.revokeSecurityGroupIngress(
        r -> r.groupId(group).ipPermissions(permission("TCP", 80, "10.0.1.0/24")));
    assertThat(rules(false)).extracting(SecurityGroupRule::fromPort).containsExactly(5432);
    assertRefused(
        "InvalidPermission.NotFound",
        () ->
            ec2.revokeSecurityGroupIngress(
                r -> r.groupId(group).ipPermissions(permission("tcp", 80, "10.0.1.0/24"))));

    String id = rules(true).get(0).securityGroupRuleId();
    ec2.revokeSecurityGroupEgress(r -> r.groupId(group).securityGroupRuleIds(id));
    assertThat(group().ipPermissionsEgress()).isEmpty();
    assertRefused(
        "InvalidSecurityGroupRuleId.NotFound",
        () -> ec2.revokeSecurityGroupEgress(r -> r.groupId(group).securityGroupRuleIds(id)));
  }

  @Test
  void changesARuleInPlace() {
    authorize(permission("tcp", 5432, "10.0.1.0/24"));
    authorize(permission("tcp", 80, "10.0.1.0/24"));
    SecurityGroupRule rule =
        rules(false).stream().filter(r -> r.fromPort() == 80).findFirst().orElseThrow();

    assertRefused("InvalidPermission.Duplicate", () -> change(rule, 5432));
    change(rule, 443);

    assertThat(rules(false))
        .contains(rule.copy(r -> r.fromPort(443).toPort(443).description("changed")));
    assertThat(rules(false)).hasSize(2);
  }

  private void change(SecurityGroupRule rule, int port) {
    SecurityGroupRuleRequest wanted =
        SecurityGroupRuleRequest.builder()
            .ipProtocol("TCP")
            .fromPort(port)
            .toPort(port)
            .cidrIpv4("10.0.1.0/24")
            .description("changed")
            .build();
    SecurityGroupRuleUpdate update =
        SecurityGroupRuleUpdate.builder()
            .securityGroupRuleId(rule.securityGroupRuleId())
            .securityGroupRule(wanted)
            .build();
    ec2.modifySecurityGroupRules(r -> r.groupId(group).securityGroupRules(update));
  }

  @Test
  void takesASingleRuleInTheOldForm() {
    ec2.authorizeSecurityGroupIngress(
        r -> r.groupId(group).ipProtocol("tcp").fromPort(22).toPort(22).cidrIp("10.0.0.0/8"));

    assertThat(rules(false)).extracting(SecurityGroupRule::cidrIpv4).containsExactly("10.0.0.0/8");
  }

  @Test
  void findsGroupsByName() {
    create("app");

    assertThat(ec2.describeSecurityGroups(r -> r.groupNames("db")).securityGroups())
        .extracting(SecurityGroup::groupId)
        .containsExactly(group);
  }

  @Test
  void refusesNamesThatAreTaken() {
    assertRefused("InvalidGroup.Duplicate", () -> create("db"));
    assertRefused("InvalidParameterValue", () -> create("sg-1"));
    assertRefused(
        "VPCIdNotSpecified", () -> ec2.createSecurityGroup(r -> r.groupName("x").description("x")));
  }

  @Test
  void refusesToDeleteGroupThatIsInUse() {
    String app = create("app");
    authorize(
        IpPermission.builder()
            .ipProtocol("-1")
            .userIdGroupPairs(UserIdGroupPair.builder().groupId(app).build())
            .build());

    assertRefused("DependencyViolation", () -> ec2.deleteSecurityGroup(r -> r.groupId(app)));
    ec2.deleteSecurityGroup(r -> r.groupId(group));
    ec2.deleteSecurityGroup(r -> r.groupId(app));
    assertRefused("InvalidGroup.NotFound", () -> ec2.describeSecurityGroups(r -> r.groupIds(app)));
    String byDefault = ec2.describeSecurityGroups().securityGroups().get(0).groupId();
    assertRefused("CannotDelete", () -> ec2.deleteSecurityGroup(r -> r.groupId(byDefault)));
  }

  @Test
  void refusesPeersThatDoNotExist() {
    assertRefused(
        "InvalidGroup.NotFound",
        () ->
            authorize(
                IpPermission.builder()
                    .ipProtocol("-1")
                    .userIdGroupPairs(UserIdGroupPair.builder().groupId("sg-1").build())
                    .build()));
  }

  private String create(String name) {
    return ec2.createSecurityGroup(r -> r.vpcId(vpc).groupName(name).description("for " + name))
        .groupId();
  }

  private void authorize(IpPermission permission) {
    ec2.authorizeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(permission));
  }

  private static IpPermission permission(String protocol, int port, String cidr) {
    return IpPermission.builder()
        .ipProtocol(protocol)
        .fromPort(port)
        .toPort(port)
        .ipRanges(range(cidr))
        .build();
  }

  private static IpRange range(String cidr) {
    return IpRange.builder().cidrIp(cidr).build();
  }

  private SecurityGroup group() {
    return ec2.describeSecurityGroups(r -> r.groupIds(group)).securityGroups().get(0);
  }

  private List<SecurityGroupRule> rules(boolean isEgress) {
    return ec2
        .describeSecurityGroupRules(r -> r.filters(Ec2Filter.by("group-id", group)))
        .securityGroupRules()
        .stream()
        .filter(rule -> rule.isEgress() == isEgress)
        .toList();
  }
}
