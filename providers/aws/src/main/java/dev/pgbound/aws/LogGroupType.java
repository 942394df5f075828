package dev.pgbound.aws;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;

/** A log group with its retention. */
final class LogGroupType implements AwsType {

  private static final String NAME = "logGroupName";
  private static final String INSTANCE = "replicationInstanceIdentifier";
  private static final String TASKS = "dms-tasks-";
  private static final ArnKind ARN = new ArnKind("logs", "log-group:");

  private final Aws aws;
  private final ResourceSchema schema =
      AwsSchema.of(
              "log-group",
              "A log group; DMS writes the log of an instance's tasks into dms-tasks-<instance>.",
              CreateLogGroupRequest.class)
          .without("logGroupClass", "deletionProtectionEnabled")
          .namedBy(NAME, Normalizers::same)
          .describe(NAME, "Name of the group.")
          .describe("kmsKeyId", "ARN of the key that encrypts new log events.")
          .normalized(Normalizers::kmsKey, "kmsKeyId")
          .inPlace(Impact.NONE, "", "kmsKeyId")
          .add(
              dev.pgbound.spi.Attribute.named(
                      "retentionInDays",
                      Type.integer(1, 3653),
                      "Days that events are kept; for ever when left out.")
                  .impact(Impact.NONE, ""))
          .deletion(Impact.NONE, "The log of past runs is deleted.")
          .output(INSTANCE, "The dms-instance whose tasks write into it.")
          .output("arn", "The ARN.")
          .partOf(INSTANCE)
          .build();

  LogGroupType(Aws aws) {
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

  /** An account has thousands of groups; only those that DMS writes belong to a migration. */
  @Override
  public List<Live> discover(Query query, Context context) {
    if (query.scope() == Query.Scope.ACCOUNT) {
      return describePrefix(TASKS);
    }
    return aws.discovery().untagged(query, schema, ARN, aws.tags().logs(), this::describe);
  }

  @Override
  public List<Live> lookup(Value.Fields selector, Context context) {
    return Discovery.lookup(
        selector, schema, name -> Discovery.withTags(describe(name), aws.tags().logs()));
  }

  @Override
  public Optional<String> objection(Live live, Context context) {
    boolean isMarked =
        live.attributes().has("retentionInDays") || live.attributes().has("kmsKeyId");
    return isMarked ? Optional.empty() : Optional.of("DMS made it, and nobody has changed it");
  }

  @Override
  public Live create(Value.Fields desired, Context context) {
    var request = CreateLogGroupRequest.builder();
    Shapes.fill(request, desired.only(List.of(NAME, "kmsKeyId")));
    aws.clients().logs().createLogGroup(request.tags(Tags.wanted(desired, context)).build());
    String name = desired.text(NAME).orElseThrow();
    desired.number("retentionInDays").ifPresent(days -> retain(name, days));
    return Discovery.read(name, schema, aws.tags().logs(), this::describe);
  }

  @Override
  public Live update(Live prior, Value.Fields desired, Set<String> changed, Context context) {
    String name = prior.identifier();
    if (changed.contains("retentionInDays")) {
      desired.number("retentionInDays").ifPresent(days -> retain(name, days));
    }
    if (changed.contains("kmsKeyId")) {
      desired
          .text("kmsKeyId")
          .ifPresent(
              key -> aws.clients().logs().associateKmsKey(r -> r.logGroupName(name).kmsKeyId(key)));
    }
    String arn = prior.attributes().text("arn").orElseThrow();
    aws.tags().logs().complete(arn, prior, desired, context);
    return Discovery.read(name, schema, aws.tags().logs(), this::describe);
  }

  private void retain(String name, BigDecimal days) {
    aws.clients()
        .logs()
        .putRetentionPolicy(r -> r.logGroupName(name).retentionInDays(days.intValueExact()));
  }

  @Override
  public void delete(Live prior, Optional<Value.Fields> desired, Context context) {
    Absence.asSuccess(
        () -> aws.clients().logs().deleteLogGroup(r -> r.logGroupName(prior.identifier())));
  }

  private List<Live> describe(Optional<String> name) {
    return describePrefix(name.orElse(null)).stream()
        .filter(group -> name.map(group.identifier()::equals).orElse(true))
        .toList();
  }

  private List<Live> describePrefix(@Nullable String prefix) {
    return aws
        .clients()
        .logs()
        .describeLogGroupsPaginator(r -> r.logGroupNamePrefix(prefix))
        .logGroups()
        .stream()
        .map(this::live)
        .toList();
  }

  private Live live(LogGroup group) {
    // The member arn ends in ":*"; the calls for tags want it without.
    Value.Fields read = Shapes.read(group).with("arn", group.arn().replaceFirst(":\\*$", ""));
    if (group.logGroupName().startsWith(TASKS)) {
      read = read.with(INSTANCE, group.logGroupName().substring(TASKS.length()));
    }
    return Lives.of(schema, read, Map.of(), Live.Health.READY);
  }
}
