package dev.pgbound.tables;

import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds what is wrong with table rules one by one; {@link RuleSetChecks} looks at all together. */
final class RuleChecks {

  private static final Set<String> COMMON =
      Set.of("rule-type", "rule-id", "rule-name", "rule-action", "object-locator");
  private static final List<String> TABLE_SETTINGS = List.of("parallel-load", "lob-settings");

  private final TableTask task;
  private final Problems problems;
  private final Set<String> lowerCase = new HashSet<>();

  private RuleChecks(TableTask task, Problems problems) {
    this.task = task;
    this.problems = problems;
  }

  static void check(TableTask task, Problems problems) {
    List<TableRule> rules = task.rules();
    RuleChecks checks = new RuleChecks(task, problems);
    rules.forEach(checks::check);
    if (task.mapping().has("rules")) {
      RuleSetChecks.check(rules, problems);
    }
  }

  private void check(TableRule rule) {
    switch (rule.type()) {
      case "selection" -> {
        if (action(rule)) {
          members(rule);
          SelectionChecks.check(rule, task, problems);
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
          RuleFinding.RULE_TYPE.report(
              problems, rule.path("rule-type"), "A PostgreSQL target maps no objects.");
      default -> {}
    }
    patterns(rule);
    sourceNames(rule);
  }

  private boolean action(TableRule rule) {
    Optional<RuleAction> action = rule.action();
    boolean fits = action.filter(a -> a.kind().ruleType().equals(rule.type())).isPresent();
    if (!fits) {
      String own = String.join(", ", RuleAction.wordsFor(rule.type()));
      String path = rule.says("rule-action") ? rule.path("rule-action") : rule.path();
      RuleFinding.RULE_ACTION.report(
          problems,
          path,
          String.format(Locale.ROOT, "The actions of a %s rule are: %s.", rule.type(), own));
      return false;
    }
    List<String> targets = action.get().targets();
    if (!targets.isEmpty() && !targets.contains(rule.target())) {
      String path = rule.says("rule-target") ? rule.path("rule-target") : rule.path();
      RuleFinding.RULE_TARGET.report(
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
      RuleFinding.TABLESPACE.report(
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
      } else if (isBlank(rule, member)) {
        incomplete(rule, rule.path(member), member);
      }
    }
    for (String name : rule.locatedBy()) {
      if (!rule.locator().has(name)) {
        incomplete(rule, rule.path("object-locator"), name);
      }
    }
    unusedNames(rule);
    List<String> understood = new ArrayList<>(needed);
    understood.addAll(rule.action().map(RuleAction::optional).orElse(TABLE_SETTINGS));
    if (rule.action().filter(action -> !action.targets().isEmpty()).isPresent()) {
      understood.add("rule-target");
    }
    for (String member : rule.fields().fields().keySet()) {
      if (rule.says(member) && !COMMON.contains(member) && !understood.contains(member)) {
        RuleFinding.RULE_MEMBER.report(
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

  /** An empty text takes a prefix or suffix away where it replaces one, and says nothing else. */
  private static boolean isBlank(TableRule rule, String member) {
    boolean replaces = rule.does(RuleAction.REPLACE_PREFIX) || rule.does(RuleAction.REPLACE_SUFFIX);
    return rule.fields().text(member).filter(String::isEmpty).isPresent()
        && !(replaces && member.equals("value"));
  }

  /** Names in the locator that a rule of this level has no use for. */
  private void unusedNames(TableRule rule) {
    List<String> used = new ArrayList<>(rule.locatedBy());
    if (rule.type().equals("selection")) {
      used.add("table-type");
    } else if (rule.target().equals("column") && !rule.does(RuleAction.ADD_COLUMN)) {
      used.add("data-type");
    }
    for (String name : rule.locator().fields().keySet()) {
      if (!used.contains(name) && !(rule.locator().fields().get(name) instanceof Value.Null)) {
        RuleFinding.NAME_WITHOUT_USE.report(
            problems,
            rule.path("object-locator." + name),
            String.format(
                Locale.ROOT,
                "The rule \"%s\" is about %s, whatever \"%s\" says.",
                rule,
                rule.target().isEmpty() ? "tables" : rule.target() + "s",
                name));
      }
    }
  }

  private void patterns(TableRule rule) {
    rule.names()
        .forEach(
            (name, pattern) ->
                pattern
                    .mistake()
                    .ifPresent(
                        why ->
                            RuleFinding.PATTERN_FORM.report(
                                problems,
                                rule.path("object-locator." + name),
                                String.format(Locale.ROOT, "In \"%s\" %s.", pattern, why))));
  }

  private void incomplete(TableRule rule, String path, String member) {
    RuleFinding.RULE_INCOMPLETE.report(
        problems, path, String.format(Locale.ROOT, "The rule \"%s\" needs \"%s\".", rule, member));
  }

  /** Oracle folds names to upper case, and DMS compares them exactly. */
  private void sourceNames(TableRule rule) {
    for (String name : List.of(TableRule.SCHEMA, TableRule.TABLE, TableRule.COLUMN)) {
      Optional<NamePattern> pattern = Optional.ofNullable(rule.names().get(name));
      // a name that one rule has wrong, others have from there
      if (pattern.filter(NamePattern::hasLowerCase).isPresent()
          && lowerCase.add(name + " " + pattern.get())) {
        RuleFinding.LOWER_CASE_SOURCE_NAME.report(
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
        RuleFinding.WILDCARD_IN_EXACT_NAME.report(
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
