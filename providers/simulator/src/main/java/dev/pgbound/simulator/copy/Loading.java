package dev.pgbound.simulator.copy;

import dev.pgbound.simulator.oracle.SourceRows.Placed;
import dev.pgbound.tables.catalog.Table;
import dev.pgbound.tables.catalog.TableName;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The full load: so many tables side by side, each at the same pace, so that the clock alone says
 * which row has arrived when.
 */
final class Loading {

  /** As long as a table takes at least. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final CopyRun run;
  private final int rowsPerSecond;

  Loading(CopyRun run) throws SQLException {
    this.run = run;
    rowsPerSecond = run.source().rowsPerSecond();
  }

  /** Loads what is due. */
  void load(Instant now) throws SQLException, IOException {
    Instant clock = Optional.ofNullable(run.progress().clock).orElse(now);
    startTables(clock);
    for (Optional<TableProgress> next = next(); next.isPresent(); next = next()) {
      Instant end = end(next.get());
      if (end.isAfter(now)) {
        loadPartly(now);
        run.progress().clock = clock;
        return;
      }
      complete(next.get().name(), end);
      clock = end.isAfter(clock) ? end : clock;
      if (run.progress().isOver()) {
        return;
      }
      startTables(clock);
    }
    finish(clock);
  }

  /** The table that will be loaded first. */
  private Optional<TableProgress> next() {
    return loading().stream().min(Comparator.comparing(this::end));
  }

  private List<TableProgress> loading() {
    return run.progress().tables.stream().filter(table -> table.state.isLoading()).toList();
  }

  private Instant end(TableProgress table) {
    return begin(table).plus(duration(table));
  }

  private static Instant begin(TableProgress table) {
    return Optional.ofNullable(table.begin).orElse(Instant.EPOCH);
  }

  private Duration duration(TableProgress table) {
    Duration needed = Duration.ofMillis(table.total * 1000 / rowsPerSecond);
    return needed.compareTo(SHORTEST) < 0 ? SHORTEST : needed;
  }

  /** Lets as many tables begin as there are sub-tasks for. */
  private void startTables(Instant clock) throws SQLException {
    List<TableProgress> waiting =
        run.progress().tables.stream()
            .filter(table -> table.state == TableState.BEFORE_LOAD)
            .sorted(
                Comparator.comparing((TableProgress table) -> -loadOrder(table))
                    .thenComparing(TableProgress::name))
            .toList();
    int free = run.settings().subTasks() - loading().size();
    for (TableProgress table : waiting.subList(0, Math.max(0, Math.min(free, waiting.size())))) {
      table.begin = clock;
      table.state = table.wasReloaded ? TableState.RELOADING : TableState.LOADING;
      if (!table.isPrepared) {
        table.loadedFrom = run.source().currentScn();
        table.total = run.source().count(table.name());
        table.lastPlace = isView(table.name()) ? 0 : run.source().lastPlace(table.name());
      }
    }
  }

  private long loadOrder(TableProgress table) {
    return run.rows(table.name()).table().loadOrder().orElse(0L);
  }

  private boolean isView(TableName name) {
    return run.rows(name).table().source().kind() == Table.Kind.VIEW;
  }

  private void loadPartly(Instant now) throws SQLException, IOException {
    for (TableProgress table : loading()) {
      long passed = Duration.between(begin(table), now).toMillis();
      long due = Math.min(table.total, table.total * passed / duration(table).toMillis());
      if (!isView(table.name()) && due > table.read) {
        copy(table.name(), due);
      }
    }
  }

  private void complete(TableName name, Instant end) throws SQLException, IOException {
    if (!copy(name, Long.MAX_VALUE)) {
      return;
    }
    try {
      long scn = run.source().currentScn();
      run.step(
          session -> {
            if (run.settings().keyAfterLoad()) {
              new TargetTable(session, run.rows(name)).addKey();
            }
            TableProgress table = run.table(name);
            table.state = TableState.COMPLETED;
            table.end = end;
            table.loadedUntil = scn;
          });
    } catch (SQLException e) {
      suspend(name, e);
    }
  }

  /**
   * Loads a table until so many rows are read.
   *
   * @return whether nothing went wrong
   */
  private boolean copy(TableName name, long due) throws SQLException, IOException {
    try {
      boolean isDone = false;
      while (!isDone && (run.table(name).read < due || !run.table(name).isPrepared)) {
        TableProgress table = run.table(name);
        int limit = (int) Math.min(run.settings().commitRate(), due - table.read);
        List<Placed> rows =
            isView(name)
                ? run.source().all(name)
                : run.source().rows(name, table.place, table.lastPlace, Math.max(1, limit));
        run.step(session -> write(new TargetTable(session, run.rows(name)), name, rows));
        isDone = rows.isEmpty() || isView(name) || run.progress().isOver();
      }
      return !run.progress().isOver();
    } catch (SQLException e) {
      suspend(name, e);
      return false;
    }
  }

  private void write(TargetTable target, TableName name, List<Placed> rows) throws SQLException {
    TableProgress table = run.table(name);
    RowMapper mapper = run.rows(name);
    if (!table.isPrepared) {
      target.prepare(run.settings());
      table.isPrepared = true;
    }
    RowHeader header = RowHeader.loaded(LocalDateTime.ofInstant(begin(table), ZoneOffset.UTC));
    List<MappedRow> mapped = new ArrayList<>();
    for (Placed row : rows) {
      if (mapper.isReplicated(row.row())) {
        mapped.add(mapper.map(row.row(), null, header));
      }
      table.place = row.place();
    }
    if (run.settings().failsOnCutLobs() && mapped.stream().anyMatch(MappedRow::cut)) {
      run.fail(
          begin(table),
          "A LOB of table '" + name + "' is longer than the limit and would be truncated.");
      return;
    }
    if (!mapped.isEmpty()) {
      target.load(mapped);
    }
    table.read += rows.size();
    table.loaded += mapped.size();
  }

  private void suspend(TableName name, SQLException error) {
    TableProgress table = run.table(name);
    table.state = TableState.ERROR;
    table.error = TargetErrors.text(error);
    if (run.settings().policies().table() == CopySettings.Policy.STOP_TASK) {
      run.fail(begin(table), "Table '" + name + "' was errored. " + table.error);
    }
  }

  private void finish(Instant clock) {
    Progress progress = run.progress();
    progress.isLoading = false;
    progress.loadEnd = clock;
    if (!run.settings().task().mode().replicatesChanges()) {
      progress.stop(clock, "FULL_LOAD_ONLY_FINISHED");
    } else if (progress.mayStopAfterLoad && run.settings().stopsBeforeChanges()) {
      progress.stop(clock, "STOPPED_AFTER_FULL_LOAD");
    }
  }
}
