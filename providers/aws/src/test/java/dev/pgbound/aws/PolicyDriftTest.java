package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.plan.AttributeChange;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.ResourceChange;
import dev.pgbound.testkit.Bench;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A policy that somebody has added something to is not the declared one any more. */
final class PolicyDriftTest {

  private static final String FILE =
      """
      version: 1
      migration: hr
      region: us-east-1
      resources:
        vpc: {main: {cidrBlock: 10.0.0.0/16}}
        vpc-endpoint:
          s3:
            vpcId: ${vpc.main}
            serviceName: com.amazonaws.us-east-1.s3
            vpcEndpointType: Gateway
            policyDocument:
              Version: "2012-10-17"
              Statement:
                - {Effect: Allow, Principal: "*", Action: ["s3:GetObject"], Resource: "*"}
        sns-topic: {main: {publishers: [dms.amazonaws.com]}}
      """;

  private final SimulatedWorld world = new SimulatedWorld();
  private final Bench bench = new Bench(world.provider(), world.timeline());
  private final AwsClients clients = world.clients();

  @AfterEach
  void close() {
    clients.close();
    world.close();
  }

  @Test
  void seesAConditionThatSomebodyAddedToAnEndpointPolicy() {
    bench.applyFully(bench.plan(FILE));
    String id = clients.ec2().describeVpcEndpoints().vpcEndpoints().get(0).vpcEndpointId();
    clients
        .ec2()
        .modifyVpcEndpoint(
            r ->
                r.vpcEndpointId(id)
                    .policyDocument(
                        """
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                          "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
                          "Condition": {"StringEquals": {"aws:PrincipalTag/team": "data"}}}]}
                        """));

    assertThat(changed(bench.plan(FILE))).containsExactly("policyDocument");
    bench.applyFully(bench.plan(FILE));
    assertThat(changed(bench.plan(FILE))).isEmpty();
  }

  @Test
  void seesThatSomebodyTurnedThePermissionOfATopicRound() {
    bench.applyFully(bench.plan(FILE));
    String arn = clients.sns().listTopics().topics().get(0).topicArn();
    Map<String, String> attributes =
        clients.sns().getTopicAttributes(r -> r.topicArn(arn)).attributes();
    String policy = attributes.getOrDefault("Policy", "");
    clients
        .sns()
        .setTopicAttributes(
            r ->
                r.topicArn(arn)
                    .attributeName("Policy")
                    .attributeValue(
                        policy.replaceFirst("(PgboundPublishers\",\"Effect\":\")Allow", "$1Deny")));

    assertThat(changed(bench.plan(FILE))).containsExactly("publishers");
    bench.applyFully(bench.plan(FILE));
    assertThat(changed(bench.plan(FILE))).isEmpty();
  }

  private static List<String> changed(Plan plan) {
    return plan.changes().stream()
        .map(ResourceChange::changes)
        .flatMap(List::stream)
        .map(AttributeChange::path)
        .toList();
  }
}
