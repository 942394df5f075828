package dev.pgbound.simulator.service.dms;

import static java.util.Objects.requireNonNullElse;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.world.Stored;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.databasemigration.model.ModifyReplicationInstanceRequest;
import software.amazon.awssdk.services.databasemigration.model.ModifyReplicationInstanceResponse;
import software.amazon.awssdk.services.databasemigration.model.ReplicationInstance;
import software.amazon.awssdk.services.databasemigration.model.ReplicationPendingModifiedValues;
import software.amazon.awssdk.services.databasemigration.model.ReplicationSubnetGroup;

/**
 * What changes a replication instance in place. Class, storage, engine version, Multi-AZ and
 * network type wait for the maintenance window unless they are to be applied immediately.
 */
final class InstanceChanges {

  static final String MODIFYING = "modifying";
  static final String UPGRADING = "upgrading";

  private static final Duration UNTIL_APPLIED = Duration.ofMinutes(10);

  private static final ReplicationPendingModifiedValues NOTHING =
      ReplicationPendingModifiedValues.builder().build();

  private final DmsStore store;
  private final EngineVersions versions;
  private final InstanceClasses classes;
  private final InstanceNetwork network;

  InstanceChanges(
      DmsStore store, EngineVersions versions, InstanceClasses classes, InstanceNetwork network) {
    this.store = store;
    this.versions = versions;
    this.classes = classes;
    this.network = network;
  }

  void register(Operations operations) {
    operations.on(
        "ModifyReplicationInstance", ModifyReplicationInstanceRequest::builder, this::modify);
  }

  private ModifyReplicationInstanceResponse modify(ModifyReplicationInstanceRequest request) {
    Stored<ReplicationInstance, ReplicationInstance.Builder> instance =
        store.instances().get(request.replicationInstanceArn(), "ReplicationInstanceArn");
    refuseEmpty(request);
    Instances.requireAvailable(instance.model());
    ReplicationPendingModifiedValues pending = pending(request, instance.model());
    changeAtOnce(request, instance);
    if (!pending.equals(instance.model().pendingModifiedValues())
        || requireNonNullElse(request.applyImmediately(), false)) {
      schedule(instance, pending, requireNonNullElse(request.applyImmediately(), false));
    }
    return ModifyReplicationInstanceResponse.builder()
        .replicationInstance(Instances.view(store, instance))
        .build();
  }

  private static void refuseEmpty(ModifyReplicationInstanceRequest request) {
    boolean isEmpty =
        Stream.of(
                    request.allocatedStorage(),
                    request.replicationInstanceClass(),
                    request.preferredMaintenanceWindow(),
                    request.multiAZ(),
                    request.engineVersion(),
                    request.autoMinorVersionUpgrade(),
                    request.replicationInstanceIdentifier(),
                    request.networkType(),
                    request.kerberosAuthenticationSettings())
                .allMatch(Objects::isNull)
            && !request.hasVpcSecurityGroupIds();
    if (isEmpty) {
      throw Refusals.invalidCombination("No modifications were requested");
    }
  }

  /** What waits already and what is asked for now, as far as it differs from the instance. */
  private ReplicationPendingModifiedValues pending(
      ModifyReplicationInstanceRequest request, ReplicationInstance live) {
    ReplicationPendingModifiedValues before = live.pendingModifiedValues();
    if (request.replicationInstanceClass() != null) {
      classes.checked(request.replicationInstanceClass());
    }
    if (request.allocatedStorage() != null
        && classes.storage(live.replicationInstanceClass(), request.allocatedStorage())
            < live.allocatedStorage()) {
      throw Refusals.invalidCombination("Allocated storage cannot be decreased.");
    }
    if (request.engineVersion() != null
        && !new Version(versions.resolve(request.engineVersion()))
            .isAtLeast(live.engineVersion())) {
      throw Refusals.invalidCombination(
          "Cannot downgrade the engine version from " + live.engineVersion());
    }
    return ReplicationPendingModifiedValues.builder()
        .replicationInstanceClass(
            pending(
                request.replicationInstanceClass(),
                before.replicationInstanceClass(),
                live.replicationInstanceClass()))
        .allocatedStorage(
            pending(request.allocatedStorage(), before.allocatedStorage(), live.allocatedStorage()))
        .engineVersion(
            pending(request.engineVersion(), before.engineVersion(), live.engineVersion()))
        .multiAZ(pending(request.multiAZ(), before.multiAZ(), live.multiAZ()))
        .networkType(pending(request.networkType(), before.networkType(), live.networkType()))
        .build();
  }

