package dev.pgbound.aws;

import dev.pgbound.spi.ResourceType.Blocker;
import dev.pgbound.spi.ResourceType.Deletion;
import dev.pgbound.spi.ResourceType.User;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.databasemigration.model.ReplicationConfig;
import software.amazon.awssdk.services.databasemigration.model.ReplicationInstance;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;

/**
 * All objects of an account that may use what is to be deleted, whoever they belong to. Each kind
 * is read once for all resource types that ask, see {@link Discovery#remembering}.
 */
final class Users {

  /** What is in this status is in nobody's way for long. */
  private static final String DELETING = "deleting";

  private final Supplier<List<DBCluster>> clusters;
  private final Supplier<List<DBInstance>> databases;
  private final Supplier<List<ReplicationInstance>> replicationInstances;
  private final Supplier<List<ReplicationTask>> tasks;
  private final Supplier<List<ReplicationConfig>> serverless;

  Users(AwsClients clients, Discovery discovery) {
    clusters =
        discovery.remembering(
            () ->
                clients.rds().describeDBClustersPaginator().dbClusters().stream()
                    .filter(cluster -> !DELETING.equals(cluster.status()))
                    .toList());
    databases =
        discovery.remembering(
            () ->
                clients.rds().describeDBInstancesPaginator().dbInstances().stream()
                    .filter(database -> !DELETING.equals(database.dbInstanceStatus()))
                    .toList());
    replicationInstances =
        discovery.remembering(
            () ->
                Absence.asEmpty(
                    () ->
                        clients.dms().describeReplicationInstancesPaginator().stream()
                            .flatMap(page -> page.replicationInstances().stream())
                            .filter(one -> !DELETING.equals(one.replicationInstanceStatus()))));
    tasks =
        discovery.remembering(
            () ->
                Absence.asEmpty(
                    () ->
                        clients
                            .dms()
                            .describeReplicationTasksPaginator(r -> r.withoutSettings(true))
                            .stream()
                            .flatMap(page -> page.replicationTasks().stream())
                            .filter(task -> !DELETING.equals(task.status()))));
    serverless =
        discovery.remembering(
            () ->
                Absence.asEmpty(
                    () ->
                        clients.dms().describeReplicationConfigsPaginator(r -> {}).stream()
                            .flatMap(page -> page.replicationConfigs().stream())));
  }

  List<DBCluster> clusters() {
    return clusters.get();
  }

  /** The clusters that use what is to be deleted. */
  List<Blocker> clusters(List<Deletion> deletions, BiPredicate<Deletion, DBCluster> uses) {
    return find(
        deletions,
        clusters(),
        uses,
        cluster -> new User("db-cluster", cluster.dbClusterIdentifier()));
  }

  /** The database instances that use what is to be deleted. */
  List<Blocker> databases(List<Deletion> deletions, BiPredicate<Deletion, DBInstance> uses) {
    return find(
        deletions,
        databases.get(),
        uses,
        database -> new User("db-instance", database.dbInstanceIdentifier()));
  }

  /** The replication instances that use what is to be deleted. */
  List<Blocker> replicationInstances(
      List<Deletion> deletions, BiPredicate<Deletion, ReplicationInstance> uses) {
    return find(
        deletions,
        replicationInstances.get(),
        uses,
        instance -> new User("dms-instance", instance.replicationInstanceIdentifier()));
  }

  /** The replication tasks that use what is to be deleted. */
  List<Blocker> tasks(List<Deletion> deletions, BiPredicate<Deletion, ReplicationTask> uses) {
    return find(
        deletions,
        tasks.get(),
        uses,
        task -> new User("dms-task", task.replicationTaskIdentifier()));
  }

  /** The serverless replications that use what is to be deleted. */
  List<Blocker> serverless(
      List<Deletion> deletions, BiPredicate<Deletion, ReplicationConfig> uses) {
    return find(
        deletions,
        serverless.get(),
        uses,
        config -> new User("dms-serverless", config.replicationConfigIdentifier()));
  }

  /** Those of the candidates that use what is to be deleted. */
  static <T> List<Blocker> find(
      List<Deletion> deletions,
      List<T> candidates,
      BiPredicate<Deletion, T> uses,
      Function<T, User> user) {
    return deletions.stream()
        .flatMap(
            deletion ->
                candidates.stream()
                    .filter(candidate -> uses.test(deletion, candidate))
                    .map(candidate -> Blocker.use(deletion.address(), user.apply(candidate))))
        .toList();
  }
}
