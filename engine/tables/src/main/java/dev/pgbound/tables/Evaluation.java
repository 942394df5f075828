package dev.pgbound.tables;

import dev.pgbound.tables.catalog.Catalog;
import java.util.List;

/**
 * What the rules of one task do to the tables of a catalog.
 *
 * @param tables the selected tables, by schema and name in the source
 * @param rules each rule of the task with what it fits, in the order of the mapping
 */
public record Evaluation(TableTask task, List<SelectedTable> tables, List<RuleUse> rules) {

  /**
   * What a rule is good for.
   *
   * @param fits how many tables it fits: of a selection tables of the catalog, of an exclusion
   *     tables that would be selected, of any other rule selected tables
   * @param works for how many of these it decides something: another rule may come before it
   */
  public record RuleUse(TableRule rule, int fits, int works) {}

  public Evaluation {
    tables = List.copyOf(tables);
    rules = List.copyOf(rules);
  }

  /** Evaluates the rules of a task over a catalog. A pure function; wrong rules do nothing. */
  public static Evaluation of(Catalog catalog, TableTask task) {
    return new Evaluator(task).evaluate(catalog);
  }
}
