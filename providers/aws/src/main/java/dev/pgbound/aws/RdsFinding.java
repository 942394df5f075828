package dev.pgbound.aws;

import dev.pgbound.spi.Problems;

/**
 * What the checks of the Aurora types find. An error is refused by RDS, a warning works and hurts.
 */
enum RdsFinding {
  TWO_PASSWORDS(
      "RDS-001",
      Kind.ERROR,
      "Master password given twice",
      "Keep manageMasterUserPassword, with which RDS makes and rotates the password, and delete"
          + " masterUserPassword."),
  NO_PASSWORD(
      "RDS-002",
      Kind.ERROR,
      "No master password",
      "Write manageMasterUserPassword: true, with which RDS makes and keeps the password."),
  NO_DATABASE(
      "RDS-003",
      Kind.WARNING,
      "No database of its own",
      "The cluster begins with the maintenance database postgres only, and databaseName cannot be"
          + " given later. Declare one."),
  MAINTENANCE_DATABASE(
      "RDS-004",
      Kind.WARNING,
      "Data in the maintenance database",
      "postgres is meant for administration. Declare a database of another name."),
  NOT_ENCRYPTED(
      "RDS-005",
      Kind.WARNING,
      "Storage is not encrypted",
      "It cannot be encrypted later without a new cluster. Write storageEncrypted: true."),
  NO_BACKUPS(
      "RDS-006",
      Kind.ERROR,
      "No backups",
      "Aurora keeps backups for 1 to 35 days. Give backupRetentionPeriod in days."),
  OVERLAPPING_WINDOWS(
      "RDS-007",
      Kind.ERROR,
      "Backup and maintenance windows overlap",
      "RDS refuses windows that overlap on the day of the maintenance. Move one of them."),
  NOT_PROTECTED(
      "RDS-008",
      Kind.WARNING,
      "Cluster can be deleted by anybody",
      "RDS itself refuses to delete a cluster with deletionProtection: true, whoever asks for it."),
  MONITORING_WITHOUT_ROLE(
      "RDS-101",
      Kind.ERROR,
      "Enhanced monitoring without a role",
      "Name in monitoringRoleArn a role that trusts monitoring.rds.amazonaws.com and has the policy"
          + " AmazonRDSEnhancedMonitoringRole, or write monitoringInterval: 0."),
  MONITORING_INTERVAL(
      "RDS-102",
      Kind.ERROR,
      "Impossible monitoring interval",
      "Write one of 0, 1, 5, 10, 15, 30 and 60 seconds."),
  RETENTION_WITHOUT_INSIGHTS(
      "RDS-103",
      Kind.ERROR,
      "Retention without Performance Insights",
      "Write enablePerformanceInsights: true, or delete performanceInsightsRetentionPeriod."),
  PUBLIC(
      "RDS-104",
      Kind.WARNING,
      "Database reachable from the internet",
      "The instance gets a public address. DMS in the same network needs none: write"
          + " publiclyAccessible: false.");

  private enum Kind {
    ERROR,
    WARNING
  }

  private final String code;
  private final Kind kind;
  private final String summary;
  private final String advice;

  RdsFinding(String code, Kind kind, String summary, String advice) {
    this.code = code;
    this.kind = kind;
    this.summary = summary;
    this.advice = advice;
  }

  void report(Problems problems, String path) {
    switch (kind) {
      case ERROR -> problems.error(path, code, summary, advice);
      case WARNING -> problems.warning(path, code, summary, advice);
    }
  }
}
