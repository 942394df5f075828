package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Live;
import dev.pgbound.spi.Value.Fields;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class InternetGatewayTypeTest {

  private static final Fields DESIRED = Fields.NONE.with("vpcId", "vpc-2");
  private static final String DONE = "<Response><return>true</return></Response>";

  private final TypeFixture gateway = new TypeFixture("internet-gateway");

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void attachesOnceTheNewGatewayIsVisibleEverywhere() {
    gateway
        .aws
        .answer(
            "CreateInternetGateway",
            "<CreateInternetGatewayResponse><internetGateway><internetGatewayId>igw-1"
                + "</internetGatewayId></internetGateway></CreateInternetGatewayResponse>")
        .answer("DescribeInternetGateways", detached())
        .answer("DescribeInternetGateways", attached("vpc-2"))
        .refuseEc2("AttachInternetGateway", 400, "InvalidInternetGatewayID.NotFound", "not yet")
        .answer("AttachInternetGateway", DONE);

    Live live = gateway.type.create(DESIRED, TestContext.step("internet-gateway.main"));

    assertThat(live.attributes().text("vpcId")).contains("vpc-2");
    assertThat(gateway.aws.operations())
        .containsExactly(
            "CreateInternetGateway",
            "DescribeInternetGateways",
            "AttachInternetGateway",
            "AttachInternetGateway",
            "DescribeInternetGateways");
  }

  @Test
  void movesToAnotherVpc() {
    gateway
        .aws
        .answer("DescribeInternetGateways", attached("vpc-1"))
        .answer("DescribeInternetGateways", attached("vpc-2"))
        .answer("DetachInternetGateway", DONE)
        .answer("AttachInternetGateway", DONE);

    gateway.type.update(
        owned("vpc-1"), DESIRED, Set.of("vpcId"), TestContext.step("internet-gateway.main"));

    assertThat(gateway.aws.lastBody("DetachInternetGateway")).contains("VpcId=vpc-1");
    assertThat(gateway.aws.lastBody("AttachInternetGateway")).contains("VpcId=vpc-2");
  }

  @Test
  void finishesAnAttachmentThatWasInterrupted() {
    gateway
        .aws
        .answer("DescribeInternetGateways", detached())
        .answer("DescribeInternetGateways", attached("vpc-2"))
        .answer("AttachInternetGateway", DONE);

    gateway.type.update(
        owned("vpc-1"), DESIRED, Set.of("vpcId"), TestContext.step("internet-gateway.main"));

    assertThat(gateway.aws.operations())
        .containsExactly(
            "DescribeInternetGateways",
            "AttachInternetGateway",
            "DescribeInternetGateways",
            "DescribeInternetGateways");
  }

  @Test
  void waitsForPublicAddressesOfAServiceBeforeItDetaches() {
    gateway
        .aws
        .refuseEc2("DetachInternetGateway", 400, "DependencyViolation", "mapped public addresses")
        .refuseEc2("DetachInternetGateway", 400, "Gateway.NotAttached", "not attached")
        .answer(
            "DescribeNetworkInterfaces",
            "<DescribeNetworkInterfacesResponse><networkInterfaceSet/>"
                + "</DescribeNetworkInterfacesResponse>")
        .answer("DeleteInternetGateway", DONE);

    gateway.type.delete(
        owned("vpc-1"), Optional.empty(), TestContext.step("internet-gateway.main"));

    assertThat(gateway.aws.operations())
        .containsExactly(
            "DetachInternetGateway",
            "DescribeNetworkInterfaces",
            "DetachInternetGateway",
            "DeleteInternetGateway");
    assertThat(gateway.aws.lastBody("DescribeNetworkInterfaces"))
        .contains("Name=association.public-ip");
  }

  private static Live owned(String vpc) {
    return new Live(
        "igw-1",
        Fields.NONE.with("vpcId", vpc),
        TestContext.step("internet-gateway.main").ownershipTags(),
        Live.Health.READY);
  }

  private static String attached(String vpc) {
    return gateways("<item><state>available</state><vpcId>" + vpc + "</vpcId></item>");
  }

  private static String detached() {
    return gateways("");
  }

  private static String gateways(String attachments) {
    return String.format(
        Locale.ROOT,
        """
        <DescribeInternetGatewaysResponse><internetGatewaySet><item>
          <internetGatewayId>igw-1</internetGatewayId><attachmentSet>%s</attachmentSet>
        </item></internetGatewaySet></DescribeInternetGatewaysResponse>
        """,
        attachments);
  }
}
