package dev.pgbound.engine.tables;

import dev.pgbound.engine.tables.TablePlan.Change;
import dev.pgbound.engine.tables.TablePlan.Rule;
import dev.pgbound.engine.tables.TablePlan.Task;
import dev.pgbound.engine.tables.TablePlan.Unselected;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Value;
import dev.pgbound.tables.Evaluation;
import dev.pgbound.tables.SelectedTable;
import dev.pgbound.tables.TargetColumn;
import dev.pgbound.tables.catalog.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes the tables of a plan from what the rules select. */
public final class TablePlans {

  private static final int MOST_COLUMNS = 3;

  private TablePlans() {}

  /**
   * What a plan means for tables.
   *
   * @param live the table mapping of a task as it is now; empty when there is no such task
   */
  public static TablePlan of(SourceTables tables, Function<Address, Optional<Value.Fields>> live) {
    List<Task> tasks = new ArrayList<>();
    for (Map.Entry<Address, Evaluation> entry : tables.coverage().tasks().entrySet()) {
      Evaluation desired = entry.getValue();
      List<Change> changes =
          live.apply(entry.getKey())
              .map(mapping -> desired.task().with(mapping))
              .map(task -> Evaluation.of(tables.coverage().catalog(), task))
              .map(before -> changes(before, desired))
              .orElse(List.of());
      tasks.add(
          new Task(
              entry.getKey(),
              desired.tables().stream().map(TablePlans::table).toList(),
              desired.rules().stream()
                  .map(use -> new Rule(use.rule().id(), use.rule().toString(), use.fits()))
                  .toList(),
              changes));
    }
    List<Unselected> unselected =
        tables.coverage().unselected().stream()
            .map(table -> new Unselected(table.name().toString(), table.kind().word()))
            .toList();
    return new TablePlan(
        tables.file(), tables.coverage().catalog().tables().size(), tasks, unselected);
  }

  private static TablePlan.Table table(SelectedTable table) {
    return new TablePlan.Table(
        table.source().name().schema(),
        table.source().name().table(),
        table.schema(),
        table.table(),
        table.selectedBy().id(),
        table.source().rows(),
        table.columns().size(),
        table.key(),
        table.columns().stream()
            .filter(column -> column.source().filter(c -> c.type().isLob()).isPresent())
            .map(TargetColumn::name)
            .toList(),
        table.filter().text());
  }

  private static List<Change> changes(Evaluation before, Evaluation after) {
    Map<TableName, SelectedTable> old = byName(before);
    Map<TableName, SelectedTable> now = byName(after);
    List<Change> changes = new ArrayList<>();
    now.forEach(
        (name, table) -> {
          if (!old.containsKey(name)) {
            changes.add(new Change(Change.Kind.ADDED, name.toString(), "", table.target()));
          }
        });
    old.forEach(
        (name, table) -> {
          if (!now.containsKey(name)) {
            changes.add(new Change(Change.Kind.REMOVED, name.toString(), table.target(), ""));
          }
        });
    old.forEach(
        (name, table) ->
            Optional.ofNullable(now.get(name)).ifPresent(other -> compare(table, other, changes)));
    return changes;
  }

  private static Map<TableName, SelectedTable> byName(Evaluation evaluation) {
    Map<TableName, SelectedTable> byName = new TreeMap<>();
    evaluation.tables().forEach(table -> byName.put(table.source().name(), table));
    return byName;
  }

  private static void compare(SelectedTable before, SelectedTable after, List<Change> changes) {
    String table = before.source().name().toString();
    compare(table, before.target(), after.target(), changes);
    compare(table, rows(before), rows(after), changes);
    Map<String, String> old = columns(before);
    Map<String, String> now = columns(after);
    Set<String> differing = new TreeSet<>(old.keySet());
    differing.addAll(now.keySet());
    differing.removeIf(column -> text(old, column).equals(text(now, column)));
    if (differing.size() <= MOST_COLUMNS) {
      for (String column : differing) {
        compare(table + "." + column, text(old, column), text(now, column), changes);
      }
    } else {
      String first = differing.iterator().next();
      String more = " and " + (differing.size() - 1) + " more columns";
      compare(table, text(old, first) + more, text(now, first) + more, changes);
    }
  }

  private static String text(Map<String, String> columns, String column) {
    return columns.getOrDefault(column, "left out");
  }

  private static void compare(String what, String before, String after, List<Change> changes) {
    if (!before.equals(after)) {
      changes.add(new Change(Change.Kind.CHANGED, what, before, after));
    }
  }

  private static String rows(SelectedTable table) {
    String filter = table.filter().text();
    return filter.isEmpty() ? "all rows" : "rows where " + filter;
  }

  /** What becomes of each column of the source; added columns stand under their own names. */
  private static Map<String, String> columns(SelectedTable table) {
    return table.columns().stream()
        .collect(
            Collectors.toMap(
                column ->
                    column.source().map(source -> source.name()).orElse(column.name())
                        + (column.beforeImage() ? " before a change" : ""),
                TablePlans::text,
                (first, second) -> first,
                TreeMap::new));
  }

  private static String text(TargetColumn column) {
    return String.format(
            Locale.ROOT,
            "%s %s%s%s",
            column.name(),
            column.type().map(Object::toString).orElse("(not replicated)"),
            column.expression().map(expression -> " = " + expression).orElse(""),
            column.mask().map(mask -> ", masked by " + mask.action().word()).orElse(""))
        .strip();
  }
}
