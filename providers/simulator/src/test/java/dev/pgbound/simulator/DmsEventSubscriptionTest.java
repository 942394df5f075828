package dev.pgbound.simulator;

import static dev.pgbound.simulator.DmsAccount.filter;
import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.CreateEventSubscriptionRequest;
import software.amazon.awssdk.services.databasemigration.model.EventSubscription;
import software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue;
import software.amazon.awssdk.services.sns.SnsClient;

class DmsEventSubscriptionTest {

  private final DmsAccount account = new DmsAccount(SimulatedAws.inMemory());
  private final DatabaseMigrationClient dms = account.dms();
  private final SnsClient sns = Clients.client(SnsClient.builder(), account.aws());
  private final String topic = sns.createTopic(r -> r.name("alerts")).topicArn();

  private EventSubscription create(Consumer<CreateEventSubscriptionRequest.Builder> change) {
    CreateEventSubscriptionRequest request =
        CreateEventSubscriptionRequest.builder()
            .subscriptionName("Failures")
            .snsTopicArn(topic)
            .sourceType("replication-task")
            .eventCategories("failure", "deletion")
            .build();
    return dms.createEventSubscription(request.copy(change)).eventSubscription();
  }

  private EventSubscription described(String name) {
    return dms.describeEventSubscriptions(r -> r.subscriptionName(name))
        .eventSubscriptionsList()
        .get(0);
  }

  @Test
  void isActiveInAWhile() throws InterruptedException {
    EventSubscription created = create(r -> {});

    assertThat(created.status()).isEqualTo("creating");
    assertThat(created.customerAwsId()).isEqualTo("123456789012");
    assertThat(created.custSubscriptionId()).isEqualTo("Failures");
    assertThat(created.enabled()).isTrue();
    assertThat(created.subscriptionCreationTime()).isEqualTo("2026-01-01 00:00:00.000");
    account.pass(Duration.ofSeconds(10));
    assertThat(described("Failures")).isEqualTo(created.copy(s -> s.status("active")));
    assertThat(
            dms.describeEventSubscriptions(
                    r -> r.filters(filter("event-subscription-id", "failures")))
                .eventSubscriptionsList())
        .hasSize(1);
    assertRefused("ResourceAlreadyExistsFault", () -> create(r -> {}));
  }

  @Test
  void refusesWhatMakesNoSubscription() {
    assertRefused(
        "SNSInvalidTopicFault",
        () -> create(r -> r.snsTopicArn("arn:aws:sns:us-east-1:123456789012:none")));
    assertRefused("InvalidParameterValueException", () -> create(r -> r.sourceType("database")));
    assertRefused(
        "InvalidParameterValueException", () -> create(r -> r.eventCategories("low storage")));
    assertRefused(
        "InvalidParameterCombinationException",
        () -> create(r -> r.sourceType(null).sourceIds("hr")));
    assertRefused("ResourceNotFoundFault", () -> create(r -> r.sourceIds("hr")));
    assertThat(dms.describeEventSubscriptions().eventSubscriptionsList()).isEmpty();
  }

  @Test
  void concernsTheTasksItNames() throws InterruptedException {
    account.createSubnetGroup();
    account.createTask("hr", MigrationTypeValue.CDC);

    assertThat(create(r -> r.sourceIds("hr")).sourceIdsList()).containsExactly("hr");
  }

  @Test
  void changesInPlace() throws InterruptedException {
    create(r -> {});
    account.pass(Duration.ofSeconds(10));

    dms.modifyEventSubscription(
        r -> r.subscriptionName("Failures").enabled(false).eventCategories("creation"));

    EventSubscription modifying = described("Failures");
    assertThat(modifying.status()).isEqualTo("modifying");
    assertThat(modifying.enabled()).isFalse();
    assertThat(modifying.eventCategoriesList()).containsExactly("creation");
    assertThat(modifying.sourceType()).isEqualTo("replication-task");
    account.pass(Duration.ofSeconds(10));
    assertThat(described("Failures").status()).isEqualTo("active");
  }

  @Test
  void saysWhenItsTopicIsGone() throws InterruptedException {
    create(r -> {});
    account.pass(Duration.ofSeconds(10));

    sns.deleteTopic(r -> r.topicArn(topic));

    assertThat(described("Failures").status()).isEqualTo("topic-not-exist");
  }

  @Test
  void goesAway() throws InterruptedException {
    create(r -> {});

    dms.deleteEventSubscription(r -> r.subscriptionName("Failures"));

    assertThat(described("Failures").status()).isEqualTo("deleting");
    assertRefused(
        "InvalidResourceStateFault",
        () -> dms.deleteEventSubscription(r -> r.subscriptionName("Failures")));
    account.pass(Duration.ofSeconds(10));
    assertRefused("ResourceNotFoundFault", () -> described("Failures"));
  }

  @Test
  void knowsTheCategoriesOfEvents() {
    assertThat(dms.describeEventCategories().eventCategoryGroupList()).hasSize(2);
    assertThat(
            dms.describeEventCategories(r -> r.sourceType("replication-task"))
                .eventCategoryGroupList())
        .singleElement()
        .satisfies(group -> assertThat(group.eventCategories()).contains("state change"));
  }
}
