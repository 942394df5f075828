package dev.pgbound.aws;

import dev.pgbound.aws.RuleAction.Kind;
import dev.pgbound.spi.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Finds what is wrong between table rules. */
final class RuleSetChecks {

  private final List<TableRule> rules;
  private final Problems problems;

  private RuleSetChecks(List<TableRule> rules, Problems problems) {
    this.rules = rules;
    this.problems = problems;
  }

  static void check(List<TableRule> rules, Problems problems) {
    RuleSetChecks checks = new RuleSetChecks(rules, problems);
    checks.labels();
    checks.selections();
    checks.transformedSelection();
    checks.sameTransformation();
    checks.overlaps();
    checks.sameTableName();
    checks.columnCase();
  }

  private void labels() {
    Map<String, TableRule> ids = new HashMap<>();
    Map<String, TableRule> names = new HashMap<>();
    for (TableRule rule : rules) {
      label(rule, "rule-id", TaskFinding.RULE_ID_TWICE, ids);
      label(rule, "rule-name", TaskFinding.RULE_NAME_TWICE, names);
      rule.fields()
          .get("rule-id")
          .filter(id -> rule.says("rule-id") && !id.toString().matches("[0-9]{1,18}"))
          .ifPresent(
              id ->
                  TaskFinding.RULE_ID_FORM.report(
                      problems,
                      rule.path("rule-id"),
                      String.format(
                          Locale.ROOT,
                          "DMS orders rules by their numbers, and \"%s\" is none.",
                          id)));
    }
  }

  private void label(
      TableRule rule, String member, TaskFinding finding, Map<String, TableRule> taken) {
    if (!rule.says(member)) {
      return;
    }
    String label = rule.fields().get(member).map(Object::toString).orElse("");
    TableRule first = taken.putIfAbsent(label, rule);
    if (first != null) {
      finding.report(
          problems,
          rule.path(member),
          String.format(
              Locale.ROOT, "The rule \"%s\" has the %s %s already.", first, member, label));
    }
  }

  private void selections() {
    List<TableRule> selecting = rules.stream().filter(RuleSetChecks::selects).toList();
    if (selecting.isEmpty()) {
      TaskFinding.NO_SELECTION.report(
          problems, "tableMappings.rules", "A task without selection finds no tables and fails.");
    }
    Map<String, TableRule> seen = new HashMap<>();
    for (TableRule rule : selecting) {
      TableRule first = seen.putIfAbsent(rule.locator().toString(), rule);
      if (first != null) {
        TaskFinding.SELECTED_TWICE.report(
            problems,
            rule.path("object-locator"),
            String.format(Locale.ROOT, "Rule %d, \"%s\", selects the same.", first.id(), first));
      }
    }
  }

  private static boolean selects(TableRule rule) {
    return rule.does(RuleAction.INCLUDE) || rule.does(RuleAction.EXPLICIT);
  }

  private void transformedSelection() {
    List<TableRule> selecting = rules.stream().filter(RuleSetChecks::selects).toList();
    for (TableRule rule : rules) {
      boolean aboutTables = rule.isOf(Kind.NAMING) || rule.isOf(Kind.SHAPING);
      if (aboutTables
          && !selecting.isEmpty()
          && selecting.stream().noneMatch(selection -> isAbout(rule, selection))) {
        TaskFinding.TRANSFORMS_NOTHING.report(
            problems,
            rule.path("object-locator"),
            String.format(Locale.ROOT, "No selection rule fits \"%s\".", rule));
      }
    }
  }

  private static boolean isAbout(TableRule rule, TableRule selection) {
    return rule.pattern(TableRule.SCHEMA).meets(selection.pattern(TableRule.SCHEMA))
        && rule.pattern(TableRule.TABLE).meets(selection.pattern(TableRule.TABLE));
  }

  /** Two rules of one kind for the very same names. */
  private void sameTransformation() {
    Map<String, TableRule> seen = new HashMap<>();
    for (TableRule rule : rules) {
      Optional<String> subject = subject(rule);
      if (subject.isEmpty()) {
        continue;
      }
      TableRule first = seen.putIfAbsent(subject.get(), rule);
      if (first != null) {
        TaskFinding.SAME_TRANSFORMATION_TWICE.report(
            problems,
            rule.path("rule-action"),
            String.format(
                Locale.ROOT,
                "Rule %d already does \"%s\" at the level %s.",
                first.id(),
                first,
                rule.target()));
      }
    }
  }

