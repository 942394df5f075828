package dev.pgbound.simulator.service.rds;

/** What clusters, instances and snapshots may be busy with, in RDS's words. */
final class Status {

  static final String AVAILABLE = "available";
  static final String BACKING_UP = "backing-up";
  static final String CONFIGURING_MONITORING = "configuring-enhanced-monitoring";
  static final String CREATING = "creating";
  static final String DELETING = "deleting";
  static final String MODIFYING = "modifying";
  static final String REBOOTING = "rebooting";
  static final String RESETTING_CREDENTIALS = "resetting-master-credentials";
  static final String UPGRADING = "upgrading";

  private Status() {}
}
