package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Problems;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SecurityGroupTypeTest {

  private static final Fields POSTGRES =
      Fields.NONE
          .with("ipProtocol", "TCP")
          .with("fromPort", Value.of(5432))
          .with("toPort", Value.of(5432));
  private static final Fields FROM_VPC = POSTGRES.with("cidrIpv4", "10.0.0.0/16");
  private static final Fields FROM_GROUP = POSTGRES.with("referencedGroupId", "sg-2");
  private static final Fields ALL_FROM_SELF =
      Fields.NONE.with("ipProtocol", "-1").with("self", Value.of(true));

  private static final String ALLOW_ALL =
      "<item><ipProtocol>-1</ipProtocol><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item>"
          + "</ipRanges></item>";

  private final TypeFixture group = new TypeFixture("security-group");

  @AfterEach
  void stop() {
    group.close();
  }

  @Test
  void createsWithNameAndRules() {
    group
        .aws
        .answer(
            "CreateSecurityGroup",
            "<CreateSecurityGroupResponse><groupId>sg-1</groupId></CreateSecurityGroupResponse>")
        .answer("DescribeSecurityGroups", described("", ALLOW_ALL))
        .answer("AuthorizeSecurityGroupIngress", "<AuthorizeSecurityGroupIngressResponse/>");

    group.type.create(
        Fields.NONE
            .with("vpcId", "vpc-1")
            .with("ingress", rules(FROM_VPC.with("description", "apps"), ALL_FROM_SELF)),
        TestContext.step("security-group.db"));

    assertThat(group.aws.lastBody("CreateSecurityGroup"))
        .contains("GroupName=hr-db")
        .contains("GroupDescription=Migration hr")
        .contains("ResourceType=security-group");
    assertThat(group.aws.lastBody("AuthorizeSecurityGroupIngress"))
        .contains("IpPermissions.1.IpProtocol=tcp&IpPermissions.1.FromPort=5432")
        .contains("CidrIp=10.0.0.0/16")
        .contains("Description=apps")
        .contains("IpPermissions.2.IpProtocol=-1")
        .contains("GroupId=sg-1");
    assertThat(group.aws.operations())
        .as("undeclared egress is left alone")
        .doesNotContain("RevokeSecurityGroupEgress", "AuthorizeSecurityGroupEgress");
  }

  @Test
  void revokesTheDefaultRuleWhereEgressIsDeclared() {
    group
        .aws
        .answer("DescribeSecurityGroups", described("", ALLOW_ALL))
        .answer("AuthorizeSecurityGroupEgress", "<AuthorizeSecurityGroupEgressResponse/>")
        .answer("RevokeSecurityGroupEgress", "<RevokeSecurityGroupEgressResponse/>");

    update(Fields.NONE.with("egress", rules(FROM_VPC)));

    assertThat(group.aws.operations())
        .containsSubsequence("AuthorizeSecurityGroupEgress", "RevokeSecurityGroupEgress");
    assertThat(group.aws.lastBody("RevokeSecurityGroupEgress"))
        .contains("IpProtocol=-1")
        .contains("CidrIp=0.0.0.0/0")
        .doesNotContain("FromPort");
  }

  @Test
  void changesOnlyTheDifference() {
    group
        .aws
        .answer(
            "DescribeSecurityGroups",
            described(
                permission("tcp", 5432, "<item><cidrIp>10.0.0.0/16</cidrIp></item>", "")
                    + permission("tcp", 22, "<item><cidrIp>0.0.0.0/0</cidrIp></item>", ""),
                ""))
        .answer("AuthorizeSecurityGroupIngress", "<AuthorizeSecurityGroupIngressResponse/>")
        .answer(
            "UpdateSecurityGroupRuleDescriptionsIngress",
            "<UpdateSecurityGroupRuleDescriptionsIngressResponse/>")
        .answer("RevokeSecurityGroupIngress", "<RevokeSecurityGroupIngressResponse/>");

    update(Fields.NONE.with("ingress", rules(FROM_VPC.with("description", "apps"), FROM_GROUP)));

    assertThat(group.aws.lastBody("AuthorizeSecurityGroupIngress"))
        .contains("GroupId=sg-2")
        .doesNotContain("10.0.0.0");
    assertThat(group.aws.lastBody("UpdateSecurityGroupRuleDescriptionsIngress"))
        .contains("Description=apps");
    assertThat(group.aws.lastBody("RevokeSecurityGroupIngress"))
        .contains("FromPort=22")
        .doesNotContain("5432");
  }

  @Test
  void namesTheGroupWhoseRulesReferToTheDeletedOne() {
    group
        .aws
        .refuseEc2("DeleteSecurityGroup", 400, "DependencyViolation", "has a dependent object")
        .answer(
            "DescribeNetworkInterfaces",
            "<DescribeNetworkInterfacesResponse><networkInterfaceSet/>"
                + "</DescribeNetworkInterfacesResponse>")
        .answer("DescribeSecurityGroups", described("", "").replace("sg-1", "sg-9"));
    Live prior = new Live("sg-1", Fields.NONE, Map.of(), Live.Health.READY);

    assertThatThrownBy(
            () -> group.type.delete(prior, Optional.empty(), TestContext.step("security-group.db")))
        .hasMessageContaining("It is used by a rule of the security group sg-9.");
    assertThat(group.aws.received())
        .extracting(CannedAws.Received::body)
        .anyMatch(body -> body.contains("Name=ip-permission.group-id&Filter.1.Value.1=sg-1"))
        .anyMatch(
            body -> body.contains("Name=egress.ip-permission.group-id&Filter.1.Value.1=sg-1"));
  }

  @Test
  void readsRulesInTheFormInWhichTheyAreDeclared() {
    group.aws.answer(
        "DescribeSecurityGroups",
        described(
            permission(
                "tcp",
                5432,
                "<item><cidrIp>10.0.0.0/16</cidrIp><description>apps</description></item>",
                "<item><groupId>sg-2</groupId><userId>1</userId></item>"
                    + "<item><groupId>sg-1</groupId><userId>1</userId></item>"),
            ALLOW_ALL));

    Live live =
        group
            .type
            .discover(TypeFixture.plan("security-group.db", Fields.NONE), TestContext.discovery())
            .get(0);

    Fields tcp = POSTGRES.with("ipProtocol", "tcp");
    assertThat(live.attributes().items("ingress"))
        .containsExactly(
            tcp.with("cidrIpv4", "10.0.0.0/16").with("description", "apps"),
            tcp.with("referencedGroupId", "sg-2"),
            tcp.with("self", Value.of(true)));
    assertThat(live.attributes().items("egress"))
        .containsExactly(Fields.NONE.with("ipProtocol", "-1").with("cidrIpv4", "0.0.0.0/0"));
  }

  @Test
  void takesSpellingsOfOneRuleForOneRule() {
    Value declared =
        rules(
            FROM_VPC.with("ipProtocol", "6").with("cidrIpv4", "10.0.3.7/16"),
            ALL_FROM_SELF.with("fromPort", Value.of(-1)).with("toPort", Value.of(-1)));

    assertThat(SecurityGroupRules.normalize(declared))
        .isEqualTo(rules(FROM_VPC.with("ipProtocol", "tcp"), ALL_FROM_SELF));
  }

  @Test
  void reportsRulesThatEc2WouldRefuse() {
    List<String> found = new ArrayList<>();
    Problems problems =
        new Problems() {
          @Override
          public void error(String path, String code, String summary, String detail) {
            found.add(path + " " + code);
          }

          @Override
          public void warning(String path, String code, String summary, String detail) {
            throw new AssertionError(summary);
          }
        };

    group.type.check(
        new ResourceType.Declared(
            new Address("security-group", "db"),
            Fields.NONE.with(
                "ingress",
                rules(
                    FROM_VPC,
                    FROM_VPC.with("prefixListId", "pl-1"),
                    FROM_VPC.without("toPort"),
                    FROM_VPC.with("self", Value.of(false)),
                    POSTGRES.with("referencedGroupId", new Value.Unknown("${x.y}"))))),
        problems);

    assertThat(found).containsExactly("ingress[1] NET-001", "ingress[2] NET-002");
  }

  private void update(Fields desired) {
    Live prior =
        new Live(
            "sg-1",
            Fields.NONE,
            TestContext.step("security-group.db").ownershipTags(),
            Live.Health.READY);
    group.type.update(
        prior,
        desired,
        Set.copyOf(desired.fields().keySet()),
        TestContext.step("security-group.db"));
  }

  private static Value rules(Fields... rules) {
    return new Value.Items(List.of(rules));
  }

  private static String permission(String protocol, int port, String ranges, String groups) {
    return String.format(
        Locale.ROOT,
        """
        <item><ipProtocol>%s</ipProtocol><fromPort>%d</fromPort><toPort>%d</toPort>
          <ipRanges>%s</ipRanges><groups>%s</groups></item>
        """,
        protocol,
        port,
        port,
        ranges,
        groups);
  }

  private static String described(String ingress, String egress) {
    return String.format(
        Locale.ROOT,
        """
        <DescribeSecurityGroupsResponse><securityGroupInfo><item>
          <groupId>sg-1</groupId><groupName>hr-db</groupName><vpcId>vpc-1</vpcId>
          <groupDescription>Migration hr</groupDescription>
          <ipPermissions>%s</ipPermissions><ipPermissionsEgress>%s</ipPermissionsEgress>
        </item></securityGroupInfo></DescribeSecurityGroupsResponse>
        """,
        ingress,
        egress);
  }
}
