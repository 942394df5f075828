package dev.pgbound.aws;

import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds what is wrong with table rules one by one; {@link RuleSetChecks} looks at all together. */
final class RuleChecks {

  private static final Set<String> COMMON =
      Set.of("rule-type", "rule-id", "rule-name", "rule-action", "object-locator");
  private static final List<String> TABLE_SETTINGS = List.of("parallel-load", "lob-settings");

  private final DeclaredSettings settings;
  private final Problems problems;

  private RuleChecks(DeclaredSettings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  static void check(DeclaredSettings settings, Problems problems) {
    List<TableRule> rules = TableRules.of(settings.attributes().fields(TableRules.ATTRIBUTE));
    RuleChecks checks = new RuleChecks(settings, problems);
    rules.forEach(checks::check);
    if (settings.attributes().fields(TableRules.ATTRIBUTE).has("rules")) {
      RuleSetChecks.check(rules, problems);
    }
  }

  private void check(TableRule rule) {
    switch (rule.type()) {
      case "selection" -> {
        if (action(rule)) {
          members(rule);
          SelectionChecks.check(rule, settings, problems);
        }
      }
      case "transformation", "validation" -> {
        if (target(rule) && action(rule)) {
          members(rule);
          TransformationChecks.check(rule, problems);
        }
      }
      case "table-settings" -> {
        members(rule);
        TableSettingsChecks.check(rule, problems);
      }
      case "object-mapping" ->
          TaskFinding.RULE_TYPE.report(
              problems, rule.path("rule-type"), "A PostgreSQL target maps no objects.");
      default -> {}
    }
    sourceNames(rule);
  }

  private boolean action(TableRule rule) {
    Optional<RuleAction> action = rule.action();
    boolean fits = action.filter(a -> a.kind().ruleType().equals(rule.type())).isPresent();
    if (!fits) {
      String own = String.join(", ", RuleAction.wordsFor(rule.type()));
      String path = rule.says("rule-action") ? rule.path("rule-action") : rule.path();
      TaskFinding.RULE_ACTION.report(
          problems,
          path,
          String.format(Locale.ROOT, "The actions of a %s rule are: %s.", rule.type(), own));
      return false;
    }
    List<String> targets = action.get().targets();
    if (!targets.isEmpty() && !targets.contains(rule.target())) {
      String path = rule.says("rule-target") ? rule.path("rule-target") : rule.path();
      TaskFinding.RULE_TARGET.report(
          problems,
          path,
          String.format(
              Locale.ROOT,
              "The action %s is applied to: %s.",
              action.get().word(),
              String.join(", ", targets)));
      return false;
    }
    return true;
  }

  private boolean target(TableRule rule) {
    if (rule.target().endsWith("tablespace")) {
      TaskFinding.TABLESPACE.report(
          problems, rule.path("rule-target"), "The target database has no " + rule.target() + ".");
      return false;
    }
    return true;
  }

  /** Members that are missing, and members that the rule does not understand. */
  private void members(TableRule rule) {
    List<String> needed = rule.action().map(RuleAction::needed).orElse(List.of());
    for (String member : needed) {
      if (!rule.says(member)) {
        incomplete(rule, rule.path(), member);
      }
    }
    for (String name : rule.locatedBy()) {
      if (!rule.locator().has(name)) {
        incomplete(rule, rule.path("object-locator"), name);
      }
    }
    List<String> understood = new ArrayList<>(needed);
    understood.addAll(rule.action().map(RuleAction::optional).orElse(TABLE_SETTINGS));
    if (rule.action().filter(action -> !action.targets().isEmpty()).isPresent()) {
      understood.add("rule-target");
    }
    for (String member : rule.fields().fields().keySet()) {
      if (rule.says(member) && !COMMON.contains(member) && !understood.contains(member)) {
        TaskFinding.RULE_MEMBER.report(
            problems,
            rule.path(member),
            String.format(
                Locale.ROOT,
                "\"%s\" means nothing in a rule that does \"%s\".",
                member,
                rule.fields().text("rule-action").orElse(rule.type())));
      }
    }
  }

  private void incomplete(TableRule rule, String path, String member) {
    TaskFinding.RULE_INCOMPLETE.report(
        problems, path, String.format(Locale.ROOT, "The rule \"%s\" needs \"%s\".", rule, member));
  }

  /** Oracle folds names to upper case, and DMS compares them exactly. */
  private void sourceNames(TableRule rule) {
    for (String name : List.of(TableRule.SCHEMA, TableRule.TABLE, TableRule.COLUMN)) {
      Optional<NamePattern> pattern = Optional.ofNullable(rule.names().get(name));
      if (pattern.filter(NamePattern::hasLowerCase).isPresent()) {
        TaskFinding.LOWER_CASE_SOURCE_NAME.report(
            problems,
            rule.path("object-locator." + name),
            String.format(
                Locale.ROOT,
                "\"%s\" finds nothing that Oracle keeps in upper case.",
                pattern.get()));
      }
    }
  }

  /** Reports a pattern where one object must be named. */
  static void exactNames(TableRule rule, List<String> names, String why, Problems problems) {
    for (String name : names) {
      if (!rule.pattern(name).isExact() && rule.locator().get(name).isPresent()) {
        TaskFinding.WILDCARD_IN_EXACT_NAME.report(
            problems,
            rule.path("object-locator." + name),
            String.format(Locale.ROOT, "\"%s\" is a pattern, but %s.", rule.pattern(name), why));
      }
    }
  }

  /** The members of a list that are maps, with their paths. */
  static List<Located> each(Fields fields, String member, String path) {
    List<Located> located = new ArrayList<>();
    List<Value> items = fields.items(member);
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Fields item) {
        located.add(new Located(path + "." + member + "[" + i + "]", item));
      }
    }
    return located;
  }

  /** A part of a rule and where it stands. */
  record Located(String path, Fields fields) {}
}
