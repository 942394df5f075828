package dev.pgbound.tables;

import dev.pgbound.spi.Problems;
import dev.pgbound.tables.RuleChecks.Located;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds what is wrong with a rule that selects tables. */
final class SelectionChecks {

  private static final Set<String> NEGATIVE = Set.of("noteq", "notbetween", "notnull");

  /** What each operator compares with. */
  private static final Map<String, List<String>> OPERANDS =
      Map.of(
          "eq", List.of("value"),
          "noteq", List.of("value"),
          "gte", List.of("value"),
          "lte", List.of("value"),
          "ste", List.of("value"),
          "between", List.of("start-value", "end-value"),
          "notbetween", List.of("start-value", "end-value"),
          "null", List.of(),
          "notnull", List.of());

  private static final List<String> TABLE = List.of(TableRule.SCHEMA, TableRule.TABLE);

  private final TableRule rule;
  private final Problems problems;

  private SelectionChecks(TableRule rule, Problems problems) {
    this.rule = rule;
    this.problems = problems;
  }

  static void check(TableRule rule, TableTask task, Problems problems) {
    SelectionChecks checks = new SelectionChecks(rule, problems);
    if (rule.does(RuleAction.EXPLICIT)) {
      RuleChecks.exactNames(rule, TABLE, "explicit selects one table by its name", problems);
    } else {
      checks.underscores();
    }
    if (rule.does(RuleAction.INCLUDE)) {
      checks.filters();
    }
    checks.views(task);
  }

  private void underscores() {
    for (String name : TABLE) {
      if (rule.pattern(name).hasBareUnderscore()) {
        RuleFinding.BARE_UNDERSCORE.report(
            problems,
            rule.path("object-locator." + name),
            String.format(
                Locale.ROOT,
                "\"%s\" also %s names with any other character in place of the underscore.",
                rule.pattern(name),
                rule.does(RuleAction.EXCLUDE) ? "leaves out" : "selects"));
      }
    }
  }

  private void views(TableTask task) {
    String kind = rule.locator().text("table-type").orElse("table");
    if (kind.equals("table") || rule.does(RuleAction.EXCLUDE)) {
      return;
    }
    String path = rule.path("object-locator.table-type");
    if (task.mode().replicatesChanges()) {
      RuleFinding.VIEWS.report(
          problems, path, "Oracle logs no changes of views, so the task replicates none.");
    } else if (!task.source().exposesViews()) {
      RuleFinding.VIEWS_ARE_HIDDEN.report(
          problems, path, "DMS finds views of Oracle only when the source endpoint exposes them.");
    }
  }

  private void filters() {
    List<Located> filters = RuleChecks.each(rule.fields(), "filters", rule.path());
    if (!filters.isEmpty() && TABLE.stream().anyMatch(name -> !rule.pattern(name).isExact())) {
      RuleFinding.FILTERED_PATTERN.report(
          problems,
          rule.path("filters"),
          String.format(
              Locale.ROOT,
              "The filter is meant for every table that fits \"%s\", also for those without the column.",
              rule.pattern(TableRule.TABLE)));
    }
    for (Located filter : filters) {
      column(filter);
      List<Located> conditions =
          RuleChecks.each(filter.fields(), "filter-conditions", filter.path());
      if (filter.fields().items("filter-conditions").isEmpty()) {
        RuleFinding.RULE_INCOMPLETE.report(
            problems, filter.path(), "A filter without conditions filters nothing.");
      }
      for (Located condition : conditions) {
        condition(condition, conditions.size() == 1);
      }
    }
  }

  /** Where a name is a pattern everywhere else, a filter takes the column's own name. */
  private void column(Located filter) {
    String column = filter.fields().text("column-name").orElse("");
    String path = filter.path() + ".column-name";
    if (column.contains("%") || column.contains("[")) {
      RuleFinding.WILDCARD_IN_EXACT_NAME.report(
          problems, path, "A filter is about one column, not about \"" + column + "\".");
    } else if (!column.equals(column.toUpperCase(Locale.ROOT))) {
      RuleFinding.LOWER_CASE_SOURCE_NAME.report(
          problems, path, "\"" + column + "\" is no column that Oracle keeps in upper case.");
    }
  }

  private void condition(Located condition, boolean alone) {
    String operator = condition.fields().text("filter-operator").orElse("");
    if (!OPERANDS.containsKey(operator)) {
      return;
    }
    List<String> operands = OPERANDS.get(operator);
    for (String operand : List.of("value", "start-value", "end-value")) {
      boolean given = condition.fields().has(operand);
      if (given != operands.contains(operand)) {
        RuleFinding.FILTER_OPERANDS.report(
            problems,
            given ? condition.path() + "." + operand : condition.path(),
            String.format(
                Locale.ROOT,
                "\"%s\" %s \"%s\".",
                operator,
                given ? "does not take" : "needs",
                operand));
      }
    }
    range(condition, operator);
    if (NEGATIVE.contains(operator) && !alone) {
      RuleFinding.NEGATIVE_FILTER.report(
          problems,
          condition.path() + ".filter-operator",
          String.format(
              Locale.ROOT,
              "Of the conditions of one filter one must hold, and \"%s\" among others excludes nothing.",
              operator));
    }
  }

  private void range(Located condition, String operator) {
    Optional<String> start = condition.fields().text("start-value");
    Optional<String> end = condition.fields().text("end-value");
    if (start.isPresent() && end.isPresent() && Operands.descend(start.get(), end.get())) {
      RuleFinding.EMPTY_RANGE.report(
          problems,
          condition.path() + ".start-value",
          String.format(
              Locale.ROOT,
              "%s is greater than %s, so that \"%s\" %s.",
              start.get(),
              end.get(),
              operator,
              NEGATIVE.contains(operator) ? "leaves nothing out" : "lets nothing through"));
    }
  }
}
