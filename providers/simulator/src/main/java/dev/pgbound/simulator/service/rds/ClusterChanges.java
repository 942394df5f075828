package dev.pgbound.simulator.service.rds;

import dev.pgbound.simulator.service.ec2.NetworkInterfaces;
import dev.pgbound.simulator.wire.Models;
import dev.pgbound.simulator.world.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.CloudwatchLogsExportConfiguration;
import software.amazon.awssdk.services.rds.model.ClusterPendingModifiedValues;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.rds.model.MasterUserSecret;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterResponse;
import software.amazon.awssdk.services.rds.model.PendingCloudwatchLogsExports;

/**
 * ModifyDBCluster. Some changes wait for the maintenance window unless they shall be applied at
 * once; meanwhile they are shown as pending. All others happen at once, and most of them keep the
 * cluster busy for some minutes, in which it cannot be modified.
 */
final class ClusterChanges {

  private static final Set<String> SIMULATED =
      Set.of(
          "AllowMajorVersionUpgrade",
          "ApplyImmediately",
          "AutoMinorVersionUpgrade",
          "BackupRetentionPeriod",
          "CloudwatchLogsExportConfiguration",
          "CopyTagsToSnapshot",
          "DBClusterIdentifier",
          "DBClusterParameterGroupName",
          "DBInstanceParameterGroupName",
          "DatabaseInsightsMode",
          "DeletionProtection",
          "EnableHttpEndpoint",
          "EnableIAMDatabaseAuthentication",
          "EnablePerformanceInsights",
          "EngineVersion",
          "ManageMasterUserPassword",
          "MasterUserPassword",
          "MasterUserSecretKmsKeyId",
          "MonitoringInterval",
          "MonitoringRoleArn",
          "PerformanceInsightsKMSKeyId",
          "PerformanceInsightsRetentionPeriod",
          "Port",
          "PreferredBackupWindow",
          "PreferredMaintenanceWindow",
          "RotateMasterUserPassword",
          "ServerlessV2ScalingConfiguration",
          "StorageType",
          "VpcSecurityGroupIds");

  private static final Duration MODIFYING = Duration.ofMinutes(2);
  private static final Duration RESETTING_CREDENTIALS = Duration.ofMinutes(1);
  private static final Duration UPGRADING_MINOR = Duration.ofMinutes(6);
  private static final Duration UPGRADING_MAJOR = Duration.ofMinutes(15);

  /** How RDS shows a password. */
  private static final String MASKED = "****";

  private final Databases databases;
  private final ClusterUpgrades upgrades;
  private final ParameterGroups parameterGroups;
  private final Placement placement;
  private final MasterUser masterUser;
  private final NetworkInterfaces interfaces;
  private final ClusterSettings settings;
  private final Views views;

  ClusterChanges(
      Databases databases, ParameterGroups parameterGroups, Placement placement, Views views) {
    this.databases = databases;
    this.upgrades = new ClusterUpgrades(parameterGroups);
    this.parameterGroups = parameterGroups;
    this.placement = placement;
    this.masterUser = new MasterUser(databases.world());
    this.interfaces = new NetworkInterfaces(placement.network());
    this.settings = new ClusterSettings(databases.world());
    this.views = views;
  }

  ModifyDbClusterResponse modify(ModifyDbClusterRequest request) {
    Arguments.onlySimulated(request, SIMULATED);
    Stored<DBCluster, DBCluster.Builder> cluster = databases.cluster(request.dbClusterIdentifier());
    DBCluster before = cluster.model();
    if (!Status.AVAILABLE.equals(before.status())) {
      throw Databases.clusterState(
          "DB cluster is not available for modification with status " + before.status());
    }
    cluster.update(builder -> changeAtOnce(builder, request));
    settings.check(cluster.model());
    Optional<EngineVersion> upgrade = upgrades.check(before, request);
    ClusterPendingModifiedValues pending = pending(before, request, upgrade);
    checkCredentials(before, request);

    boolean isReset = changeCredentials(cluster, request);
    upgrades.remember(cluster, request, upgrade);
    tellMembers(cluster, request);
    boolean isBusy = isReset || !withoutQuiet(before).equals(withoutQuiet(cluster.model()));
    work(cluster, pending, Boolean.TRUE.equals(request.applyImmediately()), isBusy, isReset);
    return ModifyDbClusterResponse.builder().dbCluster(views.cluster(cluster)).build();
  }

