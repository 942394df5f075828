package dev.pgbound.simulator.service.dms;

import static software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue.CDC;
import static software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue.FULL_LOAD;

import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.databasemigration.model.ComputeConfig;
import software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ProvisionData;
import software.amazon.awssdk.services.databasemigration.model.Replication;
import software.amazon.awssdk.services.databasemigration.model.ReplicationConfig;
import software.amazon.awssdk.services.databasemigration.model.ReplicationStats;

/**
 * What happens to serverless replications by themselves. A start takes a quarter of an hour, most
 * of it until there is capacity; a replication that has stopped loses its capacity again.
 */
final class ReplicationRun {

  private static final String PROVISIONING = "provisioning";
  private static final String PROVISIONED = "provisioned";
  private static final String DEPROVISIONING = "deprovisioning";
  private static final String DEPROVISIONED = "deprovisioned";

  /** How long a start stays in each of its states. */
  private static final Map<ReplicationStatus, Duration> STAGES = new LinkedHashMap<>();

  static {
    STAGES.put(ReplicationStatus.INITIALIZING, Duration.ofSeconds(30));
    STAGES.put(ReplicationStatus.PREPARING_METADATA_RESOURCES, Duration.ofSeconds(90));
    STAGES.put(ReplicationStatus.TESTING_CONNECTION, Duration.ofSeconds(30));
    STAGES.put(ReplicationStatus.FETCHING_METADATA, Duration.ofSeconds(30));
    STAGES.put(ReplicationStatus.CALCULATING_CAPACITY, Duration.ofSeconds(30));
    STAGES.put(ReplicationStatus.PROVISIONING_CAPACITY, Duration.ofMinutes(12));
    STAGES.put(ReplicationStatus.REPLICATION_STARTING, Duration.ofMinutes(1));
  }

  private static final Duration UNTIL_LOADED = Duration.ofMinutes(1);
  private static final Duration UNTIL_STOPPED = Duration.ofMinutes(1);
  private static final Duration UNTIL_DEPROVISIONED = Duration.ofMinutes(5);

  private final World world;

  ReplicationRun(World world) {
    this.world = world;
  }

  /** Whether the replication has capacity that somebody has to take away. */
  static boolean hasCapacity(Replication replication) {
    return replication.provisionData() != null
        && !DEPROVISIONED.equals(replication.provisionData().provisionState());
  }

  /**
   * Lets happen what happens to a started replication by itself.
   *
   * @param failure why the connections that it tests fail
   */
  void start(
      Stored<Replication, Replication.Builder> replication,
      ReplicationConfig config,
      StartType type,
      Optional<String> failure) {
    Duration elapsed = Duration.ZERO;
    for (Map.Entry<ReplicationStatus, Duration> stage : STAGES.entrySet()) {
      ReplicationStatus status = stage.getKey();
      if (!elapsed.isZero()) {
        replication.after(elapsed, builder -> enter(builder, status));
      }
      elapsed = elapsed.plus(stage.getValue());
      if (status == ReplicationStatus.TESTING_CONNECTION && failure.isPresent()) {
        replication.after(elapsed, builder -> fail(builder, failure.get()));
        return;
      }
    }
    begin(replication, config, type, elapsed);
    boolean loads =
        config.replicationType() != CDC
            && (type != StartType.RESUME_PROCESSING || !isLoaded(replication.model()));
    if (loads) {
      elapsed = elapsed.plus(UNTIL_LOADED);
      finishLoad(replication, elapsed);
    }
    if (config.replicationType() != FULL_LOAD) {
      scheduleEnd(replication, elapsed);
    }
  }

  private static void enter(Replication.Builder builder, ReplicationStatus status) {
    builder.status(status.toString());
    if (status == ReplicationStatus.PROVISIONING_CAPACITY) {
      builder.provisionData(ProvisionData.builder().provisionState(PROVISIONING).build());
    }
  }

  private static void fail(Replication.Builder builder, String message) {
    builder
        .status(ReplicationStatus.FAILED.toString())
        .stopReason("Stop Reason FATAL_ERROR Error Level FATAL")
        .failureMessages(message);
  }

  private void begin(
      Stored<Replication, Replication.Builder> replication,
      ReplicationConfig config,
      StartType type,
      Duration elapsed) {
    Instant moment = world.now().plus(elapsed);
    boolean isAnew = type != StartType.RESUME_PROCESSING;
    replication.after(
        elapsed,
        builder -> {
          builder
              .status(ReplicationStatus.RUNNING.toString())
              .provisionData(provisioned(config.computeConfig(), moment))
              .replicationStats(
                  statsAtBegin(replication.model(), config.replicationType(), isAnew, moment));
          if (config.replicationType() != FULL_LOAD) {
            showCheckpoint(builder, moment);
          }
        });
  }

