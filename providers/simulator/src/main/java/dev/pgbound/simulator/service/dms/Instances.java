package dev.pgbound.simulator.service.dms;

import static java.util.Objects.requireNonNullElse;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.world.Stored;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.services.databasemigration.model.CreateReplicationInstanceRequest;
import software.amazon.awssdk.services.databasemigration.model.CreateReplicationInstanceResponse;
import software.amazon.awssdk.services.databasemigration.model.DeleteReplicationInstanceRequest;
import software.amazon.awssdk.services.databasemigration.model.DeleteReplicationInstanceResponse;
import software.amazon.awssdk.services.databasemigration.model.DescribePendingMaintenanceActionsRequest;
import software.amazon.awssdk.services.databasemigration.model.DescribePendingMaintenanceActionsResponse;
import software.amazon.awssdk.services.databasemigration.model.DescribeReplicationInstancesRequest;
import software.amazon.awssdk.services.databasemigration.model.DescribeReplicationInstancesResponse;
import software.amazon.awssdk.services.databasemigration.model.RebootReplicationInstanceRequest;
import software.amazon.awssdk.services.databasemigration.model.RebootReplicationInstanceResponse;
import software.amazon.awssdk.services.databasemigration.model.ReplicationInstance;
import software.amazon.awssdk.services.databasemigration.model.ReplicationPendingModifiedValues;
import software.amazon.awssdk.services.databasemigration.model.ReplicationSubnetGroup;

/** Replication instances, but for what changes them in place. */
final class Instances {

  static final String AVAILABLE = "available";
  static final String CREATING = "creating";
  static final String DELETING = "deleting";
  static final String REBOOTING = "rebooting";

  private static final Duration UNTIL_AVAILABLE = Duration.ofMinutes(8);
  private static final Duration UNTIL_AVAILABLE_IN_TWO_ZONES = Duration.ofMinutes(13);
  private static final Duration UNTIL_REBOOTED = Duration.ofMinutes(3);
  private static final Duration UNTIL_GONE = Duration.ofMinutes(5);

  /** The instance's interfaces stay behind in its subnets. */
  private static final Duration UNTIL_INTERFACES_GONE = UNTIL_GONE.plusMinutes(10);

  /** In these states DMS is at work on an instance and lets nobody delete it. */
  private static final Set<String> BUSY =
      Set.of(CREATING, DELETING, REBOOTING, InstanceChanges.MODIFYING, InstanceChanges.UPGRADING);

  private static final int LONGEST_IDENTIFIER = 63;

  private final DmsStore store;
  private final ServiceRoles roles;
  private final EngineVersions versions;
  private final InstanceClasses classes;
  private final InstanceNetwork network;
  private final KeyArns keys;

  Instances(
      DmsStore store,
      ServiceRoles roles,
      EngineVersions versions,
      InstanceClasses classes,
      InstanceNetwork network,
      KeyArns keys) {
    this.store = store;
    this.roles = roles;
    this.versions = versions;
    this.classes = classes;
    this.network = network;
    this.keys = keys;
  }

  void register(Operations operations) {
    operations
        .on("CreateReplicationInstance", CreateReplicationInstanceRequest::builder, this::create)
        .on(
            "DescribeReplicationInstances",
            DescribeReplicationInstancesRequest::builder,
            this::describe)
        .on("RebootReplicationInstance", RebootReplicationInstanceRequest::builder, this::reboot)
        .on("DeleteReplicationInstance", DeleteReplicationInstanceRequest::builder, this::delete)
        .on(
            "DescribePendingMaintenanceActions",
            DescribePendingMaintenanceActionsRequest::builder,
            this::describePendingMaintenanceActions);
  }

  /** The identifier as DMS keeps it; no other instance may have it. */
  static String identifier(DmsStore store, String sent) {
    String identifier =
        Identifiers.lowerCase(sent, "ReplicationInstanceIdentifier", LONGEST_IDENTIFIER);
    store
        .instances()
        .refuseSecond(i -> i.replicationInstanceIdentifier().equals(identifier), identifier);
    return identifier;
  }

