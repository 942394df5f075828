package dev.pgbound.simulator.service.rds;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.service.ec2.NetworkInterfaces;
import dev.pgbound.simulator.world.Stored;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.RebootDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.RebootDbInstanceResponse;

/** The instances of clusters. */
final class Instances {

  /** When a deleted instance will be gone, among what it hides. */
  static final String GONE_AT = "gone-at";

  private static final Duration REBOOTING = Duration.ofMinutes(1);
  private static final Duration DELETING = Duration.ofMinutes(5);

  /**
   * How long the network interface of an instance outlives it: longer than it takes to delete the
   * cluster next, so that whoever deletes the network right after that meets it.
   */
  private static final Duration LINGERING = Duration.ofMinutes(7);

  private final Databases databases;
  private final ParameterGroups parameterGroups;
  private final NetworkInterfaces interfaces;
  private final InstanceCreation creation;
  private final InstanceChanges changes;
  private final Views views;

  Instances(
      Databases databases, ParameterGroups parameterGroups, Placement placement, Views views) {
    this.databases = databases;
    this.parameterGroups = parameterGroups;
    this.interfaces = new NetworkInterfaces(placement.network());
    this.creation = new InstanceCreation(databases, parameterGroups, placement, views);
    this.changes = new InstanceChanges(databases, placement, views);
    this.views = views;
  }

  void register(Operations operations) {
    operations
        .on("CreateDBInstance", CreateDbInstanceRequest::builder, creation::create)
        .on("DescribeDBInstances", DescribeDbInstancesRequest::builder, this::describe)
        .on("ModifyDBInstance", ModifyDbInstanceRequest::builder, changes::modify)
        .on("RebootDBInstance", RebootDbInstanceRequest::builder, this::reboot)
        .on("DeleteDBInstance", DeleteDbInstanceRequest::builder, this::delete);
  }

  private DescribeDbInstancesResponse describe(DescribeDbInstancesRequest request) {
    Arguments.maxRecords(request.maxRecords());
    List<Stored<DBInstance, DBInstance.Builder>> asked =
        request.dbInstanceIdentifier() == null
            ? databases.instances().all()
            : List.of(databases.instance(request.dbInstanceIdentifier()));
    List<DBInstance> found =
        asked.stream()
            .map(views::instance)
            .filter(Arguments.filters(request.filters(), Instances::filterValues))
            .toList();
    Page<DBInstance> page = Page.of(found, request.maxRecords(), request.marker(), Rds.PAGE);
    return DescribeDbInstancesResponse.builder()
        .dbInstances(page.items())
        .marker(page.next())
        .build();
  }

  private static Stream<String> filterValues(DBInstance instance, String filter) {
    return switch (filter) {
      case "db-cluster-id" -> Stream.of(instance.dbClusterIdentifier());
      case "db-instance-id" -> Stream.of(instance.dbInstanceIdentifier(), instance.dbInstanceArn());
      case "dbi-resource-id" -> Stream.of(instance.dbiResourceId());
      case "engine" -> Stream.of(instance.engine());
      case "domain" -> Stream.empty();
      default -> throw Arguments.unknownFilter(filter);
    };
  }

  private RebootDbInstanceResponse reboot(RebootDbInstanceRequest request) {
    Stored<DBInstance, DBInstance.Builder> instance =
        databases.instance(request.dbInstanceIdentifier());
    if (!Status.AVAILABLE.equals(views.instance(instance).dbInstanceStatus())) {
      throw Databases.instanceState(
          "Instance cannot currently reboot due to an in-progress management operation.");
    }
    DBCluster cluster = databases.cluster(instance.model().dbClusterIdentifier()).model();
    instance.hide(
        Views.STARTED_WITH, parameterGroups.readAtStart(cluster.dbClusterParameterGroup()));
    instance.update(builder -> builder.dbInstanceStatus(Status.REBOOTING));
    instance.after(REBOOTING, builder -> builder.dbInstanceStatus(Status.AVAILABLE));
    return RebootDbInstanceResponse.builder().dbInstance(views.instance(instance)).build();
  }

  private DeleteDbInstanceResponse delete(DeleteDbInstanceRequest request) {
    Stored<DBInstance, DBInstance.Builder> instance =
        databases.instance(request.dbInstanceIdentifier());
    String status = instance.model().dbInstanceStatus();
    if (Status.DELETING.equals(status)) {
      throw Databases.instanceState("Instance " + instance.key() + " is already being deleted.");
    }
    if (Status.CREATING.equals(status)) {
      throw Databases.instanceState(
          "Instance " + instance.key() + " is not currently in the available state.");
    }
    if (request.finalDBSnapshotIdentifier() != null) {
      throw RdsFaults.invalidCombination(
          "FinalDBSnapshotIdentifier can not be specified when deleting a cluster instance.");
    }
    instance.cancel();
    instance.update(builder -> builder.dbInstanceStatus(Status.DELETING));
    instance.hide(GONE_AT, databases.world().now().plus(DELETING).toString());
    instance.removeAfter(DELETING);
    interfaces.release(instance.arn(), DELETING.plus(LINGERING));
    return DeleteDbInstanceResponse.builder().dbInstance(views.instance(instance)).build();
  }
}