  /** Does the changes that never wait. */
  private void changeAtOnce(DBCluster.Builder cluster, ModifyDbClusterRequest request) {
    DBCluster before = cluster.build();
    Models.copyPlain(
        request.copy(
            waiting ->
                waiting
                    .dbClusterIdentifier(null)
                    .engineVersion(null)
                    .backupRetentionPeriod(null)
                    .storageType(null)),
        cluster);
    String backup =
        Objects.requireNonNullElse(request.preferredBackupWindow(), before.preferredBackupWindow());
    String maintenance =
        Objects.requireNonNullElse(
            request.preferredMaintenanceWindow(), before.preferredMaintenanceWindow());
    cluster
        .preferredBackupWindow(Windows.backup(backup, ""))
        .preferredMaintenanceWindow(Windows.maintenance(maintenance, backup, ""))
        .serverlessV2ScalingConfiguration(
            ClusterSettings.scaling(
                before.serverlessV2ScalingConfiguration(),
                request.serverlessV2ScalingConfiguration()));
    settings.insights(cluster, request.enablePerformanceInsights());
    if (Objects.equals(request.monitoringInterval(), 0) && request.monitoringRoleArn() == null) {
      cluster.monitoringRoleArn(null);
    }
    if (request.enableHttpEndpoint() != null) {
      cluster.httpEndpointEnabled(request.enableHttpEndpoint());
    }
    changeReferences(cluster, before, request);
  }

  /** Changes the security groups and the parameter group; those that do not fit are refused. */
  private void changeReferences(
      DBCluster.Builder cluster, DBCluster before, ModifyDbClusterRequest request) {
    if (!request.vpcSecurityGroupIds().isEmpty()) {
      DBSubnetGroup group = databases.subnetGroup(before.dbSubnetGroup()).model();
      cluster.vpcSecurityGroups(
          placement.securityGroups(request.vpcSecurityGroupIds(), group.vpcId()));
    }
    if (request.dbClusterParameterGroupName() != null
        && !ClusterUpgrades.isMajor(before, request)) {
      EngineVersion version = EngineVersion.parse(before.engineVersion());
      cluster.dbClusterParameterGroup(
          parameterGroups
              .forCluster(request.dbClusterParameterGroupName(), version)
              .dbClusterParameterGroupName());
    }
  }

  /** Some changes at a cluster are changes at its instances. */
  private void tellMembers(
      Stored<DBCluster, DBCluster.Builder> cluster, ModifyDbClusterRequest request) {
    for (Stored<DBInstance, DBInstance.Builder> member : databases.members(cluster.key())) {
      if (request.autoMinorVersionUpgrade() != null) {
        member.update(b -> b.autoMinorVersionUpgrade(request.autoMinorVersionUpgrade()));
      }
      if (!request.vpcSecurityGroupIds().isEmpty()) {
        interfaces.changeGroups(member.arn(), request.vpcSecurityGroupIds());
      }
    }
  }