  /** The instance as describe calls show it: with its subnet group as that is now. */
  static ReplicationInstance view(
      DmsStore store, Stored<ReplicationInstance, ReplicationInstance.Builder> instance) {
    ReplicationSubnetGroup group = group(store, instance.model());
    return instance.view().copy(builder -> builder.replicationSubnetGroup(group));
  }

  static ReplicationSubnetGroup group(DmsStore store, ReplicationInstance instance) {
    String identifier = instance.replicationSubnetGroup().replicationSubnetGroupIdentifier();
    return store.subnetGroups().get(identifier, "ReplicationSubnetGroupIdentifier").view();
  }

  /** Refuses an instance on which DMS is at work. */
  static void requireAvailable(ReplicationInstance instance) {
    if (!instance.replicationInstanceStatus().equals(AVAILABLE)) {
      throw Refusals.invalidState(
          "Replication Instance %s is not in an available state, its status is %s.",
          instance.replicationInstanceArn(), instance.replicationInstanceStatus());
    }
  }

  private CreateReplicationInstanceResponse create(CreateReplicationInstanceRequest request) {
    roles.requireVpcRole();
    ReplicationInstance instance = model(request);
    Stored<ReplicationInstance, ReplicationInstance.Builder> stored =
        store.instances().add(instance.replicationInstanceArn(), instance, request.tags());
    network.attach(instance, instance.replicationSubnetGroup(), instance.availabilityZone());
    if (instance.secondaryAvailabilityZone() != null) {
      network.attach(
          instance, instance.replicationSubnetGroup(), instance.secondaryAvailabilityZone());
    }
    Duration wait = instance.multiAZ() ? UNTIL_AVAILABLE_IN_TWO_ZONES : UNTIL_AVAILABLE;
    stored.after(
        wait,
        builder -> {
          builder
              .replicationInstanceStatus(AVAILABLE)
              .instanceCreateTime(store.world().now().plus(wait));
          network.showAddresses(builder, stored.arn());
        });
    return CreateReplicationInstanceResponse.builder()
        .replicationInstance(view(store, stored))
        .build();
  }

  private ReplicationInstance model(CreateReplicationInstanceRequest request) {
    String identifier = identifier(store, request.replicationInstanceIdentifier());
    ReplicationSubnetGroup group = group(request);
    boolean isMultiAz = requireNonNullElse(request.multiAZ(), false);
    if (isMultiAz && request.availabilityZone() != null) {
      throw Refusals.invalidCombination(
          "The AvailabilityZone parameter cannot be set when the MultiAZ parameter is true.");
    }
    String zone = network.zone(group, request.availabilityZone());
    String instanceClass = classes.checked(request.replicationInstanceClass());
    String arn =
        store
            .world()
            .arn(
                "dms",
                "rep:" + Identifiers.arnPart(request.resourceIdentifier(), store.world().ids()));
    return ReplicationInstance.builder()
        .replicationInstanceArn(arn)
        .replicationInstanceIdentifier(identifier)
        .replicationInstanceClass(instanceClass)
        .replicationInstanceStatus(CREATING)
        .allocatedStorage(classes.storage(instanceClass, request.allocatedStorage()))
        .engineVersion(versions.resolve(request.engineVersion()))
        .multiAZ(isMultiAz)
        .availabilityZone(zone)
        .secondaryAvailabilityZone(isMultiAz ? network.secondaryZone(group, zone) : null)
        .replicationSubnetGroup(group)
        .vpcSecurityGroups(network.securityGroups(request.vpcSecurityGroupIds(), group.vpcId()))
        .preferredMaintenanceWindow(
            MaintenanceWindow.checked(request.preferredMaintenanceWindow(), store.world().ids()))
        .autoMinorVersionUpgrade(requireNonNullElse(request.autoMinorVersionUpgrade(), true))
        .publiclyAccessible(requireNonNullElse(request.publiclyAccessible(), true))
        .networkType(requireNonNullElse(request.networkType(), "IPV4"))
        .dnsNameServers(request.dnsNameServers())
        .kerberosAuthenticationSettings(request.kerberosAuthenticationSettings())
        .kmsKeyId(keys.resolve(request.kmsKeyId()))
        .pendingModifiedValues(ReplicationPendingModifiedValues.builder().build())
        .build();
  }

