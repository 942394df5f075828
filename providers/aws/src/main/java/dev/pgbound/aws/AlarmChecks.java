package dev.pgbound.aws;

import dev.pgbound.spi.Problems;
import dev.pgbound.spi.ResourceType.Declared;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an alarm on DMS gets wrong without anybody noticing: CloudWatch accepts any metric and any
 * dimension, and the alarm then stays in INSUFFICIENT_DATA for ever.
 */
final class AlarmChecks {

  private static final String DMS = "AWS/DMS";
  private static final String INSTANCE = "ReplicationInstanceIdentifier";
  private static final String TASK = "ReplicationTaskIdentifier";

  /** Metrics of a task, of the AWS DMS user guide on monitoring. */
  private static final Set<String> TASK_METRICS =
      new TreeSet<>(
          List.of(
              "FullLoadThroughputBandwidthTarget",
              "FullLoadThroughputRowsTarget",
              "CDCIncomingChanges",
              "CDCChangesMemorySource",
              "CDCChangesMemoryTarget",
              "CDCChangesDiskSource",
              "CDCChangesDiskTarget",
              "CDCThroughputBandwidthSource",
              "CDCThroughputBandwidthTarget",
              "CDCThroughputRowsSource",
              "CDCThroughputRowsTarget",
              "CDCLatencySource",
              "CDCLatencyTarget"));

  /** Metrics of an instance, some of which a task has as well. */
  private static final Set<String> INSTANCE_METRICS =
      new TreeSet<>(
          List.of(
              "AvailableMemory",
              "CPUAllocated",
              "CPUUtilization",
              "DiskQueueDepth",
              "FreeableMemory",
              "FreeMemory",
              "FreeStorageSpace",
              "MemoryAllocated",
              "MemoryUsage",
              "NetworkReceiveThroughput",
              "NetworkTransmitThroughput",
              "ReadIOPS",
              "ReadLatency",
              "ReadThroughput",
              "SwapUsage",
              "WriteIOPS",
              "WriteLatency",
              "WriteThroughput"));

  /** Metrics that are a level, not a count: adding their values up says nothing. */
  private static final Set<String> LEVELS =
      Set.of(
          "CDCLatencySource",
          "CDCLatencyTarget",
          "CDCChangesMemorySource",
          "CDCChangesMemoryTarget",
          "CDCChangesDiskSource",
          "CDCChangesDiskTarget",
          "CPUUtilization",
          "FreeableMemory",
          "FreeStorageSpace");

  private AlarmChecks() {}

  /** Finds a task that replicates changes while no alarm of the file watches its lag. */
  static void lag(Declared task, Collection<Declared> all, Problems problems) {
    boolean replicates =
        task.attributes().text("migrationType").filter(type -> type.contains("cdc")).isPresent()
            && task.attributes().text("run").filter("running"::equals).isPresent();
    boolean watched =
        all.stream()
            .filter(other -> other.address().type().equals("cloudwatch-alarm"))
            .map(alarm -> alarm.attributes().text("metricName").orElse(""))
            .anyMatch(metric -> metric.startsWith("CDCLatency"));
    if (replicates && !watched) {
      AlarmFinding.NO_ALARM_ON_LAG.report(
          problems,
          "",
          "Add the section alerts, or a cloudwatch-alarm on CDCLatencySource and CDCLatencyTarget.");
    }
  }

  static void check(Declared alarm, Problems problems) {
    Value.Fields attributes = alarm.attributes();
    Optional<String> metric = attributes.text("metricName");
    if (!attributes.text("namespace").equals(Optional.of(DMS)) || metric.isEmpty()) {
      return;
    }
    boolean ofTask = TASK_METRICS.contains(metric.get());
    if (!ofTask && !INSTANCE_METRICS.contains(metric.get())) {
      List<String> known = new ArrayList<>(TASK_METRICS);
      known.addAll(INSTANCE_METRICS);
      AlarmFinding.UNKNOWN_METRIC.report(
          problems,
          "metricName",
          String.format(
              Locale.ROOT,
              "DMS has no metric \"%s\", so the alarm would wait for data for ever. It has: %s.",
              metric.get(),
              String.join(", ", known)));
      return;
    }
    dimensions(attributes, ofTask, problems);
    if (attributes.text("statistic").equals(Optional.of("Sum")) && LEVELS.contains(metric.get())) {
      AlarmFinding.SUM_OF_LEVELS.report(
          problems,
          "statistic",
          String.format(
              Locale.ROOT,
              "%s is a level; the sum of its values depends on how often it is reported. Use Maximum or Average.",
              metric.get()));
    }
    if (!attributes.has("treatMissingData")) {
      AlarmFinding.MISSING_DATA.report(
          problems,
          "",
          "A task that is stopped reports nothing, and the alarm then says nothing either. Set"
              + " treatMissingData to breaching or to notBreaching on purpose.");
    }
    if (metric.get().startsWith("CDCChanges")) {
      AlarmFinding.NO_ERROR_METRIC.report(
          problems,
          "metricName",
          String.format(
              Locale.ROOT,
              "%s counts changes that wait, it does not count errors. To hear of failures, declare a dms-event-subscription with the category failure.",
              metric.get()));
    }
  }

  private static void dimensions(Value.Fields attributes, boolean ofTask, Problems problems) {
    List<Value> dimensions = attributes.items("dimensions");
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < dimensions.size(); i++) {
      if (!(dimensions.get(i) instanceof Value.Fields dimension)) {
        continue;
      }
      dimension.text("name").ifPresent(names::add);
      boolean literal = dimension.get("value").filter(Value.Text.class::isInstance).isPresent();
      boolean task = dimension.text("name").equals(Optional.of(TASK));
      boolean resourceId =
          dimension.text("value").filter(value -> value.matches("[A-Z0-9]{20,32}")).isPresent();
      if (task && literal && !resourceId) {
        AlarmFinding.TASK_BY_NAME.report(
            problems,
            String.format(Locale.ROOT, "dimensions[%d].value", i),
            "The metrics of a task go by its resource id, the last part of its ARN, not by its name. Write ${dms-task.NAME.resourceId}.");
      }
    }
    if (!names.contains(INSTANCE) || (ofTask && !names.contains(TASK))) {
      AlarmFinding.DIMENSION_MISSING.report(
          problems,
          "dimensions",
          ofTask
              ? String.format(
                  Locale.ROOT,
                  "A metric of a task needs both dimensions, %s and %s.",
                  INSTANCE,
                  TASK)
              : String.format(
                  Locale.ROOT, "A metric of an instance needs the dimension %s.", INSTANCE));
    }
  }
}
