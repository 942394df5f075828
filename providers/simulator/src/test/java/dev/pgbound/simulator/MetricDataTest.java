package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;
import software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue;
import software.amazon.awssdk.services.databasemigration.model.StartReplicationTaskTypeValue;

/** The latency of tasks, as CloudWatch tells it. */
class MetricDataTest {

  private final DmsAccount account = new DmsAccount(SimulatedAws.inMemory());
  private final CloudWatchClient cloudWatch =
      Clients.client(CloudWatchClient.builder(), account.aws());
  private final Instant beginning = account.aws().timeline().now();

  @BeforeEach
  void createSubnetGroup() throws InterruptedException {
    account.createSubnetGroup();
  }

  @Test
  void hasAValueOfEachMinuteInWhichATaskCapturedChanges() throws InterruptedException {
    String arn = started(MigrationTypeValue.FULL_LOAD_AND_CDC);
    account.pass(Duration.ofMinutes(5));
    account.dms().stopReplicationTask(r -> r.replicationTaskArn(arn));
    account.pass(Duration.ofMinutes(5));

    MetricDataResult result = latency(arn, "hr-instance");

    assertThat(result.values()).hasSizeBetween(4, 6).containsOnly(0.0);
    assertThat(result.timestamps()).isSortedAccordingTo((one, other) -> other.compareTo(one));
    assertThat(result.timestamps().get(0))
        .isBefore(account.aws().timeline().now().minus(Duration.ofMinutes(4)));
  }

  @Test
  void hasNoneOfATaskThatOnlyLoadsNorUnderTheNameOfATask() throws InterruptedException {
    String loading = started(MigrationTypeValue.FULL_LOAD);
    account.pass(Duration.ofMinutes(5));

    assertThat(latency(loading, "hr-instance").values()).isEmpty();
    assertThat(latency("x:hr", "hr-instance").values()).isEmpty();
    assertThat(latency(loading, "other").values()).isEmpty();
  }

  @Test
  void refusesQuestionsThatCloudWatchRefuses() {
    refuses("Period must be a multiple of 60", stat -> stat.period(90));
    refuses("statistic p99", stat -> stat.stat("p99"));
    assertRefused(
        "ValidationError",
        "not unique",
        () -> ask(query("x:hr", "hr-instance"), query("x:hr", "hr-instance")));
    assertRefused(
        "ValidationError",
        "StartTime must be less",
        () ->
            cloudWatch.getMetricData(
                r ->
                    r.startTime(beginning)
                        .endTime(beginning)
                        .metricDataQueries(query("x:hr", "hr-instance"))));
  }

  private void refuses(String words, Consumer<MetricStat.Builder> change) {
    MetricDataQuery query = query("x:hr", "hr-instance");
    MetricDataQuery other =
        query.copy(builder -> builder.metricStat(query.metricStat().copy(change)));
    assertRefused("ValidationError", words, () -> ask(other));
  }

  private MetricDataResult latency(String task, String instance) {
    return ask(query(task, instance)).get(0);
  }

  private List<MetricDataResult> ask(MetricDataQuery... queries) {
    return cloudWatch
        .getMetricData(
            r ->
                r.startTime(beginning)
                    .endTime(account.aws().timeline().now().plusSeconds(1))
                    .metricDataQueries(queries))
        .metricDataResults();
  }

  private static MetricDataQuery query(String task, String instance) {
    return MetricDataQuery.builder()
        .id("lag")
        .metricStat(
            stat ->
                stat.period(60)
                    .stat("Maximum")
                    .metric(
                        metric ->
                            metric
                                .namespace("AWS/DMS")
                                .metricName("CDCLatencyTarget")
                                .dimensions(
                                    dimension("ReplicationInstanceIdentifier", instance),
                                    dimension(
                                        "ReplicationTaskIdentifier",
                                        task.substring(task.lastIndexOf(':') + 1)))))
        .build();
  }

  private static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }

  private String started(MigrationTypeValue type) throws InterruptedException {
    String arn = account.createTask("hr", type);
    account
        .dms()
        .startReplicationTask(
            r ->
                r.replicationTaskArn(arn)
                    .startReplicationTaskType(StartReplicationTaskTypeValue.START_REPLICATION));
    return arn;
  }
}
