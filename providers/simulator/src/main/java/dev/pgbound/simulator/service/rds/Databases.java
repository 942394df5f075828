package dev.pgbound.simulator.service.rds;

import dev.pgbound.simulator.postgres.AuroraCluster;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Kind;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.Table;
import dev.pgbound.simulator.world.World;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterParameterGroup;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.rds.model.Parameter;

/** Everything that RDS stores, and how one object of it is found. */
public final class Databases {

  private static final Kind<DBSubnetGroup, DBSubnetGroup.Builder> SUBNET_GROUP =
      Kind.regional("rds/subnet-group", DBSubnetGroup::builder);
  private static final Kind<DBClusterParameterGroup, DBClusterParameterGroup.Builder>
      PARAMETER_GROUP =
          Kind.regional("rds/cluster-parameter-group", DBClusterParameterGroup::builder);
  private static final Kind<Parameter, Parameter.Builder> PARAMETER =
      Kind.regional("rds/cluster-parameter", Parameter::builder);
  private static final Kind<DBCluster, DBCluster.Builder> CLUSTER =
      Kind.regional("rds/cluster", DBCluster::builder);
  private static final Kind<DBInstance, DBInstance.Builder> INSTANCE =
      Kind.regional("rds/instance", DBInstance::builder);
  private static final Kind<DBClusterSnapshot, DBClusterSnapshot.Builder> SNAPSHOT =
      Kind.regional("rds/cluster-snapshot", DBClusterSnapshot::builder);

  private static final Set<String> NOT_SERVING =
      Set.of("creating", "deleting", "starting", "stopping", "stopped", "failed");

  private final World world;
  private final Table<DBSubnetGroup, DBSubnetGroup.Builder> subnetGroups;
  private final Table<DBClusterParameterGroup, DBClusterParameterGroup.Builder> parameterGroups;
  private final Table<Parameter, Parameter.Builder> parameters;
  private final Table<DBCluster, DBCluster.Builder> clusters;
  private final Table<DBInstance, DBInstance.Builder> instances;
  private final Table<DBClusterSnapshot, DBClusterSnapshot.Builder> snapshots;

  /** The databases in {@code world}; all instances of this class show the same ones. */
  public Databases(World world) {
    this.world = world;
    this.subnetGroups = world.table(SUBNET_GROUP);
    this.parameterGroups = world.table(PARAMETER_GROUP);
    this.parameters = world.table(PARAMETER);
    this.clusters = world.table(CLUSTER);
    this.instances = world.table(INSTANCE);
    this.snapshots = world.table(SNAPSHOT);
  }

  World world() {
    return world;
  }

  /** The clusters by identifier. */
  public Table<DBCluster, DBCluster.Builder> clusters() {
    return clusters;
  }

  /** The instances by identifier. */
  public Table<DBInstance, DBInstance.Builder> instances() {
    return instances;
  }

  Table<DBSubnetGroup, DBSubnetGroup.Builder> subnetGroups() {
    return subnetGroups;
  }

  Table<DBClusterParameterGroup, DBClusterParameterGroup.Builder> parameterGroups() {
    return parameterGroups;
  }

  /** What users have set in parameter groups, by {@code group/parameter}. */
  Table<Parameter, Parameter.Builder> parameters() {
    return parameters;
  }

  Table<DBClusterSnapshot, DBClusterSnapshot.Builder> snapshots() {
    return snapshots;
  }

  /**
   * The password with which a cluster's master user can log in now, whether a user has given it or
   * RDS keeps it in a secret. RDS itself never shows it.
   */
  public Optional<String> masterUserPassword(String clusterIdentifier) {
    return clusters.find(clusterIdentifier).flatMap(new MasterUser(world)::password);
  }

  /** The clusters of all regions as PostgreSQL has to know them. */
  public List<AuroraCluster> everywhere() {
    return clusters.everywhere().stream().map(this::cluster).toList();
  }

  private AuroraCluster cluster(Stored<DBCluster, DBCluster.Builder> stored) {
    DBCluster cluster = stored.model();
    List<DBInstance> serving =
        instances.everywhere().stream()
            .filter(instance -> instance.region().equals(stored.region()))
            .map(Stored::model)
            .filter(instance -> stored.key().equals(instance.dbClusterIdentifier()))
            .filter(instance -> !NOT_SERVING.contains(instance.dbInstanceStatus()))
            .toList();
    Stream<String> own =
        Stream.of(
                Optional.ofNullable(cluster.endpoint()),
                Optional.ofNullable(cluster.readerEndpoint()))
            .flatMap(Optional::stream);
    Stream<String> members =
        serving.stream()
            .flatMap(instance -> Optional.ofNullable(instance.endpoint()).stream())
            .map(endpoint -> endpoint.address());
    return new AuroraCluster(
        stored.key(),
        cluster.dbClusterResourceId(),
        Stream.concat(own, members).toList(),
        !serving.isEmpty(),
        cluster.masterUsername(),
        new MasterUser(world).password(stored),
        Optional.ofNullable(cluster.databaseName()));
  }

  /** The cluster with this identifier or ARN. */
  Stored<DBCluster, DBCluster.Builder> cluster(String nameOrArn) {
    String name = Arguments.name(Arguments.required("DBClusterIdentifier", nameOrArn));
    return clusters
        .find(name)
        .orElseThrow(
            () ->
                RdsFaults.notFound("DBClusterNotFoundFault", "DBCluster " + name + " not found."));
  }

  /** The instance with this identifier or ARN. */
  Stored<DBInstance, DBInstance.Builder> instance(String nameOrArn) {
    String name = Arguments.name(Arguments.required("DBInstanceIdentifier", nameOrArn));
    return instances
        .find(name)
        .orElseThrow(
            () -> RdsFaults.notFound("DBInstanceNotFound", "DBInstance " + name + " not found."));
  }

  /** The instances of a cluster, those that are being deleted included. */
  List<Stored<DBInstance, DBInstance.Builder>> members(String cluster) {
    return instances.all().stream()
        .filter(instance -> instance.model().dbClusterIdentifier().equals(cluster))
        .toList();
  }

  Stored<DBSubnetGroup, DBSubnetGroup.Builder> subnetGroup(String name) {
    String key = Arguments.name(Arguments.required("DBSubnetGroupName", name));
    return subnetGroups
        .find(key)
        .orElseThrow(
            () ->
                RdsFaults.notFound(
                    "DBSubnetGroupNotFoundFault", "DB subnet group '" + key + "' does not exist."));
  }

  Stored<DBClusterSnapshot, DBClusterSnapshot.Builder> snapshot(String nameOrArn) {
    String name = Arguments.name(Arguments.required("DBClusterSnapshotIdentifier", nameOrArn));
    return snapshots
        .find(name)
        .orElseThrow(
            () ->
                RdsFaults.notFound(
                    "DBClusterSnapshotNotFoundFault", "DBClusterSnapshot " + name + " not found."));
  }

  /** Refuses what needs the cluster to be available while it is not. */
  static Fault clusterState(String message) {
    return new Fault("InvalidDBClusterStateFault", message);
  }

  static Fault instanceState(String message) {
    return new Fault("InvalidDBInstanceState", message);
  }
}
