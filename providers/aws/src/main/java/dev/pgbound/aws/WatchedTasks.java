package dev.pgbound.aws;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.TableState;
import dev.pgbound.spi.TaskState;
import dev.pgbound.spi.TaskState.Phase;
import dev.pgbound.spi.TaskState.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue;
import software.amazon.awssdk.services.databasemigration.model.Replication;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTaskStats;
import software.amazon.awssdk.services.databasemigration.model.TableStatistics;

/** The tasks of a migration, those on replication instances and the serverless ones. */
final class WatchedTasks {

  private static final String CLASSIC = "dms-task";
  private static final String SERVERLESS = "dms-serverless";
  private static final ArnKind CONFIG = new ArnKind("dms", "replication-config:");

  /** The most that one page of DescribeTableStatistics holds. */
  private static final int PAGE = 500;

  /** One look at a task. */
  record Found(String type, Optional<Address> address, TaskRun run) {

    ReplicationTask task() {
      return run.task();
    }

    Phase phase() {
      return TaskPhases.of(run);
    }

    boolean isClassic() {
      return type.equals(CLASSIC);
    }

    boolean capturesChanges() {
      return task().migrationType() != MigrationTypeValue.FULL_LOAD;
    }
  }

  private final AwsClients clients;
  private final Ours ours;
  private final List<Found> found = new ArrayList<>();

  /** Reads the tasks: one paged call for each sort. */
  WatchedTasks(AwsClients clients, Ours ours) {
    this.clients = clients;
    this.ours = ours;
    Absence.asEmpty(
            () ->
                clients
                    .dms()
                    .describeReplicationTasksPaginator(r -> r.withoutSettings(true).maxRecords(100))
                    .stream()
                    .flatMap(page -> page.replicationTasks().stream()))
        .forEach(task -> add(CLASSIC, new TaskRun(task)));
    if (!ours.addresses(SERVERLESS).isEmpty() || ours.hasTagged(CONFIG)) {
      List<Replication> replications = new ServerlessReplications(clients::dms).describe(List.of());
      replications.forEach(one -> add(SERVERLESS, ServerlessReplications.asTask(one)));
    }
  }

  private void add(String type, TaskRun run) {
    String arn = run.task().replicationTaskArn();
    String name = run.task().replicationTaskIdentifier();
    if (ours.has(type, arn, name)) {
      found.add(new Found(type, ours.address(type, arn, name), run));
    }
  }

  List<Found> all() {
    return List.copyOf(found);
  }

  /** Whether a task moves rows from or to this endpoint. */
  boolean use(String endpointArn) {
    return found.stream()
        .map(Found::task)
        .anyMatch(
            task ->
                endpointArn.equals(task.sourceEndpointArn())
                    || endpointArn.equals(task.targetEndpointArn()));
  }

  /** The tasks on a replication instance. */
  List<Found> on(String instanceArn) {
    return found.stream()
        .filter(one -> instanceArn.equals(one.task().replicationInstanceArn()))
        .toList();
  }

  /**
   * All tasks with their tables; those that are declared and not there as well.
   *
   * @param lags by the ARN of the task
   * @param unread takes the tables that cannot be read
   */
  List<TaskState> states(Map<String, TaskState.Lag> lags, List<String> unread) {
    List<TaskState> states = new ArrayList<>();
    for (Found one : found) {
      List<TableState> tables =
          AwsMonitor.read(
              "tables of " + one.task().replicationTaskIdentifier(),
              unread,
              List.of(),
              () -> tables(one));
      states.add(
          state(one, tables, Optional.ofNullable(lags.get(one.task().replicationTaskArn()))));
    }
    Stream.of(CLASSIC, SERVERLESS)
        .flatMap(type -> ours.addresses(type).stream())
        .filter(address -> found.stream().noneMatch(one -> isOf(one, address)))
        .map(this::missing)
        .forEach(states::add);
    states.sort(
        Comparator.comparing(
            state -> state.address().map(Address::toString).orElse("~" + state.name())));
    return states;
  }

  private static boolean isOf(Found one, Address address) {
    return one.address().equals(Optional.of(address));
  }

  private TaskState missing(Address address) {
    return new TaskState(
        Optional.of(address),
        ours.name(address),
        ours.attributes(address)
            .text("migrationType")
            .or(() -> ours.attributes(address).text("replicationType"))
            .orElse(""),
        Phase.MISSING,
        "",
        0,
        Span.NONE,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static TaskState state(Found one, List<TableState> tables, Optional<TaskState.Lag> lag) {
    ReplicationTask task = one.task();
    ReplicationTaskStats stats =
        Objects.requireNonNullElseGet(
            task.replicationTaskStats(), () -> ReplicationTaskStats.builder().build());
    return new TaskState(
        one.address(),
        task.replicationTaskIdentifier(),
        Objects.toString(task.migrationTypeAsString(), ""),
        one.phase(),
        one.run().word(),
        Objects.requireNonNullElse(stats.fullLoadProgressPercent(), 0),
        new Span(moment(stats.fullLoadStartDate()), moment(stats.fullLoadFinishDate())),
        moment(stats.stopDate()),
        tables,
        lag,
        one.run().why());
  }

  private static Optional<Instant> moment(@Nullable Instant moment) {
    return Optional.ofNullable(moment);
  }

  /** A task that never ran has no tables, and DMS may refuse the question. */
  private List<TableState> tables(Found one) {
    if (one.phase() == Phase.PREPARED) {
      return List.of();
    }
    String arn = one.task().replicationTaskArn();
    try {
      Stream<TableStatistics> statistics =
          one.isClassic()
              ? clients
                  .dms()
                  .describeTableStatisticsPaginator(r -> r.replicationTaskArn(arn).maxRecords(PAGE))
                  .stream()
                  .flatMap(page -> page.tableStatistics().stream())
              : clients
                  .dms()
                  .describeReplicationTableStatisticsPaginator(
                      r -> r.replicationConfigArn(arn).maxRecords(PAGE))
                  .stream()
                  .flatMap(page -> page.replicationTableStatistics().stream());
      return statistics
          .map(WatchedTasks::table)
          .sorted(Comparator.comparing(TableState::schema).thenComparing(TableState::name))
          .toList();
    } catch (ResourceException e) {
      if (AwsErrors.code("InvalidResourceStateFault").test(e)) {
        return List.of();
      }
      throw e;
    }
  }

  private static TableState table(TableStatistics table) {
    return new TableState(
        Objects.toString(table.schemaName(), ""),
        Objects.toString(table.tableName(), ""),
        Objects.toString(table.tableState(), ""),
        count(table.fullLoadRows()),
        count(table.fullLoadErrorRows()),
        count(table.appliedInserts())
            + count(table.appliedUpdates())
            + count(table.appliedDeletes()),
        Objects.toString(table.validationState(), ""),
        count(table.validationFailedRecords()),
        count(table.validationSuspendedRecords()),
        count(table.validationPendingRecords()));
  }

  private static long count(@Nullable Long number) {
    return number == null ? 0 : number;
  }
}
