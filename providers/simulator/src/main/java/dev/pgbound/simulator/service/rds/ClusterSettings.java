package dev.pgbound.simulator.service.rds;

import dev.pgbound.simulator.wire.Models;
import dev.pgbound.simulator.world.World;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.ServerlessV2ScalingConfiguration;
import software.amazon.awssdk.services.rds.model.ServerlessV2ScalingConfigurationInfo;

/** What creating and modifying a cluster check and fill in alike. */
final class ClusterSettings {

  static final List<String> LOG_TYPES = List.of("iam-db-auth-error", "instance", "postgresql");

  private static final Set<String> STORAGE_TYPES = Set.of("aurora", "aurora-iopt1");
  private static final int LONGEST_RETENTION = 35;
  private static final double MOST_CAPACITY = 256;

  private final EncryptionKeys keys;
  private final Monitoring monitoring;

  ClusterSettings(World world) {
    this.keys = new EncryptionKeys(world);
    this.monitoring = new Monitoring(world);
  }

  /** Refuses a cluster whose numbers are out of their ranges or do not go together. */
  void check(DBCluster cluster) {
    Arguments.inRange("Port", cluster.port(), 1150, 65535);
    Arguments.inRange(
        "BackupRetentionPeriod", cluster.backupRetentionPeriod(), 1, LONGEST_RETENTION);
    checkScaling(cluster.serverlessV2ScalingConfiguration());
    monitoring.check(
        Objects.requireNonNullElse(cluster.monitoringInterval(), 0), cluster.monitoringRoleArn());
  }

  private static void checkScaling(@Nullable ServerlessV2ScalingConfigurationInfo scaling) {
    if (scaling == null) {
      return;
    }
    Double min = scaling.minCapacity();
    Double max = scaling.maxCapacity();
    if (min == null || max == null || min > max || max < 1 || max > MOST_CAPACITY || min < 0) {
      throw RdsFaults.invalidValue(
          "Invalid ServerlessV2ScalingConfiguration: the minimum capacity %s and the maximum"
              + " capacity %s must be from 0 to 256, and the minimum not above the maximum.",
          min, max);
    }
    if (min * 2 % 1 != 0 || max * 2 % 1 != 0) {
      throw RdsFaults.invalidValue("Serverless v2 capacity can be set in steps of 0.5 only.");
    }
  }

  /** The scaling of a cluster, changed by what a request says of it. */
  static @Nullable ServerlessV2ScalingConfigurationInfo scaling(
      @Nullable ServerlessV2ScalingConfigurationInfo present,
      @Nullable ServerlessV2ScalingConfiguration asked) {
    if (asked == null) {
      return present;
    }
    ServerlessV2ScalingConfigurationInfo.Builder scaling =
        present == null ? ServerlessV2ScalingConfigurationInfo.builder() : present.toBuilder();
    Models.copyPlain(asked, scaling);
    return scaling.build();
  }

  /** Fills in what performance insights come with. */
  void insights(DBCluster.Builder cluster, @Nullable Boolean isOn) {
    if (isOn != null) {
      cluster.performanceInsightsEnabled(isOn);
    }
    DBCluster current = cluster.build();
    if (Boolean.TRUE.equals(current.performanceInsightsEnabled())) {
      cluster
          .performanceInsightsKMSKeyId(keys.arn(current.performanceInsightsKMSKeyId(), "rds"))
          .performanceInsightsRetentionPeriod(
              Insights.retention(current.performanceInsightsRetentionPeriod()));
    }
  }

  /** The storage type as RDS shows it: the usual one not at all. */
  static @Nullable String storageType(@Nullable String asked) {
    if (asked != null && !STORAGE_TYPES.contains(asked)) {
      throw RdsFaults.invalidValue("Invalid storage type: " + asked);
    }
    return "aurora".equals(asked) ? null : asked;
  }

  /** Log types that may be exported, each once and in order. */
  static List<String> logTypes(Collection<String> asked, EngineVersion version) {
    String unknown =
        asked.stream()
            .filter(type -> !LOG_TYPES.contains(type))
            .map(type -> "'" + type + "'")
            .collect(Collectors.joining(", "));
    if (!unknown.isEmpty()) {
      throw RdsFaults.invalidCombination(
          "You cannot use the log types %s with engine version %s %s. For supported log types,"
              + " see the documentation.",
          unknown, EngineVersion.ENGINE, version);
    }
    return List.copyOf(new TreeSet<>(asked));
  }
}
