package dev.pgbound.simulator.service.dms;

import static dev.pgbound.simulator.world.World.ACCOUNT;
import static java.util.Objects.requireNonNullElse;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.service.sns.Sns;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.World;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.databasemigration.model.CreateEventSubscriptionRequest;
import software.amazon.awssdk.services.databasemigration.model.CreateEventSubscriptionResponse;
import software.amazon.awssdk.services.databasemigration.model.DeleteEventSubscriptionRequest;
import software.amazon.awssdk.services.databasemigration.model.DeleteEventSubscriptionResponse;
import software.amazon.awssdk.services.databasemigration.model.DescribeEventSubscriptionsRequest;
import software.amazon.awssdk.services.databasemigration.model.DescribeEventSubscriptionsResponse;
import software.amazon.awssdk.services.databasemigration.model.EventSubscription;
import software.amazon.awssdk.services.databasemigration.model.Filter;
import software.amazon.awssdk.services.databasemigration.model.ModifyEventSubscriptionRequest;
import software.amazon.awssdk.services.databasemigration.model.ModifyEventSubscriptionResponse;

/** Subscriptions of SNS topics to events. Nothing is sent: simulated topics have no listeners. */
final class EventSubscriptions {

  private static final String CREATING = "creating";
  private static final String ACTIVE = "active";
  private static final String MODIFYING = "modifying";
  private static final String DELETING = "deleting";
  private static final String NO_TOPIC = "topic-not-exist";

  private static final Duration UNTIL_ACTIVE = Duration.ofSeconds(10);
  private static final Duration UNTIL_GONE = Duration.ofSeconds(10);

