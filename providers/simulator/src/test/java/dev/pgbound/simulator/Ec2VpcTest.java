package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.Tenancy;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;

class Ec2VpcTest {

  private final Ec2Client ec2 = Clients.client(Ec2Client.builder(), SimulatedAws.inMemory());

  @Test
  void fillsInTheDefaultsOfAVpc() {
    Vpc vpc = ec2.createVpc(r -> r.cidrBlock("10.0.3.4/16")).vpc();

    assertThat(vpc.cidrBlock()).isEqualTo("10.0.0.0/16");
    assertThat(vpc.instanceTenancy()).isEqualTo(Tenancy.DEFAULT);
    assertThat(vpc.isDefault()).isFalse();
    assertThat(vpc.cidrBlockAssociationSet())
        .singleElement()
        .satisfies(a -> assertThat(a.associationId()).startsWith("vpc-cidr-assoc-0"));
    assertThat(attribute(vpc, VpcAttributeName.ENABLE_DNS_SUPPORT).enableDnsSupport().value())
        .isTrue();
    assertThat(attribute(vpc, VpcAttributeName.ENABLE_DNS_HOSTNAMES).enableDnsHostnames().value())
        .isFalse();
  }

  @Test
  void createsWhatEveryVpcHas() {
    String id = createVpc("10.0.0.0/16");

    SecurityGroup group =
        ec2.describeSecurityGroups(r -> r.filters(inVpc(id))).securityGroups().get(0);
    RouteTable table = ec2.describeRouteTables(r -> r.filters(inVpc(id))).routeTables().get(0);
    NetworkAcl acl = ec2.describeNetworkAcls(r -> r.filters(inVpc(id))).networkAcls().get(0);

    assertThat(group.groupName()).isEqualTo("default");
    assertThat(group.ipPermissions().get(0).userIdGroupPairs().get(0).groupId())
        .isEqualTo(group.groupId());
    assertThat(table.associations()).singleElement().matches(a -> a.main());
    assertThat(table.routes()).singleElement().matches(r -> r.gatewayId().equals("local"));
    assertThat(acl.isDefault()).isTrue();
  }

  @Test
  void makesTheDefaultVpcWithAPublicSubnetInEachZone() {
    Vpc vpc = ec2.createDefaultVpc(r -> {}).vpc();

    assertThat(vpc.isDefault()).isTrue();
    assertThat(vpc.cidrBlock()).isEqualTo("172.31.0.0/16");
    assertThat(attribute(vpc, VpcAttributeName.ENABLE_DNS_HOSTNAMES).enableDnsHostnames().value())
        .isTrue();
    assertThat(ec2.describeSubnets(r -> r.filters(inVpc(vpc.vpcId()))).subnets())
        .hasSameSizeAs(ec2.describeAvailabilityZones().availabilityZones())
        .allMatch(subnet -> subnet.defaultForAz() && subnet.mapPublicIpOnLaunch());
    assertThat(ec2.describeRouteTables(r -> r.filters(inVpc(vpc.vpcId()))).routeTables())
        .singleElement()
        .satisfies(
            table ->
                assertThat(table.routes()).anyMatch(route -> route.gatewayId().startsWith("igw-")));
    assertRefused("DefaultVpcAlreadyExists", () -> ec2.createDefaultVpc(r -> {}));
  }

  @Test
  void deletesWhatEveryVpcHasTogetherWithIt() {
    String id = createVpc("10.0.0.0/16");

    ec2.deleteVpc(r -> r.vpcId(id));

    assertRefused("InvalidVpcID.NotFound", () -> ec2.describeVpcs(r -> r.vpcIds(id)));
    assertThat(ec2.describeSecurityGroups().securityGroups()).isEmpty();
    assertThat(ec2.describeSecurityGroupRules(r -> {}).securityGroupRules()).isEmpty();
    assertThat(ec2.describeRouteTables().routeTables()).isEmpty();
    assertThat(ec2.describeNetworkAcls().networkAcls()).isEmpty();
  }

  @Test
  void refusesToDeleteVpcThatIsInUse() {
    String id = createVpc("10.0.0.0/16");
    String subnet = ec2.createSubnet(r -> r.vpcId(id).cidrBlock("10.0.0.0/24")).subnet().subnetId();
    assertRefused("DependencyViolation", () -> ec2.deleteVpc(r -> r.vpcId(id)));
    ec2.deleteSubnet(r -> r.subnetId(subnet));

    String gateway = ec2.createInternetGateway().internetGateway().internetGatewayId();
    ec2.attachInternetGateway(r -> r.internetGatewayId(gateway).vpcId(id));
    assertRefused("DependencyViolation", () -> ec2.deleteVpc(r -> r.vpcId(id)));
    ec2.detachInternetGateway(r -> r.internetGatewayId(gateway).vpcId(id));

    String table = ec2.createRouteTable(r -> r.vpcId(id)).routeTable().routeTableId();
    assertRefused("DependencyViolation", () -> ec2.deleteVpc(r -> r.vpcId(id)));
    ec2.deleteRouteTable(r -> r.routeTableId(table));

    String group =
        ec2.createSecurityGroup(r -> r.vpcId(id).groupName("db").description("db")).groupId();
    assertRefused("DependencyViolation", () -> ec2.deleteVpc(r -> r.vpcId(id)));
    ec2.deleteSecurityGroup(r -> r.groupId(group));

    ec2.deleteVpc(r -> r.vpcId(id));
    assertThat(ec2.describeVpcs().vpcs()).isEmpty();
  }

