package dev.pgbound.tables;

import dev.pgbound.spi.Value.Fields;
import dev.pgbound.tables.catalog.Column;
import dev.pgbound.tables.catalog.Table;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds what is wrong with one selected table. */
final class SelectedTableChecks {

  private static final int LONGEST_NAME = 63;
  private static final List<String> NUMBERS = List.of("int", "numeric", "real");

  private final Evaluation evaluation;
  private final SelectedTable selected;
  private final Table table;
  private final Gathering found;

  SelectedTableChecks(Evaluation evaluation, SelectedTable selected, Gathering found) {
    this.evaluation = evaluation;
    this.selected = selected;
    this.found = found;
    table = selected.source();
  }

  void check() {
    if (!table.kind().isReplicated()) {
      add(TableFinding.EMPTY_TABLE, "table", table.name() + " (" + table.kind().word() + ")", "");
    }
    names();
    keys();
    largeObjects();
    columns();
    filter();
    for (Evaluation.RuleUse use : evaluation.rules()) {
      if (use.fits() > 0
          && !use.rule().type().equals("selection")
          && use.rule().fits(table.name())) {
        rule(use.rule());
      }
    }
  }

  private void add(TableFinding finding, String noun, String name, String why) {
    found.add(finding, selected.selectedBy(), noun, name, why);
  }

  private String name(String column) {
    return table.name() + "." + column;
  }

  private void names() {
    Map<String, TargetColumn> taken = new HashMap<>();
    for (TargetColumn column : selected.columns()) {
      TargetColumn first = taken.putIfAbsent(column.name(), column);
      if (first != null) {
        add(
            TableFinding.TWO_COLUMNS_ONE_NAME,
            "pair of columns",
            String.format(
                Locale.ROOT,
                "%s and %s become %s.%s",
                first.source().map(Column::name).orElse("an added column"),
                column.source().map(Column::name).orElse("an added column"),
                selected.target(),
                column.name()),
            "");
      }
      length(column.name(), selected.target() + "." + column.name());
    }
    length(selected.table(), selected.target());
    length(selected.schema(), selected.schema());
  }

