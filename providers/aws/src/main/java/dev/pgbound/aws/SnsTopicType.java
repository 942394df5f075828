package dev.pgbound.aws;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sns.model.CreateTopicRequest;
import software.amazon.awssdk.services.sns.model.Subscription;
import software.amazon.awssdk.services.sns.model.Topic;

/** A topic, who may publish to it and who is told. */
final class SnsTopicType implements AwsType {

  private static final String NAME = "name";
  private static final ArnKind ARN = new ArnKind("sns", "");

  /** An e-mail address that has not answered yet has no ARN of its own. */
  private static final String PENDING = "PendingConfirmation";

  private final Aws aws;
  private final ResourceSchema schema =
      AwsSchema.of(
              "sns-topic",
              "A topic that carries alarms and failures to people.",
              CreateTopicRequest.class)
          .without("attributes", "dataProtectionPolicy")
          .namedBy(NAME, Normalizers::same)
          .describe(NAME, "Name of the topic.")
          .add(
              Attribute.named("displayName", Type.text(), "The sender's name in e-mails.")
                  .impact(Impact.NONE, ""))
          .add(
              Attribute.named("kmsMasterKeyId", Type.text(), "The key that encrypts messages.")
                  .normalizedBy(Normalizers::kmsKey)
                  .impact(Impact.NONE, ""))
          .add(
              Attribute.named(
                      "publishers",
                      Type.set(Type.text()),
                      "AWS services that may publish, such as dms.amazonaws.com; written into the"
                          + " topic's policy beside what is there.")
                  .impact(Impact.NONE, ""))
          .add(
              Attribute.named(
                      "subscriptions",
                      Type.set(
                          Type.object(
                              Attribute.named(
                                      "protocol",
                                      Type.words(
                                          "email",
                                          "email-json",
                                          "http",
                                          "https",
                                          "sms",
                                          "sqs",
                                          "lambda"),
                                      "How the message is delivered.")
                                  .with(Attribute.Flag.REQUIRED),
                              Attribute.named(
                                      "endpoint", Type.text(), "Address, URL or ARN that gets it.")
                                  .with(Attribute.Flag.REQUIRED))),
                      "Who is told. An e-mail address has to confirm before it gets anything.")
                  .impact(Impact.NONE, ""))
          .output("arn", "The ARN.")
          .identifiedBy("arn")
          .build();

