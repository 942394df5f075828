package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.SubscribeRequest;
import software.amazon.awssdk.services.sns.model.Subscription;

class SnsSubscriptionTest {

  private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:alerts";
  private static final String QUEUE = "arn:aws:sqs:us-east-1:123456789012:queue";

  private final SimulatedAws aws = SimulatedAws.inMemory();
  private final SnsClient sns = Clients.client(SnsClient.builder(), aws);

  @BeforeEach
  void createTopic() {
    sns.createTopic(r -> r.name("alerts"));
  }

  @Test
  void confirmsAQueueAtOnce() {
    String arn = subscribe("sqs", QUEUE);

    assertThat(arn).startsWith(TOPIC + ":");
    assertThat(attributes(arn))
        .containsEntry("SubscriptionArn", arn)
        .containsEntry("TopicArn", TOPIC)
        .containsEntry("Protocol", "sqs")
        .containsEntry("Endpoint", QUEUE)
        .containsEntry("Owner", "123456789012")
        .containsEntry("PendingConfirmation", "false")
        .containsEntry("RawMessageDelivery", "false")
        .doesNotContainKey("FilterPolicyScope");
    assertThat(list()).extracting(Subscription::subscriptionArn).containsExactly(arn);
    assertThat(counts()).isEqualTo("1 confirmed, 0 pending");
    assertThat(subscribe("sqs", QUEUE)).isEqualTo(arn);

    sns.unsubscribe(r -> r.subscriptionArn(arn));

    assertThat(list()).isEmpty();
    assertRefused("NotFound", "Subscription does not exist", () -> attributes(arn));
  }

  @Test
  void leavesAnEmailAddressPending() {
    assertThat(subscribe("email", "dba@example.com")).isEqualTo("pending confirmation");

    assertThat(list())
        .singleElement()
        .satisfies(
            subscription -> {
              assertThat(subscription.subscriptionArn()).isEqualTo("PendingConfirmation");
              assertThat(subscription.endpoint()).isEqualTo("dba@example.com");
              assertThat(subscription.topicArn()).isEqualTo(TOPIC);
            });
    assertThat(counts()).isEqualTo("0 confirmed, 1 pending");
    assertRefused(
        "InvalidParameter",
        "at least 6 elements, not 1",
        () -> sns.unsubscribe(r -> r.subscriptionArn("PendingConfirmation")));
  }

  @Test
  void tellsTheArnOfAPendingSubscriptionOnlyOnRequest() {
    String arn =
        sns.subscribe(
                r ->
                    r.topicArn(TOPIC)
                        .protocol("https")
                        .endpoint("https://example.com/hook")
                        .returnSubscriptionArn(true))
            .subscriptionArn();

    assertThat(attributes(arn)).containsEntry("PendingConfirmation", "true");
    assertRefused(
        "InvalidParameter",
        "Cannot unsubscribe a subscription that is pending confirmation",
        () -> sns.unsubscribe(r -> r.subscriptionArn(arn)));
  }

  @Test
  void forgetsASubscriptionThatNobodyConfirms() throws InterruptedException {
    subscribe("email", "dba@example.com");
    subscribe("sqs", QUEUE);

    aws.timeline().sleep(Duration.ofDays(2));

    assertThat(list()).extracting(Subscription::protocol).containsExactly("sqs");
  }

  @Test
  void changesAttributes() {
    String arn = subscribe("sqs", QUEUE);
    set(arn, "RawMessageDelivery", "true");
    set(arn, "FilterPolicy", "{\"severity\":[\"high\"]}");

    assertThat(attributes(arn))
        .containsEntry("RawMessageDelivery", "true")
        .containsEntry("FilterPolicy", "{\"severity\":[\"high\"]}")
        .containsEntry("FilterPolicyScope", "MessageAttributes");

    set(arn, "FilterPolicyScope", "MessageBody");
    set(arn, "FilterPolicy", "{}");
    set(arn, "RedrivePolicy", "{\"deadLetterTargetArn\":\"" + QUEUE + "\"}");

    assertThat(attributes(arn))
        .containsEntry("FilterPolicy", "{}")
        .containsEntry("FilterPolicyScope", "MessageBody")
        .containsKey("RedrivePolicy");

    set(arn, "RedrivePolicy", "");

    assertThat(attributes(arn)).doesNotContainKey("RedrivePolicy");
  }

