package dev.pgbound.tables.catalog;

import java.util.Comparator;

/** A table or view of the source, spelt as Oracle keeps it. */
public record TableName(String schema, String table) implements Comparable<TableName> {

  private static final Comparator<TableName> ORDER =
      Comparator.comparing(TableName::schema).thenComparing(TableName::table);

  @Override
  public int compareTo(TableName other) {
    return ORDER.compare(this, other);
  }

  /** {@code HR.EMPLOYEES}. */
  @Override
  public String toString() {
    return schema + "." + table;
  }
}