  SnsTopicType(Aws aws) {
    this.aws = aws;
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public Optional<ArnKind> arnKind() {
    return Optional.of(ARN);
  }

  /** A topic's ARN follows from its name, so no list of all topics is needed. */
  @Override
  public List<Live> discover(Query query, Context context) {
    if (query.scope() == Query.Scope.ACCOUNT) {
      return aws.clients().sns().listTopicsPaginator().topics().stream()
          .map(topic -> named(topic.topicArn()))
          .toList();
    }
    Map<String, Map<String, String>> owned =
        query.scope() == Query.Scope.PLAN
            ? aws.discovery().owned(query.migration(), ARN)
            : Map.of();
    Stream<String> wanted =
        query.wanted().stream()
            .flatMap(one -> one.identifier().stream())
            .map(name -> arn(name, context));
    return Stream.concat(wanted, owned.keySet().stream())
        .distinct()
        .flatMap(arn -> find(arn, owned).stream())
        .toList();
  }

  @Override
  public List<Live> lookup(Value.Fields selector, Context context) {
    Optional<String> named = selector.text(NAME).map(name -> arn(name, context));
    return Discovery.lookup(
        selector,
        schema,
        wanted ->
            wanted
                .or(() -> named)
                .map(Stream::of)
                .orElseGet(this::arns)
                .flatMap(arn -> find(arn, Map.of()).stream())
                .toList());
  }

  private Stream<String> arns() {
    return aws.clients().sns().listTopicsPaginator().topics().stream().map(Topic::topicArn);
  }

  @Override
  public Live create(Value.Fields desired, Context context) {
    Value.Fields named = Tags.forCreation(desired.only(List.of(NAME, "tags")), context);
    Map<String, String> attributes = new TreeMap<>();
    desired.text("displayName").ifPresent(name -> attributes.put("DisplayName", name));
    desired.text("kmsMasterKeyId").ifPresent(key -> attributes.put("KmsMasterKeyId", key));
    CreateTopicRequest.Builder request = Shapes.fill(CreateTopicRequest.builder(), named);
    String arn = aws.clients().sns().createTopic(request.attributes(attributes).build()).topicArn();
    Live made = find(arn, Map.of()).orElseThrow(() -> Absence.vanished("sns-topic", arn));
    publish(arn, desired);
    subscribe(made, desired);
    return find(arn, Map.of()).orElse(made);
  }

  @Override
  public Live update(Live prior, Value.Fields desired, Set<String> changed, Context context) {
    String arn = prior.identifier();
    if (changed.contains("displayName")) {
      desired.text("displayName").ifPresent(name -> set(arn, "DisplayName", name));
    }
    if (changed.contains("kmsMasterKeyId")) {
      desired.text("kmsMasterKeyId").ifPresent(key -> set(arn, "KmsMasterKeyId", key));
    }
    if (changed.contains("publishers")) {
      publish(arn, desired);
    }
    if (changed.contains("subscriptions")) {
      subscribe(prior, desired);
    }
    aws.tags().sns().complete(arn, prior, desired, context);
    return find(arn, Map.of()).orElseThrow(() -> Absence.vanished("sns-topic", arn));
  }

  @Override
  public void delete(Live prior, Optional<Value.Fields> desired, Context context) {
    for (Subscription subscription : subscriptions(prior.identifier())) {
      unsubscribe(subscription);
    }
    Absence.asSuccess(() -> aws.clients().sns().deleteTopic(r -> r.topicArn(prior.identifier())));
  }

  private void set(String arn, String name, String value) {
    aws.clients()
        .sns()
        .setTopicAttributes(r -> r.topicArn(arn).attributeName(name).attributeValue(value));
  }

  private void publish(String arn, Value.Fields desired) {
    if (desired.has("publishers")) {
      String policy = attributes(arn).getOrDefault("Policy", "");
      set(arn, "Policy", TopicPolicy.with(policy, arn, desired.texts("publishers")));
    }
  }

  private void subscribe(Live prior, Value.Fields desired) {
    if (!desired.has("subscriptions")) {
      return;
    }
    String arn = prior.identifier();
    List<Value> wanted = desired.items("subscriptions");
    List<Subscription> present = subscriptions(arn);
    List<Value> there = present.stream().map(SnsTopicType::subscription).toList();
    for (Value one : wanted) {
      if (one instanceof Value.Fields fields && !there.contains(one)) {
        aws.clients()
            .sns()
            .subscribe(
                r ->
                    r.topicArn(arn)
                        .protocol(fields.text("protocol").orElseThrow())
                        .endpoint(fields.text("endpoint").orElseThrow()));
      }
    }
    present.stream().filter(one -> !wanted.contains(subscription(one))).forEach(this::unsubscribe);
  }

  /** SNS itself forgets an address that never confirmed; there is no call for it. */
  private void unsubscribe(Subscription subscription) {
    String arn = subscription.subscriptionArn();
    if (!arn.equals(PENDING)) {
      Absence.asSuccess(() -> aws.clients().sns().unsubscribe(r -> r.subscriptionArn(arn)));
    }
  }

  private List<Subscription> subscriptions(String arn) {
    return Absence.asEmpty(
        () ->
            aws
                .clients()
                .sns()
                .listSubscriptionsByTopicPaginator(r -> r.topicArn(arn))
                .subscriptions()
                .stream());
  }

  private static Value subscription(Subscription subscription) {
    return Value.Fields.NONE
        .with("protocol", subscription.protocol())
        .with("endpoint", subscription.endpoint());
  }

  private Map<String, String> attributes(String arn) {
    List<Map<String, String>> found =
        Absence.asEmpty(
            () ->
                Stream.of(
                    aws.clients().sns().getTopicAttributes(r -> r.topicArn(arn)).attributes()));
    return found.isEmpty() ? Map.of() : found.get(0);
  }

  private Optional<Live> find(String arn, Map<String, Map<String, String>> known) {
    Map<String, String> attributes = attributes(arn);
    if (attributes.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Value> read = new LinkedHashMap<>();
    read.put(NAME, Value.of(arn.substring(arn.lastIndexOf(':') + 1)));
    read.put("arn", Value.of(arn));
    read.put("displayName", Value.of(attributes.getOrDefault("DisplayName", "")));
    read.put("kmsMasterKeyId", Value.of(attributes.getOrDefault("KmsMasterKeyId", "")));
    read.put(
        "publishers", Value.of(TopicPolicy.publishers(attributes.getOrDefault("Policy", ""), arn)));
    read.put(
        "subscriptions",
        new Value.Items(subscriptions(arn).stream().map(SnsTopicType::subscription).toList()));
    Map<String, String> tags =
        known.containsKey(arn)
            ? known.get(arn)
            : aws.tags().sns().read(List.of(arn)).getOrDefault(arn, Map.of());
    return Optional.of(Lives.of(schema, new Value.Fields(read), tags, Live.Health.READY));
  }

  /** All that a list of topics tells. */
  private Live named(String arn) {
    Value.Fields read =
        Value.Fields.NONE.with(NAME, arn.substring(arn.lastIndexOf(':') + 1)).with("arn", arn);
    return Lives.of(schema, read, Map.of(), Live.Health.READY);
  }

  private static String arn(String name, Context context) {
    return context.account().arn("sns", name);
  }
}
