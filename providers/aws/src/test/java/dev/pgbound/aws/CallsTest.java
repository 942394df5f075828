package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What a call of a client looks like from outside: to its caller and to the listeners. */
final class CallsTest {

  private final CannedAws aws = new CannedAws();
  private final List<String> heard = new ArrayList<>();
  private final CallListener listener =
      new CallListener() {
        @Override
        public void before(Call call) {
          heard.add("before " + call);
        }

        @Override
        public void after(Call call, Optional<ResourceException> failure) {
          heard.add("after " + call + failure.map(e -> " " + e.code()).orElse(""));
        }
      };

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void tellsTheListenerOfSuccessAndFailureOnce() {
    aws.answer("DescribeVpcs", "<DescribeVpcsResponse><vpcSet/></DescribeVpcsResponse>");
    aws.refuseEc2("DeleteVpc", 400, "DependencyViolation", "The vpc has dependencies");
    AwsClients clients = clients(aws.settings());

    clients.ec2().describeVpcs();
    failure(() -> clients.ec2().deleteVpc(r -> r.vpcId("vpc-1")));

    assertThat(heard)
        .containsExactly(
            "before ec2:DescribeVpcs",
            "after ec2:DescribeVpcs",
            "before ec2:DeleteVpc",
            "after ec2:DeleteVpc DependencyViolation");
  }

  @Test
  void keepsTheWordsOfTheService() {
    aws.refuseEc2("DeleteVpc", 400, "DependencyViolation", "The vpc 'vpc-1' has dependencies");

    ResourceException e = failure(() -> clients(aws.settings()).ec2().deleteVpc(r -> r.vpcId("v")));

    assertThat(e.kind()).isEqualTo(Kind.CONFLICT);
    assertThat(e).hasMessage("ec2:DeleteVpc: The vpc 'vpc-1' has dependencies.");
  }

  @Test
  void readsErrorsOfJsonServices() {
    aws.refuseJson("DescribeReplicationTasks", "ResourceNotFoundFault", "No task found");

    ResourceException e = failure(() -> clients(aws.settings()).dms().describeReplicationTasks());

    assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(e.code()).isEqualTo("ResourceNotFoundFault");
  }

  @Test
  void namesTheMissingActionWhereTheServiceDoesNot() {
    aws.refuseJson("DescribeReplicationTasks", "AccessDeniedException", "Access denied");

    ResourceException e = failure(() -> clients(aws.settings()).dms().describeReplicationTasks());

    assertThat(e.kind()).isEqualTo(Kind.ACCESS_DENIED);
    assertThat(e).hasMessageContaining("dms:DescribeReplicationTasks is not allowed");
  }

  @Test
  void dropsTheEncodedDecisionOfEc2() {
    aws.refuseEc2(
        "DescribeVpcs",
        403,
        "UnauthorizedOperation",
        "User: ann is not authorized to perform: ec2:DescribeVpcs."
            + " Encoded authorization failure message: 4bcdef");

    ResourceException e = failure(() -> clients(aws.settings()).ec2().describeVpcs());

    assertThat(e)
        .hasMessage("ec2:DescribeVpcs: User: ann is not authorized to perform: ec2:DescribeVpcs.");
  }

  @Test
  void repeatsWhatWasThrottledAndCountsItAsOneCall() {
    aws.refuseEc2("DescribeVpcs", 503, "RequestLimitExceeded", "Request limit exceeded.");
    aws.answer("DescribeVpcs", "<DescribeVpcsResponse><vpcSet/></DescribeVpcsResponse>");

    assertThat(clients(aws.settings()).ec2().describeVpcs().vpcs()).isEmpty();

    assertThat(aws.operations()).containsExactly("DescribeVpcs", "DescribeVpcs");
    assertThat(heard).containsExactly("before ec2:DescribeVpcs", "after ec2:DescribeVpcs");
  }

