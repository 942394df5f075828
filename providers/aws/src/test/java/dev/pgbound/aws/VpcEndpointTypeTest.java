package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.spi.Live;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class VpcEndpointTypeTest {

  private static final Fields DESIRED =
      Fields.NONE
          .with("vpcId", "vpc-1")
          .with("serviceName", "com.amazonaws.eu-central-1.secretsmanager")
          .with("vpcEndpointType", "Interface")
          .with("subnetIds", Value.of(List.of("subnet-1", "subnet-3")))
          .with("securityGroupIds", Value.of(List.of("sg-1")));
  private static final String CREATED =
      "<CreateVpcEndpointResponse><vpcEndpoint><vpcEndpointId>vpce-1</vpcEndpointId>"
          + "</vpcEndpoint></CreateVpcEndpointResponse>";

  private final TypeFixture endpoint = new TypeFixture("vpc-endpoint");

  @AfterEach
  void stop() {
    endpoint.close();
  }

  @Test
  void createsAndWaitsWhateverTheCapitals() {
    endpoint
        .aws
        .answer("CreateVpcEndpoint", CREATED)
        .answer("DescribeVpcEndpoints", endpoints("pending"))
        .answer("DescribeVpcEndpoints", endpoints("Available"));

    Live live = endpoint.type.create(DESIRED, TestContext.step("vpc-endpoint.secrets"));

    assertThat(live.health()).isEqualTo(Live.Health.READY);
    assertThat(live.attributes().texts("securityGroupIds")).containsExactly("sg-1");
    assertThat(live.attributes().text("arn"))
        .contains("arn:aws:ec2:eu-central-1:123456789012:vpc-endpoint/vpce-1");
  }

  @Test
  void failsWithTheReasonOfTheService() {
    endpoint
        .aws
        .answer("CreateVpcEndpoint", CREATED)
        .answer("DescribeVpcEndpoints", endpoints("failed"));

    assertThatThrownBy(
            () -> endpoint.type.create(DESIRED, TestContext.step("vpc-endpoint.secrets")))
        .hasMessageContaining("status is failed: no free addresses");
  }

  @Test
  void changesListsByWhatIsAddedAndRemoved() {
    endpoint
        .aws
        .answer("ModifyVpcEndpoint", "<ModifyVpcEndpointResponse/>")
        .answer("DescribeVpcEndpoints", endpoints("available"));

    endpoint.type.update(
        live(), DESIRED, Set.of("subnetIds"), TestContext.step("vpc-endpoint.secrets"));

    assertThat(endpoint.aws.received())
        .filteredOn(call -> call.operation().equals("ModifyVpcEndpoint"))
        .extracting(CannedAws.Received::body)
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .contains("RemoveSubnetId.1=subnet-2")
                    .doesNotContain("AddSubnetId", "SecurityGroup"),
            second -> assertThat(second).contains("AddSubnetId.1=subnet-3"));
  }

  @Test
  void doesNotSeeEndpointsThatAreShownAfterTheirDeletion() {
    endpoint.aws.answer("DescribeVpcEndpoints", endpoints("deleted"));

    assertThat(
            endpoint.type.discover(
                TypeFixture.plan("vpc-endpoint.secrets", DESIRED), TestContext.discovery()))
        .isEmpty();
  }

  @Test
  void waitsUntilItIsGone() {
    endpoint
        .aws
        .answer("DeleteVpcEndpoints", "<DeleteVpcEndpointsResponse/>")
        .answer("DescribeVpcEndpoints", endpoints("available"))
        .answer("DescribeVpcEndpoints", endpoints("deleting"))
        .answer("DescribeVpcEndpoints", endpoints("deleted"));
    TestContext context = TestContext.step("vpc-endpoint.secrets");

    endpoint.type.delete(live(), Optional.empty(), context);

    assertThat(context.phases()).containsExactly("available", "deleting");
  }

  @Test
  void seesARefusalInsideASuccessfulAnswer() {
    endpoint.aws.answer(
        "DeleteVpcEndpoints",
        """
        <DeleteVpcEndpointsResponse><unsuccessful><item><resourceId>vpce-1</resourceId>
          <error><code>OperationNotPermitted</code><message>managed by a service</message></error>
        </item></unsuccessful></DeleteVpcEndpointsResponse>
        """);

    assertThatThrownBy(
            () ->
                endpoint.type.delete(
                    live(), Optional.empty(), TestContext.step("vpc-endpoint.secrets")))
        .hasMessage("ec2:DeleteVpcEndpoints: managed by a service");
  }

  private static Live live() {
    return new Live(
        "vpce-1",
        DESIRED.with("subnetIds", Value.of(List.of("subnet-1", "subnet-2"))),
        TestContext.step("vpc-endpoint.secrets").ownershipTags(),
        Live.Health.READY);
  }

  private static String endpoints(String state) {
    return String.format(
        Locale.ROOT,
        """
        <DescribeVpcEndpointsResponse><vpcEndpointSet><item>
          <vpcEndpointId>vpce-1</vpcEndpointId><vpcId>vpc-1</vpcId><state>%s</state>
          <groupSet><item><groupId>sg-1</groupId></item></groupSet>
          <lastError><code>x</code><message>no free addresses</message></lastError>
        </item></vpcEndpointSet></DescribeVpcEndpointsResponse>
        """,
        state);
  }
}
