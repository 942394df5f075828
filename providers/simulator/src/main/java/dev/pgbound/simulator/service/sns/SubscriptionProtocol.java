package dev.pgbound.simulator.service.sns;

import static dev.pgbound.simulator.service.sns.Documents.invalid;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a subscription is delivered. */
enum SubscriptionProtocol {
  HTTP("http://.+", "Endpoint must match the specified protocol", true),
  HTTPS("https://.+", "Endpoint must match the specified protocol", true),
  EMAIL("[^@\\s]+@[^@\\s]+", "Email address", true),
  EMAIL_JSON("[^@\\s]+@[^@\\s]+", "Email address", true),
  SMS("\\+?[0-9 ()-]{4,20}", "Invalid SMS endpoint", false),
  SQS("arn:[^:]+:sqs:[^:]+:\\d{12}:.+", "SQS endpoint ARN", false),
  LAMBDA("arn:[^:]+:lambda:[^:]+:\\d{12}:.+", "Lambda endpoint ARN", false),
  FIREHOSE("arn:[^:]+:firehose:[^:]+:\\d{12}:.+", "Firehose endpoint ARN", false),
  APPLICATION("arn:[^:]+:sns:[^:]+:\\d{12}:endpoint/.+", "Application endpoint ARN", false);

  private final Pattern endpoint;
  private final String complaint;
  private final boolean needsConfirmation;

  SubscriptionProtocol(String endpoint, String complaint, boolean needsConfirmation) {
    this.endpoint = Pattern.compile(endpoint);
    this.complaint = complaint;
    this.needsConfirmation = needsConfirmation;
  }

  static SubscriptionProtocol of(@Nullable String text) {
    String given = Objects.requireNonNullElse(text, "");
    return Stream.of(values())
        .filter(protocol -> protocol.text().equals(given))
        .findFirst()
        .orElseThrow(() -> invalid("Does not support this protocol string: " + given));
  }

  /** What requests call it. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the receiver must confirm before anything is delivered. */
  boolean needsConfirmation() {
    return needsConfirmation;
  }

  String checked(String given) {
    if (!endpoint.matcher(given).matches()) {
      throw invalid(complaint);
    }
    return given;
  }
}