  private static final DateTimeFormatter CREATION_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);

  private static final String INSTANCE = "replication-instance";

  private final DmsStore store;
  private final Sns topics;

  EventSubscriptions(DmsStore store, Sns topics) {
    this.store = store;
    this.topics = topics;
  }

  void register(Operations operations) {
    operations
        .on("CreateEventSubscription", CreateEventSubscriptionRequest::builder, this::create)
        .on(
            "DescribeEventSubscriptions",
            DescribeEventSubscriptionsRequest::builder,
            this::describe)
        .on("ModifyEventSubscription", ModifyEventSubscriptionRequest::builder, this::modify)
        .on("DeleteEventSubscription", DeleteEventSubscriptionRequest::builder, this::delete);
  }

  /** The ARN, which DMS does not show. */
  static String arn(World world, EventSubscription subscription) {
    return world.arn("dms", "es:" + subscription.custSubscriptionId());
  }

  private CreateEventSubscriptionResponse create(CreateEventSubscriptionRequest request) {
    String name = Refusals.required(request.subscriptionName(), "SubscriptionName");
    requireTopic(Refusals.required(request.snsTopicArn(), "SnsTopicArn"));
    EventCategories.check(request.sourceType(), request.eventCategories());
    requireSources(request.sourceType(), request.sourceIds());
    EventSubscription subscription =
        EventSubscription.builder()
            .customerAwsId(ACCOUNT)
            .custSubscriptionId(name)
            .snsTopicArn(request.snsTopicArn())
            .status(CREATING)
            .subscriptionCreationTime(
                CREATION_TIME.format(store.world().now().atOffset(ZoneOffset.UTC)))
            .sourceType(request.sourceType())
            .sourceIdsList(request.sourceIds())
            .eventCategoriesList(request.eventCategories())
            .enabled(requireNonNullElse(request.enabled(), true))
            .build();
    Stored<EventSubscription, EventSubscription.Builder> stored =
        store
            .eventSubscriptions()
            .add(name, arn(store.world(), subscription), subscription, request.tags());
    stored.after(UNTIL_ACTIVE, builder -> builder.status(ACTIVE));
    return CreateEventSubscriptionResponse.builder().eventSubscription(stored.view()).build();
  }

  private void requireTopic(String arn) {
    if (!topicExists(arn)) {
      throw new Fault("SNSInvalidTopicFault", "The SNS topic " + arn + " is invalid.");
    }
  }

  private boolean topicExists(String arn) {
    return topics.policy(arn).isPresent();
  }

  private void requireSources(@Nullable String type, List<String> ids) {
    if (!ids.isEmpty() && type == null) {
      throw Refusals.invalidCombination("SourceType must be provided when SourceIds are.");
    }
    List<String> known = INSTANCE.equals(type) ? instances().toList() : tasks().toList();
    ids.stream()
        .filter(id -> !known.contains(id.toLowerCase(Locale.ROOT)))
        .findFirst()
        .ifPresent(
            id -> {
              throw Refusals.notFound("Source " + id + " of type " + type + " could not be found.");
            });
  }

  private Stream<String> instances() {
    return store.instances().where(i -> true).map(i -> i.model().replicationInstanceIdentifier());
  }

  private Stream<String> tasks() {
    return store.tasks().where(t -> true).map(t -> t.model().replicationTaskIdentifier());
  }

  private DescribeEventSubscriptionsResponse describe(DescribeEventSubscriptionsRequest request) {
    List<Filter> filters = request.filters();
    if (request.subscriptionName() != null) {
      get(request.subscriptionName());
      Filter named =
          Filter.builder().name("event-subscription-id").values(request.subscriptionName()).build();
      filters = Stream.concat(filters.stream(), Stream.of(named)).toList();
    }
    Page<EventSubscription> page =
        store
            .eventSubscriptions()
            .describe(new PageRequest(filters, request.maxRecords(), request.marker()), this::view);
    return DescribeEventSubscriptionsResponse.builder()
        .eventSubscriptionsList(page.items())
        .marker(page.next())
        .build();
  }

  /** A subscription whose topic is gone says so. */
  private EventSubscription view(Stored<EventSubscription, EventSubscription.Builder> stored) {
    EventSubscription model = stored.view();
    return model.status().equals(ACTIVE) && !topicExists(model.snsTopicArn())
        ? model.copy(builder -> builder.status(NO_TOPIC))
        : model;
  }

  private ModifyEventSubscriptionResponse modify(ModifyEventSubscriptionRequest request) {
    Stored<EventSubscription, EventSubscription.Builder> stored = get(request.subscriptionName());
    EventSubscription live = stored.model();
    String topic = requireNonNullElse(request.snsTopicArn(), live.snsTopicArn());
    requireTopic(topic);
    String type = request.sourceType() == null ? live.sourceType() : request.sourceType();
    List<String> categories =
        request.hasEventCategories() ? request.eventCategories() : live.eventCategoriesList();
    EventCategories.check(type, categories);
    stored.update(
        builder ->
            builder
                .snsTopicArn(topic)
                .sourceType(type)
                .eventCategoriesList(categories)
                .enabled(requireNonNullElse(request.enabled(), live.enabled()))
                .status(MODIFYING));
    stored.after(UNTIL_ACTIVE, builder -> builder.status(ACTIVE));
    return ModifyEventSubscriptionResponse.builder().eventSubscription(stored.view()).build();
  }

  private DeleteEventSubscriptionResponse delete(DeleteEventSubscriptionRequest request) {
    Stored<EventSubscription, EventSubscription.Builder> stored = get(request.subscriptionName());
    if (stored.model().status().equals(DELETING)) {
      throw Refusals.invalidState(
          "Event Subscription " + stored.key() + " is already being deleted.");
    }
    stored.cancel();
    stored.update(builder -> builder.status(DELETING));
    stored.removeAfter(UNTIL_GONE);
    return DeleteEventSubscriptionResponse.builder().eventSubscription(stored.view()).build();
  }

  private Stored<EventSubscription, EventSubscription.Builder> get(String name) {
    return store.eventSubscriptions().get(name, "SubscriptionName");
  }
}
