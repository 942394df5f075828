package dev.pgbound.tables.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A table or view of the source.
 *
 * @param columns in their order
 * @param primaryKey its columns; empty for none
 * @param rows how many rows it has, as an estimate
 * @param longest bytes of the longest value, by LOB column
 * @param partitions their names; empty when it is not partitioned
 */
public record Table(
    TableName name,
    Kind kind,
    List<Column> columns,
    List<String> primaryKey,
    List<Key> uniqueKeys,
    List<ForeignKey> foreignKeys,
    OptionalLong rows,
    Map<String, Long> longest,
    List<String> partitions) {

  /** What Oracle keeps it as. */
  public enum Kind {
    TABLE("table"),
    VIEW("view"),
    MATERIALIZED_VIEW("materialized-view"),
    /** A global temporary table: every session has rows of its own. */
    TEMPORARY("temporary"),
    /** Read from files. */
    EXTERNAL("external"),
    /** The table behind a column that holds tables. */
    NESTED("nested");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }

    /** Whether rows of it can be replicated. */
    public boolean isReplicated() {
      return this == TABLE || this == VIEW || this == MATERIALIZED_VIEW;
    }
  }

  public Table {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    uniqueKeys = List.copyOf(uniqueKeys);
    foreignKeys = List.copyOf(foreignKeys);
    longest = Collections.unmodifiableMap(new LinkedHashMap<>(longest));
    partitions = List.copyOf(partitions);
  }

  /** The same table with other sizes of its LOBs. */
  public Table withLongest(Map<String, Long> bytes) {
    return new Table(
        name, kind, columns, primaryKey, uniqueKeys, foreignKeys, rows, bytes, partitions);
  }

  public Optional<Column> column(String columnName) {
    return columns.stream().filter(column -> column.name().equals(columnName)).findFirst();
  }

  /** The columns that tell rows apart: the primary key, or else a unique key; empty for none. */
  public List<String> key() {
    return primaryKey.isEmpty()
        ? uniqueKeys.stream().findFirst().map(Key::columns).orElse(List.of())
        : primaryKey;
  }
}
