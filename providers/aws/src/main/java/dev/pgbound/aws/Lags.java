package dev.pgbound.aws;

import dev.pgbound.aws.WatchedTasks.Found;
import dev.pgbound.spi.TaskState.Lag;
import dev.pgbound.spi.TaskState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;

/**
 * How far tasks are behind. DMS itself does not say: CDCLatencySource and CDCLatencyTarget are
 * metrics of CloudWatch, which knows a task by the last part of its ARN and an instance by its name
 * (User Guide, "Monitoring AWS DMS tasks"). Serverless replications have no instance and are left
 * out.
 */
final class Lags {

  private static final String SOURCE = "CDCLatencySource";
  private static final String TARGET = "CDCLatencyTarget";

  /** The most queries of one GetMetricData. */
  private static final int MOST = 500;

  private static final int PERIOD = 60;

  /** Values older than this are not how things are now. */
  private static final Duration WINDOW = Duration.ofMinutes(15);

  private record Sample(double seconds, Instant at) {}

  private final AwsClients clients;
  private final Instant now;

  Lags(AwsClients clients, Instant now) {
    this.clients = clients;
    this.now = now;
  }

  /**
   * By the ARN of the task; nothing of a task that captures no changes now.
   *
   * @param names of the replication instances, by ARN
   */
  Map<String, Lag> of(List<Found> tasks, Map<String, String> names) {
    List<Found> capturing =
        tasks.stream()
            .filter(Found::isClassic)
            .filter(Found::capturesChanges)
            .filter(one -> one.phase() == Phase.LOADING || one.phase() == Phase.REPLICATING)
            .filter(one -> names.containsKey(one.task().replicationInstanceArn()))
            .toList();
    List<MetricDataQuery> queries = new ArrayList<>();
    for (int i = 0; i < capturing.size(); i++) {
      ReplicationTask task = capturing.get(i).task();
      List<Dimension> dimensions = dimensions(task, names.get(task.replicationInstanceArn()));
      queries.add(query("source" + i, SOURCE, dimensions));
      queries.add(query("target" + i, TARGET, dimensions));
    }
    Map<String, Sample> samples = new HashMap<>();
    for (int from = 0; from < queries.size(); from += MOST) {
      ask(queries.subList(from, Math.min(queries.size(), from + MOST)), samples);
    }
    Map<String, Lag> lags = new HashMap<>();
    for (int i = 0; i < capturing.size(); i++) {
      String arn = capturing.get(i).task().replicationTaskArn();
      lag(samples.get("source" + i), samples.get("target" + i))
          .ifPresent(lag -> lags.put(arn, lag));
    }
    return lags;
  }

  private static List<Dimension> dimensions(ReplicationTask task, @Nullable String instance) {
    return List.of(
        dimension("ReplicationInstanceIdentifier", String.valueOf(instance)),
        dimension("ReplicationTaskIdentifier", DmsObjects.lastPart(task.replicationTaskArn())));
  }

  private static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }

  private static MetricDataQuery query(String id, String metric, List<Dimension> dimensions) {
    return MetricDataQuery.builder()
        .id(id)
        .metricStat(
            stat ->
                stat.period(PERIOD)
                    .stat("Maximum")
                    .metric(m -> m.namespace("AWS/DMS").metricName(metric).dimensions(dimensions)))
        .build();
  }

  private void ask(List<MetricDataQuery> queries, Map<String, Sample> samples) {
    clients
        .cloudWatch()
        .getMetricDataPaginator(
            r ->
                r.metricDataQueries(queries)
                    .startTime(now.minus(WINDOW))
                    .endTime(now)
                    .scanBy(ScanBy.TIMESTAMP_DESCENDING))
        .metricDataResults()
        .forEach(
            result -> {
              if (!result.values().isEmpty()) {
                samples.putIfAbsent(
                    result.id(), new Sample(result.values().get(0), result.timestamps().get(0)));
              }
            });
  }

  private static Optional<Lag> lag(@Nullable Sample source, @Nullable Sample target) {
    if (source == null && target == null) {
      return Optional.empty();
    }
    Instant at =
        source == null || (target != null && target.at().isAfter(source.at()))
            ? Objects.requireNonNull(target).at()
            : source.at();
    return Optional.of(new Lag(seconds(source), seconds(target), at));
  }

  private static OptionalDouble seconds(@Nullable Sample sample) {
    return sample == null ? OptionalDouble.empty() : OptionalDouble.of(sample.seconds());
  }
}
