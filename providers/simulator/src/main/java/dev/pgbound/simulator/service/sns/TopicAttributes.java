package dev.pgbound.simulator.service.sns;

import static dev.pgbound.simulator.service.sns.Documents.invalid;
import static dev.pgbound.simulator.world.World.ACCOUNT;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Which attributes a topic has, what SNS fills in, and what may be set. */
final class TopicAttributes {

  static final String FIFO = "FifoTopic";
  private static final String DEDUPLICATION = "ContentBasedDeduplication";
  private static final Pattern DELIVERY_STATUS =
      Pattern.compile(
          "(Application|Firehose|HTTP|Lambda|SQS)"
              + "(SuccessFeedbackRoleArn|SuccessFeedbackSampleRate|FailureFeedbackRoleArn)");

  private final Documents documents = new Documents();

  /** A new topic's attributes. */
  SortedMap<String, String> initial(String arn, Map<String, String> given) {
    SortedMap<String, String> attributes = new TreeMap<>();
    attributes.put("TopicArn", arn);
    attributes.put("Owner", ACCOUNT);
    attributes.put("DisplayName", "");
    attributes.put("Policy", documents.ownerPolicy(arn));
    if (isFifo(given)) {
      attributes.put(FIFO, "true");
      attributes.put(DEDUPLICATION, "false");
    }
    given.forEach((name, value) -> set(attributes, name, value));
    return attributes;
  }

  static boolean isFifo(Map<String, String> attributes) {
    return Boolean.parseBoolean(attributes.get(FIFO));
  }

  /** Whether a topic could be the result of creating it with these attributes. */
  boolean agree(SortedMap<String, String> topic, Map<String, String> given) {
    SortedMap<String, String> changed = new TreeMap<>(topic);
    given.forEach((name, value) -> set(changed, name, value));
    return changed.equals(topic) && isFifo(given) == isFifo(topic);
  }

  /** Changes one attribute; an empty value of an optional one takes it away. */
  void set(SortedMap<String, String> topic, String name, String value) {
    switch (name) {
      case "DisplayName" -> {
        if (value.length() > 100) {
          throw invalid("DisplayName Reason: must be at most 100 characters long");
        }
        topic.put(name, value);
      }
      case "Policy" ->
          topic.put(
              name,
              value.isEmpty()
                  ? documents.ownerPolicy(topic.getOrDefault("TopicArn", ""))
                  : documents.policy(value));
      case "DeliveryPolicy", "ArchivePolicy" ->
          putOrRemove(topic, name, value.isEmpty() ? "" : documents.checked(name, value));
      case "TracingConfig" -> {
        Documents.oneOf(name, value, List.of("PassThrough", "Active"));
        topic.put(name, value);
      }
      case "SignatureVersion" -> {
        Documents.oneOf(name, value, List.of("1", "2"));
        topic.put(name, value);
      }
      case DEDUPLICATION, "FifoThroughputScope" -> {
        if (!isFifo(topic)) {
          throw invalid("Attributes Reason: " + name + " can only be set for FIFO topics");
        }
        topic.put(name, value);
      }
      case FIFO -> Documents.oneOf(name, value, List.of("true", "false"));
      case "KmsMasterKeyId" -> putOrRemove(topic, name, value);
      default -> {
        if (!DELIVERY_STATUS.matcher(name).matches()) {
          throw invalid("AttributeName");
        }
        putOrRemove(topic, name, value);
      }
    }
  }

  /** The attributes as GetTopicAttributes shows them. */
  Map<String, String> view(Map<String, String> topic, long confirmed, long pending) {
    SortedMap<String, String> view = new TreeMap<>(topic);
    view.put("SubscriptionsConfirmed", Long.toString(confirmed));
    view.put("SubscriptionsPending", Long.toString(pending));
    view.put("SubscriptionsDeleted", "0");
    view.put(
        "EffectiveDeliveryPolicy",
        documents.effectiveDelivery(topic.getOrDefault("DeliveryPolicy", "{}")));
    return view;
  }

  private static void putOrRemove(SortedMap<String, String> topic, String name, String value) {
    if (value.isEmpty()) {
      topic.remove(name);
    } else {
      topic.put(name, value);
    }
  }
}
