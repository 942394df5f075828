package dev.pgbound.aws;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.databasemigration.model.ReplicationInstance;

/** The replication instances that a migration has or uses, read in one paged call. */
record WatchedInstances(List<ReplicationInstance> instances) {

  static final WatchedInstances NONE = new WatchedInstances(List.of());

  static WatchedInstances read(AwsClients clients, Ours ours, WatchedTasks tasks) {
    return new WatchedInstances(
        Absence.asEmpty(
                () ->
                    clients
                        .dms()
                        .describeReplicationInstancesPaginator(r -> r.maxRecords(100))
                        .stream()
                        .flatMap(page -> page.replicationInstances().stream()))
            .stream()
            .filter(
                one ->
                    ours.has(
                            "dms-instance",
                            one.replicationInstanceArn(),
                            one.replicationInstanceIdentifier())
                        || !tasks.on(one.replicationInstanceArn()).isEmpty())
            .toList());
  }

  /** By ARN. */
  Map<String, String> names() {
    Map<String, String> names = new TreeMap<>();
    instances.forEach(
        one -> names.put(one.replicationInstanceArn(), one.replicationInstanceIdentifier()));
    return names;
  }
}
