package dev.pgbound.tables.catalog;

import java.util.List;

/** A foreign key, with the table that it refers to. */
public record ForeignKey(String name, List<String> columns, TableName table) {
  public ForeignKey {
    columns = List.copyOf(columns);
  }
}
