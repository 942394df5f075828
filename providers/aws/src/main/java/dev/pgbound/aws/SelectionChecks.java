package dev.pgbound.aws;

import dev.pgbound.aws.RuleChecks.Located;
import dev.pgbound.spi.Problems;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  static void check(TableRule rule, DeclaredSettings settings, Problems problems) {
    SelectionChecks checks = new SelectionChecks(rule, problems);
    if (rule.does(RuleAction.EXPLICIT)) {
      RuleChecks.exactNames(rule, TABLE, "explicit selects one table by its name", problems);
    } else if (rule.does(RuleAction.INCLUDE)) {
      checks.underscores();
      checks.filters();
    }
    checks.views(settings);
  }

  private void underscores() {
    for (String name : TABLE) {
      if (rule.pattern(name).hasBareUnderscore()) {
        TaskFinding.BARE_UNDERSCORE.report(
            problems,
            rule.path("object-locator." + name),
            String.format(
                Locale.ROOT,
                "\"%s\" also selects names with any other character in place of the underscore.",
                rule.pattern(name)));
      }
    }
  }

  private void views(DeclaredSettings settings) {
    String kind = rule.locator().text("table-type").orElse("table");
    if (!kind.equals("table") && settings.replicatesChanges()) {
      TaskFinding.VIEWS.report(
          problems,
          rule.path("object-locator.table-type"),
          "Oracle logs no changes of views, so the task replicates none.");
    }
  }

  private void filters() {
    List<Located> filters = RuleChecks.each(rule.fields(), "filters", rule.path());
    if (!filters.isEmpty() && TABLE.stream().anyMatch(name -> !rule.pattern(name).isExact())) {
      TaskFinding.FILTERED_PATTERN.report(
          problems,
          rule.path("filters"),
          String.format(
              Locale.ROOT,
              "The filter is meant for every table that fits \"%s\", also for those without the column.",
              rule.pattern(TableRule.TABLE)));
    }
    for (Located filter : filters) {
      List<Located> conditions =
          RuleChecks.each(filter.fields(), "filter-conditions", filter.path());
      for (Located condition : conditions) {
        condition(condition, conditions.size() == 1);
      }
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
        TaskFinding.FILTER_OPERANDS.report(
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
    if (NEGATIVE.contains(operator) && !alone) {
      TaskFinding.NEGATIVE_FILTER.report(
          problems,
          condition.path() + ".filter-operator",
          String.format(
              Locale.ROOT,
              "Of the conditions of one filter one must hold, and \"%s\" among others excludes nothing.",
              operator));
    }
  }
}
