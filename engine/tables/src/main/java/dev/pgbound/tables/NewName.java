package dev.pgbound.tables;

import dev.pgbound.tables.catalog.Column;
import dev.pgbound.tables.catalog.Table;
import dev.pgbound.tables.expression.Expression;
import dev.pgbound.tables.expression.ExpressionException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What rules make of names. */
final class NewName {

  private NewName() {}

  /** The new name of an object whose old one is given. */
  static String apply(TableRule rule, String name, Expression.Row metadata) {
    String value = rule.fields().text("value").orElse("");
    String old = rule.fields().text("old-value").orElse("");
    return switch (rule.action().orElseThrow()) {
      case RENAME -> rule.says("expression") ? computed(rule, metadata).orElse(name) : value;
      case CONVERT_LOWERCASE -> name.toLowerCase(Locale.ROOT);
      case CONVERT_UPPERCASE -> name.toUpperCase(Locale.ROOT);
      case ADD_PREFIX -> value + name;
      case ADD_SUFFIX -> name + value;
      case REMOVE_PREFIX -> withPrefix(name, value, "");
      case REMOVE_SUFFIX -> withSuffix(name, value, "");
      case REPLACE_PREFIX -> withPrefix(name, old, value);
      case REPLACE_SUFFIX -> withSuffix(name, old, value);
      case INCLUDE,
          EXCLUDE,
          EXPLICIT,
          REMOVE_COLUMN,
          INCLUDE_COLUMN,
          ADD_COLUMN,
          CHANGE_DATA_TYPE,
          DEFINE_PRIMARY_KEY,
          ADD_BEFORE_IMAGE_COLUMNS,
          MASK_DIGITS,
          RANDOMIZE_DIGITS,
          MASK_HASH,
          OVERRIDE_VALIDATION_FUNCTION ->
          name;
    };
  }

  private static String withPrefix(String name, String prefix, String replacement) {
    return name.startsWith(prefix) ? replacement + name.substring(prefix.length()) : name;
  }

  private static String withSuffix(String name, String suffix, String replacement) {
    return name.endsWith(suffix)
        ? name.substring(0, name.length() - suffix.length()) + replacement
        : name;
  }

  private static Optional<String> computed(TableRule rule, Expression.Row metadata) {
    return expression(rule)
        .filter(Expression::isComputed)
        .flatMap(expression -> expression.text(metadata))
        .filter(name -> !name.isEmpty());
  }

  /** The expression of a rule; empty when it has none that can be read. */
  static Optional<Expression> expression(TableRule rule) {
    Optional<String> text = rule.fields().text("expression");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Expression.parse(text.get()));
    } catch (ExpressionException e) {
      return Optional.empty();
    }
  }

  /** What DMS knows about a table and one of its columns. */
  static Expression.Row metadata(Table table, Optional<Column> column) {
    Map<String, String> known = new HashMap<>();
    known.put("AR_M_SOURCE_SCHEMA", table.name().schema());
    known.put("AR_M_SOURCE_TABLE_NAME", table.name().table());
    column.ifPresent(
        one -> {
          known.put("AR_M_SOURCE_COLUMN_NAME", one.name());
          known.put("AR_M_SOURCE_COLUMN_DATATYPE", one.type().name());
        });
    return known::get;
  }
}
