package dev.pgbound.simulator.copy;

import dev.pgbound.tables.SelectedTable;
import dev.pgbound.tables.TargetColumn;
import dev.pgbound.tables.catalog.Column;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table of the target: how DMS makes it, fills it, and changes its rows. */
final class TargetTable {

  private final TargetSession session;
  private final RowMapper rows;
  private final SelectedTable table;
  private final String name;

  TargetTable(TargetSession session, RowMapper rows) {
    this.session = session;
    this.rows = rows;
    table = rows.table();
    name = TargetSession.quoted(table.schema()) + "." + TargetSession.quoted(table.table());
  }

  /** Prepares the table for its load. DMS makes what is missing in every mode. */
  void prepare(CopySettings settings) throws SQLException {
    boolean exists = session.exists(table.schema(), table.table());
    if (exists && settings.prepMode() == CopySettings.PrepMode.DROP_AND_CREATE) {
      session.execute("drop table " + name);
      exists = false;
    }
    if (!exists) {
      create(settings.keyAfterLoad());
    } else if (settings.prepMode() == CopySettings.PrepMode.TRUNCATE_BEFORE_LOAD) {
      session.execute("truncate table " + name);
    }
  }

  /** Only the columns and the key: DMS makes no indexes, defaults or foreign keys. */
  private void create(boolean withoutKey) throws SQLException {
    if (!session.hasSchema(table.schema())) {
      session.execute("create schema " + TargetSession.quoted(table.schema()));
    }
    List<String> parts = new ArrayList<>();
    for (TargetColumn column : rows.columns()) {
      parts.add(
          TargetSession.quoted(column.name())
              + " "
              + column.type().orElseThrow().postgresql()
              + (isMandatory(column) ? " not null" : ""));
    }
    if (!withoutKey && !table.key().isEmpty()) {
      parts.add(key());
    }
    session.execute("create table " + name + " (" + String.join(", ", parts) + ")");
  }

  /** A LOB may arrive after its row; what is computed or added may be missing. */
  private static boolean isMandatory(TargetColumn column) {
    Optional<Column> source = column.source();
    return source.isPresent()
        && !source.get().nullable()
        && !source.get().virtual()
        && !column.beforeImage()
        && !RowMapper.isLob(column);
  }

  private String key() {
    return "primary key ("
        + table.key().stream().map(TargetSession::quoted).collect(Collectors.joining(", "))
        + ")";
  }

  /** Gives the table its key after the load, when it has been created without. */
  void addKey() throws SQLException {
    boolean hasKey =
        session.text(
                "select 1 from pg_constraint where contype = 'p' and conrelid = ?::regclass", name)
            != null;
    if (!hasKey && !table.key().isEmpty()) {
      session.execute("alter table " + name + " add " + key());
    }
  }

  /** Writes rows of the load. */
  void load(List<MappedRow> mapped) throws SQLException {
    session.copy(name, columnNames(), mapped.stream().map(MappedRow::values).toList());
    for (MappedRow row : mapped) {
      writeLate(row);
    }
  }

  private List<String> columnNames() {
    return rows.columns().stream().map(TargetColumn::name).toList();
  }

  private void writeLate(MappedRow row) throws SQLException {
    if (!row.late().isEmpty()) {
      List<Integer> places = row.late().keySet().stream().sorted().toList();
      List<@Nullable String> values = new ArrayList<>();
      places.forEach(place -> values.add(row.late().get(place)));
      session.update("update " + name + " set " + assignments(places) + where(row, values), values);
    }
  }

  void insert(MappedRow row) throws SQLException {
    session.update(insertion(), row.values());
    writeLate(row);
  }

  private String insertion() {
    return String.format(
        Locale.ROOT,
        "insert into %s (%s) values (%s)",
        name,
        columnNames().stream().map(TargetSession::quoted).collect(Collectors.joining(", ")),
        columnNames().stream().map(column -> "?").collect(Collectors.joining(", ")));
  }

  /**
   * Changes the columns in which two rows differ, and those that are computed.
   *
   * @return whether the row was there
   */
  boolean update(MappedRow before, MappedRow after) throws SQLException {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < after.values().size(); i++) {
      boolean isComputed = rows.columns().get(i).expression().isPresent();
      if (isComputed || !Objects.equals(before.values().get(i), after.values().get(i))) {
        places.add(i);
      }
    }
    boolean isThere = places.isEmpty() || update(before, after, places);
    if (isThere && !after.late().equals(before.late())) {
      writeLate(after);
    }
    return isThere;
  }

  /** Changes some columns of the row that was {@code before}. */
  boolean update(MappedRow before, MappedRow after, List<Integer> places) throws SQLException {
    List<@Nullable String> values = new ArrayList<>();
    places.forEach(place -> values.add(after.values().get(place)));
    String sql = "update " + name + " set " + assignments(places) + where(before, values);
    return session.update(sql, values) > 0;
  }

  /** Whether the row was there. */
  boolean delete(MappedRow row) throws SQLException {
    List<@Nullable String> values = new ArrayList<>();
    String sql = "delete from " + name + where(row, values);
    return session.update(sql, values) > 0;
  }

  private String assignments(List<Integer> places) {
    return places.stream()
        .map(place -> TargetSession.quoted(rows.columns().get(place).name()) + " = ?")
        .collect(Collectors.joining(", "));
  }

  /**
   * What finds the row: its key, or without one all that can be compared, and then one of the rows
   * that are equal.
   *
   * @param values takes the values of the parameters
   */
  private String where(MappedRow row, List<@Nullable String> values) {
    List<Integer> key = rows.key();
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < rows.columns().size(); i++) {
      TargetColumn column = rows.columns().get(i);
      boolean isCompared =
          key.isEmpty()
              ? column.source().isPresent() && !column.beforeImage() && !RowMapper.isLob(column)
              : key.contains(i);
      if (isCompared) {
        conditions.add(TargetSession.quoted(column.name()) + " is not distinct from ?");
        values.add(row.values().get(i));
      }
    }
    String all = String.join(" and ", conditions);
    return key.isEmpty()
        ? " where ctid = (select ctid from " + name + " where " + all + " limit 1)"
        : " where " + all.replace(" is not distinct from ?", " = ?");
  }
}