  @Test
  void changesOneDnsAttributeInACall() {
    Vpc vpc = ec2.createVpc(r -> r.cidrBlock("10.0.0.0/16")).vpc();

    assertRefused(
        "InvalidParameterCombination",
        () ->
            ec2.modifyVpcAttribute(
                r ->
                    r.vpcId(vpc.vpcId())
                        .enableDnsHostnames(v -> v.value(true))
                        .enableDnsSupport(v -> v.value(true))));
    ec2.modifyVpcAttribute(r -> r.vpcId(vpc.vpcId()).enableDnsHostnames(v -> v.value(true)));

    assertThat(attribute(vpc, VpcAttributeName.ENABLE_DNS_HOSTNAMES).enableDnsHostnames().value())
        .isTrue();
  }

  @Test
  void refusesAddressRangesThatAVpcCannotHave() {
    assertRefused("InvalidVpc.Range", () -> createVpc("10.0.0.0/8"));
    assertRefused("InvalidVpc.Range", () -> createVpc("10.0.0.0/29"));
    assertRefused("InvalidParameterValue", () -> createVpc("10.0.0.256/16"));
    assertRefused("InvalidParameterValue", () -> createVpc("ten/16"));
    assertRefused("MissingParameter", () -> ec2.createVpc(r -> {}));
  }

  @Test
  void findsObjectsByFilter() {
    String hr = createVpc("10.0.0.0/16", Tag.builder().key("app").value("hr-prod").build());
    String pay = createVpc("10.1.0.0/16", Tag.builder().key("app").value("pay").build());
    String none = createVpc("10.2.0.0/16");

    assertThat(found("tag:app", "hr-*")).containsExactly(hr);
    assertThat(found("tag:app", "hr-????", "pay")).containsExactlyInAnyOrder(hr, pay);
    assertThat(found("tag:app", "hr-???")).isEmpty();
    assertThat(found("tag-key", "app")).containsExactlyInAnyOrder(hr, pay);
    assertThat(found("cidr", "10.2.0.0/16")).containsExactly(none);
    assertThat(found("cidr-block-association.cidr-block", "10.1.0.0/16")).containsExactly(pay);
    assertThat(found("isDefault", "true")).isEmpty();
    assertRefused("InvalidParameterValue", () -> found("nonsense", "x"));
  }

  @Test
  void pagesItsAnswers() {
    for (int i = 0; i < 12; i++) {
      createVpc("10." + i + ".0.0/16");
    }

    assertThat(ec2.describeVpcs(r -> r.maxResults(5)).vpcs()).hasSize(5);
    assertThat(ec2.describeVpcsPaginator(r -> r.maxResults(5)).vpcs().stream().distinct())
        .hasSize(12);
    assertRefused(
        "InvalidParameterValue", () -> ec2.describeVpcs(r -> r.nextToken("no token of mine")));
  }

  @Test
  void addsShowsAndDeletesTags() {
    String id = createVpc("10.0.0.0/16", tag("a", "1"), tag("b", "2"));
    ec2.createTags(r -> r.resources(id).tags(tag("b", "3"), tag("c", "")));
    assertThat(tags(id)).containsExactly(tag("a", "1"), tag("b", "3"), tag("c", ""));

    ec2.deleteTags(
        r -> r.resources(id).tags(tag("a", "other value"), Tag.builder().key("c").build()));
    assertThat(tags(id)).containsExactly(tag("a", "1"), tag("b", "3"));
    assertThat(ec2.describeTags(r -> r.filters(Ec2Filter.by("resource-id", id))).tags())
        .extracting(t -> t.resourceTypeAsString() + " " + t.key())
        .containsExactly("vpc a", "vpc b");

    ec2.deleteTags(r -> r.resources(id));
    assertThat(tags(id)).isEmpty();
  }

  @Test
  void refusesTagsThatAreNotForIt() {
    assertRefused("InvalidID", () -> ec2.createTags(r -> r.resources("vpc-0").tags(tag("a", "b"))));
    assertRefused("InvalidParameterValue", () -> createVpc("10.0.0.0/16", tag("aws:x", "y")));
    assertRefused(
        "InvalidParameterValue",
        () ->
            ec2.createInternetGateway(
                r -> r.tagSpecifications(specification(ResourceType.VPC, tag("a", "b")))));
  }

  private String createVpc(String cidr, Tag... tags) {
    return ec2.createVpc(
            r -> {
              r.cidrBlock(cidr);
              if (tags.length > 0) {
                r.tagSpecifications(specification(ResourceType.VPC, tags));
              }
            })
        .vpc()
        .vpcId();
  }

  private static TagSpecification specification(ResourceType type, Tag... tags) {
    return TagSpecification.builder().resourceType(type).tags(tags).build();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private List<Tag> tags(String vpcId) {
    return ec2.describeVpcs(r -> r.vpcIds(vpcId)).vpcs().get(0).tags();
  }

  private List<String> found(String filter, String... values) {
    Filter by = Ec2Filter.by(filter, values);
    return ec2.describeVpcs(r -> r.filters(by)).vpcs().stream().map(Vpc::vpcId).toList();
  }

  private static Filter inVpc(String id) {
    return Ec2Filter.by("vpc-id", id);
  }

  private DescribeVpcAttributeResponse attribute(Vpc vpc, VpcAttributeName name) {
    return ec2.describeVpcAttribute(r -> r.vpcId(vpc.vpcId()).attribute(name));
  }
}
