package dev.pgbound.aws;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Operation;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.CreateEventSubscriptionRequest;
import software.amazon.awssdk.services.databasemigration.model.EventSubscription;

/** Sends what happens to tasks or instances to an SNS topic. */
final class DmsEventSubscriptionType implements AwsType {

  private static final String NAME = "subscriptionName";
  private static final String CATEGORIES = "eventCategories";
  private static final ArnKind ARN = new ArnKind("dms", "es:");
  private static final String SILENCE = "Events between its deletion and its creation are lost.";

  private static final Map<String, List<String>> KNOWN_CATEGORIES =
      Map.of(
          "replication-instance",
          List.of(
              "configuration change",
              "creation",
              "deletion",
              "failover",
              "failure",
              "low storage",
              "maintenance"),
          "replication-task",
          List.of("configuration change", "creation", "deletion", "failure", "state change"));

  private static final Map<String, String> REASONS =
      Map.of(
          "no-permission", "the topic's policy does not let dms.amazonaws.com publish",
          "topic-not-exist", "the topic was deleted");

  private static final Lifecycle<EventSubscription> LIFECYCLE =
      Lifecycle.of(
              EventSubscription::status,
              Set.of("active"),
              Set.of("creating", "modifying"),
              Set.of("deleting"))
          .explainedBy(subscription -> Optional.ofNullable(REASONS.get(subscription.status())));

  private final Aws aws;
  private final DmsObjects<EventSubscription> objects;
  private final ResourceSchema schema =
      AwsSchema.of(
              "dms-event-subscription",
              "Sends what happens to tasks or instances to an SNS topic.",
              CreateEventSubscriptionRequest.class)
          .namedBy(NAME, Normalizers::lowerCase)
          .describe(NAME, "Name of the subscription, in lower case.")
          .describe("snsTopicArn", "The sns-topic; it must let dms.amazonaws.com publish.")
          .describe("sourceType", "Whose events; everybody's if not said.")
          .type(Type.words("replication-instance", "replication-task"), "sourceType")
          .describe("sourceIds", "Identifiers of tasks or instances; all if not said.")
          .describe(CATEGORIES, "Which events, such as `failure`; all if not said.")
          .describe("enabled", "Whether events are sent.")
          .set("sourceIds", CATEGORIES)
          .required("snsTopicArn")
          .normalized(list -> list.mapLeaves(Normalizers::lowerCase), "sourceIds", CATEGORIES)
          .immutable(Impact.NONE, SILENCE, NAME, "sourceIds")
          .inPlace(Impact.NONE, "", "snsTopicArn", "sourceType", CATEGORIES, "enabled")
          .output("arn", "The ARN.")
          .naming("sourceIds", "dms-task", "dms-instance")
          .partOf("sourceIds")
          .takes(Operation.CREATE, Duration.ofSeconds(20), Duration.ofMinutes(10))
          .takes(Operation.UPDATE, Duration.ofSeconds(20), Duration.ofMinutes(10))
          .takes(Operation.DELETE, Duration.ofSeconds(20), Duration.ofMinutes(10))
          .build();

  DmsEventSubscriptionType(Aws aws) {
    this.aws = aws;
    objects =
        new DmsObjects<>(
            aws,
            schema,
            ARN,
            "event-subscription-id",
            filters ->
                dms().describeEventSubscriptionsPaginator(r -> r.filters(filters)).stream()
                    .flatMap(page -> page.eventSubscriptionsList().stream()));
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public Optional<ArnKind> arnKind() {
    return Optional.of(ARN);
  }

  @Override
  public List<Live> discover(Query query, Context context) {
    return objects.discover(query, subscription -> live(subscription, context));
  }

  @Override
  public List<Live> lookup(Value.Fields selector, Context context) {
    return objects.lookup(selector, subscription -> live(subscription, context));
  }

  @Override
  public Value.Fields describe(Live live) {
    return Description.of(schema, live).unless("enabled", true).fields();
  }

  @Override
  public Live create(Value.Fields desired, Context context) {
    Value.Fields request = objects.creation(desired, context);
    EventSubscription created =
        dms().createEventSubscription(r -> Shapes.fill(r, request)).eventSubscription();
    return awaitReady(created.custSubscriptionId(), context);
  }

  @Override
  public Live update(Live prior, Value.Fields desired, Set<String> changed, Context context) {
    Set<String> members = new TreeSet<>(changed);
    members.remove("tags");
    if (!members.isEmpty()) {
      Value.Fields request = desired.only(members).with(NAME, prior.identifier());
      dms().modifyEventSubscription(r -> Shapes.fill(r, request));
    }
    aws.tags().dms().complete(arn(prior.identifier(), context), prior, desired, context);
    return awaitReady(prior.identifier(), context);
  }

  @Override
  public void delete(Live prior, Optional<Value.Fields> desired, Context context) {
    String name = prior.identifier();
    Absence.asSuccess(() -> dms().deleteEventSubscription(r -> r.subscriptionName(name)));
    LIFECYCLE.awaitGone(context, "dms-event-subscription " + name, () -> objects.find(name));
  }

  @Override
  public Live settle(Live live, Context context) {
    return awaitReady(live.identifier(), context);
  }

  @Override
  public void check(Declared resource, Problems problems) {
    String source = resource.attributes().text("sourceType").orElse("");
    List<String> known = KNOWN_CATEGORIES.getOrDefault(source, List.of());
    List<Value> declared = resource.attributes().items(CATEGORIES);
    for (int i = 0; i < declared.size(); i++) {
      if (declared.get(i) instanceof Value.Text category
          && !known.isEmpty()
          && !known.contains(Normalizers.lowerCase(category).toString())) {
        DmsFinding.UNKNOWN_CATEGORY.at(
            CATEGORIES + "[" + i + "]",
            problems,
            String.format(
                Locale.ROOT, "Events of a %s are: %s.", source, String.join(", ", known)));
      }
    }
  }

  private Live awaitReady(String name, Context context) {
    LIFECYCLE.awaitReady(context, "dms-event-subscription " + name, () -> objects.find(name));
    return objects.read(name, subscription -> live(subscription, context));
  }

  private Live live(EventSubscription subscription, Context context) {
    String name = subscription.custSubscriptionId();
    Value.Fields read =
        Shapes.read(subscription)
            .with(NAME, name)
            .with(CATEGORIES, Value.of(subscription.eventCategoriesList()))
            .with("sourceIds", Value.of(subscription.sourceIdsList()))
            .with("arn", arn(name, context));
    return Lives.of(schema, read, Map.of(), LIFECYCLE.health(subscription));
  }

  /** DMS does not return it. */
  private static String arn(String name, Context context) {
    return context.account().arn("dms", "es:" + name);
  }

  private DatabaseMigrationClient dms() {
    return aws.clients().dms();
  }
}
