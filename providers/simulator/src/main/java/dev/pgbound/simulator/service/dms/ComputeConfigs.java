package dev.pgbound.simulator.service.dms;

import static java.util.Objects.requireNonNullElse;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.databasemigration.model.ComputeConfig;
import software.amazon.awssdk.services.databasemigration.model.ReplicationSubnetGroup;
import software.amazon.awssdk.services.databasemigration.model.VpcSecurityGroupMembership;

/** The capacity of serverless replications, and where it stands. */
final class ComputeConfigs {

  private static final Set<Integer> UNITS =
      new TreeSet<>(Set.of(1, 2, 4, 8, 16, 32, 64, 128, 192, 256, 384));

  private final DmsStore store;
  private final ServiceRoles roles;
  private final KeyArns keys;
  private final InstanceNetwork network;

  ComputeConfigs(DmsStore store, ServiceRoles roles, KeyArns keys, InstanceNetwork network) {
    this.store = store;
    this.roles = roles;
    this.keys = keys;
    this.network = network;
  }

  /** What DMS makes of the configuration that a new object is to have. */
  ComputeConfig create(@Nullable ComputeConfig sent) {
    ComputeConfig wanted = Refusals.required(sent, "ComputeConfig");
    return completed(wanted, ComputeConfig.builder().build());
  }

  /** The configuration after a modification, which keeps what is not sent. */
  ComputeConfig modify(ComputeConfig live, @Nullable ComputeConfig sent) {
    return sent == null ? live : completed(sent, live);
  }

  private ComputeConfig completed(ComputeConfig sent, ComputeConfig live) {
    roles.requireVpcRole();
    boolean isMultiAz =
        requireNonNullElse(sent.multiAZ(), requireNonNullElse(live.multiAZ(), false));
    String zone = orElse(sent.availabilityZone(), live.availabilityZone());
    if (isMultiAz && zone != null) {
      throw Refusals.invalidCombination(
          "The AvailabilityZone parameter cannot be set when the MultiAZ parameter is true.");
    }
    ReplicationSubnetGroup group =
        group(
            requireNonNullElse(
                orElse(sent.replicationSubnetGroupId(), live.replicationSubnetGroupId()),
                "default"));
    if (zone != null) {
      network.zone(group, zone);
    }
    String window = orElse(sent.preferredMaintenanceWindow(), live.preferredMaintenanceWindow());
    return ComputeConfig.builder()
        .applyMutation(builder -> capacity(builder, sent, live))
        .multiAZ(isMultiAz)
        .availabilityZone(zone)
        .replicationSubnetGroupId(group.replicationSubnetGroupIdentifier())
        .vpcSecurityGroupIds(
            securityGroups(
                sent.hasVpcSecurityGroupIds()
                    ? sent.vpcSecurityGroupIds()
                    : live.vpcSecurityGroupIds(),
                group.vpcId()))
        .preferredMaintenanceWindow(MaintenanceWindow.checked(window, store.world().ids()))
        .dnsNameServers(orElse(sent.dnsNameServers(), live.dnsNameServers()))
        .kmsKeyId(keys.resolve(orElse(sent.kmsKeyId(), live.kmsKeyId())))
        .build();
  }

  private static void capacity(
      ComputeConfig.Builder builder, ComputeConfig sent, ComputeConfig live) {
    Integer most =
        Refusals.required(
            orElse(sent.maxCapacityUnits(), live.maxCapacityUnits()), "MaxCapacityUnits");
    Integer least = orElse(sent.minCapacityUnits(), live.minCapacityUnits());
    checkUnits(most, "MaxCapacityUnits");
    if (least != null) {
      checkUnits(least, "MinCapacityUnits");
      if (least > most) {
        throw Refusals.invalidCombination(
            "MinCapacityUnits %s is greater than MaxCapacityUnits %s.", least, most);
      }
    }
    builder.maxCapacityUnits(most).minCapacityUnits(least);
  }

  private static void checkUnits(int units, String member) {
    if (!UNITS.contains(units)) {
      throw Refusals.invalidValue(
          "The parameter %s has the value %s; valid values are %s.", member, units, UNITS);
    }
  }

  ReplicationSubnetGroup group(String identifier) {
    return store
        .subnetGroups()
        .get(identifier.toLowerCase(Locale.ROOT), "ReplicationSubnetGroupId")
        .view();
  }

  private List<String> securityGroups(List<String> wanted, String vpcId) {
    return network.securityGroups(wanted, vpcId).stream()
        .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
        .toList();
  }

  private static <T> @Nullable T orElse(@Nullable T sent, @Nullable T live) {
    return sent == null ? live : sent;
  }
}
