package dev.pgbound.simulator.copy;

import dev.pgbound.simulator.oracle.RowImage;
import dev.pgbound.tables.DmsType;
import dev.pgbound.tables.Lobs;
import dev.pgbound.tables.SelectedTable;
import dev.pgbound.tables.TargetColumn;
import dev.pgbound.tables.catalog.Column;
import dev.pgbound.tables.expression.Expression;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes rows of the target of rows of the source, by what the rules make of a table's columns. */
final class RowMapper {

  private static final int KILOBYTE = 1024;

  private final SelectedTable table;
  private final List<TargetColumn> columns;

  RowMapper(SelectedTable table) {
    this.table = table;
    columns =
        table.columns().stream()
            .filter(column -> column.type().isPresent())
            .filter(column -> table.lobs().mode() != Lobs.Mode.NONE || !isLob(column))
            .toList();
  }

  SelectedTable table() {
    return table;
  }

  /** The columns that the target gets; those of types that DMS does not replicate are not there. */
  List<TargetColumn> columns() {
    return columns;
  }

  static boolean isLob(TargetColumn column) {
    return column.source().map(source -> source.type().isLob()).orElse(false);
  }

  /** Whether a row is replicated at all. */
  boolean isReplicated(RowImage row) {
    boolean hasRange =
        table.segments().columns().stream().allMatch(column -> row.get(column) != null);
    return hasRange && RowCondition.holds(table.filter(), row);
  }

  /**
   * The row of the target.
   *
   * @param before the row as it was before the change; null when there was none
   */
  MappedRow map(RowImage row, @Nullable RowImage before, RowHeader header) {
    List<@Nullable String> values = new ArrayList<>();
    Map<Integer, String> late = new HashMap<>();
    boolean cut = false;
    for (TargetColumn column : columns) {
      DmsType type = column.type().orElseThrow();
      Object value =
          column.beforeImage()
              ? before == null ? null : sourceValue(column, before)
              : column.source().isPresent()
                  ? sourceValue(column, row)
                  : computed(column, row, header);
      if (value != null && isLob(column)) {
        cut |= table.lobs().cuts(TargetText.size(value));
        value = lob(value);
        if (value != null && isLate(value)) {
          late.put(values.size(), String.valueOf(TargetText.of(value, type)));
          value = null;
        }
      }
      values.add(TargetText.of(value, type));
    }
    return new MappedRow(values, late, cut);
  }

  private static @Nullable Object sourceValue(TargetColumn column, RowImage row) {
    Column source = column.source().orElseThrow();
    Object value = source.virtual() ? null : row.get(source.name());
    if (value instanceof String text && source.type().name().endsWith("CHAR")) {
      // the source endpoint has trimSpaceInChar unless it says otherwise
      value = text.stripTrailing();
    }
    Optional<TargetColumn.Mask> mask = column.mask();
    return value == null || mask.isEmpty() ? value : Masking.of(mask.get(), value);
  }

  private @Nullable Object computed(TargetColumn column, RowImage row, RowHeader header) {
    Expression expression = column.expression().orElse(null);
    if (expression == null || !expression.isComputed()) {
      return null;
    }
    Object value = expression.evaluate(name -> variable(name, row, header));
    return value instanceof Number number ? new BigDecimal(number.toString()) : value;
  }

  private @Nullable Object variable(String name, RowImage row, RowHeader header) {
    return switch (name) {
      case "AR_M_SOURCE_SCHEMA" -> table.source().name().schema();
      case "AR_M_SOURCE_TABLE_NAME" -> table.source().name().table();
      case "AR_M_SOURCE_COLUMN_NAME", "AR_M_SOURCE_COLUMN_DATATYPE" -> null;
      default -> name.startsWith("AR_H_") ? header.value(name) : scalar(row.get(name));
    };
  }

  /** A value as SQLite has it. */
  private static @Nullable Object scalar(@Nullable Object value) {
    if (value instanceof BigDecimal number) {
      boolean whole = number.stripTrailingZeros().scale() <= 0;
      return whole && number.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0
          ? (Object) number.longValue()
          : (Object) number.doubleValue();
    }
    return value == null || value instanceof byte[] ? value : TargetText.plain(value);
  }

  /** What of a LOB arrives; without a key nobody could look it up. */
  private @Nullable Object lob(Object value) {
    return switch (table.lobs().mode()) {
      case LIMITED -> TargetText.limited(value, table.lobs().size() * KILOBYTE);
      case UNLIMITED -> isLate(value) && table.key().isEmpty() ? null : value;
      case NONE -> null;
    };
  }

  private boolean isLate(Object lob) {
    return table.lobs().mode() == Lobs.Mode.UNLIMITED
        && TargetText.size(lob) > table.lobs().size() * KILOBYTE;
  }

  /** The places of the columns of the key; empty when the table has none. */
  List<Integer> key() {
    List<Integer> places = new ArrayList<>();
    for (String name : table.key()) {
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i).name().equals(name)) {
          places.add(i);
        }
      }
    }
    return places;
  }

  /** The places of added columns that say what has happened to a row: none of it is deleted. */
  List<Integer> indicators() {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      boolean indicates =
          columns
              .get(i)
              .expression()
              .filter(one -> one.toString().contains("operation_indicator"))
              .isPresent();
      if (indicates) {
        places.add(i);
      }
    }
    return places;
  }
}
