package dev.pgbound.simulator.service.cloudwatch;

import dev.pgbound.simulator.service.Constraints;
import dev.pgbound.simulator.wire.Fault;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** What CloudWatch demands of an alarm. */
final class AlarmRules {

  static final Constraints CHECK = new Constraints("ValidationError");

  private static final List<String> MISSING_DATA =
      List.of("breaching", "notBreaching", "ignore", "missing");
  private static final int MINUTE = 60;
  private static final List<Integer> SHORT_PERIODS = List.of(10, 20, 30);

  private AlarmRules() {}

  static void check(PutMetricAlarmRequest alarm) {
    CHECK.sized(alarm.alarmName(), "alarmName", 1, 255);
    CHECK.range(
        CHECK.required(alarm.evaluationPeriods(), "evaluationPeriods"),
        "evaluationPeriods",
        1,
        Integer.MAX_VALUE);
    String operator = CHECK.required(alarm.comparisonOperatorAsString(), "comparisonOperator");
    CHECK.oneOf(operator, "comparisonOperator", names(ComparisonOperator.knownValues().stream()));
    CHECK.oneOf(alarm.statisticAsString(), "statistic", names(Statistic.knownValues().stream()));
    CHECK.oneOf(alarm.unitAsString(), "unit", names(StandardUnit.knownValues().stream()));
    CHECK.oneOf(alarm.treatMissingData(), "treatMissingData", MISSING_DATA);
    if (alarm.metricName() == null) {
      checkMetrics(alarm);
    } else {
      checkMetric(alarm);
    }
    if (alarm.threshold() == null && alarm.thresholdMetricId() == null) {
      throw new Fault("ValidationError", "Threshold is required unless ThresholdMetricId is set");
    }
    if (alarm.datapointsToAlarm() != null
        && alarm.datapointsToAlarm() > alarm.evaluationPeriods()) {
      throw new Fault(
          "ValidationError", "DatapointsToAlarm must be less than or equal to EvaluationPeriods");
    }
    Stream.of(alarm.alarmActions(), alarm.okActions(), alarm.insufficientDataActions())
        .flatMap(List::stream)
        .forEach(AlarmRules::checkAction);
  }

  private static void checkMetrics(PutMetricAlarmRequest alarm) {
    if (alarm.metrics().isEmpty()) {
      throw new Fault("ValidationError", "Exactly one of MetricName and Metrics must be set");
    }
    boolean hasMetricMembers =
        alarm.namespace() != null
            || alarm.statistic() != null
            || alarm.extendedStatistic() != null
            || alarm.period() != null
            || !alarm.dimensions().isEmpty();
    if (hasMetricMembers) {
      throw new Fault(
          "ValidationError",
          "Namespace, Dimensions, Period, Statistic and ExtendedStatistic cannot be combined with"
              + " Metrics");
    }
  }

  private static void checkMetric(PutMetricAlarmRequest alarm) {
    if (!alarm.metrics().isEmpty()) {
      throw new Fault("ValidationError", "Exactly one of MetricName and Metrics must be set");
    }
    CHECK.required(alarm.namespace(), "namespace");
    int period = CHECK.required(alarm.period(), "period");
    if (!SHORT_PERIODS.contains(period) && (period < MINUTE || period % MINUTE != 0)) {
      throw new Fault("ValidationError", "Period must be 10, 20, 30 or a multiple of 60");
    }
    if ((alarm.statistic() == null) == (alarm.extendedStatistic() == null)) {
      throw new Fault(
          "ValidationError", "Exactly one of Statistic and ExtendedStatistic must be set");
    }
  }

  private static void checkAction(String arn) {
    if (!arn.startsWith("arn:")) {
      throw new Fault("ValidationError", "Invalid arn syntax: " + arn);
    }
  }

  private static List<String> names(Stream<? extends Enum<?>> values) {
    return values.map(Enum::toString).sorted().toList();
  }
}