  private static <V> @Nullable V pending(@Nullable V asked, @Nullable V before, V live) {
    V wanted = asked == null ? before : asked;
    return live.equals(wanted) ? null : wanted;
  }

  private void changeAtOnce(
      ModifyReplicationInstanceRequest request,
      Stored<ReplicationInstance, ReplicationInstance.Builder> instance) {
    String vpcId = Instances.group(store, instance.model()).vpcId();
    instance.update(
        builder -> {
          if (renames(request, instance.model())) {
            builder.replicationInstanceIdentifier(
                Instances.identifier(store, request.replicationInstanceIdentifier()));
          }
          if (request.preferredMaintenanceWindow() != null) {
            builder.preferredMaintenanceWindow(
                MaintenanceWindow.checked(
                    request.preferredMaintenanceWindow(), store.world().ids()));
          }
          if (request.autoMinorVersionUpgrade() != null) {
            builder.autoMinorVersionUpgrade(request.autoMinorVersionUpgrade());
          }
          if (request.hasVpcSecurityGroupIds()) {
            builder.vpcSecurityGroups(network.securityGroups(request.vpcSecurityGroupIds(), vpcId));
          }
          if (request.kerberosAuthenticationSettings() != null) {
            builder.kerberosAuthenticationSettings(request.kerberosAuthenticationSettings());
          }
        });
    network.changeGroups(instance.model());
  }

  private static boolean renames(
      ModifyReplicationInstanceRequest request, ReplicationInstance live) {
    String wanted = request.replicationInstanceIdentifier();
    return wanted != null && !wanted.equalsIgnoreCase(live.replicationInstanceIdentifier());
  }

  private void schedule(
      Stored<ReplicationInstance, ReplicationInstance.Builder> instance,
      ReplicationPendingModifiedValues pending,
      boolean isImmediate) {
    instance.cancel();
    instance.update(builder -> builder.pendingModifiedValues(pending));
    if (pending.equals(NOTHING)) {
      return;
    }
    String status = pending.engineVersion() == null ? MODIFYING : UPGRADING;
    Duration wait =
        isImmediate
            ? Duration.ZERO
            : MaintenanceWindow.parse(instance.model().preferredMaintenanceWindow())
                .from(store.world().now());
    if (isImmediate) {
      instance.update(builder -> builder.replicationInstanceStatus(status));
    } else {
      instance.after(wait, builder -> builder.replicationInstanceStatus(status));
    }
    if (pending.multiAZ() != null) {
      changeInterfaces(instance.model(), pending.multiAZ());
    }
    instance.after(wait.plus(UNTIL_APPLIED), builder -> apply(builder, pending, instance.model()));
  }

  /** The interface of the standby comes and goes as soon as the change is asked for. */
  private void changeInterfaces(ReplicationInstance live, boolean isMultiAz) {
    ReplicationSubnetGroup group = Instances.group(store, live);
    String zone = network.secondaryZone(group, live.availabilityZone());
    if (isMultiAz) {
      network.attach(live, group, zone);
    } else {
      network.detach(live, zone);
    }
  }

  private void apply(
      ReplicationInstance.Builder builder,
      ReplicationPendingModifiedValues pending,
      ReplicationInstance live) {
    builder
        .replicationInstanceStatus(Instances.AVAILABLE)
        .pendingModifiedValues(NOTHING)
        .replicationInstanceClass(
            requireNonNullElse(pending.replicationInstanceClass(), live.replicationInstanceClass()))
        .allocatedStorage(requireNonNullElse(pending.allocatedStorage(), live.allocatedStorage()))
        .engineVersion(requireNonNullElse(pending.engineVersion(), live.engineVersion()))
        .networkType(requireNonNullElse(pending.networkType(), live.networkType()));
    if (pending.multiAZ() != null) {
      ReplicationSubnetGroup group = Instances.group(store, live);
      String zone = network.secondaryZone(group, live.availabilityZone());
      builder.multiAZ(pending.multiAZ()).secondaryAvailabilityZone(pending.multiAZ() ? zone : null);
      network.showAddresses(builder, live.replicationInstanceArn());
    }
  }
}
