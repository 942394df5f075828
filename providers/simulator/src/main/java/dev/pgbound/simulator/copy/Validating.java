package dev.pgbound.simulator.copy;

import dev.pgbound.simulator.oracle.SourceRows.Placed;
import dev.pgbound.tables.SelectedTable;
import dev.pgbound.tables.TargetColumn;
import java.io.IOException;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Data validation: the rows of the source, as they are to arrive, are put beside those of the
 * target and compared by PostgreSQL, so that only the values matter and not how they are written.
 */
final class Validating {

  private static final String COPY = "pg_temp.awsdms_source";
  private static final int CHUNK = 5000;

  private final CopyRun run;

  Validating(CopyRun run) {
    this.run = run;
  }

  /** Compares every table that has changed since it was compared last. */
  void validate() throws SQLException, IOException {
    List<TableProgress> pending =
        run.progress().tables.stream()
            .filter(table -> table.validation.equals(TableProgress.PENDING_VALIDATION))
            .toList();
    for (TableProgress table : pending) {
      RowMapper rows = run.rows(table.name());
      if (table.state != TableState.COMPLETED) {
        table.validation = table.state == TableState.ERROR ? "Table error" : table.validation;
      } else if (rows.table().key().isEmpty()) {
        table.validation = "No primary key";
      } else {
        compare(table, rows);
      }
    }
  }

  private void compare(TableProgress table, RowMapper rows) throws SQLException, IOException {
    try {
      run.step(
          session -> {
            TableProgress compared = run.table(table.name());
            compared.mismatches = differences(session, compared, rows);
            compared.validation = compared.mismatches == 0 ? "Validated" : "Mismatched records";
          });
    } catch (SQLException e) {
      run.table(table.name()).validation = "Error";
      run.table(table.name()).error = TargetErrors.text(e);
    }
  }

  private long differences(TargetSession session, TableProgress table, RowMapper rows)
      throws SQLException {
    SelectedTable selected = rows.table();
    String target =
        TargetSession.quoted(selected.schema()) + "." + TargetSession.quoted(selected.table());
    List<String> columns = compared(rows).stream().map(TargetColumn::name).toList();
    String list = columns.stream().map(TargetSession::quoted).collect(Collectors.joining(", "));
    session.execute(
        "create temp table awsdms_source on commit drop as select "
            + list
            + " from "
            + target
            + " with no data");
    long place = Long.MIN_VALUE;
    List<Placed> read = run.source().rows(table.name(), place, Long.MAX_VALUE, CHUNK);
    while (!read.isEmpty()) {
      List<List<@Nullable String>> lines = new ArrayList<>();
      for (Placed row : read) {
        if (rows.isReplicated(row.row())) {
          lines.add(values(rows, rows.map(row.row(), null, RowHeader.loaded(LocalDateTime.MIN))));
        }
      }
      session.copy(COPY, columns, lines);
      place = read.get(read.size() - 1).place();
      read = run.source().rows(table.name(), place, Long.MAX_VALUE, CHUNK);
    }
    String key =
        selected.key().stream().map(TargetSession::quoted).collect(Collectors.joining(","));
    String differences =
        session.text(
            "select count(distinct ("
                + key
                + ")) from ((select "
                + list
                + " from "
                + COPY
                + " except select "
                + list
                + " from "
                + target
                + ") union all (select "
                + list
                + " from "
                + target
                + " except select "
                + list
                + " from "
                + COPY
                + ")) d");
    return differences == null ? 0 : Long.parseLong(differences);
  }

  /** DMS compares what comes from the source and not what it has computed itself. */
  private static List<TargetColumn> compared(RowMapper rows) {
    return rows.columns().stream()
        .filter(column -> column.source().isPresent() && !column.beforeImage())
        .toList();
  }

  private static List<@Nullable String> values(RowMapper rows, MappedRow mapped) {
    List<@Nullable String> values = new ArrayList<>();
    List<TargetColumn> compared = compared(rows);
    for (int i = 0; i < rows.columns().size(); i++) {
      if (compared.contains(rows.columns().get(i))) {
        values.add(mapped.late().getOrDefault(i, mapped.values().get(i)));
      }
    }
    return values;
  }
}
