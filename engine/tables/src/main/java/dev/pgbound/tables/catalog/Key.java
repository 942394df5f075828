package dev.pgbound.tables.catalog;

import java.util.List;

/** A unique key. */
public record Key(String name, List<String> columns) {
  public Key {
    columns = List.copyOf(columns);
  }
}