  /** DMS begins with little and takes more when there is much to do. */
  private static ProvisionData provisioned(ComputeConfig compute, Instant moment) {
    Integer least = compute.minCapacityUnits();
    return ProvisionData.builder()
        .provisionState(PROVISIONED)
        .provisionedCapacityUnits(least == null ? compute.maxCapacityUnits() : least)
        .dateProvisioned(moment)
        .isNewProvisioningAvailable(false)
        .build();
  }

  private static ReplicationStats statsAtBegin(
      Replication replication, MigrationTypeValue migration, boolean isAnew, Instant moment) {
    ReplicationStats before = replication.replicationStats();
    if (before != null && !isAnew) {
      return before.toBuilder().startDate(moment).stopDate(null).build();
    }
    return ReplicationStats.builder()
        .fullLoadProgressPercent(0)
        .elapsedTimeMillis(0L)
        .tablesLoaded(0)
        .tablesLoading(0)
        .tablesQueued(0)
        .tablesErrored(0)
        .freshStartDate(moment)
        .startDate(moment)
        .fullLoadStartDate(migration == CDC ? null : moment)
        .build();
  }

  /** A replication that was not told where to begin shows where it did. */
  private static void showCheckpoint(Replication.Builder builder, Instant moment) {
    String checkpoint = CdcPositions.checkpoint(moment);
    String position = builder.build().cdcStartPosition();
    builder
        .recoveryCheckpoint(checkpoint)
        .cdcStartPosition(position == null ? checkpoint : position);
  }

  private static boolean isLoaded(Replication replication) {
    return replication.replicationStats() != null
        && replication.replicationStats().fullLoadFinishDate() != null;
  }

  private void finishLoad(Stored<Replication, Replication.Builder> replication, Duration elapsed) {
    Instant moment = world.now().plus(elapsed);
    replication.after(
        elapsed,
        builder ->
            builder.replicationStats(
                builder.build().replicationStats().toBuilder()
                    .fullLoadFinishDate(moment)
                    .fullLoadProgressPercent(100)
                    .elapsedTimeMillis(UNTIL_LOADED.toMillis())
                    .build()));
    if (replication.model().replicationType() == FULL_LOAD) {
      stop(replication, "FULL_LOAD_ONLY_FINISHED", elapsed);
    }
  }

  private void scheduleEnd(
      Stored<Replication, Replication.Builder> replication, Duration earliest) {
    CdcPositions.end(replication.model().cdcStopPosition())
        .ifPresent(
            end -> {
              Duration wanted = Duration.between(world.now(), end.at());
              Duration wait = wanted.compareTo(earliest) < 0 ? earliest : wanted;
              stop(replication, end.stopReason(), wait);
            });
  }

  /** Lets a replication have stopped by then, and lose its capacity. */
  private void stop(
      Stored<Replication, Replication.Builder> replication, String reason, Duration elapsed) {
    Instant moment = world.now().plus(elapsed);
    replication.after(
        elapsed,
        builder -> {
          builder
              .status(ReplicationStatus.STOPPED.toString())
              .stopReason("Stop Reason " + reason)
              .replicationLastStopTime(moment)
              .replicationStats(
                  builder.build().replicationStats().toBuilder().stopDate(moment).build());
          provisionState(builder, DEPROVISIONING);
        });
    Duration gone = elapsed.plus(UNTIL_DEPROVISIONED);
    Instant deprovisioned = world.now().plus(gone);
    replication.after(
        gone,
        builder -> {
          builder.replicationDeprovisionTime(deprovisioned);
          provisionState(builder, DEPROVISIONED);
        });
  }

  private static void provisionState(Replication.Builder builder, String state) {
    ProvisionData.Builder data = builder.build().provisionData().toBuilder().provisionState(state);
    if (state.equals(DEPROVISIONED)) {
      data.provisionedCapacityUnits(0);
    }
    builder.provisionData(data.build());
  }

  /** Stops a running replication. */
  void stop(Stored<Replication, Replication.Builder> replication) {
    replication.cancel();
    replication.update(builder -> builder.status(ReplicationStatus.STOPPING.toString()));
    if (replication.model().replicationType() != FULL_LOAD) {
      Instant moment = world.now().plus(UNTIL_STOPPED);
      replication.after(UNTIL_STOPPED, builder -> showCheckpoint(builder, moment));
    }
    stop(replication, "NORMAL", UNTIL_STOPPED);
  }
}
