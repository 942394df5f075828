package dev.pgbound.tables;

import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Value.Fields;
import dev.pgbound.tables.RuleAction.Kind;
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
    checks.sameTable();
    checks.overlaps();
    checks.sameTableName();
    checks.columnCase();
  }

  private void labels() {
    Map<String, TableRule> ids = new HashMap<>();
    Map<String, TableRule> names = new HashMap<>();
    for (TableRule rule : rules) {
      label(rule, "rule-id", RuleFinding.RULE_ID_TWICE, ids);
      label(rule, "rule-name", RuleFinding.RULE_NAME_TWICE, names);
      rule.fields()
          .get("rule-id")
          .filter(id -> rule.says("rule-id") && !id.toString().matches("[0-9]{1,18}"))
          .ifPresent(
              id ->
                  RuleFinding.RULE_ID_FORM.report(
                      problems,
                      rule.path("rule-id"),
                      String.format(
                          Locale.ROOT,
                          "DMS orders rules by their numbers, and \"%s\" is none.",
                          id)));
    }
  }

  private void label(
      TableRule rule, String member, RuleFinding finding, Map<String, TableRule> taken) {
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
      RuleFinding.NO_SELECTION.report(
          problems, "tableMappings.rules", "A task without selection finds no tables and fails.");
    }
    Map<Fields, TableRule> seen = new HashMap<>();
    for (TableRule rule : selecting) {
      TableRule same = seen.putIfAbsent(rule.locator(), rule);
      Optional.ofNullable(same)
          .or(() -> filteredElsewhere(rule, selecting))
          .ifPresent(
              other ->
                  RuleFinding.SELECTED_TWICE.report(
                      problems,
                      rule.path("object-locator"),
                      String.format(
                          Locale.ROOT,
                          "Rule %d, \"%s\", selects tables of this rule, too.",
                          other.id(),
                          other)));
    }
  }

  /** An earlier selection of the same tables, where one of the two has filters. */
  private static Optional<TableRule> filteredElsewhere(TableRule rule, List<TableRule> selecting) {
    return selecting.stream()
        .filter(other -> other.index() < rule.index())
        .filter(other -> rule.says("filters") || other.says("filters"))
        .filter(other -> isAbout(rule, other))
        .findFirst();
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
        RuleFinding.TRANSFORMS_NOTHING.report(
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
        RuleFinding.SAME_TRANSFORMATION_TWICE.report(
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

  private void sameTable() {
    Map<List<NamePattern>, TableRule> seen = new HashMap<>();
    for (TableRule rule : rules) {
      TableRule first =
          rule.type().equals("table-settings") ? seen.putIfAbsent(rule.patterns(), rule) : null;
      if (first != null) {
        RuleFinding.TABLE_SETTINGS_TWICE.report(
            problems,
            rule.path("object-locator"),
            String.format(Locale.ROOT, "Rule %d has settings of this table already.", first.id()));
      }
    }
  }

  /** Naming rules whose patterns have names in common. */
  private void overlaps() {
    List<Naming> naming =
        rules.stream().filter(rule -> rule.isOf(Kind.NAMING)).map(Naming::of).toList();
    List<Naming> general = naming.stream().filter(rule -> !rule.isExact()).toList();
    for (Naming one : naming) {
      for (Naming other : general) {
        boolean once = one.isExact() || one.rule().index() < other.rule().index();
        if (once && one.contests(other)) {
          report(one, other);
        }
      }
    }
  }

  private void report(Naming one, Naming other) {
    boolean first = one.rule().id() < other.rule().id();
    Naming winner = first ? one : other;
    Naming losing = first ? other : one;
    TableRule loser = losing.rule();
    String what =
        String.format(
            Locale.ROOT,
            "Rule %d, \"%s\", and rule %d, \"%s\", name the same %ss, and the lower number wins.",
            winner.rule().id(),
            winner.rule(),
            loser.id(),
            loser,
            loser.target());
    if (winner.all(losing.patterns(), NamePattern::covers)) {
      RuleFinding.NEVER_TAKES_EFFECT.report(problems, loser.path("rule-action"), what);
    } else if (!losing.all(winner.patterns(), NamePattern::covers)) {
      // an exception to a more general rule is no mistake
      RuleFinding.OVERLAPPING_RULES.report(problems, loser.path("object-locator"), what);
    }
  }

  /** A rule that changes names, and the patterns that say which. */
  private record Naming(TableRule rule, List<NamePattern> patterns) {

    static Naming of(TableRule rule) {
      return new Naming(rule, rule.patterns());
    }

    boolean isExact() {
      return patterns.stream().allMatch(NamePattern::isExact);
    }

    /** Whether both name some object; that both name the very same is found otherwise. */
    boolean contests(Naming other) {
      return rule.target().equals(other.rule.target())
          && !patterns.equals(other.patterns)
          && all(other.patterns, NamePattern::meets)
          && rule.locator().get("data-type").equals(other.rule.locator().get("data-type"));
    }

    boolean all(List<NamePattern> others, BiPredicate<NamePattern, NamePattern> test) {
      for (int i = 0; i < patterns.size(); i++) {
        if (!test.test(patterns.get(i), others.get(i))) {
          return false;
        }
      }
      return true;
    }
  }

  private void sameTableName() {
    Map<List<String>, TableRule> names = new HashMap<>();
    for (TableRule rule : rules) {
      if (rule.does(RuleAction.RENAME) && rule.target().equals("table") && rule.says("value")) {
        String schema = rule.pattern(TableRule.SCHEMA).literal();
        String name = rule.fields().text("value").orElse("");
        TableRule first = names.putIfAbsent(List.of(schema, name), rule);
        if (first != null && !first.patterns().equals(rule.patterns())) {
          RuleFinding.TWO_TABLES_ONE_NAME.report(
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
                RuleFinding.COLUMNS_STAY_UPPER_CASE.report(
                    problems,
                    rule.path("rule-action"),
                    String.format(
                        Locale.ROOT,
                        "The names of %ss become lower-case, but those of %s do not.",
                        incomplete,
                        incomplete.equals("table") ? "their columns" : "their tables")));
  }
}
