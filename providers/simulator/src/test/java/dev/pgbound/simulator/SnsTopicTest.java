package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.Tag;

class SnsTopicTest {

  private static final String ARN = "arn:aws:sns:us-east-1:123456789012:alerts";

  private final SimulatedAws aws = SimulatedAws.inMemory();
  private final SnsClient sns = Clients.client(SnsClient.builder(), aws);

  @Test
  void fillsInWhatATopicDoesNotSay() {
    assertThat(create()).isEqualTo(ARN);

    Map<String, String> attributes = attributes();
    assertThat(attributes)
        .containsOnlyKeys(
            "TopicArn",
            "Owner",
            "DisplayName",
            "Policy",
            "EffectiveDeliveryPolicy",
            "SubscriptionsConfirmed",
            "SubscriptionsPending",
            "SubscriptionsDeleted")
        .containsEntry("Owner", "123456789012")
        .containsEntry("DisplayName", "");
    assertThat(attributes.get("Policy"))
        .contains("\"__default_policy_ID\"", "\"Resource\":\"" + ARN + "\"", "SNS:Publish");
    assertThat(attributes.get("EffectiveDeliveryPolicy")).contains("\"numRetries\":3");
  }

  @Test
  void createsATopicOnce() {
    sns.createTopic(r -> r.name("alerts").attributes(Map.of("DisplayName", "x")).tags(tag("a")));

    assertThat(create()).isEqualTo(ARN);
    assertThat(
            sns.createTopic(
                    r -> r.name("alerts").attributes(Map.of("DisplayName", "x")).tags(tag("a")))
                .topicArn())
        .isEqualTo(ARN);
    assertRefused(
        "InvalidParameter",
        "Topic already exists with different attributes",
        () -> sns.createTopic(r -> r.name("alerts").attributes(Map.of("DisplayName", "y"))));
    assertRefused(
        "InvalidParameter",
        "Topic already exists with different tags",
        () -> sns.createTopic(r -> r.name("alerts").tags(tag("b"))));
    assertThat(sns.listTopics().topics()).hasSize(1);
  }

  @Test
  void setsAttributesOneByOne() {
    create();
    set("DisplayName", "HR");
    set("KmsMasterKeyId", "alias/aws/sns");
    set("DeliveryPolicy", "{\"http\":{\"defaultHealthyRetryPolicy\":{\"numRetries\":7}}}");
    set("SQSFailureFeedbackRoleArn", "arn:aws:iam::123456789012:role/x");

    assertThat(attributes())
        .containsEntry("DisplayName", "HR")
        .containsEntry("KmsMasterKeyId", "alias/aws/sns")
        .containsKey("DeliveryPolicy")
        .containsKey("SQSFailureFeedbackRoleArn");
    assertThat(attributes().get("EffectiveDeliveryPolicy"))
        .contains("\"numRetries\":7", "\"minDelayTarget\":20");

    set("KmsMasterKeyId", "");
    set("DeliveryPolicy", "");

    assertThat(attributes()).doesNotContainKeys("KmsMasterKeyId", "DeliveryPolicy");
  }

  @Test
  void readsAPolicyBackInItsOwnForm() {
    create();
    String ownerOnly = attributes().get("Policy");
    set(
        "Policy",
        String.format(
            Locale.ROOT,
            """
        {"Version": "2012-10-17", "Statement": [{
          "Effect": "Allow", "Principal": {"Service": "dms.amazonaws.com"},
          "Action": "sns:Publish", "Resource": "%s"}]}
        """,
            ARN));

    assertThat(attributes().get("Policy"))
        .contains("\"Action\":[\"sns:Publish\"]", "\"Resource\":[\"" + ARN + "\"]");

    set("Policy", "");

    assertThat(attributes()).containsEntry("Policy", ownerOnly);
  }

  @Test
  void refusesAttributesThatSnsDoesNotHave() {
    create();
    assertRefused("InvalidParameter", "AttributeName", () -> set("Colour", "red"));
    assertRefused("InvalidParameter", "AttributeName", () -> set("FifoTopic", "true"));
    assertRefused("InvalidParameter", "Policy Error", () -> set("Policy", "not json"));
    assertRefused("InvalidParameter", "DeliveryPolicy", () -> set("DeliveryPolicy", "[]"));
    assertRefused("InvalidParameter", "TracingConfig", () -> set("TracingConfig", "On"));
    assertRefused("InvalidParameter", "SignatureVersion", () -> set("SignatureVersion", "3"));
    assertRefused("InvalidParameter", "100", () -> set("DisplayName", "x".repeat(101)));
    assertRefused("InvalidParameter", "FIFO", () -> set("ContentBasedDeduplication", "true"));
  }

