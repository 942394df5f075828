package dev.pgbound.aws;

import dev.pgbound.spi.MigrationStatus.Maintenance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.databasemigration.model.PendingMaintenanceAction;
import software.amazon.awssdk.services.databasemigration.model.ReplicationInstance;
import software.amazon.awssdk.services.databasemigration.model.ResourcePendingMaintenanceActions;

/**
 * What DMS and RDS are going to do to instances and clusters by themselves: maintenance that they
 * announce, and changes that wait for the maintenance window.
 */
final class PendingMaintenance {

  private static final ArnKind CLUSTER = new ArnKind("rds", "cluster:");
  private static final ArnKind INSTANCE = new ArnKind("rds", "db:");

  private final AwsClients clients;
  private final Ours ours;

  PendingMaintenance(AwsClients clients, Ours ours) {
    this.clients = clients;
    this.ours = ours;
  }

  List<Maintenance> of(WatchedInstances instances) {
    List<Maintenance> pending = new ArrayList<>();
    instances.instances().forEach(one -> waiting(one).ifPresent(pending::add));
    replication(instances.names(), pending);
    databases(pending);
    return pending;
  }

  /** A change that was made without applying it at once. */
  private static Optional<Maintenance> waiting(ReplicationInstance instance) {
    return Optional.ofNullable(instance.pendingModifiedValues())
        .map(Shapes::read)
        .filter(values -> !values.fields().isEmpty())
        .map(
            values ->
                new Maintenance(
                    "dms-instance " + instance.replicationInstanceIdentifier(),
                    String.format(
                        Locale.ROOT,
                        "change of %s in the maintenance window %s",
                        String.join(", ", values.fields().keySet()),
                        instance.preferredMaintenanceWindow()),
                    Optional.empty()));
  }

  private void replication(Map<String, String> names, List<Maintenance> pending) {
    if (names.isEmpty()) {
      return;
    }
    List<ResourcePendingMaintenanceActions> announced =
        Absence.asEmpty(
            () ->
                clients
                    .dms()
                    .describePendingMaintenanceActionsPaginator(r -> r.maxRecords(100))
                    .stream()
                    .flatMap(page -> page.pendingMaintenanceActions().stream()));
    for (ResourcePendingMaintenanceActions one : announced) {
      String name = names.get(one.resourceIdentifier());
      if (name != null) {
        for (PendingMaintenanceAction action : one.pendingMaintenanceActionDetails()) {
          pending.add(
              maintenance(
                  "dms-instance " + name,
                  action.action(),
                  action.description(),
                  action.currentApplyDate(),
                  action.forcedApplyDate(),
                  action.autoAppliedAfterDate()));
        }
      }
    }
  }

  private void databases(List<Maintenance> pending) {
    if (ours.addresses("db-cluster").isEmpty()
        && !ours.hasTagged(CLUSTER)
        && !ours.hasTagged(INSTANCE)) {
      return;
    }
    for (var one :
        clients
            .rds()
            .describePendingMaintenanceActionsPaginator(r -> r.maxRecords(100))
            .pendingMaintenanceActions()) {
      Optional<String> object = database(one.resourceIdentifier());
      if (object.isPresent()) {
        for (var action : one.pendingMaintenanceActionDetails()) {
          pending.add(
              maintenance(
                  object.get(),
                  action.action(),
                  action.description(),
                  action.currentApplyDate(),
                  action.forcedApplyDate(),
                  action.autoAppliedAfterDate()));
        }
      }
    }
  }

  /** Kind and name of a database of ours. */
  private Optional<String> database(String arn) {
    String type = CLUSTER.matches(arn) ? "db-cluster" : "db-instance";
    String name = DmsObjects.lastPart(arn);
    return ours.has(type, arn, name) ? Optional.of(type + " " + name) : Optional.empty();
  }

  /**
   * @param moments when it is done, the surest first
   */
  private static Maintenance maintenance(
      String object,
      @Nullable String action,
      @Nullable String description,
      @Nullable Instant... moments) {
    String word = AwsMonitor.words(action).orElse("maintenance");
    return new Maintenance(
        object,
        AwsMonitor.words(description).map(text -> word + ": " + text).orElse(word),
        Stream.of(moments).flatMap(Stream::ofNullable).findFirst());
  }
}
