package dev.pgbound.simulator.service.rds;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.world.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.CreateDbClusterRequest;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DeleteDbClusterRequest;
import software.amazon.awssdk.services.rds.model.DeleteDbClusterResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersResponse;
import software.amazon.awssdk.services.rds.model.DescribeGlobalClustersRequest;
import software.amazon.awssdk.services.rds.model.DescribeGlobalClustersResponse;
import software.amazon.awssdk.services.rds.model.DisableHttpEndpointRequest;
import software.amazon.awssdk.services.rds.model.DisableHttpEndpointResponse;
import software.amazon.awssdk.services.rds.model.EnableHttpEndpointRequest;
import software.amazon.awssdk.services.rds.model.EnableHttpEndpointResponse;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterRequest;

/** Aurora clusters. */
final class Clusters {

  private static final Duration DELETING = Duration.ofMinutes(5);
  private static final Duration AFTER_LAST_MEMBER = Duration.ofMinutes(1);

  private final Databases databases;
  private final ClusterCreation creation;
  private final ClusterChanges changes;
  private final Snapshots snapshots;
  private final MasterUser masterUser;
  private final Views views;

  Clusters(
      Databases databases,
      ParameterGroups parameterGroups,
      Placement placement,
      Snapshots snapshots,
      Views views) {
    this.databases = databases;
    this.creation = new ClusterCreation(databases, parameterGroups, placement, views);
    this.changes = new ClusterChanges(databases, parameterGroups, placement, views);
    this.snapshots = snapshots;
    this.masterUser = new MasterUser(databases.world());
    this.views = views;
  }

  void register(Operations operations) {
    operations
        .on("CreateDBCluster", CreateDbClusterRequest::builder, creation::create)
        .on("DescribeDBClusters", DescribeDbClustersRequest::builder, this::describe)
        .on("ModifyDBCluster", ModifyDbClusterRequest::builder, changes::modify)
        .on("DeleteDBCluster", DeleteDbClusterRequest::builder, this::delete)
        .on("EnableHttpEndpoint", EnableHttpEndpointRequest::builder, this::enableHttpEndpoint)
        .on("DisableHttpEndpoint", DisableHttpEndpointRequest::builder, this::disableHttpEndpoint)
        .on(
            "DescribeGlobalClusters",
            DescribeGlobalClustersRequest::builder,
            this::describeGlobalClusters);
  }

  private DescribeDbClustersResponse describe(DescribeDbClustersRequest request) {
    Arguments.maxRecords(request.maxRecords());
    List<Stored<DBCluster, DBCluster.Builder>> asked =
        request.dbClusterIdentifier() == null
            ? databases.clusters().all()
            : List.of(databases.cluster(request.dbClusterIdentifier()));
    List<DBCluster> found =
        asked.stream()
            .map(views::cluster)
            .filter(Arguments.filters(request.filters(), Clusters::filterValues))
            .toList();
    Page<DBCluster> page = Page.of(found, request.maxRecords(), request.marker(), Rds.PAGE);
    return DescribeDbClustersResponse.builder()
        .dbClusters(page.items())
        .marker(page.next())
        .build();
  }

  private static Stream<String> filterValues(DBCluster cluster, String filter) {
    return switch (filter) {
      case "db-cluster-id" -> Stream.of(cluster.dbClusterIdentifier(), cluster.dbClusterArn());
      case "db-cluster-resource-id" -> Stream.of(cluster.dbClusterResourceId());
      case "engine" -> Stream.of(cluster.engine());
      case "clone-group-id", "domain" -> Stream.empty();
      default -> throw Arguments.unknownFilter(filter);
    };
  }

  private DeleteDbClusterResponse delete(DeleteDbClusterRequest request) {
    Stored<DBCluster, DBCluster.Builder> cluster = databases.cluster(request.dbClusterIdentifier());
    checkDeletable(cluster);
    boolean isSnapshotSkipped = Boolean.TRUE.equals(request.skipFinalSnapshot());
    String snapshot = request.finalDBSnapshotIdentifier();
    if (isSnapshotSkipped == (snapshot != null)) {
      throw RdsFaults.invalidCombination(
          isSnapshotSkipped
              ? "FinalDBSnapshotIdentifier can not be specified when SkipFinalSnapshot is true."
              : "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.");
    }
    if (snapshot != null) {
      snapshots.take(cluster, snapshot, Map.of());
    }
    Duration deletion = deletion(cluster);
    cluster.cancel();
    cluster.update(builder -> builder.status(Status.DELETING));
    cluster.removeAfter(deletion);
    masterUser.removeSecret(cluster, deletion);
    return DeleteDbClusterResponse.builder().dbCluster(views.cluster(cluster)).build();
  }

  private void checkDeletable(Stored<DBCluster, DBCluster.Builder> cluster) {
    if (cluster.model().deletionProtection()) {
      throw RdsFaults.invalidCombination(
          "Cannot delete protected Cluster, please disable deletion protection and try again.");
    }
    if (Status.DELETING.equals(cluster.model().status())) {
      throw Databases.clusterState("Cluster " + cluster.key() + " is already being deleted.");
    }
    if (!Status.AVAILABLE.equals(cluster.model().status())) {
      throw Databases.clusterState(
          "DB cluster " + cluster.key() + " is not currently in the available state.");
    }
    if (databases.members(cluster.key()).stream()
        .anyMatch(member -> member.hidden(Instances.GONE_AT).isEmpty())) {
      throw Databases.clusterState(
          "Cluster cannot be deleted, it contains DB instances in non-deleting state.");
    }
  }

  /** How long it takes to delete a cluster, whose last instances go first. */
  private Duration deletion(Stored<DBCluster, DBCluster.Builder> cluster) {
    Instant now = databases.world().now();
    return databases.members(cluster.key()).stream()
        .map(Clusters::goneAt)
        .map(gone -> Duration.between(now, gone).plus(AFTER_LAST_MEMBER))
        .reduce(DELETING, (one, other) -> one.compareTo(other) > 0 ? one : other);
  }

  private static Instant goneAt(Stored<DBInstance, DBInstance.Builder> instance) {
    return Instant.parse(instance.hidden(Instances.GONE_AT).orElseThrow());
  }

  private EnableHttpEndpointResponse enableHttpEndpoint(EnableHttpEndpointRequest request) {
    databases.cluster(request.resourceArn()).update(cluster -> cluster.httpEndpointEnabled(true));
    return EnableHttpEndpointResponse.builder()
        .resourceArn(request.resourceArn())
        .httpEndpointEnabled(true)
        .build();
  }

  private DisableHttpEndpointResponse disableHttpEndpoint(DisableHttpEndpointRequest request) {
    databases.cluster(request.resourceArn()).update(cluster -> cluster.httpEndpointEnabled(false));
    return DisableHttpEndpointResponse.builder()
        .resourceArn(request.resourceArn())
        .httpEndpointEnabled(false)
        .build();
  }

  /** There are none, but whoever reads a cluster asks whether it is part of one. */
  private DescribeGlobalClustersResponse describeGlobalClusters(
      DescribeGlobalClustersRequest request) {
    if (request.globalClusterIdentifier() != null) {
      throw RdsFaults.notFound(
          "GlobalClusterNotFoundFault",
          "Global cluster " + request.globalClusterIdentifier() + " not found");
    }
    return DescribeGlobalClustersResponse.builder().globalClusters(List.of()).build();
  }
}
