package dev.pgbound.simulator.service.sns;

import static dev.pgbound.simulator.service.sns.Documents.invalid;

import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Kind;
import dev.pgbound.simulator.world.Table;
import dev.pgbound.simulator.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesResponse;

/** All subscriptions, and what may be set of one. */
final class Subscriptions {

  private static final Kind<
          GetSubscriptionAttributesResponse, GetSubscriptionAttributesResponse.Builder>
      SUBSCRIPTION = Kind.regional("sns/subscription", GetSubscriptionAttributesResponse::builder);

  private static final Duration UNTIL_FORGOTTEN = Duration.ofDays(2);
  private static final List<String> BOOLEANS = List.of("true", "false");
  private static final List<String> SCOPES = List.of("MessageAttributes", "MessageBody");
  private static final List<String> RAW = List.of("http", "https", "sqs", "firehose");

  private final Table<GetSubscriptionAttributesResponse, GetSubscriptionAttributesResponse.Builder>
      table;
  private final Documents documents = new Documents();

  Subscriptions(World world) {
    this.table = world.table(SUBSCRIPTION);
  }

  /** All subscriptions in the order of their ARNs. */
  List<Subscriber> all() {
    return table.all().stream().map(Subscriber::new).toList();
  }

  /** The subscriptions of one topic. */
  List<Subscriber> of(String topicArn) {
    return all().stream().filter(each -> each.attribute("TopicArn").equals(topicArn)).toList();
  }

  /** The subscription that a request names. */
  Subscriber required(@Nullable String arn) {
    String given = Objects.requireNonNullElse(arn, "");
    int parts = given.split(":", -1).length;
    if (parts < 6) {
      throw invalid("SubscriptionArn Reason: An ARN must have at least 6 elements, not " + parts);
    }
    return table
        .find(given)
        .map(Subscriber::new)
        .orElseThrow(() -> new Fault("NotFound", 404, "Subscription does not exist"));
  }

  /** Adds a subscription; one that nobody confirms is forgotten after two days. */
  Subscriber add(String arn, Map<String, String> attributes) {
    GetSubscriptionAttributesResponse model =
        GetSubscriptionAttributesResponse.builder().attributes(attributes).build();
    Subscriber added = new Subscriber(table.add(arn, arn, model, Map.of()));
    if (added.isPending()) {
      added.stored().removeAfter(UNTIL_FORGOTTEN);
    }
    return added;
  }

  /** Whether a subscription could be the result of subscribing with these attributes. */
  boolean agree(Map<String, String> subscription, Map<String, String> given) {
    SortedMap<String, String> changed = new TreeMap<>(subscription);
    given.forEach((name, value) -> set(changed, name, value));
    return changed.equals(subscription);
  }

  /** Changes one attribute. */
  void set(SortedMap<String, String> subscription, String name, String value) {
    switch (name) {
      case "RawMessageDelivery" -> setRaw(subscription, value);
      case "FilterPolicy" -> {
        subscription.put(name, value.isEmpty() ? "{}" : documents.checked(name, value));
        subscription.putIfAbsent("FilterPolicyScope", SCOPES.get(0));
      }
      case "FilterPolicyScope" -> {
        Documents.oneOf(name, value, SCOPES);
        subscription.put(name, value);
      }
      case "RedrivePolicy", "DeliveryPolicy", "ReplayPolicy" -> {
        if (value.isEmpty()) {
          subscription.remove(name);
        } else {
          subscription.put(name, documents.checked(name, value));
        }
      }
      case "SubscriptionRoleArn" -> subscription.put(name, value);
      default -> throw invalid("AttributeName");
    }
  }

  private static void setRaw(SortedMap<String, String> subscription, String value) {
    Documents.oneOf("RawMessageDelivery", value, BOOLEANS);
    String protocol = subscription.getOrDefault("Protocol", "");
    if (value.equals("true") && !RAW.contains(protocol)) {
      throw invalid(
          "Attributes Reason: Delivery protocol ["
              + protocol
              + "] does not support raw message delivery.");
    }
    subscription.put("RawMessageDelivery", value);
  }
}
