package dev.pgbound.aws;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

/** An alarm on one metric. */
final class CloudWatchAlarmType implements AwsType {

  private static final String NAME = "alarmName";
  private static final ArnKind ARN = new ArnKind("cloudwatch", "alarm:");

  private final Aws aws;
  private final ResourceSchema schema =
      AwsSchema.of(
              "cloudwatch-alarm",
              "An alarm on one metric; metrics of DMS tasks go by the task's resource id.",
              PutMetricAlarmRequest.class)
          .without("metrics", "evaluateLowSampleCountPercentile", "extendedStatistic")
          .without("thresholdMetricId", "datapointsToAlarm", "unit")
          .namedBy(NAME, Normalizers::same)
          .required("namespace", "metricName", "statistic", "period", "evaluationPeriods")
          .required("threshold", "comparisonOperator")
          .describe(NAME, "Name of the alarm.")
          .describe("alarmDescription", "What the alarm means, for whoever is told.")
          .describe("namespace", "Where the metric comes from, such as AWS/DMS.")
          .describe("metricName", "The metric, such as CDCLatencySource.")
          .describe("statistic", "How the values of one period become one.")
          .describe("period", "Length of a period in seconds.")
          .describe("evaluationPeriods", "How many periods in a row are looked at.")
          .describe("threshold", "The value that is compared with.")
          .describe("comparisonOperator", "How the value is compared with the threshold.")
          .describe("treatMissingData", "What a period without data counts as.")
          .describe("dimensions", "Which instance and task the metric belongs to.")
          .describe("alarmActions", "ARNs of the topics that hear of the alarm.")
          .describe("okActions", "ARNs of the topics that hear when it is over.")
          .describe("insufficientDataActions", "ARNs of the topics that hear of missing data.")
          .describe("actionsEnabled", "Whether anybody is told; true when left out.")
          .type(Type.words("breaching", "notBreaching", "ignore", "missing"), "treatMissingData")
          .change(
              "dimensions",
              attribute ->
                  attribute.type() instanceof Type.ListType list
                      ? attribute.type(Type.keyed(list.element(), "name"))
                      : attribute)
          .set("alarmActions", "okActions", "insufficientDataActions")
          .inPlace(Impact.NONE, "", "alarmDescription", "namespace", "metricName", "statistic")
          .inPlace(Impact.NONE, "", "period", "evaluationPeriods", "threshold")
          .inPlace(Impact.NONE, "", "comparisonOperator", "treatMissingData", "dimensions")
          .inPlace(Impact.NONE, "", "alarmActions", "okActions", "insufficientDataActions")
          .inPlace(Impact.NONE, "", "actionsEnabled")
          .output("arn", "The ARN.")
          .partOf("dimensions")
          .build();

  CloudWatchAlarmType(Aws aws) {
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

  @Override
  public void check(Declared resource, Problems problems) {
    AlarmChecks.check(resource, problems);
  }

  @Override
  public List<Live> discover(Query query, Context context) {
    return aws.discovery().untagged(query, schema, ARN, aws.tags().cloudWatch(), this::describe);
  }

  @Override
  public List<Live> lookup(Value.Fields selector, Context context) {
    return Discovery.lookup(
        selector, schema, name -> Discovery.withTags(describe(name), aws.tags().cloudWatch()));
  }

  @Override
  public Value.Fields describe(Live live) {
    return Description.of(schema, live)
        .unless("actionsEnabled", true)
        .unless("treatMissingData", "missing")
        .fields();
  }

  @Override
  public Live create(Value.Fields desired, Context context) {
    put(Tags.forCreation(desired, context));
    return read(desired.text(NAME).orElseThrow());
  }

  /** The call replaces the whole alarm, so what is live and not declared is sent along. */
  @Override
  public Live update(Live prior, Value.Fields desired, Set<String> changed, Context context) {
    if (!Set.of("tags").containsAll(changed)) {
      Value.Fields all = prior.attributes().without("tags").without("arn");
      for (Map.Entry<String, Value> entry : desired.without("tags").fields().entrySet()) {
        all = all.with(entry.getKey(), entry.getValue());
      }
      put(all);
    }
    String arn = prior.attributes().text("arn").orElseThrow();
    aws.tags().cloudWatch().complete(arn, prior, desired, context);
    return read(prior.identifier());
  }

  @Override
  public void delete(Live prior, Optional<Value.Fields> desired, Context context) {
    Absence.asSuccess(
        () -> aws.clients().cloudWatch().deleteAlarms(r -> r.alarmNames(prior.identifier())));
  }

  private void put(Value.Fields attributes) {
    aws.clients()
        .cloudWatch()
        .putMetricAlarm(Shapes.fill(PutMetricAlarmRequest.builder(), attributes).build());
  }

  private Live read(String name) {
    return Discovery.read(name, schema, aws.tags().cloudWatch(), this::describe);
  }

  private List<Live> describe(Optional<String> name) {
    return aws
        .clients()
        .cloudWatch()
        .describeAlarmsPaginator(r -> name.ifPresentOrElse(r::alarmNames, () -> r.maxRecords(100)))
        .metricAlarms()
        .stream()
        .map(this::live)
        .toList();
  }

  private Live live(MetricAlarm alarm) {
    Value.Fields read = Shapes.read(alarm).with("arn", alarm.alarmArn());
    return Lives.of(schema, read, Map.of(), Live.Health.READY);
  }
}
