package dev.pgbound.tables.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the source database holds, as a file says or a database answers.
 *
 * @param tables tables and views, by schema and name
 */
public record Catalog(List<Table> tables) {

  public Catalog {
    tables = tables.stream().sorted((a, b) -> a.name().compareTo(b.name())).toList();
  }

  /** The tables by their names. */
  public Map<TableName, Table> byName() {
    Map<TableName, Table> byName = new LinkedHashMap<>();
    tables.forEach(table -> byName.put(table.name(), table));
    return byName;
  }

  public Optional<Table> find(TableName name) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst();
  }
}
