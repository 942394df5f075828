package dev.pgbound.tables;

import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which rows of a table are replicated, as a tree that can be turned into SQL. DMS judges a change
 * by the row at hand, so that a row never moves in or out.
 */
public sealed interface RowFilter {

  /** Every row. */
  static RowFilter everything() {
    return new All(List.of());
  }

  /** Every one of them holds; also when there is none. */
  record All(List<RowFilter> of) implements RowFilter {
    public All {
      of = List.copyOf(of);
    }
  }

  /** One of them holds at least. */
  record Any(List<RowFilter> of) implements RowFilter {
    public Any {
      of = List.copyOf(of);
    }
  }

  /**
   * A column has a value that fits.
   *
   * @param operands as the rule gives them: numbers, texts, dates as {@code 2015-01-31} with or
   *     without a time behind it; as many as the operator takes
   */
  record Condition(String column, Operator operator, List<String> operands) implements RowFilter {
    public Condition {
      operands = List.copyOf(operands);
    }
  }

  /** How a column's value is compared; none of the others holds for a column without a value. */
  enum Operator {
    EQUAL("eq", "="),
    NOT_EQUAL("noteq", "<>"),
    AT_LEAST("gte", ">="),
    AT_MOST("lte", "<="),
    /** Both ends belong to it. */
    BETWEEN("between", "between"),
    NOT_BETWEEN("notbetween", "not between"),
    NULL("null", "is null"),
    NOT_NULL("notnull", "is not null");

    private final String word;
    private final String sql;

    Operator(String word, String sql) {
      this.word = word;
      this.sql = sql;
    }

    /** The word of DMS for it. */
    public String word() {
      return word;
    }

    /** The operator of SQL that means the same. */
    public String sql() {
      return sql;
    }

    static Operator of(String word) {
      for (Operator operator : values()) {
        if (operator.word.equals(word)) {
          return operator;
        }
      }
      // the only other word that the grammar has
      return AT_MOST;
    }
  }

  /** The filters of a selection rule: all must hold, and of each one of its conditions. */
  static RowFilter of(Fields rule) {
    List<RowFilter> filters = new ArrayList<>();
    for (Value item : rule.items("filters")) {
      if (item instanceof Fields filter) {
        List<RowFilter> conditions = new ArrayList<>();
        for (Value one : filter.items("filter-conditions")) {
          if (one instanceof Fields condition) {
            conditions.add(condition(filter.text("column-name").orElse(""), condition));
          }
        }
        filters.add(conditions.size() == 1 ? conditions.get(0) : new Any(conditions));
      }
    }
    return filters.isEmpty()
        ? everything()
        : filters.size() == 1 ? filters.get(0) : new All(filters);
  }

  private static RowFilter condition(String column, Fields condition) {
    List<String> operands = new ArrayList<>();
    for (String operand : List.of("value", "start-value", "end-value")) {
      condition.text(operand).ifPresent(operands::add);
    }
    String operator = condition.text("filter-operator").orElse("");
    return new Condition(column, Operator.of(operator), operands);
  }

  /** The columns that it looks at, in the order of the rule. */
  default Set<String> columns() {
    Set<String> columns = new LinkedHashSet<>();
    conditions().forEach(condition -> columns.add(condition.column()));
    return columns;
  }

  /** Every condition in it. */
  default List<Condition> conditions() {
    List<Condition> conditions = new ArrayList<>();
    if (this instanceof Condition condition) {
      conditions.add(condition);
    } else if (this instanceof All all) {
      all.of().forEach(one -> conditions.addAll(one.conditions()));
    } else if (this instanceof Any any) {
      any.of().forEach(one -> conditions.addAll(one.conditions()));
    }
    return conditions;
  }

  /** The filter as people read it, such as {@code END_DATE >= '2015-01-01'}; empty for none. */
  default String text() {
    if (this instanceof All all) {
      return all.of().stream().map(one -> one.nested(all)).collect(Collectors.joining(" and "));
    }
    if (this instanceof Any any) {
      return any.of().stream().map(RowFilter::text).collect(Collectors.joining(" or "));
    }
    Condition condition = (Condition) this;
    String operands =
        condition.operands().stream()
            .map(operand -> Operands.isNumber(operand) ? operand : "'" + operand + "'")
            .collect(Collectors.joining(" and "));
    return String.format(
            Locale.ROOT, "%s %s %s", condition.column(), condition.operator().sql(), operands)
        .strip();
  }

  private String nested(All outer) {
    return outer.of().size() > 1 && this instanceof Any any && any.of().size() > 1
        ? "(" + text() + ")"
        : text();
  }
}