  /** What has to wait, together with what waits already. */
  private static ClusterPendingModifiedValues pending(
      DBCluster before, ModifyDbClusterRequest request, Optional<EngineVersion> upgrade) {
    ClusterPendingModifiedValues.Builder pending =
        before.pendingModifiedValues() == null
            ? ClusterPendingModifiedValues.builder()
            : before.pendingModifiedValues().toBuilder();
    if (request.engineVersion() != null) {
      pending.engineVersion(upgrade.map(EngineVersion::toString).orElse(null));
    }
    if (request.backupRetentionPeriod() != null) {
      Arguments.inRange("BackupRetentionPeriod", request.backupRetentionPeriod(), 1, 35);
      pending.backupRetentionPeriod(
          nullIfSame(request.backupRetentionPeriod(), before.backupRetentionPeriod()));
    }
    if (request.enableIAMDatabaseAuthentication() != null) {
      pending.iamDatabaseAuthenticationEnabled(
          nullIfSame(
              request.enableIAMDatabaseAuthentication(),
              before.iamDatabaseAuthenticationEnabled()));
    }
    if (request.storageType() != null) {
      boolean isSame =
          Objects.equals(ClusterSettings.storageType(request.storageType()), before.storageType());
      pending.storageType(isSame ? null : request.storageType());
    }
    if (request.cloudwatchLogsExportConfiguration() != null) {
      pending.pendingCloudwatchLogsExports(
          pendingLogs(before, request.cloudwatchLogsExportConfiguration()));
    }
    return pending.build();
  }

  private static @Nullable PendingCloudwatchLogsExports pendingLogs(
      DBCluster before, CloudwatchLogsExportConfiguration asked) {
    EngineVersion version = EngineVersion.parse(before.engineVersion());
    List<String> live = before.enabledCloudwatchLogsExports();
    List<String> enable =
        new ArrayList<>(ClusterSettings.logTypes(asked.enableLogTypes(), version));
    List<String> disable =
        new ArrayList<>(ClusterSettings.logTypes(asked.disableLogTypes(), version));
    enable.removeAll(live);
    disable.retainAll(live);
    return enable.isEmpty() && disable.isEmpty()
        ? null
        : PendingCloudwatchLogsExports.builder()
            .logTypesToEnable(enable)
            .logTypesToDisable(disable)
            .build();
  }

  private static <V> @Nullable V nullIfSame(V asked, V live) {
    return asked.equals(live) ? null : asked;
  }

  private static void checkCredentials(DBCluster before, ModifyDbClusterRequest request) {
    boolean isManaged =
        Objects.requireNonNullElse(
            request.manageMasterUserPassword(), before.masterUserSecret() != null);
    if (request.masterUserPassword() != null) {
      MasterUser.checkedPassword(request.masterUserPassword());
      if (isManaged) {
        throw MasterUser.twoPasswords();
      }
    } else if (!isManaged && before.masterUserSecret() != null) {
      throw RdsFaults.mustBeProvided("MasterUserPassword");
    }
    if (Boolean.TRUE.equals(request.rotateMasterUserPassword())
        && before.masterUserSecret() == null) {
      throw RdsFaults.invalidCombination(
          "You can't rotate the master user password when ManageMasterUserPassword isn't enabled.");
    }
  }

  /** Changes how the master user logs in, which never waits; whether there was anything to do. */
  private boolean changeCredentials(
      Stored<DBCluster, DBCluster.Builder> cluster, ModifyDbClusterRequest request) {
    DBCluster before = cluster.model();
    if (request.masterUserPassword() != null) {
      masterUser.removeSecret(cluster, Duration.ZERO);
      MasterUserSecret none = null;
      cluster.update(builder -> builder.masterUserSecret(none));
      cluster.hide(MasterUser.PASSWORD, request.masterUserPassword());
      return true;
    }
    if (Boolean.TRUE.equals(request.rotateMasterUserPassword())) {
      cluster.update(builder -> builder.masterUserSecret(masterUser.rotateSecret(before)));
      return true;
    }
    if (Boolean.TRUE.equals(request.manageMasterUserPassword())
        && before.masterUserSecret() == null) {
      MasterUserSecret secret =
          masterUser.createSecret(
              before.dbClusterArn(), before.masterUsername(), request.masterUserSecretKmsKeyId());
      cluster.update(builder -> builder.masterUserSecret(secret));
      return true;
    }
    return false;
  }

