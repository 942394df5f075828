package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.simulator.wire.WireRequest;
import dev.pgbound.simulator.wire.WireResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.cloudwatch.model.Tag;

class CloudWatchTest {

  private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:alerts";
  private static final String ARN = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:lag";

  private static final PutMetricAlarmRequest LAG =
      PutMetricAlarmRequest.builder()
          .alarmName("lag")
          .namespace("AWS/DMS")
          .metricName("CDCLatencyTarget")
          .dimensions(dimension("ReplicationInstanceIdentifier"), dimension("Another"))
          .statistic(Statistic.MAXIMUM)
          .period(60)
          .evaluationPeriods(5)
          .threshold(300.5)
          .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
          .alarmActions(TOPIC)
          .build();

  private final SimulatedAws aws = SimulatedAws.inMemory();
  private final CloudWatchClient cloudWatch = Clients.client(CloudWatchClient.builder(), aws);

  @Test
  void fillsInWhatAnAlarmDoesNotSay() {
    Instant now = aws.timeline().now();
    cloudWatch.putMetricAlarm(LAG);

    MetricAlarm alarm = alarm("lag");
    assertThat(alarm.alarmArn()).isEqualTo(ARN);
    assertThat(alarm.actionsEnabled()).isTrue();
    assertThat(alarm.alarmActions()).containsExactly(TOPIC);
    assertThat(alarm.hasOkActions()).isTrue();
    assertThat(alarm.okActions()).isEmpty();
    assertThat(alarm.insufficientDataActions()).isEmpty();
    assertThat(alarm.treatMissingData()).isNull();
    assertThat(alarm.dimensions()).isEqualTo(LAG.dimensions());
    assertThat(alarm.threshold()).isEqualTo(300.5);
    assertThat(alarm.stateValue()).isEqualTo(StateValue.INSUFFICIENT_DATA);
    assertThat(alarm.stateReason()).isEqualTo("Unchecked: Initial alarm creation");
    assertThat(alarm.alarmConfigurationUpdatedTimestamp()).isEqualTo(now);
  }

  @Test
  void exchangesTheWholeAlarmButForStateAndTags() {
    cloudWatch.putMetricAlarm(
        LAG.copy(r -> r.alarmDescription("old").treatMissingData("breaching").tags(tag("a"))));
    cloudWatch.setAlarmState(
        r -> r.alarmName("lag").stateValue(StateValue.ALARM).stateReason("late"));

    cloudWatch.putMetricAlarm(LAG.copy(r -> r.threshold(1.0).alarmActions().tags(tag("b"))));

    MetricAlarm alarm = alarm("lag");
    assertThat(alarm.threshold()).isEqualTo(1.0);
    assertThat(alarm.alarmDescription()).isNull();
    assertThat(alarm.treatMissingData()).isNull();
    assertThat(alarm.alarmActions()).isEmpty();
    assertThat(alarm.stateValue()).isEqualTo(StateValue.ALARM);
    assertThat(alarm.stateReason()).isEqualTo("late");
    assertThat(cloudWatch.listTagsForResource(r -> r.resourceARN(ARN)).tags())
        .containsExactly(tag("a"));
  }

  @Test
  void keepsAnAlarmOverAnExpression() {
    MetricDataQuery query =
        MetricDataQuery.builder()
            .id("rate")
            .expression("m1 * 100")
            .label("Rate (%)")
            .returnData(true)
            .build();
    cloudWatch.putMetricAlarm(
        r ->
            r.alarmName("rate")
                .metrics(query)
                .evaluationPeriods(1)
                .threshold(5.0)
                .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD));

