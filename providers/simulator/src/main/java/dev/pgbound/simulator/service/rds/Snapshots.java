package dev.pgbound.simulator.service.rds;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.wire.Models;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.CreateDbClusterSnapshotRequest;
import software.amazon.awssdk.services.rds.model.CreateDbClusterSnapshotResponse;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DeleteDbClusterSnapshotRequest;
import software.amazon.awssdk.services.rds.model.DeleteDbClusterSnapshotResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterSnapshotsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterSnapshotsResponse;

/** Snapshots of clusters, taken by hand or when a cluster is deleted. They outlive the cluster. */
final class Snapshots {

  private static final String MANUAL = "manual";
  private static final Duration CREATING = Duration.ofMinutes(3);
  private static final int LONGEST_IDENTIFIER = 255;

  private final Databases databases;

  Snapshots(Databases databases) {
    this.databases = databases;
  }

  void register(Operations operations) {
    operations
        .on("CreateDBClusterSnapshot", CreateDbClusterSnapshotRequest::builder, this::create)
        .on(
            "DescribeDBClusterSnapshots",
            DescribeDbClusterSnapshotsRequest::builder,
            this::describe)
        .on("DeleteDBClusterSnapshot", DeleteDbClusterSnapshotRequest::builder, this::delete);
  }

  /** Begins to take a snapshot of a cluster, which may take over the cluster's tags. */
  Stored<DBClusterSnapshot, DBClusterSnapshot.Builder> take(
      Stored<DBCluster, DBCluster.Builder> cluster, String name, Map<String, String> tags) {
    String id = Arguments.identifier("DBClusterSnapshotIdentifier", name, LONGEST_IDENTIFIER);
    if (databases.snapshots().find(id).isPresent()) {
      throw new Fault(
          "DBClusterSnapshotAlreadyExistsFault",
          "Cannot create the cluster snapshot because one with the identifier "
              + id
              + " already exists.");
    }
    World world = databases.world();
    String arn = world.arn("rds", "cluster-snapshot:" + id);
    DBClusterSnapshot.Builder snapshot = DBClusterSnapshot.builder();
    Models.copyPlain(cluster.model(), snapshot);
    snapshot
        .availabilityZones(cluster.model().availabilityZones())
        .dbClusterSnapshotIdentifier(id)
        .dbClusterSnapshotArn(arn)
        .snapshotCreateTime(world.now())
        .vpcId(databases.subnetGroup(cluster.model().dbSubnetGroup()).model().vpcId())
        .licenseModel("postgresql-license")
        .snapshotType(MANUAL)
        .percentProgress(0)
        .status(Status.CREATING)
        .tagList(List.of());
    Stored<DBClusterSnapshot, DBClusterSnapshot.Builder> stored =
        databases.snapshots().add(id, arn, snapshot.build(), Map.of());
    if (cluster.model().copyTagsToSnapshot()) {
      stored.tag(cluster.tags());
    }
    stored.tag(tags);
    stored.after(CREATING, b -> b.status(Status.AVAILABLE).percentProgress(100));
    return stored;
  }

  private CreateDbClusterSnapshotResponse create(CreateDbClusterSnapshotRequest request) {
    Stored<DBCluster, DBCluster.Builder> cluster = databases.cluster(request.dbClusterIdentifier());
    if (!Status.AVAILABLE.equals(cluster.model().status())) {
      throw Databases.clusterState(
          "DB cluster " + cluster.key() + " is not currently in the available state.");
    }
    Stored<DBClusterSnapshot, DBClusterSnapshot.Builder> taken =
        take(cluster, request.dbClusterSnapshotIdentifier(), Arguments.tags(request.tags()));
    return CreateDbClusterSnapshotResponse.builder().dbClusterSnapshot(taken.view()).build();
  }

  private DescribeDbClusterSnapshotsResponse describe(DescribeDbClusterSnapshotsRequest request) {
    Arguments.maxRecords(request.maxRecords());
    List<Stored<DBClusterSnapshot, DBClusterSnapshot.Builder>> asked =
        request.dbClusterSnapshotIdentifier() == null
            ? databases.snapshots().all()
            : List.of(databases.snapshot(request.dbClusterSnapshotIdentifier()));
    List<DBClusterSnapshot> found =
        asked.stream()
            .map(Stored::view)
            .filter(snapshot -> isOf(snapshot, request))
            .filter(Arguments.filters(request.filters(), Snapshots::filterValues))
            .toList();
    Page<DBClusterSnapshot> page = Page.of(found, request.maxRecords(), request.marker(), Rds.PAGE);
    return DescribeDbClusterSnapshotsResponse.builder()
        .dbClusterSnapshots(page.items())
        .marker(page.next())
        .build();
  }

  private static boolean isOf(
      DBClusterSnapshot snapshot, DescribeDbClusterSnapshotsRequest request) {
    return (request.dbClusterIdentifier() == null
            || snapshot.dbClusterIdentifier().equals(Arguments.name(request.dbClusterIdentifier())))
        && (request.snapshotType() == null || request.snapshotType().equals(MANUAL))
        && (request.dbClusterResourceId() == null
            || request.dbClusterResourceId().equals(snapshot.dbClusterResourceId()));
  }

  private static Stream<String> filterValues(DBClusterSnapshot snapshot, String filter) {
    return switch (filter) {
      case "db-cluster-id" -> Stream.of(snapshot.dbClusterIdentifier());
      case "db-cluster-snapshot-id" -> Stream.of(snapshot.dbClusterSnapshotIdentifier());
      case "snapshot-type" -> Stream.of(snapshot.snapshotType());
      case "engine" -> Stream.of(snapshot.engine());
      default -> throw Arguments.unknownFilter(filter);
    };
  }

  private DeleteDbClusterSnapshotResponse delete(DeleteDbClusterSnapshotRequest request) {
    Stored<DBClusterSnapshot, DBClusterSnapshot.Builder> snapshot =
        databases.snapshot(request.dbClusterSnapshotIdentifier());
    if (!Status.AVAILABLE.equals(snapshot.model().status())) {
      throw new Fault(
          "InvalidDBClusterSnapshotStateFault",
          "Cannot delete the snapshot " + snapshot.key() + " because it is not available.");
    }
    snapshot.remove();
    return DeleteDbClusterSnapshotResponse.builder()
        .dbClusterSnapshot(snapshot.view().copy(gone -> gone.status("deleted")))
        .build();
  }
}