  /** What a transformation decides; two rules for one subject contradict each other. */
  private static Optional<String> subject(TableRule rule) {
    String located = rule.locator().text("data-type").orElse("") + rule.patterns();
    if (rule.isOf(Kind.NAMING)) {
      return Optional.of(rule.target() + located);
    }
    return rule.isOf(Kind.SHAPING)
        ? rule.action()
            .map(
                action ->
                    action.word()
                        + located
                        // a table can get any number of columns
                        + (action == RuleAction.ADD_COLUMN ? rule.fields().get("value") : ""))
        : Optional.empty();
  }

  /** Naming rules whose patterns have names in common. */
  private void overlaps() {
    List<TableRule> naming = rules.stream().filter(rule -> rule.isOf(Kind.NAMING)).toList();
    List<TableRule> general = naming.stream().filter(rule -> !isExact(rule)).toList();
    for (TableRule rule : naming) {
      for (TableRule other : general) {
        boolean once = isExact(rule) || rule.index() < other.index();
        if (once && contest(rule, other)) {
          report(rule, other);
        }
      }
    }
  }

  private static boolean isExact(TableRule rule) {
    return rule.patterns().stream().allMatch(NamePattern::isExact);
  }

  private static boolean contest(TableRule one, TableRule other) {
    boolean sameKind =
        one.index() != other.index()
            && one.target().equals(other.target())
            && one.locator().get("data-type").equals(other.locator().get("data-type"));
    return sameKind && !subject(one).equals(subject(other)) && all(one, other, NamePattern::meets);
  }

  private void report(TableRule one, TableRule other) {
    TableRule winner = one.id() < other.id() ? one : other;
    TableRule loser = one.id() < other.id() ? other : one;
    String what =
        String.format(
            Locale.ROOT,
            "Rule %d, \"%s\", and rule %d, \"%s\", name the same %ss, and the lower number wins.",
            winner.id(),
            winner,
            loser.id(),
            loser,
            one.target());
    if (all(winner, loser, NamePattern::covers)) {
      TaskFinding.NEVER_TAKES_EFFECT.report(problems, loser.path("rule-action"), what);
    } else {
      TaskFinding.OVERLAPPING_RULES.report(problems, loser.path("object-locator"), what);
    }
  }

  private static boolean all(
      TableRule one, TableRule other, BiPredicate<NamePattern, NamePattern> test) {
    List<NamePattern> mine = one.patterns();
    List<NamePattern> theirs = other.patterns();
    for (int i = 0; i < mine.size(); i++) {
      if (!test.test(mine.get(i), theirs.get(i))) {
        return false;
      }
    }
    return true;
  }

  private void sameTableName() {
    Map<List<String>, TableRule> names = new HashMap<>();
    for (TableRule rule : rules) {
      if (rule.does(RuleAction.RENAME) && rule.target().equals("table") && rule.says("value")) {
        String schema = rule.pattern(TableRule.SCHEMA).literal();
        String name = rule.fields().text("value").orElse("");
        TableRule first = names.putIfAbsent(List.of(schema, name), rule);
        if (first != null && !first.patterns().equals(rule.patterns())) {
          TaskFinding.TWO_TABLES_ONE_NAME.report(
              problems,
              rule.path("value"),
              String.format(
                  Locale.ROOT,
                  "Rule %d already gives the name \"%s\" to another table.",
                  first.id(),
                  name));
        }
      }
    }
  }

  /** Lower-case schemas and tables whose columns keep the upper case of Oracle. */
  private void columnCase() {
    List<String> levels = new ArrayList<>();
    for (TableRule rule : rules) {
      if (rule.does(RuleAction.CONVERT_LOWERCASE)) {
        levels.add(rule.target());
      }
    }
    String incomplete =
        levels.contains("table") && !levels.contains("column")
            ? "table"
            : levels.contains("schema") && !levels.contains("table") ? "schema" : "";
    rules.stream()
        .filter(rule -> rule.does(RuleAction.CONVERT_LOWERCASE))
        .filter(rule -> rule.target().equals(incomplete))
        .findFirst()
        .ifPresent(
            rule ->
                TaskFinding.COLUMNS_STAY_UPPER_CASE.report(
                    problems,
                    rule.path("rule-action"),
                    String.format(
                        Locale.ROOT,
                        "The names of %ss become lower-case, but those of %s do not.",
                        incomplete,
                        incomplete.equals("table") ? "their columns" : "their tables")));
  }
}
