package dev.pgbound.simulator.copy;

import dev.pgbound.oracle.OracleCatalog;
import dev.pgbound.simulator.oracle.SourceRows;
import dev.pgbound.simulator.oracle.StandIn;
import dev.pgbound.tables.Evaluation;
import dev.pgbound.tables.SelectedTable;
import dev.pgbound.tables.catalog.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Moves rows from the stand-in for Oracle into PostgreSQL, as far as the clock has come. What it
 * has done survives the process, and nothing is done twice, whenever the process dies.
 */
public final class Copier {

  private final StandIn standIn;
  private final ProgressStore store;
  private final Map<String, Map<TableName, RowMapper>> evaluated = new LinkedHashMap<>();

  /**
   * @param folder where it keeps how far the tasks are
   */
  public Copier(StandIn standIn, Path folder) {
    this.standIn = standIn;
    this.store = new ProgressStore(folder);
  }

  /**
   * Does what is due in a task.
   *
   * @return where it then stands
   * @throws IOException when one side does not answer; the same may work later
   */
  public Progress advance(CopyOrder order, Instant now) throws IOException {
    Progress progress = read(order);
    if (progress.run.equals(order.run()) && progress.isOver()) {
      return progress;
    }
    try (Connection connection = standIn.connect()) {
      SourceRows source = new SourceRows(connection);
      Map<TableName, RowMapper> tables = tables(order, connection);
      try (CopyRun run = new CopyRun(order, store, source, tables, progress)) {
        return run.advance(now);
      }
    } catch (SQLException e) {
      store.forget(order.id());
      throw new IOException("The rows of " + order.id() + " cannot be moved: " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      store.forget(order.id());
      throw e;
    }
  }

  private Progress read(CopyOrder order) throws IOException {
    return store.read(
        order.id(),
        transaction -> {
          try (TargetSession session = new TargetSession(order)) {
            return session.isCommitted(transaction);
          } catch (SQLException e) {
            throw new IOException("The target does not say what it has done", e);
          }
        });
  }

  /** Rules and catalog are evaluated once for a run: DMS, too, reads them when it starts. */
  private Map<TableName, RowMapper> tables(CopyOrder order, Connection connection)
      throws SQLException {
    String key = order.id() + " " + order.run();
    Map<TableName, RowMapper> known = evaluated.get(key);
    if (known == null) {
      known = new LinkedHashMap<>();
      Evaluation evaluation =
          Evaluation.of(
              OracleCatalog.read(connection, OracleCatalog.schemas(connection)),
              order.settings().task());
      for (SelectedTable table : evaluation.tables()) {
        if (table.source().kind().isReplicated()) {
          known.put(table.source().name(), new RowMapper(table));
        }
      }
      evaluated.put(key, known);
    }
    return known;
  }

  /** Where a task stands; nowhere when it has never run. */
  public Progress look(String task) throws IOException {
    return store.look(task);
  }

  /** Has some tables of a running task loaded again from now on. */
  public void reload(CopyOrder order, Collection<TableName> tables, Instant now)
      throws IOException {
    Progress progress = advance(order, now);
    for (TableName name : tables) {
      progress
          .find(name)
          .ifPresent(
              table -> {
                table.loadAnew();
                table.wasReloaded = true;
                progress.isLoading = true;
              });
    }
    progress.clock = now;
    progress.mayStopAfterLoad = false;
    store.settle(order.id(), progress);
  }

  /** Has some tables of a running task compared again. */
  public void validate(CopyOrder order, Collection<TableName> tables, Instant now)
      throws IOException {
    Progress progress = advance(order, now);
    tables.forEach(
        name ->
            progress
                .find(name)
                .ifPresent(table -> table.validation = TableProgress.PENDING_VALIDATION));
    store.settle(order.id(), progress);
  }

  /** Forgets all other tasks. */
  public void keepOnly(Set<String> tasks) throws IOException {
    store.keepOnly(tasks);
  }
}
