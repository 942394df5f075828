package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.copy.Copier;
import dev.pgbound.simulator.copy.CopyOrder;
import dev.pgbound.simulator.copy.Progress;
import dev.pgbound.simulator.copy.TableState;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.tables.catalog.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTaskStats;

/**
 * The rows of running tasks, where there is something to move them from and to. Without, a task
 * runs all the same, and nobody sees any rows.
 */
final class TaskRows {

  /** What a task keeps of its present run: when it begins, and how. */
  private static final String RUN = "run";

  private static final String RECOVERABLE =
      " Stop Reason RECOVERABLE_ERROR Error Level RECOVERABLE";

  private final DmsStore store;
  private @Nullable Copier copier;
  private @Nullable TaskOrders orders;

  TaskRows(DmsStore store) {
    this.store = store;
  }

  /**
   * Moves rows from now on.
   *
   * @param isWatched whether the rows are only looked at, because somebody else may be moving them
   */
  void moveWith(Copier newCopier, SimulatedHosts hosts, boolean isWatched) {
    copier = newCopier;
    orders = new TaskOrders(store, hosts);
    if (!isWatched) {
      store.world().beforeRequests(this::advance);
    }
  }

  /** Whether the rows of a task are moved. */
  boolean areMoved(ReplicationTask task) {
    return orders != null && orders.isMoved(task);
  }

  /** Has a run's rows moved from {@code begin} on. */
  void start(
      Stored<ReplicationTask, ReplicationTask.Builder> task, Instant begin, CopyOrder.Start how) {
    task.hide(RUN, begin + " " + how);
  }

  private Optional<CopyOrder> order(Stored<ReplicationTask, ReplicationTask.Builder> task) {
    boolean isRunning = TaskStatus.of(task.model()) == TaskStatus.RUNNING;
    TaskOrders known = orders;
    return known == null || !isRunning
        ? Optional.empty()
        : task.hidden(RUN).map(run -> known.order(task, run));
  }

  /** Does what is due, and shows it in the tasks. */
  private void advance() {
    if (copier == null) {
      return;
    }
    for (Stored<ReplicationTask, ReplicationTask.Builder> task : store.tasks().all()) {
      Optional<CopyOrder> order = order(task);
      if (order.isPresent()) {
        try {
          show(task, order.get(), copier.advance(order.get(), store.world().now()));
        } catch (IOException e) {
          showTrouble(task, "Last Error " + e.getMessage() + RECOVERABLE);
        }
      }
    }
  }

  /** DMS tries again and again; so does the next request here. */
  private static void showTrouble(
      Stored<ReplicationTask, ReplicationTask.Builder> task, String what) {
    if (!what.equals(task.model().lastFailureMessage())) {
      task.update(builder -> builder.lastFailureMessage(what));
    }
  }

  private void show(
      Stored<ReplicationTask, ReplicationTask.Builder> task, CopyOrder order, Progress progress) {
    ReplicationTask shown = task.model().copy(builder -> show(builder, order, progress));
    if (!shown.equals(task.model())) {
      task.update(builder -> show(builder, order, progress));
    }
  }

  private void show(ReplicationTask.Builder builder, CopyOrder order, Progress progress) {
    ReplicationTask task = builder.build();
    ReplicationTaskStats.Builder stats =
        task.replicationTaskStats().toBuilder()
            .tablesLoaded(progress.count(TableState.COMPLETED))
            .tablesLoading(progress.count(TableState.LOADING, TableState.RELOADING))
            .tablesQueued(progress.count(TableState.BEFORE_LOAD))
            .tablesErrored(progress.count(TableState.ERROR, TableState.MISSING));
    if (progress.loadBegin() != null) {
      stats
          .fullLoadProgressPercent(progress.percent())
          .fullLoadStartDate(progress.loadBegin())
          .fullLoadFinishDate(progress.loadEnd())
          .elapsedTimeMillis(elapsed(progress).toMillis());
    }
    if (task.migrationType() != MigrationTypeValue.FULL_LOAD) {
      String checkpoint = CdcPositions.checkpoint(order.begin(), progress.position());
      builder
          .recoveryCheckpoint(checkpoint)
          .cdcStartPosition(task.cdcStartPosition() == null ? checkpoint : task.cdcStartPosition());
    }
    if (progress.stoppedAt() != null) {
      stats.stopDate(progress.stoppedAt());
      boolean hasFailed = !progress.failure().isEmpty();
      builder
          .status((hasFailed ? TaskStatus.FAILED : TaskStatus.STOPPED).toString())
          .stopReason(
              "Stop Reason "
                  + (hasFailed ? "FATAL_ERROR Error Level FATAL" : progress.stopReason()))
          .lastFailureMessage(hasFailed ? progress.failure() : task.lastFailureMessage());
    }
    builder.replicationTaskStats(stats.build());
  }

  private Duration elapsed(Progress progress) {
    Instant begin = progress.loadBegin();
    Instant end = progress.loadEnd();
    return begin == null || end == null ? Duration.ZERO : Duration.between(begin, end);
  }

  /** How far a task's rows are; empty when none are moved. */
  Optional<Progress> progress(Stored<ReplicationTask, ReplicationTask.Builder> task) {
    if (copier == null || task.hidden(RUN).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(copier.look(id(task.arn())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has tables of a running task loaded, or only compared, again. */
  void reload(
      Stored<ReplicationTask, ReplicationTask.Builder> task,
      List<TableName> tables,
      boolean isOnlyCompared) {
    Optional<CopyOrder> order = order(task);
    if (copier == null || order.isEmpty()) {
      return;
    }
    try {
      if (isOnlyCompared) {
        copier.validate(order.get(), tables, store.world().now());
      } else {
        copier.reload(order.get(), tables, store.world().now());
      }
    } catch (IOException e) {
      throw Refusals.invalidState(
          "The tables cannot be loaded now: %s", String.valueOf(e.getMessage()));
    }
  }

  /** The position of a task that has captured changes; empty when no rows are moved. */
  Optional<String> checkpoint(
      Stored<ReplicationTask, ReplicationTask.Builder> task, Instant moment) {
    return progress(task).map(progress -> CdcPositions.checkpoint(moment, progress.position()));
  }

  /** Forgets what is known of tasks that are no more. */
  void sweep() {
    if (copier != null) {
      Set<String> ids =
          store.tasks().everywhere().stream()
              .map(task -> id(task.arn()))
              .collect(Collectors.toSet());
      try {
        copier.keepOnly(ids);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static String id(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }
}
