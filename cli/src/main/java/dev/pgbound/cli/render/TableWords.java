package dev.pgbound.cli.render;

import dev.pgbound.engine.tables.TablePlan;
import dev.pgbound.engine.tables.TablePlan.Change;
import dev.pgbound.engine.tables.TablePlan.Table;
import dev.pgbound.engine.tables.TablePlan.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** What is to be said about tables, for every output alike; not escaped for any. */
final class TableWords {

  /** How the name of a table in the target comes from the one in the source. */
  private enum Naming {
    SAME("as in the source"),
    LOWER("in lower case"),
    OTHER("renamed");

    private final String words;

    Naming(String words) {
      this.words = words;
    }
  }

  private TableWords() {}

  /** {@code 7 of 8 tables selected}. */
  static String count(TablePlan plan) {
    return String.format(
        Locale.ROOT, "%,d of %s selected", plan.selected(), Words.count(plan.total(), "table"));
  }

  /** The same with the number of rows; a table in two tasks is counted once. */
  static String summary(TablePlan plan) {
    Map<String, OptionalLong> rows = new LinkedHashMap<>();
    for (Task task : plan.tasks()) {
      task.tables().forEach(table -> rows.put(table.source(), table.rows()));
    }
    return count(plan) + rows(rows.values().stream().toList());
  }

  /** {@code 7 tables, about 8,149 rows}; the rows of the only task stand in the summary. */
  static String count(TablePlan plan, Task task) {
    String tables = Words.count(task.tables().size(), "table");
    return plan.tasks().size() == 1
        ? tables
        : tables + rows(task.tables().stream().map(Table::rows).toList());
  }

  /** Unknown, and then not said, as soon as one of them is. */
  private static String rows(List<OptionalLong> rows) {
    return rows.isEmpty() || !rows.stream().allMatch(OptionalLong::isPresent)
        ? ""
        : String.format(
            Locale.ROOT,
            ", about %,d rows",
            rows.stream().mapToLong(OptionalLong::getAsLong).sum());
  }

  /** Which schema becomes which, with the names of its tables. */
  static List<String> schemas(Task task) {
    Map<String, List<Table>> bySchema = new LinkedHashMap<>();
    for (Table table : task.tables()) {
      bySchema
          .computeIfAbsent(table.schema() + " → " + table.targetSchema(), s -> new ArrayList<>())
          .add(table);
    }
    List<String> lines = new ArrayList<>();
    bySchema.forEach(
        (schema, tables) ->
            lines.add(
                Words.visible(schema)
                    + (bySchema.size() > 1 ? ": " + Words.count(tables.size(), "table") : "")
                    + ", "
                    + names(tables)));
    return lines;
  }

  private static String names(List<Table> tables) {
    List<String> parts = new ArrayList<>();
    for (Naming naming : Naming.values()) {
      long count = tables.stream().filter(table -> naming(table) == naming).count();
      if (count == tables.size()) {
        return "names " + naming.words;
      }
      if (count > 0) {
        parts.add(
            String.format(
                Locale.ROOT, "%,d%s %s", count, parts.isEmpty() ? " names" : "", naming.words));
      }
    }
    return String.join(", ", parts);
  }

  private static Naming naming(Table table) {
    if (table.targetName().equals(table.name())) {
      return Naming.SAME;
    }
    return table.targetName().equals(table.name().toLowerCase(Locale.ROOT))
        ? Naming.LOWER
        : Naming.OTHER;
  }

  /** Tables whose name differs by more than its case. */
  static List<String> renamed(Task task) {
    return task.tables().stream()
        .filter(table -> naming(table) == Naming.OTHER)
        .map(table -> Words.visible(table.source() + " → " + table.target()))
        .toList();
  }

  /** Tables of which only some rows are replicated. */
  static List<String> filtered(Task task) {
    return task.tables().stream()
        .filter(table -> !table.filter().isEmpty())
        .map(table -> Words.visible(table.source() + " where " + table.filter()))
        .toList();
  }

  /** Tables that have LOB columns. */
  static List<String> withLobs(Task task) {
    return task.tables().stream()
        .filter(table -> !table.lobs().isEmpty())
        .map(table -> Words.visible(table.source()))
        .toList();
  }

  /** What there is to know about a table beside its names. */
  static List<String> facts(Table table) {
    List<String> facts = new ArrayList<>();
    table.rows().ifPresent(rows -> facts.add(String.format(Locale.ROOT, "%,d rows", rows)));
    facts.add(Words.count(table.columns(), "column"));
    facts.add(table.key().isEmpty() ? "no key" : "key " + String.join(", ", table.key()));
    if (!table.lobs().isEmpty()) {
      facts.add("LOB " + String.join(", ", table.lobs()));
    }
    if (!table.filter().isEmpty()) {
      facts.add("where " + table.filter());
    }
    return facts.stream().map(Words::visible).toList();
  }

  /** What the plan changes about tables. */
  static List<String> changes(Task task) {
    return task.changes().stream().map(change -> Words.visible(text(change))).toList();
  }

  private static String text(Change change) {
    return switch (change.kind()) {
      case ADDED -> "+ " + change.table() + " → " + change.after() + ", now replicated";
      case REMOVED -> "- " + change.table() + ", no longer replicated";
      case CHANGED -> "~ " + change.table() + ": " + change.before() + " → " + change.after();
    };
  }

  /** What no task selects; ordinary tables by their name alone. */
  static List<String> unselected(TablePlan plan) {
    return plan.unselected().stream()
        .map(
            one ->
                Words.visible(one.table())
                    + (one.kind().equals("table") ? "" : " (" + one.kind() + ")"))
        .toList();
  }
}