    assertThat(alarm("rate").metrics()).containsExactly(query);
    assertThat(alarm("rate").metricName()).isNull();
  }

  @Test
  void tellsWhenAnAlarmChangedItsState() throws InterruptedException {
    cloudWatch.putMetricAlarm(LAG);
    aws.timeline().sleep(Duration.ofMinutes(5));
    set(StateValue.OK);
    Instant transition = aws.timeline().now();
    aws.timeline().sleep(Duration.ofMinutes(5));
    set(StateValue.OK);

    assertThat(alarm("lag").stateTransitionedTimestamp()).isEqualTo(transition);
    assertThat(alarm("lag").stateUpdatedTimestamp())
        .isEqualTo(transition.plus(Duration.ofMinutes(5)));
    assertRefused(
        "ResourceNotFound",
        "Unknown",
        () ->
            cloudWatch.setAlarmState(
                r -> r.alarmName("none").stateValue(StateValue.OK).stateReason("x")));
    assertRefused(
        "ValidationError",
        "stateValue",
        () -> cloudWatch.setAlarmState(r -> r.alarmName("lag").stateValue("GOOD")));
  }

  @Test
  void switchesActions() {
    cloudWatch.putMetricAlarm(LAG);
    cloudWatch.disableAlarmActions(r -> r.alarmNames("lag", "none"));
    assertThat(alarm("lag").actionsEnabled()).isFalse();

    cloudWatch.enableAlarmActions(r -> r.alarmNames("lag"));

    assertThat(alarm("lag").actionsEnabled()).isTrue();
  }

  @Test
  void findsAlarms() {
    for (String name : List.of("hr-lag", "hr-memory", "it-lag")) {
      cloudWatch.putMetricAlarm(LAG.copy(r -> r.alarmName(name)));
    }

    assertThat(names(cloudWatch.describeAlarms(r -> r.alarmNamePrefix("hr-")).metricAlarms()))
        .containsExactly("hr-lag", "hr-memory");
    assertThat(names(cloudWatch.describeAlarms(r -> r.alarmNames("it-lag", "none")).metricAlarms()))
        .containsExactly("it-lag");
    assertThat(cloudWatch.describeAlarms(r -> r.stateValue(StateValue.OK)).metricAlarms())
        .isEmpty();
    assertThat(cloudWatch.describeAlarms(r -> r.actionPrefix(TOPIC)).metricAlarms()).hasSize(3);
    assertThat(cloudWatch.describeAlarms(r -> r.actionPrefix("arn:aws:lambda")).metricAlarms())
        .isEmpty();
    assertThat(
            cloudWatch.describeAlarms(r -> r.alarmTypes(AlarmType.COMPOSITE_ALARM)).metricAlarms())
        .isEmpty();
    assertRefused(
        "ValidationError",
        "may not be used together",
        () -> cloudWatch.describeAlarms(r -> r.alarmNames("a").alarmNamePrefix("b")));
  }

  @Test
  void listsInPages() {
    for (int i = 0; i < 5; i++) {
      String name = "alarm-" + i;
      cloudWatch.putMetricAlarm(LAG.copy(r -> r.alarmName(name)));
    }

    assertThat(cloudWatch.describeAlarmsPaginator(r -> r.maxRecords(2)).metricAlarms())
        .extracting(MetricAlarm::alarmName)
        .containsExactly("alarm-0", "alarm-1", "alarm-2", "alarm-3", "alarm-4");
    assertThat(aws.calls().count("monitoring", "DescribeAlarms")).isEqualTo(3);
    assertRefused(
        "InvalidNextToken", () -> cloudWatch.describeAlarms(r -> r.nextToken("nonsense")));
    assertRefused(
        "ValidationError", "maxRecords", () -> cloudWatch.describeAlarms(r -> r.maxRecords(101)));
  }

  @Test
  void deletesAllOrNone() {
    cloudWatch.putMetricAlarm(LAG);
    assertRefused(
        "ResourceNotFound",
        "none",
        () -> cloudWatch.deleteAlarms(r -> r.alarmNames("lag", "none")));
    assertThat(alarm("lag")).isNotNull();

    cloudWatch.deleteAlarms(r -> r.alarmNames("lag"));
    cloudWatch.deleteAlarms(r -> r.alarmNames("lag"));

    assertThat(cloudWatch.describeAlarms().metricAlarms()).isEmpty();
  }

  @Test
  void changesTags() {
    cloudWatch.putMetricAlarm(LAG.copy(r -> r.tags(tag("a"))));
    cloudWatch.tagResource(r -> r.resourceARN(ARN).tags(tag("b")));
    cloudWatch.untagResource(r -> r.resourceARN(ARN).tagKeys("a"));

    assertThat(cloudWatch.listTagsForResource(r -> r.resourceARN(ARN)).tags())
        .containsExactly(tag("b"));
    assertRefused(
        "ResourceNotFoundException",
        () -> cloudWatch.listTagsForResource(r -> r.resourceARN(ARN + "2")));
  }

  @Test
  void refusesAlarmsThatCloudWatchRefuses() {
    MetricDataQuery query = MetricDataQuery.builder().id("m").build();
    assertInvalid("'alarmName'", LAG.copy(r -> r.alarmName(null)));
    assertInvalid("'evaluationPeriods'", LAG.copy(r -> r.evaluationPeriods(null)));
    assertInvalid("'evaluationPeriods'", LAG.copy(r -> r.evaluationPeriods(0)));
    assertInvalid("'comparisonOperator'", LAG.copy(r -> r.comparisonOperator("Above")));
    assertInvalid("'statistic'", LAG.copy(r -> r.statistic("Median")));
    assertInvalid("'unit'", LAG.copy(r -> r.unit("Miles")));
    assertInvalid("'treatMissingData'", LAG.copy(r -> r.treatMissingData("ok")));
    assertInvalid("'namespace'", LAG.copy(r -> r.namespace(null)));
    assertInvalid("'period'", LAG.copy(r -> r.period(null)));
    assertInvalid("multiple of 60", LAG.copy(r -> r.period(90)));
    assertInvalid("Statistic", LAG.copy(r -> r.extendedStatistic("p99")));
    assertInvalid("Threshold", LAG.copy(r -> r.threshold(null)));
    assertInvalid("DatapointsToAlarm", LAG.copy(r -> r.datapointsToAlarm(6)));
    assertInvalid("Invalid arn syntax: alerts", LAG.copy(r -> r.okActions("alerts")));
    assertInvalid("MetricName and Metrics", LAG.copy(r -> r.metricName(null)));
    assertInvalid("MetricName and Metrics", LAG.copy(r -> r.metrics(query)));
    assertInvalid("cannot be combined", LAG.copy(r -> r.metricName(null).metrics(query)));
    assertThat(cloudWatch.describeAlarms().metricAlarms()).isEmpty();
  }

  @Test
  void speaksTheProtocolOfNewerClients() throws IOException {
    cloudWatch.putMetricAlarm(LAG);

    WireResponse found = json("DescribeAlarms", "{\"AlarmNames\":[\"lag\"]}");
    WireResponse refused = json("DescribeAlarms", "{\"MaxRecords\":101}");

    assertThat(found.status()).isEqualTo(200);
    assertThat(found.body()).contains("\"AlarmName\":\"lag\"", "\"Threshold\":300.5");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("\"__type\":\"ValidationError\"");
  }

  private WireResponse json(String operation, String body) throws IOException {
    SortedMap<String, String> headers = new TreeMap<>();
    headers.put("X-Amz-Target", "GraniteServiceVersion20100801." + operation);
    return aws.answer(new WireRequest("monitoring.us-east-1.amazonaws.com", "", headers, body));
  }

  @Test
  void remembersAlarmsAcrossProcesses(@TempDir Path folder) throws Exception {
    MetricAlarm before;
    try (SimulatedAws first = SimulatedAws.open(folder)) {
      CloudWatchClient client = Clients.client(CloudWatchClient.builder(), first);
      client.putMetricAlarm(LAG.copy(r -> r.tags(tag("a"))));
      before = client.describeAlarms().metricAlarms().get(0);
    }
    try (SimulatedAws second = SimulatedAws.open(folder)) {
      CloudWatchClient client = Clients.client(CloudWatchClient.builder(), second);
      assertThat(client.describeAlarms().metricAlarms()).containsExactly(before);
      assertThat(client.listTagsForResource(r -> r.resourceARN(ARN)).tags())
          .containsExactly(tag("a"));
    }
  }

  private void assertInvalid(String message, PutMetricAlarmRequest request) {
    assertRefused("ValidationError", message, () -> cloudWatch.putMetricAlarm(request));
  }

  private void set(StateValue state) {
    cloudWatch.setAlarmState(r -> r.alarmName("lag").stateValue(state).stateReason("test"));
  }

  private MetricAlarm alarm(String name) {
    return cloudWatch.describeAlarms(r -> r.alarmNames(name)).metricAlarms().get(0);
  }

  private static List<String> names(List<MetricAlarm> alarms) {
    return alarms.stream().map(MetricAlarm::alarmName).toList();
  }

  private static Dimension dimension(String name) {
    return Dimension.builder().name(name).value("hr").build();
  }

  private static Tag tag(String key) {
    return Tag.builder().key(key).value("value").build();
  }
}
