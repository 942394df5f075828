package dev.pgbound.simulator.copy;

import dev.pgbound.simulator.copy.CopySettings.Policy;
import dev.pgbound.simulator.oracle.RowImage;
import dev.pgbound.simulator.oracle.SourceRows.Change;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Change data capture: what has changed in the source since, in its order. Changes wait while any
 * table is being loaded.
 */
final class Changing {

  /** As many changes become one transaction. */
  private static final int BATCH = 1000;

  private final CopyRun run;

  Changing(CopyRun run) {
    this.run = run;
  }

  /** Applies everything that has been committed. */
  void apply(Instant now) throws SQLException, IOException {
    List<Change> changes = run.source().changes(run.progress().position, BATCH);
    while (!changes.isEmpty() && !run.progress().isOver()) {
      List<Change> batch = changes;
      if (batch.stream().anyMatch(change -> isReplicated(change))) {
        run.step(session -> apply(batch, session, now));
      } else {
        run.progress().position = batch.get(batch.size() - 1).scn();
      }
      changes = run.source().changes(run.progress().position, BATCH);
    }
  }

  /** A table that is loaded has everything up to the beginning of its load. */
  private boolean isReplicated(Change change) {
    Optional<TableProgress> table = run.progress().find(change.table());
    return table.isPresent()
        && run.isSelected(change.table())
        && table.get().state == TableState.COMPLETED
        && change.scn() > table.get().loadedFrom
        && run.rows(change.table()).isReplicated(present(change));
  }

  /** The row that says whether the change is about a row that is replicated. */
  private static RowImage present(Change change) {
    RowImage row = change.after() == null ? change.before() : change.after();
    if (row == null) {
      throw new IllegalStateException("A change without a row");
    }
    return row;
  }

  private void apply(List<Change> changes, TargetSession session, Instant now) throws SQLException {
    for (Change change : changes) {
      if (isReplicated(change)) {
        apply(change, session, now);
      }
      if (run.progress().isOver()) {
        return;
      }
      run.progress().position = change.scn();
    }
  }

  private void apply(Change change, TargetSession session, Instant now) throws SQLException {
    TableProgress table = run.table(change.table());
    RowHeader header = RowHeader.of(change);
    count(header, table, false);
    Savepoint savepoint = session.savepoint();
    try {
      boolean isApplied = write(change, header, new TargetTable(session, run.rows(table.name())));
      session.release(savepoint);
      if (isApplied) {
        count(header, table, true);
      } else if (change.scn() > table.loadedUntil) {
        missing(change, session, now);
      }
    } catch (SQLException e) {
      if (TargetErrors.isPassing(e)) {
        throw e;
      }
      session.rollback(savepoint);
      refused(change, e, session, now);
    }
  }

  private static void count(RowHeader header, TableProgress table, boolean isApplied) {
    switch (header.operation()) {
      case "INSERT" -> {
        table.inserts += isApplied ? 0 : 1;
        table.appliedInserts += isApplied ? 1 : 0;
      }
      case "UPDATE" -> {
        table.updates += isApplied ? 0 : 1;
        table.appliedUpdates += isApplied ? 1 : 0;
      }
      default -> {
        table.deletes += isApplied ? 0 : 1;
        table.appliedDeletes += isApplied ? 1 : 0;
      }
    }
    if (!table.validation.equals(TableProgress.NOT_VALIDATED)) {
      table.validation = TableProgress.PENDING_VALIDATION;
    }
  }

  /** Whether there was a row to change. */
  private boolean write(Change change, RowHeader header, TargetTable target) throws SQLException {
    RowMapper mapper = run.rows(change.table());
    RowImage before = change.before();
    RowImage after = change.after();
    if (before == null) {
      target.insert(mapper.map(present(change), null, header));
      return true;
    }
    MappedRow old = mapper.map(before, null, header);
    if (after != null) {
      return target.update(old, mapper.map(after, before, header));
    }
    List<Integer> indicators = mapper.indicators();
    return indicators.isEmpty() ? target.delete(old) : target.update(old, old, indicators);
  }

  /** A change of a row that the target does not have. */
  private void missing(Change change, TargetSession session, Instant now) throws SQLException {
    boolean isUpdate = change.after() != null;
    Policy policy =
        isUpdate ? run.settings().policies().update() : run.settings().policies().delete();
    if (isUpdate && policy == Policy.UPDATE_RECORD) {
      RowMapper mapper = run.rows(change.table());
      RowHeader header = RowHeader.of(change);
      new TargetTable(session, mapper).insert(mapper.map(present(change), null, header));
      count(header, run.table(change.table()), true);
    } else {
      follow(policy, change, "0 rows affected", session, now);
    }
  }

  private void refused(Change change, SQLException error, TargetSession session, Instant now)
      throws SQLException {
    TableProgress table = run.table(change.table());
    boolean isDuplicate = change.before() == null && TargetErrors.isDuplicate(error);
    if (isDuplicate && change.scn() <= table.loadedUntil) {
      return; // the load has read the row already
    }
    Policy conflict =
        change.before() == null
            ? run.settings().policies().insert()
            : change.after() == null
                ? run.settings().policies().delete()
                : run.settings().policies().update();
    Policy policy = TargetErrors.policy(error, run.settings().policies(), conflict);
    if (isDuplicate && policy == Policy.INSERT_RECORD) {
      RowHeader header = RowHeader.of(change);
      MappedRow row = run.rows(table.name()).map(present(change), null, header);
      TargetTable target = new TargetTable(session, run.rows(table.name()));
      target.delete(row);
      target.insert(row);
      count(header, table, true);
    } else {
      follow(policy, change, TargetErrors.text(error), session, now);
    }
  }

  private void follow(
      Policy policy, Change change, String error, TargetSession session, Instant now)
      throws SQLException {
    TableProgress table = run.table(change.table());
    switch (policy) {
      case IGNORE_RECORD -> {}
      case SUSPEND_TABLE -> {
        table.state = TableState.ERROR;
        table.error = error;
      }
      case STOP_TASK -> run.fail(now, "Table '" + change.table() + "': " + error);
      default ->
          new ControlTables(session, run.settings().controlSchema())
              .note(run.order().id(), table, now, statement(change), error);
    }
  }

  /** What was to be done; values are not repeated here, they may be secret. */
  private static String statement(Change change) {
    return RowHeader.of(change).operation() + " " + change.table() + " at SCN " + change.scn();
  }
}