  @Test
  void createsFifoTopics() {
    String arn =
        sns.createTopic(r -> r.name("a.fifo").attributes(Map.of("FifoTopic", "true"))).topicArn();

    assertThat(sns.getTopicAttributes(r -> r.topicArn(arn)).attributes())
        .containsEntry("FifoTopic", "true")
        .containsEntry("ContentBasedDeduplication", "false");
    assertRefused(
        "InvalidParameter",
        "must end with .fifo",
        () -> sns.createTopic(r -> r.name("a").attributes(Map.of("FifoTopic", "true"))));
    assertRefused("InvalidParameter", "Topic Name", () -> sns.createTopic(r -> r.name("a.fifo")));
    assertRefused("InvalidParameter", "Topic Name", () -> sns.createTopic(r -> {}));
  }

  @Test
  void deletesATopicAsOftenAsOneLikes() {
    create();
    sns.deleteTopic(r -> r.topicArn(ARN));
    sns.deleteTopic(r -> r.topicArn(ARN));

    assertThat(sns.listTopics().topics()).isEmpty();
    assertRefused(
        "NotFound", "Topic does not exist", () -> sns.getTopicAttributes(r -> r.topicArn(ARN)));
    assertRefused("NotFound", "Topic does not exist", () -> set("DisplayName", "x"));
    assertRefused(
        "InvalidParameter",
        "at least 6 elements, not 1",
        () -> sns.deleteTopic(r -> r.topicArn("alerts")));
  }

  @Test
  void changesTags() {
    create();
    sns.tagResource(r -> r.resourceArn(ARN).tags(tag("a"), tag("b")));
    sns.untagResource(r -> r.resourceArn(ARN).tagKeys("a"));

    assertThat(sns.listTagsForResource(r -> r.resourceArn(ARN)).tags()).containsExactly(tag("b"));
    assertRefused(
        "ResourceNotFound",
        "Resource does not exist",
        () -> sns.listTagsForResource(r -> r.resourceArn(ARN + "2")));
  }

  @Test
  void listsInPages() {
    List<String> arns =
        IntStream.range(0, 205)
            .mapToObj(
                i ->
                    sns.createTopic(r -> r.name(String.format(Locale.ROOT, "topic-%03d", i)))
                        .topicArn())
            .toList();

    assertThat(sns.listTopicsPaginator().topics())
        .extracting(topic -> topic.topicArn())
        .containsExactlyElementsOf(arns);
    assertThat(aws.calls().count("sns", "ListTopics")).isEqualTo(3);
    assertRefused("InvalidParameter", "token", () -> sns.listTopics(r -> r.nextToken("nonsense")));
  }

  @Test
  void remembersTopicsAcrossProcesses(@TempDir Path folder) throws Exception {
    Map<String, String> before;
    try (SimulatedAws first = SimulatedAws.open(folder)) {
      SnsClient client = Clients.client(SnsClient.builder(), first);
      client.createTopic(r -> r.name("alerts").tags(tag("a")));
      client.subscribe(r -> r.topicArn(ARN).protocol("email").endpoint("dba@example.com"));
      before = client.getTopicAttributes(r -> r.topicArn(ARN)).attributes();
    }
    try (SimulatedAws second = SimulatedAws.open(folder)) {
      SnsClient client = Clients.client(SnsClient.builder(), second);
      assertThat(client.getTopicAttributes(r -> r.topicArn(ARN)).attributes()).isEqualTo(before);
      assertThat(client.listTagsForResource(r -> r.resourceArn(ARN)).tags()).hasSize(1);
    }
  }

  private String create() {
    return sns.createTopic(r -> r.name("alerts")).topicArn();
  }

  private void set(String name, String value) {
    sns.setTopicAttributes(r -> r.topicArn(ARN).attributeName(name).attributeValue(value));
  }

  private Map<String, String> attributes() {
    return sns.getTopicAttributes(r -> r.topicArn(ARN)).attributes();
  }

  private static Tag tag(String key) {
    return Tag.builder().key(key).value("value").build();
  }
}
