package dev.pgbound.tables;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.Problems;
import dev.pgbound.tables.catalog.Catalog;
import dev.pgbound.tables.catalog.Table;
import dev.pgbound.tables.catalog.TableName;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What all tasks of a migration together do to the tables of the source.
 *
 * @param tasks what each of them does, in the order of the file
 */
public record Coverage(Catalog catalog, Map<Address, Evaluation> tasks) {

  public Coverage {
    tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
  }

  /** Evaluates every task over the catalog. */
  public static Coverage of(Catalog catalog, Map<Address, TableTask> tasks) {
    Map<Address, Evaluation> evaluated = new LinkedHashMap<>();
    tasks.forEach((address, task) -> evaluated.put(address, Evaluation.of(catalog, task)));
    return new Coverage(catalog, evaluated);
  }

  /** The tables that no task selects. */
  public List<Table> unselected() {
    Set<TableName> selected = new HashSet<>();
    tasks.values().stream()
        .flatMap(evaluation -> evaluation.tables().stream())
        .forEach(table -> selected.add(table.source().name()));
    return catalog.tables().stream().filter(table -> !selected.contains(table.name())).toList();
  }

  /**
   * Reports what the tasks do and should not.
   *
   * @param problems takes what concerns a task, by paths of its resource
   */
  public void check(Function<Address, Problems> problems) {
    CoverageChecks.check(this, problems);
  }
}
