package dev.pgbound.tables;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Values that rules give as text, whatever the type of the column is. */
final class Operands {

  private static final String NUMBER = "[-+]?([0-9]{1,60}(\\.[0-9]{0,60})?|\\.[0-9]{1,60})";
  private static final String DATE =
      "[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?)?";

  private Operands() {}

  static boolean isNumber(String operand) {
    return operand.strip().matches(NUMBER);
  }

  /** A date as DMS takes it, with or without a time. */
  static boolean isDate(String operand) {
    return operand.strip().matches(DATE);
  }

  /** Whether the first of two values is certainly greater than the second. */
  static boolean descend(String first, String second) {
    return compare(first, second).filter(order -> order > 0).isPresent();
  }

  /** Whether a row of values can come before another one: the first difference decides. */
  static boolean mayAscend(List<String> first, List<String> second) {
    for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
      Optional<Integer> order = compare(first.get(i), second.get(i));
      if (order.isEmpty() || order.get() != 0) {
        return order.isEmpty() || order.get() < 0;
      }
    }
    return false;
  }

  /** How two values compare, where their form says it. */
  static Optional<Integer> compare(String first, String second) {
    if (isNumber(first) && isNumber(second)) {
      return Optional.of(new BigDecimal(first.strip()).compareTo(new BigDecimal(second.strip())));
    }
    return isDate(first) && isDate(second)
        ? Optional.of(date(first).compareTo(date(second)))
        : Optional.empty();
  }

  private static String date(String operand) {
    return operand.strip().toUpperCase(Locale.ROOT).replace('T', ' ');
  }
}
