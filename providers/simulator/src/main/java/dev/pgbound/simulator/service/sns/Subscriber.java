package dev.pgbound.simulator.service.sns;

import dev.pgbound.simulator.world.Stored;
import java.util.Map;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesResponse;
import software.amazon.awssdk.services.sns.model.Subscription;

/** One stored subscription, whose attributes are all there is to know about it. */
record Subscriber(
    Stored<GetSubscriptionAttributesResponse, GetSubscriptionAttributesResponse.Builder> stored) {

  static final String PENDING = "PendingConfirmation";

  String arn() {
    return stored.arn();
  }

  Map<String, String> attributes() {
    return stored.model().attributes();
  }

  /** An attribute's value; empty when it has none. */
  String attribute(String name) {
    return attributes().getOrDefault(name, "");
  }

  /** Whether its receiver has yet to confirm it. */
  boolean isPending() {
    return Boolean.parseBoolean(attribute(PENDING));
  }

  void change(Map<String, String> attributes) {
    stored.update(builder -> builder.attributes(attributes));
  }

  void remove() {
    stored.remove();
  }

  /** As lists show it: while it is pending, without its ARN. */
  Subscription listed() {
    return Subscription.builder()
        .subscriptionArn(isPending() ? PENDING : arn())
        .owner(attribute("Owner"))
        .protocol(attribute("Protocol"))
        .endpoint(attribute("Endpoint"))
        .topicArn(attribute("TopicArn"))
        .build();
  }
}
