package dev.pgbound.simulator.copy;

import dev.pgbound.simulator.oracle.RowImage;
import dev.pgbound.tables.RowFilter;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges a row by the filter of its table, as the SQL that DMS makes of the filter would. */
final class RowCondition {

  private RowCondition() {}

  static boolean holds(RowFilter filter, RowImage row) {
    if (filter instanceof RowFilter.All all) {
      return all.of().stream().allMatch(one -> holds(one, row));
    }
    if (filter instanceof RowFilter.Any any) {
      return any.of().stream().anyMatch(one -> holds(one, row));
    }
    return holds((RowFilter.Condition) filter, row.get(condition(filter).column()));
  }

  private static RowFilter.Condition condition(RowFilter filter) {
    return (RowFilter.Condition) filter;
  }

  private static boolean holds(RowFilter.Condition condition, @Nullable Object value) {
    return switch (condition.operator()) {
      case NULL -> value == null;
      case NOT_NULL -> value != null;
      case EQUAL -> order(condition, 0, value).filter(order -> order == 0).isPresent();
      case NOT_EQUAL -> order(condition, 0, value).filter(order -> order != 0).isPresent();
      case AT_LEAST -> order(condition, 0, value).filter(order -> order >= 0).isPresent();
      case AT_MOST -> order(condition, 0, value).filter(order -> order <= 0).isPresent();
      case BETWEEN -> between(condition, value).orElse(false);
      case NOT_BETWEEN -> between(condition, value).map(within -> !within).orElse(false);
    };
  }

  private static Optional<Boolean> between(RowFilter.Condition condition, @Nullable Object value) {
    Optional<Integer> from = order(condition, 0, value);
    Optional<Integer> to = order(condition, 1, value);
    return from.isEmpty() || to.isEmpty()
        ? Optional.empty()
        : Optional.of(from.get() >= 0 && to.get() <= 0);
  }

  /** How the value compares with an operand; empty when nobody can say. */
  private static Optional<Integer> order(
      RowFilter.Condition condition, int index, @Nullable Object value) {
    if (value == null || index >= condition.operands().size()) {
      return Optional.empty();
    }
    String operand = condition.operands().get(index);
    try {
      if (value instanceof BigDecimal number) {
        return Optional.of(number.compareTo(new BigDecimal(operand.strip())));
      }
      if (value instanceof LocalDateTime moment) {
        return Optional.of(moment.compareTo(moment(operand)));
      }
      if (value instanceof OffsetDateTime moment) {
        return Optional.of(moment.toLocalDateTime().compareTo(moment(operand)));
      }
    } catch (NumberFormatException | DateTimeParseException e) {
      return Optional.empty();
    }
    return Optional.of(value.toString().compareTo(operand));
  }

  private static LocalDateTime moment(String operand) {
    String text = operand.strip().replace(' ', 'T');
    return text.contains("T") ? LocalDateTime.parse(text) : LocalDate.parse(text).atStartOfDay();
  }
}
