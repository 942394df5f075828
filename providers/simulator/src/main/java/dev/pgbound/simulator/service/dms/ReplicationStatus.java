package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.wire.Fault;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.services.databasemigration.model.Replication;

/** What a serverless replication is doing. */
enum ReplicationStatus {
  CREATED,
  MODIFYING,
  INITIALIZING,
  PREPARING_METADATA_RESOURCES,
  TESTING_CONNECTION,
  FETCHING_METADATA,
  CALCULATING_CAPACITY,
  PROVISIONING_CAPACITY,
  REPLICATION_STARTING,
  RUNNING,
  STOPPING,
  STOPPED,
  FAILED,
  DELETING;

  /** Once it was started, a configuration is changed only when its replication has failed. */
  private static final Set<ReplicationStatus> MODIFIABLE = EnumSet.of(CREATED, FAILED);

  private static final Set<ReplicationStatus> RESTING = EnumSet.of(CREATED, STOPPED, FAILED);

  static ReplicationStatus of(Replication replication) {
    return valueOf(replication.status().toUpperCase(Locale.ROOT));
  }

  boolean isResting() {
    return RESTING.contains(this);
  }

  boolean isModifiable() {
    return MODIFIABLE.contains(this);
  }

  /** Whether data is being moved, or is about to be. */
  boolean isActive() {
    return compareTo(INITIALIZING) >= 0 && compareTo(STOPPING) <= 0;
  }

  /** The refusal of what {@code verb} says. */
  static Fault refusal(Replication replication, String verb) {
    return Refusals.invalidState(
        "Replication for Replication Config: %s is in %s state and cannot %s",
        replication.replicationConfigArn(), of(replication).name(), verb);
  }

  /** The word in answers, such as {@code provisioning_capacity}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
