package dev.pgbound.simulator.service.rds;

import dev.pgbound.simulator.world.Stored;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterRequest;

/** Upgrades of a cluster's engine, and the parameter group that fits afterwards. */
final class ClusterUpgrades {

  /** The parameter group for after a major upgrade, among what a cluster hides. */
  private static final String NEXT_GROUP = "parameter-group-after-upgrade";

  private final ParameterGroups parameterGroups;

  ClusterUpgrades(ParameterGroups parameterGroups) {
    this.parameterGroups = parameterGroups;
  }

  static boolean isMajor(DBCluster cluster, ModifyDbClusterRequest request) {
    return request.engineVersion() != null
        && EngineVersions.get(request.engineVersion()).major()
            != EngineVersion.parse(cluster.engineVersion()).major();
  }

  /** The version to upgrade to, empty for the one that runs; refused when there is no way there. */
  Optional<EngineVersion> check(DBCluster cluster, ModifyDbClusterRequest request) {
    if (request.dbInstanceParameterGroupName() != null && !isMajor(cluster, request)) {
      throw RdsFaults.invalidCombination(
          "The parameter db-instance-parameter-group-name can only be specified for a major engine"
              + " version upgrade.");
    }
    EngineVersion from = EngineVersion.parse(cluster.engineVersion());
    if (request.engineVersion() == null || EngineVersions.matches(from, request.engineVersion())) {
      return Optional.empty();
    }
    EngineVersion to = EngineVersions.get(request.engineVersion());
    if (to.compareTo(from) < 0) {
      throw RdsFaults.invalidCombination(
          "Cannot upgrade %s from %s to %s", EngineVersion.ENGINE, from, to);
    }
    if (isMajor(cluster, request)) {
      checkMajor(cluster, request, to);
    }
    return Optional.of(to);
  }

  private void checkMajor(DBCluster cluster, ModifyDbClusterRequest request, EngineVersion to) {
    if (!Boolean.TRUE.equals(request.allowMajorVersionUpgrade())) {
      throw RdsFaults.invalidCombination(
          "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major"
              + " version.");
    }
    String group = request.dbClusterParameterGroupName();
    if (group != null) {
      parameterGroups.forCluster(group, to);
    } else if (!cluster.dbClusterParameterGroup().startsWith("default.")) {
      throw RdsFaults.invalidCombination(
          "The current DB cluster parameter group %s is custom. You must explicitly specify a new"
              + " DB cluster parameter group, either default or custom, for the engine version"
              + " upgrade.",
          cluster.dbClusterParameterGroup());
    }
    if (request.dbInstanceParameterGroupName() != null) {
      InstanceSettings.checkParameterGroup(request.dbInstanceParameterGroupName(), to);
    }
  }

  /** Keeps the parameter group that a request names for after a major upgrade. */
  void remember(
      Stored<DBCluster, DBCluster.Builder> cluster,
      ModifyDbClusterRequest request,
      Optional<EngineVersion> upgrade) {
    if (upgrade.isPresent() && isMajor(cluster.model(), request)) {
      String group =
          Optional.ofNullable(request.dbClusterParameterGroupName())
              .orElse(upgrade.get().defaultParameterGroup());
      cluster.hide(NEXT_GROUP, Arguments.name(group));
    }
  }

  /** The parameter group that the cluster has once it runs {@code version}. */
  String groupAfter(Stored<DBCluster, DBCluster.Builder> cluster, EngineVersion version) {
    boolean isMajor =
        EngineVersion.parse(cluster.model().engineVersion()).major() != version.major();
    return isMajor
        ? cluster.hidden(NEXT_GROUP).orElse(version.defaultParameterGroup())
        : cluster.model().dbClusterParameterGroup();
  }
}
