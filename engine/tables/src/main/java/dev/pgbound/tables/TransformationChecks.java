package dev.pgbound.tables;

import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Value.Fields;
import dev.pgbound.tables.expression.Expression;
import dev.pgbound.tables.expression.ExpressionException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds what is wrong with a rule that transforms schemas, tables or columns. */
final class TransformationChecks {

  private static final int LONGEST_NAME = 63;
  private static final long LARGEST_PRECISION = 38;

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
      case ADD_COLUMN -> {
        length(value());
        expression(true);
        measures();
      }
      case ADD_PREFIX, ADD_SUFFIX -> length(exactName() + value());
      case MASK_DIGITS -> mask();
      case CHANGE_DATA_TYPE -> measures();
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
          RANDOMIZE_DIGITS,
          MASK_HASH -> {}
    }
  }

  private void rename() {
    if (!rule.says("value") && !rule.says("expression")) {
      RuleFinding.RULE_INCOMPLETE.report(
          problems,
          rule.path(),
          String.format(Locale.ROOT, "The rule \"%s\" needs a value or an expression.", rule));
    }
    if (rule.says("value") && rule.says("expression")) {
      RuleFinding.RULE_MEMBER.report(
          problems,
          rule.path("expression"),
          "A rename takes its new name from a value or from an expression, not from both.");
    } else if (rule.says("value") && value().isEmpty()) {
      RuleFinding.RULE_INCOMPLETE.report(problems, rule.path("value"), "The new name is empty.");
    }
    expression(false);
    reserved();
    String name = rule.target() + "-name";
    if (rule.says("value") && !rule.pattern(name).isExact()) {
      RuleFinding.ONE_NAME_FOR_MANY.report(
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

  /** What begins with pg_ belongs to PostgreSQL; CREATE SCHEMA refuses it. */
  private void reserved() {
    if (rule.target().equals("schema") && value().startsWith("pg_")) {
      RuleFinding.RESERVED_SCHEMA.report(
          problems, rule.path("value"), "\"" + value() + "\" cannot be created.");
    }
  }

  /**
   * @param ofRow whether it is computed for each row, and not once for a name
   */
  private void expression(boolean ofRow) {
    if (!rule.says("expression")) {
      return;
    }
    String text = rule.fields().text("expression").orElse("");
    try {
      Expression expression = Expression.parse(text);
      List<String> known = new ArrayList<>(Expression.METADATA);
      if (ofRow) {
        known.addAll(Expression.HEADERS);
      }
      for (String header : expression.headers()) {
        if (!known.contains(header)) {
          malformed(
              "There is no $"
                  + header
                  + (ofRow ? "" : " in a rename")
                  + "; there are $"
                  + String.join(", $", known)
                  + ".");
        }
      }
      if (!ofRow && !expression.columns().isEmpty()) {
        malformed(
            "A name cannot depend on the value of $"
                + expression.columns().iterator().next()
                + " in some row.");
      }
    } catch (ExpressionException e) {
      malformed(
          String.format(
              Locale.ROOT, "At character %d of \"%s\": %s.", e.place(), text, e.getMessage()));
    }
  }

  private void malformed(String why) {
    RuleFinding.EXPRESSION.report(problems, rule.path("expression"), why);
  }

  private void measures() {
    Fields type = rule.fields().fields("data-type");
    String name = type.text("type").orElse("");
    List<String> takes =
        switch (name) {
          case "numeric" -> List.of("precision", "scale");
          case "time", "datetime" -> List.of("precision");
          case "string", "wstring", "bytes" -> List.of("length");
          default -> List.of();
        };
    for (String measure : List.of("precision", "scale", "length")) {
      if (type.number(measure).isPresent() && !takes.contains(measure)) {
        measure(measure, "The type " + name + " has no " + measure + ".");
      }
    }
    long precision = type.number("precision").map(Number::longValue).orElse(LARGEST_PRECISION);
    long scale = type.number("scale").map(Number::longValue).orElse(0L);
    if (name.equals("numeric") && (precision == 0 || precision > LARGEST_PRECISION)) {
      measure("precision", "A number has 1 to " + LARGEST_PRECISION + " digits.");
    } else if (name.equals("numeric") && scale > precision) {
      measure(
          "scale",
          "A number of "
              + precision
              + " digits cannot have "
              + scale
              + " of them"
              + " behind the point.");
    } else if (takes.equals(List.of("precision")) && type.has("precision") && precision > 9) {
      measure("precision", "Fractions of seconds have up to 9 digits.");
    }
  }

  private void measure(String measure, String why) {
    RuleFinding.TYPE_MEASURES.report(problems, rule.path("data-type." + measure), why);
  }

  private void length(String name) {
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LONGEST_NAME) {
      RuleFinding.NAME_TOO_LONG.report(
          problems,
          rule.path("value"),
          String.format(Locale.ROOT, "\"%s\" has %d bytes.", name, bytes));
    }
  }

  private void mask() {
    // an empty one is reported as missing
    if (!value().isEmpty() && !value().matches("[!-~]")) {
      RuleFinding.MASK.report(
          problems,
          rule.path("value"),
          "Each digit becomes one printable ASCII character, not \"" + value() + "\".");
    }
  }

  private void keyColumns() {
    List<String> columns = rule.fields().fields("primary-key-def").texts("columns");
    if (rule.says("primary-key-def") && columns.isEmpty()) {
      RuleFinding.RULE_INCOMPLETE.report(
          problems, rule.path("primary-key-def"), "A primary key needs at least one column.");
    } else if (Set.copyOf(columns).size() < columns.size()) {
      RuleFinding.RULE_INCOMPLETE.report(
          problems, rule.path("primary-key-def.columns"), "A primary key has each column once.");
    }
  }

  private void beforeImage() {
    Fields definition = rule.fields().fields("before-image-def");
    String affixes =
        definition.text("column-prefix").orElse("") + definition.text("column-suffix").orElse("");
    if (rule.says("before-image-def") && affixes.isEmpty()) {
      RuleFinding.BEFORE_IMAGE_NAME.report(
          problems,
          rule.path("before-image-def"),
          "The columns for the old values would have the names of the columns themselves.");
    }
  }

  private void validation() {
    if (!rule.says("source-function") && !rule.says("target-function")) {
      RuleFinding.RULE_INCOMPLETE.report(
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