  /** DMS makes a group of a default VPC's subnets itself; simulated accounts have no such VPC. */
  private ReplicationSubnetGroup group(CreateReplicationInstanceRequest request) {
    String identifier =
        requireNonNullElse(request.replicationSubnetGroupIdentifier(), "default")
            .toLowerCase(Locale.ROOT);
    return store.subnetGroups().get(identifier, "ReplicationSubnetGroupIdentifier").view();
  }

  private DescribeReplicationInstancesResponse describe(
      DescribeReplicationInstancesRequest request) {
    Page<ReplicationInstance> page =
        store
            .instances()
            .describe(
                new PageRequest(request.filters(), request.maxRecords(), request.marker()),
                instance -> view(store, instance));
    return DescribeReplicationInstancesResponse.builder()
        .replicationInstances(page.items())
        .marker(page.next())
        .build();
  }

  private RebootReplicationInstanceResponse reboot(RebootReplicationInstanceRequest request) {
    Stored<ReplicationInstance, ReplicationInstance.Builder> instance =
        get(request.replicationInstanceArn());
    requireAvailable(instance.model());
    boolean isFailover =
        requireNonNullElse(request.forceFailover(), false)
            || requireNonNullElse(request.forcePlannedFailover(), false);
    if (isFailover && !instance.model().multiAZ()) {
      throw Refusals.invalidCombination(
          "A failover cannot be forced on an instance that is not Multi-AZ.");
    }
    instance.update(builder -> builder.replicationInstanceStatus(REBOOTING));
    instance.after(UNTIL_REBOOTED, builder -> builder.replicationInstanceStatus(AVAILABLE));
    return RebootReplicationInstanceResponse.builder()
        .replicationInstance(view(store, instance))
        .build();
  }

  private DeleteReplicationInstanceResponse delete(DeleteReplicationInstanceRequest request) {
    Stored<ReplicationInstance, ReplicationInstance.Builder> instance =
        get(request.replicationInstanceArn());
    if (BUSY.contains(instance.model().replicationInstanceStatus())) {
      throw Refusals.invalidState(
          "Replication Instance %s cannot be deleted while its status is %s.",
          instance.arn(), instance.model().replicationInstanceStatus());
    }
    if (isUsed(instance.arn())) {
      throw Refusals.invalidState(
          "Replication Instance " + instance.arn() + " has one or more replication tasks.");
    }
    instance.cancel();
    instance.update(builder -> builder.replicationInstanceStatus(DELETING));
    instance.removeAfter(UNTIL_GONE);
    store
        .connections()
        .where(connection -> connection.replicationInstanceArn().equals(instance.arn()))
        .forEach(connection -> connection.removeAfter(UNTIL_GONE));
    network.release(instance.arn(), UNTIL_INTERFACES_GONE);
    return DeleteReplicationInstanceResponse.builder()
        .replicationInstance(view(store, instance))
        .build();
  }

  private boolean isUsed(String arn) {
    return store
        .tasks()
        .any(
            task ->
                arn.equals(task.replicationInstanceArn())
                    || arn.equals(task.targetReplicationInstanceArn()));
  }

  private DescribePendingMaintenanceActionsResponse describePendingMaintenanceActions(
      DescribePendingMaintenanceActionsRequest request) {
    if (request.replicationInstanceArn() != null) {
      get(request.replicationInstanceArn());
    }
    return DescribePendingMaintenanceActionsResponse.builder()
        .pendingMaintenanceActions(List.of())
        .build();
  }

  private Stored<ReplicationInstance, ReplicationInstance.Builder> get(String arn) {
    return store.instances().get(arn, "ReplicationInstanceArn");
  }
}
