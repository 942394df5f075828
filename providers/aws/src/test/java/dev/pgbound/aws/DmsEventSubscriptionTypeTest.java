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

final class DmsEventSubscriptionTypeTest {

  private static final String ADDRESS = "dms-event-subscription.failures";
  private static final String ARN = DmsAnswers.ARN + "es:hr-failures";
  private static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:hr-alerts";
  private static final Fields DESIRED =
      Fields.NONE
          .with("subscriptionName", "hr-Failures")
          .with("sourceType", "replication-task")
          .with("eventCategories", Value.of(List.of("failure", "deletion")))
          .with("snsTopicArn", TOPIC)
          .with("enabled", Value.of(true));

  private final TypeFixture subscription = new TypeFixture("dms-event-subscription");

  @AfterEach
  void stop() {
    subscription.close();
  }

  @Test
  void createsAndWaitsUntilEventsAreSent() {
    subscription
        .aws
        .answer("CreateEventSubscription", "{\"EventSubscription\":" + with("creating") + "}")
        .answer("DescribeEventSubscriptions", subscriptions("creating"))
        .answer("DescribeEventSubscriptions", subscriptions("active"))
        .answer("ListTagsForResource", DmsAnswers.tags(ADDRESS, ARN));
    TestContext context = TestContext.step(ADDRESS);

    Live live = subscription.type.create(DESIRED, context);

    assertThat(subscription.aws.lastBody("CreateEventSubscription"))
        .contains("\"SubscriptionName\":\"hr-failures\"", "\"EventCategories\":[\"failure\"")
        .doesNotContain("SourceIds");
    assertThat(context.phases()).containsExactly("creating");
    assertThat(live.identifier()).isEqualTo("hr-failures");
    assertThat(live.attributes().text("arn")).contains(ARN);
    assertThat(live.attributes().texts("eventCategories")).containsExactly("deletion", "failure");
    assertThat(live.attributes().items("sourceIds")).isEmpty();
  }

  @Test
  void saysWhyNoEventsAreSent() {
    subscription
        .aws
        .answer("GetResources", DmsAnswers.emptyIndex())
        .answer("DescribeEventSubscriptions", subscriptions("no-permission"))
        .answer("AddTagsToResource", "{}")
        .answer("ListTagsForResource", DmsAnswers.tags(ADDRESS, ARN));

    assertThat(
            subscription.type.discover(TypeFixture.plan(ADDRESS, DESIRED), TestContext.discovery()))
        .extracting(Live::health)
        .containsExactly(
            new Live.Health(
                Live.State.FAILED,
                "no-permission: the topic's policy does not let dms.amazonaws.com publish"));
    assertThatThrownBy(
            () -> subscription.type.update(prior(), DESIRED, Set.of(), TestContext.step(ADDRESS)))
        .hasMessageContaining("no-permission");
  }

  @Test
  void changesOnlyWhatDiffers() {
    subscription
        .aws
        .answer("ModifyEventSubscription", "{}")
        .answer("DescribeEventSubscriptions", subscriptions("modifying"))
        .answer("DescribeEventSubscriptions", subscriptions("active"))
        .answer("AddTagsToResource", "{}")
        .answer("ListTagsForResource", DmsAnswers.tags(ADDRESS, ARN));

    subscription.type.update(
        prior(), DESIRED, Set.of("eventCategories"), TestContext.step(ADDRESS));

    assertThat(subscription.aws.lastBody("ModifyEventSubscription"))
        .contains("\"SubscriptionName\":\"hr-failures\"", "\"EventCategories\"")
        .doesNotContain("SnsTopicArn", "Enabled", "SourceType");
  }

  @Test
  void deletesAndWaits() {
    subscription
        .aws
        .answer("DeleteEventSubscription", "{}")
        .answer("DescribeEventSubscriptions", subscriptions("deleting"))
        .refuseJson("DescribeEventSubscriptions", "ResourceNotFoundFault", "gone");

    subscription.type.delete(prior(), Optional.empty(), TestContext.step(ADDRESS));

    assertThat(subscription.aws.operations())
        .containsExactly(
            "DeleteEventSubscription", "DescribeEventSubscriptions", "DescribeEventSubscriptions");
  }

  @Test
  void knowsTheCategoriesOfEachSource() {
    assertThat(FoundProblems.in(subscription.type, DESIRED).found()).isEmpty();
    assertThat(
            FoundProblems.in(
                    subscription.type,
                    DESIRED.with("eventCategories", Value.of(List.of("Failure", "low storage"))))
                .found())
        .containsExactly("ERROR eventCategories[1] DMS-361");
    assertThat(
            FoundProblems.in(
                    subscription.type,
                    DESIRED
                        .with("sourceType", "replication-instance")
                        .with("eventCategories", Value.of(List.of("low storage"))))
                .found())
        .isEmpty();
  }

  private static Live prior() {
    return new Live("hr-failures", DESIRED.with("arn", ARN), Map.of(), Live.Health.READY);
  }

  private static String with(String status) {
    return String.format(
        Locale.ROOT,
        """
        {"CustSubscriptionId":"hr-failures","SnsTopicArn":"%s","Status":"%s",
         "SourceType":"replication-task","SourceIdsList":[],
         "EventCategoriesList":["deletion","failure"],"Enabled":true}
        """,
        TOPIC,
        status);
  }

  private static String subscriptions(String status) {
    return DmsAnswers.page("EventSubscriptionsList", with(status));
  }
}
