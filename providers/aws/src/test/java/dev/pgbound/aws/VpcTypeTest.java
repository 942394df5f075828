package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.spi.Live;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class VpcTypeTest {

  private static final String NONE = "<DescribeVpcsResponse><vpcSet/></DescribeVpcsResponse>";
  private static final Fields DESIRED =
      Fields.NONE.with("cidrBlock", "10.0.0.0/16").with("enableDnsHostnames", Value.of(true));

  private final TypeFixture vpc = new TypeFixture("vpc");

  @AfterEach
  void stop() {
    vpc.close();
  }

  @Test
  void createsWithAllTagsAndWaitsUntilItIsAvailable() {
    vpc.aws
        .answer(
            "CreateVpc",
            "<CreateVpcResponse><vpc><vpcId>vpc-1</vpcId><state>pending</state></vpc>"
                + "</CreateVpcResponse>")
        .answer("DescribeVpcs", NONE)
        .answer("DescribeVpcs", vpcs("pending"))
        .answer("DescribeVpcs", vpcs("available"))
        .answer("ModifyVpcAttribute", "<ModifyVpcAttributeResponse/>")
        .answer("DescribeVpcAttribute", hostnames(false))
        .answer("DescribeVpcAttribute", hostnames(true));
    TestContext context = TestContext.step("vpc.main");

    Live live = vpc.type.create(DESIRED.with("tags", Fields.NONE.with("team", "data")), context);

    assertThat(vpc.aws.lastBody("CreateVpc"))
        .contains("CidrBlock=10.0.0.0/16")
        .contains("TagSpecification.1.ResourceType=vpc")
        .contains("Key=Name&TagSpecification.1.Tag.1.Value=hr&")
        .contains("Key=pgbound:address&TagSpecification.1.Tag.2.Value=vpc.main")
        .contains("Key=team&TagSpecification.1.Tag.5.Value=data");
    assertThat(context.phases()).containsExactly("not visible yet", "pending", "not visible yet");
    assertThat(live.identifier()).isEqualTo("vpc-1");
    assertThat(live.health()).isEqualTo(Live.Health.READY);
    assertThat(live.attributes().without("isDefault"))
        .isEqualTo(
            Fields.NONE
                .with("instanceTenancy", "default")
                .with("vpcId", "vpc-1")
                .with("cidrBlock", "10.0.0.0/16")
                .with("arn", "arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-1")
                .with("enableDnsHostnames", Value.of(true))
                .with("tags", Fields.NONE.with("team", "data")));
    assertThat(live.address()).hasToString("Optional[vpc.main]");
  }

  @Test
  void findsAllOfTheMigrationWithOneCall() {
    vpc.aws.answer("DescribeVpcs", vpcs("available"));

    List<Live> found =
        vpc.type.discover(
            TypeFixture.plan("vpc.main", Fields.NONE.with("cidrBlock", "10.0.0.0/16")),
            TestContext.discovery());

    assertThat(found).extracting(Live::identifier).containsExactly("vpc-1");
    assertThat(vpc.aws.operations()).containsExactly("DescribeVpcs");
    assertThat(vpc.aws.lastBody("DescribeVpcs"))
        .contains("Filter.1.Name=tag:pgbound:migration&Filter.1.Value.1=hr");
  }

  @Test
  void readsDnsAttributesOnlyWhenDeclared() {
    vpc.aws
        .answer("DescribeVpcs", vpcs("available"))
        .answer("DescribeVpcAttribute", hostnames(true));

    List<Live> found =
        vpc.type.discover(TypeFixture.object("vpc.main", DESIRED), TestContext.discovery());

    assertThat(found.get(0).attributes().flag("enableDnsHostnames")).contains(true);
    assertThat(found.get(0).attributes().has("enableDnsSupport")).isFalse();
    assertThat(vpc.aws.operations()).containsExactly("DescribeVpcs", "DescribeVpcAttribute");
    assertThat(vpc.aws.lastBody("DescribeVpcs"))
        .contains("Name=tag:pgbound:address&Filter.2.Value.1=vpc.main");
  }

  @Test
  void writesOnlyTagsThatDiffer() {
    vpc.aws
        .answer("CreateTags", "<CreateTagsResponse><return>true</return></CreateTagsResponse>")
        .answer("DescribeVpcs", vpcs("available"));
    Live prior =
        new Live(
            "vpc-1",
            Fields.NONE,
            Map.of("pgbound:migration", "hr", "pgbound:address", "vpc.main"),
            Live.Health.READY);

    vpc.type.update(prior, Fields.NONE, Set.of(), TestContext.step("vpc.main"));

    assertThat(vpc.aws.operations()).containsExactly("CreateTags", "DescribeVpcs");
    assertThat(vpc.aws.lastBody("CreateTags"))
        .contains("Tag.1.Key=pgbound:digest")
        .doesNotContain("Tag.2");
  }

  @Test
  void repeatsADeletionWhileAServiceCleansUp() {
    vpc.aws
        .refuseEc2("DeleteVpc", 400, "DependencyViolation", "The vpc has dependencies")
        .refuseEc2("DeleteVpc", 400, "InvalidVpcID.NotFound", "The vpc does not exist")
        .answer("DescribeNetworkInterfaces", networkInterface("DMSNetworkInterface"));

    delete();

    assertThat(vpc.aws.operations())
        .containsExactly("DeleteVpc", "DescribeNetworkInterfaces", "DeleteVpc");
  }

  @Test
  void namesWhatStandsInTheWayOfADeletionForGood() {
    vpc.aws
        .refuseEc2("DeleteVpc", 400, "DependencyViolation", "The vpc has dependencies")
        .answer("DescribeNetworkInterfaces", networkInterface("web server"));

    assertThatThrownBy(this::delete)
        .hasMessageContaining("The vpc has dependencies")
        .hasMessageContaining("eni-1 (web server)");
    assertThat(vpc.aws.operations()).containsExactly("DeleteVpc", "DescribeNetworkInterfaces");
  }

  @Test
  void namesAnEndpointThatStays() {
    vpc.aws
        .refuseEc2("DeleteVpc", 400, "DependencyViolation", "The vpc has dependencies")
        .answer("DescribeNetworkInterfaces", networkInterface("VPC Endpoint Interface vpce-1"))
        .answer("DescribeVpcEndpoints", endpoints("available"));

    assertThatThrownBy(this::delete).hasMessageContaining("It is used by the VPC endpoint vpce-1.");
  }

  @Test
  void waitsForAnEndpointThatIsBeingDeleted() {
    vpc.aws
        .refuseEc2("DeleteVpc", 400, "DependencyViolation", "The vpc has dependencies")
        .answer("DeleteVpc", "<DeleteVpcResponse><return>true</return></DeleteVpcResponse>")
        .answer("DescribeNetworkInterfaces", networkInterface("VPC Endpoint Interface vpce-1"))
        .answer("DescribeVpcEndpoints", endpoints("deleting"));

    delete();

    assertThat(vpc.aws.operations()).endsWith("DescribeVpcEndpoints", "DeleteVpc");
  }

  @Test
  void looksUpByNameAndTags() {
    vpc.aws.answer("DescribeVpcs", vpcs("available"));

    List<Live> found =
        vpc.type.lookup(
            Fields.NONE.with("name", "prod").with("tags", Fields.NONE.with("team", "data")),
            TestContext.discovery());

    assertThat(found).hasSize(1);
    assertThat(vpc.aws.lastBody("DescribeVpcs"))
        .contains("Name=tag:Name&Filter.1.Value.1=prod")
        .contains("Name=tag:team&Filter.2.Value.1=data");
  }

  @Test
  void looksUpByIdentifier() {
    vpc.aws.answer("DescribeVpcs", vpcs("available"));

    vpc.type.lookup(Fields.NONE.with("vpcId", "vpc-1"), TestContext.discovery());

    assertThat(vpc.aws.lastBody("DescribeVpcs")).contains("Name=vpc-id&Filter.1.Value.1=vpc-1");
  }

  @Test
  void comparesWhatEc2HasNoFilterFor() {
    vpc.aws.answer("DescribeVpcs", vpcs("available"));
    vpc.aws.answer("DescribeVpcs", vpcs("available"));
    String arn = "arn:aws:ec2:eu-central-1:123456789012:vpc/";

    assertThat(vpc.type.lookup(Fields.NONE.with("arn", arn + "vpc-1"), TestContext.discovery()))
        .hasSize(1);
    assertThat(vpc.type.lookup(Fields.NONE.with("arn", arn + "vpc-2"), TestContext.discovery()))
        .isEmpty();
  }

  private void delete() {
    vpc.type.delete(
        new Live("vpc-1", Fields.NONE, Map.of(), Live.Health.READY),
        Optional.empty(),
        TestContext.step("vpc.main"));
  }

  private static String networkInterface(String description) {
    return String.format(
        Locale.ROOT,
        """
        <DescribeNetworkInterfacesResponse><networkInterfaceSet><item>
          <networkInterfaceId>eni-1</networkInterfaceId><description>%s</description>
          <requesterManaged>%s</requesterManaged>
        </item></networkInterfaceSet></DescribeNetworkInterfacesResponse>
        """,
        description,
        description.startsWith("VPC Endpoint"));
  }

  private static String endpoints(String state) {
    return String.format(
        Locale.ROOT,
        """
        <DescribeVpcEndpointsResponse><vpcEndpointSet><item>
          <vpcEndpointId>vpce-1</vpcEndpointId><state>%s</state>
        </item></vpcEndpointSet></DescribeVpcEndpointsResponse>
        """,
        state);
  }

  private static String vpcs(String state) {
    return String.format(
        Locale.ROOT,
        """
        <DescribeVpcsResponse><vpcSet><item>
          <vpcId>vpc-1</vpcId><state>%s</state><cidrBlock>10.0.0.0/16</cidrBlock>
          <instanceTenancy>default</instanceTenancy><isDefault>false</isDefault>
          <tagSet>
            <item><key>aws:cloudformation:stack-name</key><value>s</value></item>
            <item><key>pgbound:migration</key><value>hr</value></item>
            <item><key>pgbound:address</key><value>vpc.main</value></item>
            <item><key>team</key><value>data</value></item>
          </tagSet>
        </item></vpcSet></DescribeVpcsResponse>
        """,
        state);
  }

  private static String hostnames(boolean on) {
    return String.format(
        Locale.ROOT,
        "<DescribeVpcAttributeResponse><vpcId>vpc-1</vpcId><enableDnsHostnames>"
            + "<value>%s</value></enableDnsHostnames></DescribeVpcAttributeResponse>",
        on);
  }
}
