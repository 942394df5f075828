package dev.pgbound.tables;

import dev.pgbound.tables.catalog.Table;
import java.util.List;
import java.util.Optional;

/**
 * A table that a task replicates, and what becomes of it.
 *
 * @param source the table in Oracle
 * @param selectedBy the rule that selects it, the one with the lowest number where there are
 *     several
 * @param schema its schema in the target
 * @param table its name in the target
 * @param columns the columns in the target: those of the source in their order, then added ones
 * @param key the names in the target of the columns that tell rows apart; empty for none
 * @param filter which rows are replicated
 * @param loadOrder tables with higher numbers are loaded first; empty ones last
 * @param lobs how its LOBs are moved
 * @param segments how it is loaded in parts
 */
public record SelectedTable(
    Table source,
    TableRule selectedBy,
    String schema,
    String table,
    List<TargetColumn> columns,
    List<String> key,
    RowFilter filter,
    Optional<Long> loadOrder,
    Lobs lobs,
    Segments segments) {

  public SelectedTable {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }

  /** Schema and name in the target, such as {@code hr.employees}. */
  public String target() {
    return schema + "." + table;
  }

  /** The column of the target that has the values of a column of the source. */
  public Optional<TargetColumn> columnOf(String sourceName) {
    return columns.stream()
        .filter(column -> !column.beforeImage())
        .filter(column -> column.source().filter(c -> c.name().equals(sourceName)).isPresent())
        .findFirst();
  }
}
