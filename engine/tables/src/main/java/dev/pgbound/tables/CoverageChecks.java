package dev.pgbound.tables;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.Problems;
import dev.pgbound.tables.Evaluation.RuleUse;
import dev.pgbound.tables.catalog.ForeignKey;
import dev.pgbound.tables.catalog.Table;
import dev.pgbound.tables.catalog.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds what is wrong between rules and tables, and between tasks. */
final class CoverageChecks {

  private final Coverage coverage;
  private final Map<Address, Gathering> found = new LinkedHashMap<>();

  private CoverageChecks(Coverage coverage) {
    this.coverage = coverage;
    coverage.tasks().keySet().forEach(address -> found.put(address, new Gathering()));
  }

  static void check(Coverage coverage, Function<Address, Problems> problems) {
    CoverageChecks checks = new CoverageChecks(coverage);
    coverage.tasks().forEach((address, task) -> checks.rules(task, problems.apply(address)));
    checks.tables();
    checks.sharedTables();
    checks.targets();
    checks.foreignKeys();
    checks.found.forEach((address, gathering) -> gathering.report(problems.apply(address)));
  }

  private Gathering in(Address address) {
    return found.getOrDefault(address, new Gathering());
  }

  private void tables() {
    coverage
        .tasks()
        .forEach(
            (address, evaluation) ->
                evaluation
                    .tables()
                    .forEach(
                        table -> new SelectedTableChecks(evaluation, table, in(address)).check()));
  }

  private void rules(Evaluation evaluation, Problems problems) {
    for (RuleUse use : evaluation.rules()) {
      if (use.fits() == 0) {
        unused(use.rule(), evaluation, problems);
      }
    }
  }

  private void unused(TableRule rule, Evaluation evaluation, Problems problems) {
    boolean selects = rule.does(RuleAction.INCLUDE) || rule.does(RuleAction.EXPLICIT);
    Optional<Table> fitting =
        coverage.catalog().tables().stream().filter(table -> rule.fits(table.name())).findFirst();
    if (selects || (fitting.isEmpty() && !isCausedElsewhere(rule, evaluation))) {
      TableFinding.FITS_NOTHING.report(
          problems,
          rule.path("object-locator"),
          String.format(Locale.ROOT, "\"%s\" fits nothing in the catalog.", rule)
              + fitting.map(CoverageChecks::otherKind).orElseGet(() -> otherCase(rule)));
    } else if (fitting.isPresent() && !isCausedElsewhere(rule, evaluation)) {
      boolean aboutColumns = rule.names().containsKey(TableRule.COLUMN);
      TableFinding.FITS_NOTHING_SELECTED.report(
          problems,
          rule.path("object-locator"),
          String.format(
              Locale.ROOT,
              "\"%s\" fits no %s.",
              rule,
              aboutColumns
                  ? "column of a table that the task selects"
                  : "table that the task selects"));
    }
  }

  /** A selection that fits nothing explains why the rules for its tables fit nothing either. */
  private static boolean isCausedElsewhere(TableRule rule, Evaluation evaluation) {
    return evaluation.rules().stream()
        .filter(use -> use.fits() == 0)
        .map(RuleUse::rule)
        .filter(other -> other.does(RuleAction.INCLUDE) || other.does(RuleAction.EXPLICIT))
        .anyMatch(other -> meets(rule, other));
  }

  private static boolean meets(TableRule rule, TableRule selection) {
    return rule.pattern(TableRule.SCHEMA).meets(selection.pattern(TableRule.SCHEMA))
        && (rule.target().equals("schema")
            || rule.pattern(TableRule.TABLE).meets(selection.pattern(TableRule.TABLE)));
  }

  private static String otherKind(Table table) {
    return String.format(
        Locale.ROOT,
        " %s is a %s, which table-type leaves out.",
        table.name(),
        table.kind() == Table.Kind.VIEW ? "view" : "table");
  }

  private String otherCase(TableRule rule) {
    return coverage.catalog().tables().stream()
        .filter(table -> rule.fitsInAnyCase(table.name()))
        .findFirst()
        .map(
            table ->
                String.format(
                    Locale.ROOT,
                    " There is %s; upper and lower case are told apart.",
                    table.name()))
        .orElse("");
  }

  /** Tables that two tasks load, or whose changes two tasks replicate. */
  private void sharedTables() {
    Map<TableName, List<Address>> owners = new HashMap<>();
    coverage
        .tasks()
        .forEach(
            (address, evaluation) -> {
              for (SelectedTable table : evaluation.tables()) {
                List<Address> before =
                    owners.computeIfAbsent(table.source().name(), n -> new ArrayList<>());
                for (Address other : before) {
                  if (overlap(evaluation.task(), other)) {
                    in(address)
                        .add(
                            TableFinding.IN_TWO_TASKS,
                            table.selectedBy(),
                            "table",
                            table.source().name().toString(),
                            "Also in " + other + ".");
                  }
                }
                before.add(address);
              }
            });
  }

  private boolean overlap(TableTask task, Address address) {
    TableTask.Mode mode = task.mode();
    TableTask.Mode other =
        Optional.ofNullable(coverage.tasks().get(address)).orElseThrow().task().mode();
    return (mode.loads() && other.loads())
        || (mode.replicatesChanges() && other.replicatesChanges());
  }

  /** Tables of the source that become one table of the target. */
  private void targets() {
    Map<String, Map.Entry<Address, SelectedTable>> taken = new HashMap<>();
    coverage
        .tasks()
        .forEach(
            (address, evaluation) -> {
              for (SelectedTable table : evaluation.tables()) {
                var first = taken.putIfAbsent(table.target(), Map.entry(address, table));
                if (first != null && !first.getValue().source().equals(table.source())) {
                  boolean same = first.getKey().equals(address);
                  in(address)
                      .add(
                          same
                              ? TableFinding.TWO_TABLES_ONE_NAME
                              : TableFinding.TWO_TASKS_ONE_TABLE,
                          table.selectedBy(),
                          "table",
                          table.source().name()
                              + " and "
                              + first.getValue().source().name()
                              + " become "
                              + table.target(),
                          same ? "" : "The other one is in " + first.getKey() + ".");
                }
              }
            });
  }

  private void foreignKeys() {
    Set<TableName> selected = new HashSet<>();
    coverage
        .tasks()
        .values()
        .forEach(task -> task.tables().forEach(table -> selected.add(table.source().name())));
    coverage
        .tasks()
        .forEach(
            (address, evaluation) -> {
              for (SelectedTable table : evaluation.tables()) {
                for (ForeignKey key : table.source().foreignKeys()) {
                  if (!selected.contains(key.table())) {
                    in(address)
                        .add(
                            TableFinding.REFERS_ELSEWHERE,
                            table.selectedBy(),
                            "foreign key",
                            table.source().name() + " to " + key.table(),
                            "");
                  }
                }
              }
            });
  }
}
