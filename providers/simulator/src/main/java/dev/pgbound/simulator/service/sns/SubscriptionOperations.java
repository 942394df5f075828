package dev.pgbound.simulator.service.sns;

import static dev.pgbound.simulator.service.sns.Documents.invalid;
import static dev.pgbound.simulator.world.World.ACCOUNT;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.world.World;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesResponse;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicResponse;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsResponse;
import software.amazon.awssdk.services.sns.model.SetSubscriptionAttributesRequest;
import software.amazon.awssdk.services.sns.model.SetSubscriptionAttributesResponse;
import software.amazon.awssdk.services.sns.model.SubscribeRequest;
import software.amazon.awssdk.services.sns.model.SubscribeResponse;
import software.amazon.awssdk.services.sns.model.Subscription;
import software.amazon.awssdk.services.sns.model.UnsubscribeRequest;
import software.amazon.awssdk.services.sns.model.UnsubscribeResponse;

/** Subscribing, and what follows from it. */
final class SubscriptionOperations {

  private final World world;
  private final Topics topics;
  private final Subscriptions subscriptions;

  SubscriptionOperations(World world, Topics topics, Subscriptions subscriptions) {
    this.world = world;
    this.topics = topics;
    this.subscriptions = subscriptions;
  }

  void register(Operations operations) {
    operations
        .on("Subscribe", SubscribeRequest::builder, this::subscribe)
        .on("Unsubscribe", UnsubscribeRequest::builder, this::unsubscribe)
        .on(
            "GetSubscriptionAttributes",
            GetSubscriptionAttributesRequest::builder,
            this::getSubscriptionAttributes)
        .on(
            "SetSubscriptionAttributes",
            SetSubscriptionAttributesRequest::builder,
            this::setSubscriptionAttributes)
        .on("ListSubscriptions", ListSubscriptionsRequest::builder, this::listSubscriptions)
        .on(
            "ListSubscriptionsByTopic",
            ListSubscriptionsByTopicRequest::builder,
            this::listSubscriptionsByTopic);
  }

  /** Subscribing twice gives one subscription. */
  private SubscribeResponse subscribe(SubscribeRequest request) {
    String topic = topics.required(request.topicArn()).arn();
    SubscriptionProtocol protocol = SubscriptionProtocol.of(request.protocol());
    String endpoint = protocol.checked(Objects.requireNonNullElse(request.endpoint(), ""));
    Subscriber subscription =
        existing(topic, protocol, endpoint)
            .map(existing -> sameAgain(existing, request))
            .orElseGet(() -> add(request, topic, protocol, endpoint));
    boolean hidden =
        subscription.isPending() && !Boolean.TRUE.equals(request.returnSubscriptionArn());
    return SubscribeResponse.builder()
        .subscriptionArn(hidden ? "pending confirmation" : subscription.arn())
        .build();
  }

  private Optional<Subscriber> existing(
      String topic, SubscriptionProtocol protocol, String endpoint) {
    return subscriptions.of(topic).stream()
        .filter(each -> each.attribute("Protocol").equals(protocol.text()))
        .filter(each -> each.attribute("Endpoint").equals(endpoint))
        .findFirst();
  }

  private Subscriber sameAgain(Subscriber existing, SubscribeRequest request) {
    if (!subscriptions.agree(existing.attributes(), request.attributes())) {
      throw invalid("Attributes Reason: Subscription already exists with different attributes");
    }
    return existing;
  }

  private Subscriber add(
      SubscribeRequest request, String topic, SubscriptionProtocol protocol, String endpoint) {
    String arn = topic + ':' + world.ids().uuid("sns/subscription");
    SortedMap<String, String> attributes = new TreeMap<>();
    attributes.put("SubscriptionArn", arn);
    attributes.put("TopicArn", topic);
    attributes.put("Owner", ACCOUNT);
    attributes.put("Protocol", protocol.text());
    attributes.put("Endpoint", endpoint);
    attributes.put("RawMessageDelivery", "false");
    attributes.put(Subscriber.PENDING, Boolean.toString(protocol.needsConfirmation()));
    attributes.put("ConfirmationWasAuthenticated", Boolean.toString(!protocol.needsConfirmation()));
    request.attributes().forEach((name, value) -> subscriptions.set(attributes, name, value));
    if (protocol == SubscriptionProtocol.FIREHOSE
        && !attributes.containsKey("SubscriptionRoleArn")) {
      throw invalid("SubscriptionRoleArn Reason: required for protocol firehose");
    }
    return subscriptions.add(arn, attributes);
  }

  /** What its receiver has not confirmed cannot be unsubscribed; it goes by itself. */
  private UnsubscribeResponse unsubscribe(UnsubscribeRequest request) {
    Subscriber subscription = subscriptions.required(request.subscriptionArn());
    if (subscription.isPending()) {
      throw invalid(
          "SubscriptionArn Reason: Cannot unsubscribe a subscription that is pending"
              + " confirmation");
    }
    subscription.remove();
    return UnsubscribeResponse.builder().build();
  }

  private GetSubscriptionAttributesResponse getSubscriptionAttributes(
      GetSubscriptionAttributesRequest request) {
    return subscriptions.required(request.subscriptionArn()).stored().model();
  }

  private SetSubscriptionAttributesResponse setSubscriptionAttributes(
      SetSubscriptionAttributesRequest request) {
    Subscriber subscription = subscriptions.required(request.subscriptionArn());
    SortedMap<String, String> changed = new TreeMap<>(subscription.attributes());
    subscriptions.set(
        changed,
        Objects.requireNonNullElse(request.attributeName(), ""),
        Objects.requireNonNullElse(request.attributeValue(), ""));
    subscription.change(changed);
    return SetSubscriptionAttributesResponse.builder().build();
  }

  private ListSubscriptionsResponse listSubscriptions(ListSubscriptionsRequest request) {
    Page<Subscription> page = page(subscriptions.all(), request.nextToken());
    return ListSubscriptionsResponse.builder()
        .subscriptions(page.items())
        .nextToken(page.next())
        .build();
  }

  private ListSubscriptionsByTopicResponse listSubscriptionsByTopic(
      ListSubscriptionsByTopicRequest request) {
    String topic = topics.required(request.topicArn()).arn();
    Page<Subscription> page = page(subscriptions.of(topic), request.nextToken());
    return ListSubscriptionsByTopicResponse.builder()
        .subscriptions(page.items())
        .nextToken(page.next())
        .build();
  }

  private static Page<Subscription> page(List<Subscriber> found, @Nullable String token) {
    List<Subscription> all = found.stream().map(Subscriber::listed).toList();
    return Page.of(all, null, token, Topics.PAGE, "InvalidParameter");
  }
}
