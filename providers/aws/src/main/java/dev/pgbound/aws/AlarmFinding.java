package dev.pgbound.aws;

import dev.pgbound.spi.Problems;

/** What the checks of alarms find. */
enum AlarmFinding {
  UNKNOWN_METRIC("ALARM-001", "Metric does not exist", true),
  TASK_BY_NAME("ALARM-002", "Task metrics go by the resource id", true),
  DIMENSION_MISSING("ALARM-003", "Dimension is missing", true),
  SUM_OF_LEVELS("ALARM-004", "Sum of a level means nothing", false),
  MISSING_DATA("ALARM-005", "Missing data is not decided", false),
  NO_ERROR_METRIC("ALARM-006", "Metric does not count errors", false),
  NO_ALARM_ON_LAG("ALARM-007", "Nobody is told when replication falls behind", false);

  private final String code;
  private final String summary;
  private final boolean error;

  AlarmFinding(String code, String summary, boolean error) {
    this.code = code;
    this.summary = summary;
    this.error = error;
  }

  void report(Problems problems, String path, String detail) {
    if (error) {
      problems.error(path, code, summary, detail);
    } else {
      problems.warning(path, code, summary, detail);
    }
  }
}
