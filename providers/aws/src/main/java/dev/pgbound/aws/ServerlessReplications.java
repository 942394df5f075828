package dev.pgbound.aws;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.Filter;
import software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue;
import software.amazon.awssdk.services.databasemigration.model.Replication;
import software.amazon.awssdk.services.databasemigration.model.ReplicationStats;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTaskStats;
import software.amazon.awssdk.services.databasemigration.model.StartReplicationTaskTypeValue;

/**
 * The calls that set serverless replications going and stop them. A replication is looked at as the
 * task that it is: only its words for the stages of a start are others.
 */
record ServerlessReplications(Supplier<DatabaseMigrationClient> dms) implements TaskRuns.Remote {

  private static final Set<String> STARTING =
      Set.of(
          "initializing",
          "preparing_metadata_resources",
          "testing_connection",
          "fetching_metadata",
          "calculating_capacity",
          "provisioning_capacity",
          "replication_starting");

  @Override
  public String type() {
    return "dms-serverless";
  }

  @Override
  public Optional<TaskRun> find(String arn) {
    return describe(List.of(DmsObjects.filter("replication-config-arn", arn))).stream()
        .findFirst()
        .map(ServerlessReplications::asTask);
  }

  /** The replications that fit these filters. */
  List<Replication> describe(List<Filter> filters) {
    return Absence.asEmpty(
        () ->
            dms.get().describeReplicationsPaginator(r -> r.filters(filters)).stream()
                .flatMap(page -> page.replications().stream()));
  }

  /** DMS refuses to begin anew what has run, and to resume a full load, which has no position. */
  @Override
  public void start(TaskRun standing, StartReplicationTaskTypeValue type, Context context) {
    String arn = standing.task().replicationTaskArn();
    if (type == StartReplicationTaskTypeValue.RESUME_PROCESSING && isFullLoad(standing)) {
      throw notResumable(arn);
    }
    dms.get()
        .startReplication(r -> r.replicationConfigArn(arn).startReplicationType(type.toString()));
  }

  @Override
  public void stop(String arn) {
    dms.get().stopReplication(r -> r.replicationConfigArn(arn));
  }

  /** Why a full load that was interrupted does not go on. */
  static ResourceException notResumable(String arn) {
    return new ResourceException(
        Kind.CONFLICT,
        "NotResumable",
        String.format(
            Locale.ROOT,
            "dms-serverless %s is a full load, which DMS does not resume. Have everything loaded"
                + " again: write another text into \"reload\".",
            DmsObjects.lastPart(arn)));
  }

  static boolean isFullLoad(TaskRun run) {
    return run.task().migrationType() == MigrationTypeValue.FULL_LOAD;
  }

  /** The service writes its words in different cases. */
  static String word(Replication replication) {
    return replication.status().toLowerCase(Locale.ROOT);
  }

  /** Whether a replication of this word runs, or is about to. */
  static boolean runs(String word) {
    return word.equals("running") || STARTING.contains(word);
  }

  static TaskRun asTask(Replication replication) {
    ReplicationStats stats = replication.replicationStats();
    return new TaskRun(
        ReplicationTask.builder()
            .replicationTaskArn(replication.replicationConfigArn())
            .replicationTaskIdentifier(replication.replicationConfigIdentifier())
            .migrationType(replication.replicationType())
            .status(status(replication))
            .stopReason(replication.stopReason())
            .lastFailureMessage(String.join("; ", replication.failureMessages()))
            .recoveryCheckpoint(replication.recoveryCheckpoint())
            // changes with every start, also with one that fails before anything runs
            .replicationTaskStartDate(replication.replicationUpdateTime())
            .replicationTaskStats(stats == null ? null : stats(stats))
            .build(),
        word(replication));
  }

  /** A replication that failed before it ever ran is one that begins. */
  private static String status(Replication replication) {
    String word = word(replication);
    boolean neverRan =
        replication.replicationStats() == null
            || replication.replicationStats().startDate() == null;
    if (STARTING.contains(word)) {
      return "starting";
    }
    boolean ready = word.equals("created") || (word.equals("failed") && neverRan);
    return ready ? "ready" : word;
  }

  private static ReplicationTaskStats stats(ReplicationStats stats) {
    return ReplicationTaskStats.builder()
        .fullLoadProgressPercent(stats.fullLoadProgressPercent())
        .tablesLoaded(stats.tablesLoaded())
        .tablesLoading(stats.tablesLoading())
        .tablesQueued(stats.tablesQueued())
        .tablesErrored(stats.tablesErrored())
        .fullLoadStartDate(stats.fullLoadStartDate())
        .fullLoadFinishDate(stats.fullLoadFinishDate())
        .stopDate(stats.stopDate())
        .build();
  }
}
