package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.service.cloudwatch.Metrics;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ReplicationInstance;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTaskStats;

/**
 * What DMS publishes of tasks that capture changes, minute by minute while they run: their latency.
 * CloudWatch knows a task by the last part of its ARN. Simulated tasks apply what they capture at
 * once, so that they are never behind.
 */
public final class TaskMetrics implements Metrics {

  private static final Set<String> LATENCIES = Set.of("CDCLatencySource", "CDCLatencyTarget");
  private static final double NOTHING_WAITS = 0;

  private final DmsStore store;

  /** The tasks in {@code world}. */
  public TaskMetrics(World world) {
    store = new DmsStore(world);
  }

  @Override
  public List<Datapoint> values(Metric metric, Instant from, Instant to) {
    if (!"AWS/DMS".equals(metric.namespace()) || !LATENCIES.contains(metric.metricName())) {
      return List.of();
    }
    Map<String, String> dimensions =
        metric.dimensions().stream()
            .collect(Collectors.toMap(Dimension::name, Dimension::value, (one, other) -> other));
    return store.tasks().all().stream()
        .map(Stored::model)
        .filter(task -> task.migrationType() != MigrationTypeValue.FULL_LOAD)
        .filter(task -> dimensions.equals(dimensions(task)))
        .findFirst()
        .map(task -> minutes(task, from, to))
        .orElse(List.of());
  }

  private Map<String, String> dimensions(ReplicationTask task) {
    String arn = task.replicationTaskArn();
    ReplicationInstance instance =
        store.instances().get(task.replicationInstanceArn(), "ReplicationInstanceArn").model();
    return Map.of(
        "ReplicationInstanceIdentifier",
        instance.replicationInstanceIdentifier(),
        "ReplicationTaskIdentifier",
        arn.substring(arn.lastIndexOf(':') + 1));
  }

  private List<Datapoint> minutes(ReplicationTask task, Instant from, Instant to) {
    Optional<ReplicationTaskStats> stats = Optional.ofNullable(task.replicationTaskStats());
    Optional<Instant> begin = stats.map(ReplicationTaskStats::startDate);
    if (begin.isEmpty()) {
      return List.of();
    }
    Instant now = store.world().now();
    Instant end = stats.map(ReplicationTaskStats::stopDate).orElse(now);
    Instant last = earlier(earlier(end, now).minus(Duration.ofMinutes(1)), to.minusNanos(1));
    List<Datapoint> points = new ArrayList<>();
    Instant minute = later(begin.get(), from).truncatedTo(ChronoUnit.MINUTES);
    for (; !minute.isAfter(last); minute = minute.plus(Duration.ofMinutes(1))) {
      if (!minute.isBefore(from)) {
        points.add(new Datapoint(minute, NOTHING_WAITS));
      }
    }
    return points;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