  @Test
  void repeatsALookThatWasNotAnswered() {
    aws.refuseEc2("DescribeVpcs", 500, "InternalError", "An internal error has occurred");
    aws.answer("DescribeVpcs", "<DescribeVpcsResponse><vpcSet/></DescribeVpcsResponse>");

    assertThat(clients(aws.settings()).ec2().describeVpcs().vpcs()).isEmpty();

    assertThat(aws.operations()).containsExactly("DescribeVpcs", "DescribeVpcs");
  }

  /** There may be a VPC now, and a second call would make a second one. */
  @Test
  void doesNotRepeatAWriteThatMayHaveHadItsEffect() {
    aws.refuseEc2("CreateVpc", 500, "InternalError", "An internal error has occurred");

    ResourceException e = failure(() -> clients(aws.settings()).ec2().createVpc(r -> {}));

    assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(e).hasMessage("ec2:CreateVpc: An internal error has occurred.");
    assertThat(aws.operations()).containsExactly("CreateVpc");
  }

  @Test
  void repeatsAWriteThatWasThrottled() {
    aws.refuseEc2("DeleteVpc", 503, "RequestLimitExceeded", "Request limit exceeded.");
    aws.answer("DeleteVpc", "<DeleteVpcResponse/>");

    clients(aws.settings()).ec2().deleteVpc(r -> r.vpcId("vpc-1"));

    assertThat(aws.operations()).containsExactly("DeleteVpc", "DeleteVpc");
  }

  @Test
  void leavesSecretsOutOfTheWordsOfTheService() {
    aws.refuseJson("CreateEndpoint", "InvalidParameter", "open-sesame is no password, 1521 a port");
    aws.refuseJson("CreateSecret", "InvalidParameter", "why open-sesame and not x, 1521?");
    AwsClients clients = clients(aws.settings());

    assertThat(
            failure(
                () ->
                    clients
                        .dms()
                        .createEndpoint(
                            r -> r.postgreSQLSettings(s -> s.password("open-sesame").port(1521)))))
        .hasMessage("dms:CreateEndpoint: (sensitive) is no password, 1521 a port.");
    assertThat(
            failure(
                () ->
                    clients
                        .secretsManager()
                        .createSecret(
                            r ->
                                r.name("x").secretString("{\"p\": \"open-sesame\", \"n\": 1521}"))))
        .hasMessageContaining("why (sensitive) and not x, 1521?");
  }

  @Test
  void reportsLastingThrottlingAndOutagesApart() {
    aws.refuseEc2("DescribeVpcs", 503, "RequestLimitExceeded", "Request limit exceeded.");
    aws.refuseEc2("DescribeSubnets", 500, "InternalError", "An internal error has occurred");
    AwsClients clients = clients(aws.settings());

    assertThat(failure(() -> clients.ec2().describeVpcs()).kind()).isEqualTo(Kind.THROTTLED);
    assertThat(failure(() -> clients.ec2().describeSubnets()).kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void saysWhatToDoWithoutCredentials() {
    AwsSettings settings =
        new AwsSettings(
            Optional.empty(),
            aws.settings().endpoint(),
            Optional.empty(),
            Optional.of("eu-central-1"),
            Optional.of(
                () -> {
                  throw SdkClientException.create("nothing in the chain");
                }),
            true);

    ResourceException e = failure(() -> clients(settings).ec2().describeVpcs());

    assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(e).hasMessageContaining("AWS_PROFILE");
  }

  @Test
  void saysThatTheHostIsUnknown() {
    AwsSettings settings =
        new AwsSettings(
            Optional.empty(),
            Optional.of(URI.create("http://nowhere.invalid")),
            Optional.empty(),
            Optional.of("eu-central-1"),
            aws.settings().credentials(),
            true);

    ResourceException e = failure(() -> clients(settings).ec2().describeVpcs());

    assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(e).hasMessageContaining("nowhere.invalid");
  }

  private AwsClients clients(AwsSettings settings) {
    return new AwsClients(settings, List.of(listener));
  }

  private static ResourceException failure(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(ResourceException.class, call);
  }
}
