package dev.pgbound.aws;

import dev.pgbound.spi.Problems;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Finds what is wrong with a rule that transforms schemas, tables or columns. */
final class TransformationChecks {

  private static final int LONGEST_NAME = 63;

  private final TableRule rule;
  private final Problems problems;

  private TransformationChecks(TableRule rule, Problems problems) {
    this.rule = rule;
    this.problems = problems;
  }

  static void check(TableRule rule, Problems problems) {
    TransformationChecks checks = new TransformationChecks(rule, problems);
    rule.action().ifPresent(checks::action);
  }

  private void action(RuleAction action) {
    switch (action) {
      case RENAME -> rename();
      case ADD_COLUMN -> length(value());
      case ADD_PREFIX, ADD_SUFFIX -> length(exactName() + value());
      case MASK_DIGITS -> mask();
      case DEFINE_PRIMARY_KEY -> {
        RuleChecks.exactNames(
            rule,
            List.of(TableRule.SCHEMA, TableRule.TABLE),
            "a primary key belongs to one table",
            problems);
        keyColumns();
      }
      case ADD_BEFORE_IMAGE_COLUMNS -> beforeImage();
      case OVERRIDE_VALIDATION_FUNCTION -> validation();
      case INCLUDE,
          EXCLUDE,
          EXPLICIT,
          CONVERT_LOWERCASE,
          CONVERT_UPPERCASE,
          REMOVE_PREFIX,
          REMOVE_SUFFIX,
          REPLACE_PREFIX,
          REPLACE_SUFFIX,
          REMOVE_COLUMN,
          INCLUDE_COLUMN,
          CHANGE_DATA_TYPE,
          RANDOMIZE_DIGITS,
          MASK_HASH -> {}
    }
  }

  private void rename() {
    if (!rule.says("value") && !rule.says("expression")) {
      TaskFinding.RULE_INCOMPLETE.report(
          problems,
          rule.path(),
          String.format(Locale.ROOT, "The rule \"%s\" needs a value or an expression.", rule));
    }
    String name = rule.target() + "-name";
    if (rule.says("value") && !rule.pattern(name).isExact()) {
      TaskFinding.ONE_NAME_FOR_MANY.report(
          problems,
          rule.path("object-locator." + name),
          String.format(
              Locale.ROOT,
              "Everything that fits \"%s\" would be called \"%s\".",
              rule.pattern(name),
              value()));
    }
    length(value());
  }

  private void length(String name) {
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LONGEST_NAME) {
      TaskFinding.NAME_TOO_LONG.report(
          problems,
          rule.path("value"),
          String.format(Locale.ROOT, "\"%s\" has %d bytes.", name, bytes));
    }
  }

  private void mask() {
    if (rule.says("value") && value().codePointCount(0, value().length()) != 1) {
      TaskFinding.MASK.report(
          problems,
          rule.path("value"),
          "Each digit becomes one character, not \"" + value() + "\".");
    }
  }

  private void keyColumns() {
    if (rule.says("primary-key-def")
        && rule.fields().fields("primary-key-def").items("columns").isEmpty()) {
      TaskFinding.RULE_INCOMPLETE.report(
          problems, rule.path("primary-key-def"), "A primary key needs at least one column.");
    }
  }

  private void beforeImage() {
    var definition = rule.fields().fields("before-image-def");
    String affixes =
        definition.text("column-prefix").orElse("") + definition.text("column-suffix").orElse("");
    if (rule.says("before-image-def") && affixes.isEmpty()) {
      TaskFinding.BEFORE_IMAGE_NAME.report(
          problems,
          rule.path("before-image-def"),
          "The columns for the old values would have the names of the columns themselves.");
    }
  }

  private void validation() {
    if (!rule.says("source-function") && !rule.says("target-function")) {
      TaskFinding.RULE_INCOMPLETE.report(
          problems,
          rule.path(),
          String.format(
              Locale.ROOT, "The rule \"%s\" needs source-function or target-function.", rule));
    }
  }

  private String value() {
    return rule.fields().text("value").orElse("");
  }

  /** The name that is changed; empty when it is a pattern. */
  private String exactName() {
    NamePattern pattern = rule.pattern(rule.target() + "-name");
    return pattern.isExact() ? pattern.literal() : "";
  }
}
