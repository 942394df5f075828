package dev.pgbound.tables;

import dev.pgbound.spi.Value.Fields;
import dev.pgbound.tables.Evaluation.RuleUse;
import dev.pgbound.tables.catalog.Catalog;
import dev.pgbound.tables.catalog.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Applies the rules of one task to tables as DMS does: a table is selected by an inclusion that no
 * exclusion takes back, in whatever order the rules stand; locators always see the names of the
 * source; and of several rules that decide the same thing the one with the lowest number counts.
 */
final class Evaluator {

  private static final Comparator<TableRule> PRECEDENCE =
      Comparator.comparingLong(TableRule::id).thenComparingInt(TableRule::index);

  private final TableTask task;
  private final List<TableRule> rules;
  private final List<TableRule> including;
  private final List<TableRule> excluding;
  private final List<TableRule> others;
  private final Map<Integer, Counter> uses = new TreeMap<>();

  /** How often a rule fits and how often it decides. */
  private static final class Counter {
    private int fits;
    private int works;
  }

  Evaluator(TableTask task) {
    this.task = task;
    rules = task.rules();
    List<TableRule> sorted = rules.stream().sorted(PRECEDENCE).toList();
    including =
        sorted.stream()
            .filter(rule -> rule.does(RuleAction.INCLUDE) || rule.does(RuleAction.EXPLICIT))
            .toList();
    excluding = sorted.stream().filter(rule -> rule.does(RuleAction.EXCLUDE)).toList();
    others = sorted.stream().filter(rule -> !rule.type().equals("selection")).toList();
    rules.forEach(rule -> uses.put(rule.index(), new Counter()));
  }

  Evaluation evaluate(Catalog catalog) {
    List<SelectedTable> tables = new ArrayList<>();
    for (Table table : catalog.tables()) {
      selectedBy(table).ifPresent(rule -> tables.add(select(table, rule)));
    }
    List<RuleUse> used = new ArrayList<>();
    for (TableRule rule : rules) {
      Counter counter = counter(rule);
      used.add(new RuleUse(rule, counter.fits, counter.works));
    }
    return new Evaluation(task, tables, used);
  }

  private Counter counter(TableRule rule) {
    return uses.getOrDefault(rule.index(), new Counter());
  }

  /** Notes that a rule fits one more table, and whether it decides something about it. */
  private void count(TableRule rule, boolean works) {
    Counter counter = counter(rule);
    counter.fits++;
    counter.works += works ? 1 : 0;
  }

  private Optional<TableRule> selectedBy(Table table) {
    List<TableRule> include = fitting(including, table);
    List<TableRule> exclude = include.isEmpty() ? List.of() : fitting(excluding, table);
    boolean selected = exclude.isEmpty();
    for (int i = 0; i < include.size(); i++) {
      count(include.get(i), selected && i == 0);
    }
    exclude.forEach(rule -> count(rule, true));
    return selected ? include.stream().findFirst() : Optional.empty();
  }

  private static List<TableRule> fitting(List<TableRule> rules, Table table) {
    List<TableRule> fitting = new ArrayList<>();
    for (TableRule rule : rules) {
      if (rule.fits(table.name()) && isKind(rule, table)) {
        fitting.add(rule);
      }
    }
    return fitting;
  }

  private static boolean isKind(TableRule rule, Table table) {
    return switch (rule.locator().text("table-type").orElse("table")) {
      case "view" -> table.kind() == Table.Kind.VIEW;
      case "all" -> true;
      default -> table.kind() != Table.Kind.VIEW;
    };
  }

  private SelectedTable select(Table table, TableRule selectedBy) {
    List<TableRule> about = others.stream().filter(rule -> rule.fits(table.name())).toList();
    Columns columns = new Columns(table, task.source().numberScale(), about, this::count);
    List<TargetColumn> target = columns.target();
    Optional<TableRule> settings = first(about, rule -> rule.type().equals("table-settings"));
    Optional<TableRule> key = first(about, rule -> rule.does(RuleAction.DEFINE_PRIMARY_KEY));
    return new SelectedTable(
        table,
        selectedBy,
        named(about, "schema", table, table.name().schema(), task.targetSchema()),
        named(about, "table", table, table.name().table(), ""),
        target,
        columns.key(key, target),
        RowFilter.of(selectedBy.fields()),
        selectedBy.fields().number("load-order").map(Number::longValue),
        settings.map(this::lobs).orElse(task.lobs()),
        settings
            .map(rule -> rule.fields().fields("parallel-load"))
            .map(Segments::of)
            .orElse(Segments.NONE));
  }

  /** The first of the rules that decide something, and counts all of them. */
  private Optional<TableRule> first(List<TableRule> about, Predicate<TableRule> decides) {
    Optional<TableRule> first = Optional.empty();
    for (TableRule rule : about) {
      if (decides.test(rule)) {
        count(rule, first.isEmpty());
        first = first.isPresent() ? first : Optional.of(rule);
      }
    }
    return first;
  }

  /**
   * @param otherwise the name when no rule gives one; the old one when it is empty
   */
  private String named(
      List<TableRule> about, String level, Table table, String name, String otherwise) {
    Optional<TableRule> naming =
        first(about, rule -> rule.isOf(RuleAction.Kind.NAMING) && rule.target().equals(level));
    return naming
        .map(rule -> NewName.apply(rule, name, NewName.metadata(table, Optional.empty())))
        .orElse(otherwise.isEmpty() ? name : otherwise);
  }

  private Lobs lobs(TableRule settings) {
    Fields lobs = settings.fields().fields("lob-settings");
    long size = Long.parseLong(lobs.text("bulk-max-size").filter(Evaluator::isSize).orElse("0"));
    return switch (lobs.fields().isEmpty() ? "" : lobs.text("mode").orElse("limited")) {
      case "limited" -> new Lobs(Lobs.Mode.LIMITED, size);
      case "unlimited" -> new Lobs(Lobs.Mode.UNLIMITED, size);
      case "none" -> new Lobs(Lobs.Mode.NONE, 0);
      default -> task.lobs();
    };
  }

  private static boolean isSize(String text) {
    return text.matches("[0-9]{1,9}");
  }

  /** Takes note of a rule that fits a table. */
  interface Count {
    void add(TableRule rule, boolean works);
  }
}