  private void length(String name, String whole) {
    if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      add(TableFinding.NAME_TOO_LONG, "name", whole, "");
    }
  }

  private void keys() {
    if (!evaluation.task().mode().replicatesChanges() || table.kind() == Table.Kind.VIEW) {
      return;
    }
    if (table.key().isEmpty() && selected.key().isEmpty()) {
      add(
          TableFinding.NO_KEY,
          "table",
          table.name().toString(),
          evaluation.task().batches()
              ? "The task applies changes in batches, which needs a key."
              : "");
    } else if (table.key().stream().anyMatch(column -> selected.columnOf(column).isEmpty())) {
      add(
          TableFinding.KEY_IS_LOST,
          "table",
          String.format(
              Locale.ROOT,
              "%s (%s)",
              table.name(),
              String.join(
                  ", ",
                  table.key().stream()
                      .filter(column -> selected.columnOf(column).isEmpty())
                      .toList())),
          "");
    }
  }

  private void largeObjects() {
    Lobs lobs = selected.lobs();
    for (TargetColumn column : selected.columns()) {
      Optional<Column> source = column.source().filter(one -> one.type().isLob());
      if (source.isEmpty() || column.beforeImage()) {
        continue;
      }
      long bytes = table.longest().getOrDefault(source.get().name(), 0L);
      if (lobs.cuts(bytes)) {
        add(
            TableFinding.LOB_IS_CUT,
            "column",
            String.format(
                Locale.ROOT, "%s (%d KB)", name(source.get().name()), (bytes + 1023) / 1024),
            String.format(Locale.ROOT, "The limit is %d KB.", lobs.size()));
      }
      if (lobs.mode() == Lobs.Mode.UNLIMITED && table.key().isEmpty()) {
        add(TableFinding.LOB_WITHOUT_KEY, "column", name(source.get().name()), "");
      }
    }
  }

  private void columns() {
    for (TargetColumn column : selected.columns()) {
      Optional<Column> source = column.source().filter(one -> !column.beforeImage());
      if (source.isEmpty()) {
        continue;
      }
      boolean computed = source.get().virtual() || source.get().hidden();
      if (column.type().isEmpty() || computed) {
        add(
            TableFinding.EMPTY_COLUMN,
            "column",
            String.format(
                Locale.ROOT,
                "%s (%s)",
                name(source.get().name()),
                column.type().isEmpty()
                    ? source.get().type()
                    : source.get().virtual() ? "virtual" : "hidden"),
            "");
      }
      boolean renamed = !column.name().equals(source.get().name());
      if (renamed && source.get().name().matches(".*[#\\\\/-].*")) {
        add(TableFinding.SPECIAL_NAME, "column", name(source.get().name()), "");
      }
    }
  }

  private void filter() {
    for (RowFilter.Condition condition : selected.filter().conditions()) {
      Optional<Column> column = table.column(condition.column());
      if (column.isEmpty() || column.get().type().isLob()) {
        add(
            TableFinding.FILTER_COLUMN,
            "column",
            name(condition.column()) + (column.isEmpty() ? " (unknown)" : " (a LOB)"),
            "");
        continue;
      }
      for (String operand : condition.operands()) {
        if (!takes(column.get(), operand)) {
          add(
              TableFinding.FILTER_VALUE,
              "value",
              String.format(
                  Locale.ROOT,
                  "\"%s\" for %s, which is %s",
                  operand,
                  name(column.get().name()),
                  column.get().type()),
              "");
        }
      }
    }
  }

  private boolean takes(Column column, String operand) {
    String type =
        DmsType.of(column.type(), evaluation.task().source().numberScale())
            .map(DmsType::name)
            .orElse("");
    if (NUMBERS.stream().anyMatch(type::startsWith)) {
      return Operands.isNumber(operand);
    }
    return !type.equals("datetime") || Operands.isDate(operand);
  }

  /** What a rule for this table says about columns of it. */
  private void rule(TableRule rule) {
    if (rule.does(RuleAction.ADD_COLUMN)) {
      NewName.expression(rule)
          .ifPresent(
              expression ->
                  expression.columns().stream()
                      .filter(column -> !isPlain(column))
                      .forEach(
                          column ->
                              found.add(
                                  TableFinding.EXPRESSION_COLUMN,
                                  rule.path("expression"),
                                  "column",
                                  described(column),
                                  "")));
    } else if (rule.does(RuleAction.DEFINE_PRIMARY_KEY)) {
      definedKey(rule);
    } else if (rule.type().equals("table-settings")) {
      segments(rule);
    } else if (rule.does(RuleAction.CHANGE_DATA_TYPE)
        || rule.does(RuleAction.MASK_DIGITS)
        || rule.does(RuleAction.RANDOMIZE_DIGITS)
        || rule.does(RuleAction.MASK_HASH)) {
      table.columns().stream()
          .filter(column -> column.type().isLob())
          .filter(column -> rule.fits(TableRule.COLUMN, column.name()))
          .filter(column -> rule.locator().text("data-type").isEmpty())
          .filter(column -> selected.columnOf(column.name()).isPresent())
          .forEach(
              column ->
                  found.add(
                      TableFinding.LOB_IS_TRANSFORMED, rule, "column", name(column.name()), ""));
    }
  }

  private boolean isPlain(String column) {
    return table.column(column).filter(one -> !one.type().isLob()).isPresent();
  }

  private String described(String column) {
    return name(column) + (table.column(column).isPresent() ? " (a LOB)" : " (unknown)");
  }

  private void definedKey(TableRule rule) {
    Fields definition = rule.fields().fields("primary-key-def");
    for (String column : definition.texts("columns")) {
      boolean known =
          selected.columnOf(column).isPresent()
              || selected.columns().stream().anyMatch(one -> one.name().equals(column));
      if (!known) {
        found.add(
            TableFinding.KEY_COLUMN,
            rule.path("primary-key-def.columns"),
            "column",
            name(column),
            "");
      }
    }
  }

  private void segments(TableRule rule) {
    String path = rule.path("parallel-load");
    Segments segments = Segments.of(rule.fields().fields("parallel-load"));
    for (String name : segments.columns()) {
      Optional<Column> column = table.column(name);
      boolean fits = column.filter(one -> mayHaveRanges(one)).isPresent();
      if (!fits) {
        found.add(
            TableFinding.SEGMENT_COLUMN,
            path + ".columns",
            "column",
            name(name) + column.map(one -> " (" + one.type() + ")").orElse(" (unknown)"),
            "");
      } else if (column.filter(Column::nullable).isPresent()) {
        found.add(TableFinding.ROWS_IN_NO_SEGMENT, path + ".columns", "column", name(name), "");
      }
    }
    for (String partition : segments.partitions()) {
      if (!table.partitions().contains(partition)) {
        found.add(TableFinding.PARTITION, path + ".partitions", "partition", name(partition), "");
      }
    }
  }

  private static boolean mayHaveRanges(Column column) {
    String type = column.type().name();
    return !column.type().isLob()
        && !List.of("FLOAT", "REAL", "DOUBLE PRECISION", "BINARY_FLOAT", "BINARY_DOUBLE")
            .contains(type);
  }
}