  @Test
  void refusesADifferentSubscriptionOfTheSameReceiver() {
    SubscribeRequest request =
        SubscribeRequest.builder()
            .topicArn(TOPIC)
            .protocol("sqs")
            .endpoint(QUEUE)
            .attributes(Map.of("RawMessageDelivery", "true"))
            .build();
    String arn = sns.subscribe(request).subscriptionArn();

    assertThat(sns.subscribe(request).subscriptionArn()).isEqualTo(arn);
    assertRefused(
        "InvalidParameter",
        "Subscription already exists with different attributes",
        () ->
            sns.subscribe(request.copy(r -> r.attributes(Map.of("RawMessageDelivery", "false")))));
  }

  @Test
  void refusesReceiversThatDoNotFitTheProtocol() {
    Map<String, String> wrong =
        Map.of(
            "email", "dba",
            "email-json", "dba",
            "http", "https://example.com",
            "https", "http://example.com",
            "sqs", "https://sqs.example.com/queue",
            "lambda", "function",
            "application", "app",
            "firehose", "stream",
            "sms", "me");
    wrong.forEach(
        (protocol, endpoint) ->
            assertRefused("InvalidParameter", () -> subscribe(protocol, endpoint)));
    assertRefused(
        "InvalidParameter",
        "Does not support this protocol string: pigeon",
        () -> subscribe("pigeon", "roof"));
    assertRefused(
        "InvalidParameter",
        "SubscriptionRoleArn",
        () -> subscribe("firehose", "arn:aws:firehose:us-east-1:123456789012:deliverystream/x"));
  }

  @Test
  void refusesAttributesThatSnsRefuses() {
    String arn = subscribe("lambda", "arn:aws:lambda:us-east-1:123456789012:function:f");

    assertRefused("InvalidParameter", "AttributeName", () -> set(arn, "Colour", "red"));
    assertRefused("InvalidParameter", "FilterPolicy", () -> set(arn, "FilterPolicy", "{"));
    assertRefused("InvalidParameter", "Scope", () -> set(arn, "FilterPolicyScope", "All"));
    assertRefused("InvalidParameter", "raw", () -> set(arn, "RawMessageDelivery", "true"));
    assertRefused("InvalidParameter", "true", () -> set(arn, "RawMessageDelivery", "yes"));
  }

  @Test
  void listsTheSubscriptionsOfOneTopicInPages() {
    sns.createTopic(r -> r.name("other"));
    sns.subscribe(
        r -> r.topicArn(TOPIC.replace("alerts", "other")).protocol("sqs").endpoint(QUEUE));
    for (int i = 0; i < 101; i++) {
      subscribe("sqs", QUEUE + i);
    }

    List<Subscription> ofTopic =
        sns.listSubscriptionsByTopicPaginator(r -> r.topicArn(TOPIC)).subscriptions().stream()
            .toList();

    assertThat(ofTopic).hasSize(101).allMatch(each -> each.topicArn().equals(TOPIC));
    assertThat(aws.calls().count("sns", "ListSubscriptionsByTopic")).isEqualTo(2);
    assertThat(sns.listSubscriptionsPaginator().subscriptions().stream()).hasSize(102);
    assertRefused(
        "NotFound",
        "Topic does not exist",
        () -> sns.listSubscriptionsByTopic(r -> r.topicArn(TOPIC + "2")));
    assertRefused(
        "InvalidParameter", "token", () -> sns.listSubscriptions(r -> r.nextToken("nonsense")));
  }

  @Test
  void goesWithItsTopic() {
    String arn = subscribe("sqs", QUEUE);
    subscribe("email", "dba@example.com");

    sns.deleteTopic(r -> r.topicArn(TOPIC));

    assertThat(sns.listSubscriptions().subscriptions()).isEmpty();
    assertRefused("NotFound", () -> attributes(arn));
    assertRefused("NotFound", "Topic does not exist", () -> subscribe("sqs", QUEUE));
  }

  private String subscribe(String protocol, String endpoint) {
    return sns.subscribe(r -> r.topicArn(TOPIC).protocol(protocol).endpoint(endpoint))
        .subscriptionArn();
  }

  private void set(String arn, String name, String value) {
    sns.setSubscriptionAttributes(
        r -> r.subscriptionArn(arn).attributeName(name).attributeValue(value));
  }

  private Map<String, String> attributes(String arn) {
    return sns.getSubscriptionAttributes(r -> r.subscriptionArn(arn)).attributes();
  }

  private List<Subscription> list() {
    return sns.listSubscriptionsByTopic(r -> r.topicArn(TOPIC)).subscriptions();
  }

  private String counts() {
    Map<String, String> topic = sns.getTopicAttributes(r -> r.topicArn(TOPIC)).attributes();
    return topic.get("SubscriptionsConfirmed")
        + " confirmed, "
        + topic.get("SubscriptionsPending")
        + " pending";
  }
}