  /** A cluster without what can be changed while nobody notices. */
  private static DBCluster withoutQuiet(DBCluster cluster) {
    return cluster.copy(
        quiet ->
            quiet
                .deletionProtection(null)
                .copyTagsToSnapshot(null)
                .autoMinorVersionUpgrade(null)
                .preferredBackupWindow(null)
                .preferredMaintenanceWindow(null));
  }

  /** Keeps the cluster busy now, as far as there is something to do, and in its window. */
  private void work(
      Stored<DBCluster, DBCluster.Builder> cluster,
      ClusterPendingModifiedValues pending,
      boolean isImmediate,
      boolean isBusy,
      boolean isReset) {
    boolean isPending = !pending.equals(ClusterPendingModifiedValues.builder().build());
    ClusterPendingModifiedValues shown =
        isReset ? pending.copy(p -> p.masterUserPassword(MASKED)) : pending;
    // what was planned before is part of pending
    cluster.cancel();
    cluster.update(b -> b.pendingModifiedValues(isPending || isReset ? shown : null));
    if (isImmediate && isPending) {
      cluster.update(builder -> builder.status(busyWith(pending)));
      cluster.after(
          duration(cluster.model(), pending), builder -> finish(cluster, builder, pending));
      return;
    }
    if (isBusy) {
      cluster.update(b -> b.status(isReset ? Status.RESETTING_CREDENTIALS : Status.MODIFYING));
      cluster.after(
          isReset ? RESETTING_CREDENTIALS : MODIFYING,
          builder -> {
            builder.status(Status.AVAILABLE).pendingModifiedValues(isPending ? pending : null);
            MasterUser.activateSecret(builder);
          });
    }
    if (isPending) {
      Duration window =
          Windows.untilBegin(cluster.model().preferredMaintenanceWindow(), databases.world().now());
      cluster.after(window, builder -> builder.status(busyWith(pending)));
      cluster.after(
          window.plus(duration(cluster.model(), pending)),
          builder -> finish(cluster, builder, pending));
    }
  }

  private static String busyWith(ClusterPendingModifiedValues pending) {
    return pending.engineVersion() == null ? Status.MODIFYING : Status.UPGRADING;
  }

  private static Duration duration(DBCluster cluster, ClusterPendingModifiedValues pending) {
    if (pending.engineVersion() == null) {
      return MODIFYING;
    }
    boolean isMajor =
        EngineVersion.parse(pending.engineVersion()).major()
            != EngineVersion.parse(cluster.engineVersion()).major();
    return isMajor ? UPGRADING_MAJOR : UPGRADING_MINOR;
  }

  /** The pending values are the cluster's own now. */
  private void finish(
      Stored<DBCluster, DBCluster.Builder> stored,
      DBCluster.Builder cluster,
      ClusterPendingModifiedValues pending) {
    DBCluster before = cluster.build();
    Models.copyPlain(pending.copy(own -> own.storageType(null)), cluster);
    if (pending.storageType() != null) {
      cluster.storageType(ClusterSettings.storageType(pending.storageType()));
    }
    if (pending.engineVersion() != null) {
      cluster.dbClusterParameterGroup(
          upgrades.groupAfter(stored, EngineVersion.parse(pending.engineVersion())));
    }
    PendingCloudwatchLogsExports logs = pending.pendingCloudwatchLogsExports();
    if (logs != null) {
      List<String> exported = new ArrayList<>(before.enabledCloudwatchLogsExports());
      exported.removeAll(logs.logTypesToDisable());
      exported.addAll(logs.logTypesToEnable());
      cluster.enabledCloudwatchLogsExports(exported.isEmpty() ? null : exported);
    }
    ClusterPendingModifiedValues nothing = null;
    cluster.status(Status.AVAILABLE).pendingModifiedValues(nothing);
    MasterUser.activateSecret(cluster);
  }
}
