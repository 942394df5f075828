package dev.pgbound.simulator.service.cloudwatch;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.cloudwatch.Metrics.Datapoint;
import dev.pgbound.simulator.wire.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** GetMetricData: the values of metrics, by period. No expressions over them. */
final class MetricData {

  private static final int MOST_QUERIES = 500;
  private static final int MINUTE = 60;

  private static final Map<String, Function<DoubleSummaryStatistics, Double>> STATISTICS =
      Map.of(
          "Average", DoubleSummaryStatistics::getAverage,
          "Maximum", DoubleSummaryStatistics::getMax,
          "Minimum", DoubleSummaryStatistics::getMin,
          "Sum", DoubleSummaryStatistics::getSum,
          "SampleCount", values -> (double) values.getCount());

  private final Metrics metrics;

  MetricData(Metrics metrics) {
    this.metrics = metrics;
  }

  void register(Operations operations) {
    operations.on("GetMetricData", GetMetricDataRequest::builder, this::get);
  }

  private GetMetricDataResponse get(GetMetricDataRequest request) {
    check(request);
    boolean ascending = request.scanBy() == ScanBy.TIMESTAMP_ASCENDING;
    return GetMetricDataResponse.builder()
        .metricDataResults(
            request.metricDataQueries().stream()
                .filter(query -> !Boolean.FALSE.equals(query.returnData()))
                .map(query -> result(query, request.startTime(), request.endTime(), ascending))
                .toList())
        .messages(List.of())
        .build();
  }

  private static void check(GetMetricDataRequest request) {
    if (request.startTime() == null || request.endTime() == null) {
      throw invalid("StartTime and EndTime are required");
    }
    if (!request.startTime().isBefore(request.endTime())) {
      throw invalid("The parameter StartTime must be less than the parameter EndTime.");
    }
    List<MetricDataQuery> queries = request.metricDataQueries();
    if (queries.isEmpty() || queries.size() > MOST_QUERIES) {
      throw invalid(
          "The collection MetricDataQueries must have a size between 1 and " + MOST_QUERIES + ".");
    }
    Set<String> ids = new HashSet<>();
    queries.forEach(query -> check(query, ids));
  }

  private static void check(MetricDataQuery query, Set<String> ids) {
    if (query.id() == null || !query.id().matches("[a-z][a-zA-Z0-9_]{0,254}")) {
      throw invalid("The value for Id must begin with a lowercase letter: " + query.id());
    }
    if (!ids.add(query.id())) {
      throw invalid("The values for parameter id in MetricDataQueries are not unique.");
    }
    MetricStat stat = query.metricStat();
    if (stat == null) {
      throw invalid("Expressions over metrics are not simulated: " + query.id());
    }
    if (stat.period() < MINUTE || stat.period() % MINUTE != 0) {
      throw invalid("Period must be a multiple of 60: " + stat.period());
    }
    if (!STATISTICS.containsKey(stat.stat())) {
      throw invalid("The statistic " + stat.stat() + " is not simulated");
    }
  }

  private static Fault invalid(String message) {
    return new Fault("ValidationError", message);
  }

  private MetricDataResult result(
      MetricDataQuery query, Instant from, Instant to, boolean ascending) {
    MetricStat stat = query.metricStat();
    Map<Instant, DoubleSummaryStatistics> periods = new TreeMap<>();
    for (Datapoint point : metrics.values(stat.metric(), from, to)) {
      long second = point.at().getEpochSecond();
      periods
          .computeIfAbsent(
              Instant.ofEpochSecond(second - second % stat.period()),
              period -> new DoubleSummaryStatistics())
          .accept(point.value());
    }
    List<Instant> moments = new ArrayList<>(periods.keySet());
    if (!ascending) {
      Collections.reverse(moments);
    }
    return MetricDataResult.builder()
        .id(query.id())
        .label(query.label() == null ? stat.metric().metricName() : query.label())
        .timestamps(moments)
        .values(
            moments.stream()
                .map(periods::get)
                .map(Objects::requireNonNull)
                .map(Objects.requireNonNull(STATISTICS.get(stat.stat())))
                .toList())
        .statusCode(StatusCode.COMPLETE)
        .build();
  }
}
