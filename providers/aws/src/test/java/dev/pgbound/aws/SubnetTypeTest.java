package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.spi.Live;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SubnetTypeTest {

  private static final Fields DESIRED =
      Fields.NONE
          .with("vpcId", "vpc-1")
          .with("cidrBlock", "10.0.1.0/24")
          .with("mapPublicIpOnLaunch", Value.of(true));

  private final TypeFixture subnet = new TypeFixture("subnet");

  @AfterEach
  void stop() {
    subnet.close();
  }

  @Test
  void createsAndThenChangesWhatCannotBeSaidAtCreation() {
    subnet
        .aws
        .answer(
            "CreateSubnet",
            "<CreateSubnetResponse><subnet><subnetId>subnet-1</subnetId></subnet>"
                + "</CreateSubnetResponse>")
        .answer("DescribeSubnets", subnets("available", false))
        .answer("DescribeSubnets", subnets("available", true))
        .answer("ModifySubnetAttribute", "<ModifySubnetAttributeResponse/>");

    Live live = subnet.type.create(DESIRED, TestContext.step("subnet.a"));

    assertThat(subnet.aws.lastBody("CreateSubnet")).doesNotContain("MapPublic");
    assertThat(subnet.aws.lastBody("ModifySubnetAttribute"))
        .contains("SubnetId=subnet-1")
        .contains("MapPublicIpOnLaunch.Value=true");
    assertThat(live.attributes().flag("mapPublicIpOnLaunch")).contains(true);
    assertThat(live.attributes().text("availabilityZone"))
        .as("the zone that AWS chose")
        .contains("eu-central-1a");
  }

  @Test
  void doesNotCallForWhatIsAlreadySo() {
    subnet
        .aws
        .answer(
            "CreateSubnet",
            "<CreateSubnetResponse><subnet><subnetId>subnet-1</subnetId></subnet>"
                + "</CreateSubnetResponse>")
        .answer("DescribeSubnets", subnets("pending", true))
        .answer("DescribeSubnets", subnets("available", true));

    subnet.type.create(DESIRED, TestContext.step("subnet.a"));

    assertThat(subnet.aws.operations())
        .containsExactly("CreateSubnet", "DescribeSubnets", "DescribeSubnets");
  }

  @Test
  void findsTheZoneOfAnIndex() {
    subnet
        .aws
        .answer("DescribeAvailabilityZones", zones("eu-central-1b", "eu-central-1a"))
        .answer(
            "CreateSubnet",
            "<CreateSubnetResponse><subnet><subnetId>subnet-1</subnetId></subnet>"
                + "</CreateSubnetResponse>")
        .answer("DescribeSubnets", subnets("available", true));

    subnet.type.create(
        DESIRED.with("availabilityZoneIndex", Value.of(2)), TestContext.step("subnet.a"));

    assertThat(subnet.aws.lastBody("CreateSubnet")).contains("AvailabilityZone=eu-central-1b");
  }

  @Test
  void saysWhichZonesThereAre() {
    subnet.aws.answer("DescribeAvailabilityZones", zones("eu-central-1a", "eu-central-1b"));

    assertThatThrownBy(
            () ->
                subnet.type.create(
                    DESIRED.with("availabilityZoneIndex", Value.of(3)),
                    TestContext.step("subnet.a")))
        .hasMessageContaining("[eu-central-1a, eu-central-1b]");
  }

  private static String zones(String... names) {
    StringBuilder items = new StringBuilder();
    for (String name : names) {
      items.append("<item><zoneName>").append(name).append("</zoneName></item>");
    }
    return "<DescribeAvailabilityZonesResponse><availabilityZoneInfo>"
        + items
        + "</availabilityZoneInfo></DescribeAvailabilityZonesResponse>";
  }

  private static String subnets(String state, boolean isPublic) {
    return String.format(
        Locale.ROOT,
        """
        <DescribeSubnetsResponse><subnetSet><item>
          <subnetId>subnet-1</subnetId><vpcId>vpc-1</vpcId><state>%s</state>
          <cidrBlock>10.0.1.0/24</cidrBlock><availabilityZone>eu-central-1a</availabilityZone>
          <mapPublicIpOnLaunch>%s</mapPublicIpOnLaunch>
        </item></subnetSet></DescribeSubnetsResponse>
        """,
        state,
        isPublic);
  }
}
