package dev.pgbound.aws;

import dev.pgbound.spi.Value.Fields;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.ReplicationInstance;

/** The move of a task to another replication instance, which keeps its position. */
final class TaskMove {

  static final String INSTANCE = "replicationInstanceArn";

  private TaskMove() {}

  /**
   * Why DMS would refuse the move: the other instance must have the same or a later engine version.
   * Empty while that instance does not exist.
   */
  static Optional<String> hindrance(DatabaseMigrationClient dms, Fields live, Fields desired) {
    Optional<String> from = live.text(INSTANCE);
    Optional<String> to = desired.text(INSTANCE);
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    Map<String, ReplicationInstance> instances = new TreeMap<>();
    Absence.asEmpty(
            () ->
                dms
                    .describeReplicationInstancesPaginator(
                        r ->
                            r.filters(
                                DmsObjects.filter(
                                    "replication-instance-arn", from.get(), to.get())))
                    .stream()
                    .flatMap(page -> page.replicationInstances().stream()))
        .forEach(instance -> instances.put(instance.replicationInstanceArn(), instance));
    ReplicationInstance source = instances.get(from.get());
    ReplicationInstance target = instances.get(to.get());
    if (source == null
        || target == null
        || Versions.isAtLeast(target.engineVersion(), source.engineVersion())) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "DMS moves a task to an instance of the same or a later engine version: %s has %s, %s"
                + " has %s. Upgrade %s in an apply of its own, then move the task.",
            source.replicationInstanceIdentifier(),
            source.engineVersion(),
            target.replicationInstanceIdentifier(),
            target.engineVersion(),
            target.replicationInstanceIdentifier()));
  }
}
