package dev.pgbound.simulator.copy;

import dev.pgbound.simulator.oracle.SourceRows;
import dev.pgbound.tables.TableTask;
import dev.pgbound.tables.catalog.TableName;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A task while its rows are moved: where it stands, and the connections to both sides. Each step is
 * one transaction of the target together with what is then true of the task.
 */
final class CopyRun implements AutoCloseable {

  private final CopyOrder order;
  private final ProgressStore store;
  private final SourceRows source;
  private final Map<TableName, RowMapper> tables;
  private Progress progress;
  private @Nullable TargetSession session;

  CopyRun(
      CopyOrder order,
      ProgressStore store,
      SourceRows source,
      Map<TableName, RowMapper> tables,
      Progress progress) {
    this.order = order;
    this.store = store;
    this.source = source;
    this.tables = tables;
    this.progress = progress;
  }

  /** A piece of work in the target that changes the progress. */
  interface Step {
    void run(TargetSession session) throws SQLException;
  }

  CopyOrder order() {
    return order;
  }

  CopySettings settings() {
    return order.settings();
  }

  SourceRows source() {
    return source;
  }

  /** Where the task stands; another object after a step that has failed. */
  Progress progress() {
    return progress;
  }

  TableProgress table(TableName name) {
    return progress.find(name).orElseThrow();
  }

  RowMapper rows(TableName name) {
    RowMapper rows = tables.get(name);
    if (rows == null) {
      throw new IllegalStateException(name + " is not selected");
    }
    return rows;
  }

  boolean isSelected(TableName name) {
    return tables.containsKey(name);
  }

  /** Moves everything that is due. */
  Progress advance(Instant now) throws SQLException, IOException {
    if (!progress.run.equals(order.run())) {
      begin();
    }
    if (!progress.isOver() && progress.isLoading) {
      new Loading(this).load(now);
    }
    if (!progress.isOver() && !progress.isLoading) {
      if (settings().task().mode().replicatesChanges()) {
        new Changing(this).apply(now);
      }
      if (!progress.isOver() && settings().validates()) {
        new Validating(this).validate();
      }
      endIfAsked(now);
    }
    store.settle(order.id(), progress);
    return progress;
  }

  private void endIfAsked(Instant now) {
    Instant loaded = progress.loadEnd;
    if (progress.isOver()) {
      return;
    }
    if (progress.mayStopAfterLoad && settings().stopsAfterChanges() && loaded != null) {
      progress.stop(loaded, "STOPPED_AFTER_CACHED_EVENTS");
    }
    order
        .end()
        .filter(end -> !progress.isOver() && !end.at().isAfter(now))
        .ifPresent(
            end -> {
              Instant begun = loaded == null ? order.begin() : loaded;
              progress.stop(begun.isAfter(end.at()) ? begun : end.at(), end.reason());
            });
    progress.mayStopAfterLoad = false;
  }

  private void begin() throws SQLException, IOException {
    TableTask.Mode mode = settings().task().mode();
    boolean isAnew = order.start() != CopyOrder.Start.RESUME || progress.run.isEmpty();
    progress.run = order.run();
    progress.stoppedAt = null;
    progress.stopReason = "";
    progress.failure = "";
    if (isAnew) {
      progress.position = startPosition();
    }
    selectTables(isAnew, mode.loads());
    progress.isLoading = mode.loads() && progress.count(TableState.BEFORE_LOAD) > 0;
    progress.mayStopAfterLoad = progress.isLoading;
    if (progress.isLoading) {
      progress.clock = order.begin();
      progress.loadBegin = order.begin();
      progress.loadEnd = null;
    }
    if (progress.tables.isEmpty() && settings().failsWithoutTables()) {
      fail(
          order.begin(),
          "No tables were found at task initialization. Either the selected table(s) or schemas(s)"
              + " no longer exist or no match was found for the table selection pattern(s).");
      return;
    }
    try {
      step(this::makeTables);
    } catch (SQLException e) {
      fail(order.begin(), TargetErrors.text(e));
    }
  }

  /** The tables of the rules as they are now; what was loaded before stays so in a resumed run. */
  private void selectTables(boolean isAnew, boolean loads) {
    List<TableProgress> selected = new ArrayList<>();
    for (TableName name : tables.keySet().stream().sorted().toList()) {
      TableProgress table = progress.find(name).orElseGet(() -> new TableProgress(name));
      boolean isLoaded = !isAnew && table.end != null;
      if (isAnew) {
        table = new TableProgress(name);
      }
      if (!loads && table.begin == null) {
        table.begin = order.begin();
        table.end = order.begin();
        table.state = TableState.COMPLETED;
      } else if (loads && !isLoaded && !goesOn(table)) {
        table.loadAnew();
      }
      if (settings().validates() && table.validation.equals(TableProgress.NOT_VALIDATED)) {
        table.validation = TableProgress.PENDING_VALIDATION;
      }
      selected.add(table);
    }
    progress.tables = selected;
  }

  /**
   * DMS loads a table again whose load was interrupted. Where it does not empty the table before,
   * it leaves the rows alone that are there; going on with the others comes to the same.
   */
  private boolean goesOn(TableProgress table) {
    boolean goesOn =
        settings().prepMode() == CopySettings.PrepMode.DO_NOTHING
            && table.state.isLoading()
            && table.isPrepared;
    if (goesOn) {
      table.state = TableState.BEFORE_LOAD;
    }
    return goesOn;
  }

  private long startPosition() throws SQLException {
    String wanted = order.startPosition().orElse("").strip();
    if (wanted.matches("[0-9]{1,18}")) {
      return Long.parseLong(wanted);
    }
    String[] parts = wanted.split("#", -1);
    return parts.length > 2 && parts[0].equals("checkpoint:V1") && parts[1].matches("[0-9]{1,18}")
        ? Long.parseLong(parts[1])
        : source.currentScn();
  }

  /** DMS's own tables, and where nothing is loaded the tables that are missing. */
  private void makeTables(TargetSession target) throws SQLException {
    new ControlTables(target, settings().controlSchema()).ensure();
    if (!settings().task().mode().loads()) {
      for (TableProgress table : progress.tables) {
        if (!table.isPrepared) {
          new TargetTable(target, rows(table.name())).prepare(settings());
          table.isPrepared = true;
        }
      }
    }
  }

  /** Has the task end because it cannot go on. */
  void fail(Instant at, String why) {
    progress.fail(at, TargetErrors.fatal(why));
  }

  /**
   * Does something in one transaction of the target.
   *
   * @throws SQLException when the target refuses it; then nothing has happened
   * @throws IOException when it may work later
   */
  void step(Step step) throws SQLException, IOException {
    JsonNode before = store.snapshot(progress);
    try {
      TargetSession target = session();
      step.run(target);
      store.intend(order.id(), before, target.transaction(), progress);
    } catch (SQLException e) {
      rollback();
      progress = store.restore(order.id(), before);
      if (TargetErrors.isPassing(e)) {
        throw new IOException("The target cannot be written to now", e);
      }
      throw e;
    }
    try {
      session().commit();
    } catch (SQLException e) {
      store.forget(order.id());
      throw new IOException("The target was lost", e);
    }
  }

  private TargetSession session() throws SQLException, IOException {
    if (session == null) {
      session = new TargetSession(order);
    }
    return session;
  }

  private void rollback() throws IOException {
    try {
      if (session != null) {
        session.rollback();
      }
    } catch (SQLException e) {
      store.forget(order.id());
      throw new IOException("The target was lost", e);
    }
  }

  @Override
  public void close() throws SQLException {
    if (session != null) {
      session.close();
    }
  }
}
