package dev.pgbound.simulator.service.rds;

import dev.pgbound.simulator.world.Stored;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterMember;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBParameterGroupStatus;
import software.amazon.awssdk.services.rds.model.OptionGroupMembership;

/**
 * Clusters and instances as RDS shows them: a cluster with its members, an instance with all that
 * it takes over from its cluster.
 */
final class Views {

  /** When an instance was asked for, among what it hides: the oldest one is the writer. */
  static final String SINCE = "since";

  /** What {@link ParameterGroups#readAtStart} was at the instance's last start. */
  static final String STARTED_WITH = "started-with";

  private static final Duration RESTORE_LAG = Duration.ofMinutes(1);

  private final Databases databases;
  private final ParameterGroups parameterGroups;

  Views(Databases databases, ParameterGroups parameterGroups) {
    this.databases = databases;
    this.parameterGroups = parameterGroups;
  }

  DBCluster cluster(Stored<DBCluster, DBCluster.Builder> stored) {
    List<Stored<DBInstance, DBInstance.Builder>> members = databases.members(stored.key());
    DBCluster cluster = stored.view();
    long zones = members.stream().map(m -> m.model().availabilityZone()).distinct().count();
    boolean isUpgradedByItself =
        members.isEmpty()
            ? cluster.autoMinorVersionUpgrade()
            : members.stream().allMatch(member -> member.model().autoMinorVersionUpgrade());
    DBCluster.Builder view =
        cluster.toBuilder()
            .dbClusterMembers(members.stream().map(m -> member(m, members, cluster)).toList())
            .multiAZ(zones > 1)
            .autoMinorVersionUpgrade(isUpgradedByItself);
    if (!Status.CREATING.equals(cluster.status())) {
      view.earliestRestorableTime(cluster.clusterCreateTime().plus(RESTORE_LAG))
          .latestRestorableTime(
              databases.world().now().minus(RESTORE_LAG).truncatedTo(ChronoUnit.MINUTES));
    }
    return view.build();
  }

  private DBClusterMember member(
      Stored<DBInstance, DBInstance.Builder> member,
      List<Stored<DBInstance, DBInstance.Builder>> members,
      DBCluster cluster) {
    String inEffect = parameterGroups.readAtStart(cluster.dbClusterParameterGroup());
    boolean isInSync = member.hidden(STARTED_WITH).filter(inEffect::equals).isPresent();
    return DBClusterMember.builder()
        .dbInstanceIdentifier(member.key())
        .isClusterWriter(writer(members).filter(member.key()::equals).isPresent())
        .dbClusterParameterGroupStatus(isInSync ? "in-sync" : "pending-reboot")
        .promotionTier(member.model().promotionTier())
        .build();
  }

  /** The first instance writes; when it goes, the next one takes over. */
  private static Optional<String> writer(List<Stored<DBInstance, DBInstance.Builder>> members) {
    return members.stream()
        .filter(member -> !Status.DELETING.equals(member.model().dbInstanceStatus()))
        .min(
            Comparator.comparing(
                    (Stored<DBInstance, DBInstance.Builder> m) -> m.hidden(SINCE).orElse(""))
                .thenComparing(member -> member.model().promotionTier())
                .thenComparing(Stored::key))
        .map(Stored::key);
  }

  DBInstance instance(Stored<DBInstance, DBInstance.Builder> stored) {
    DBInstance instance = stored.view();
    DBCluster cluster = databases.cluster(instance.dbClusterIdentifier()).model();
    EngineVersion version = EngineVersion.parse(cluster.engineVersion());
    DBInstance.Builder view =
        instance.toBuilder()
            .masterUsername(cluster.masterUsername())
            .dbName(cluster.databaseName())
            .engine(cluster.engine())
            .engineVersion(cluster.engineVersion())
            .engineLifecycleSupport(cluster.engineLifecycleSupport())
            .storageType(cluster.storageType() == null ? "aurora" : cluster.storageType())
            .storageEncrypted(cluster.storageEncrypted())
            .kmsKeyId(cluster.kmsKeyId())
            .preferredBackupWindow(cluster.preferredBackupWindow())
            .backupRetentionPeriod(cluster.backupRetentionPeriod())
            .vpcSecurityGroups(cluster.vpcSecurityGroups())
            .dbSubnetGroup(databases.subnetGroup(cluster.dbSubnetGroup()).model())
            .networkType(cluster.networkType())
            .iamDatabaseAuthenticationEnabled(cluster.iamDatabaseAuthenticationEnabled())
            .enabledCloudwatchLogsExports(cluster.enabledCloudwatchLogsExports())
            .dbParameterGroups(
                DBParameterGroupStatus.builder()
                    .dbParameterGroupName(version.defaultParameterGroup())
                    .parameterApplyStatus("in-sync")
                    .build())
            .optionGroupMemberships(
                OptionGroupMembership.builder()
                    .optionGroupName(version.defaultOptionGroup())
                    .status("in-sync")
                    .build());
    if (Status.UPGRADING.equals(cluster.status())
        && Status.AVAILABLE.equals(instance.dbInstanceStatus())) {
      view.dbInstanceStatus(Status.UPGRADING);
    }
    if (instance.endpoint() != null) {
      view.endpoint(instance.endpoint().copy(endpoint -> endpoint.port(cluster.port())));
    }
    return view.build();
  }
}
