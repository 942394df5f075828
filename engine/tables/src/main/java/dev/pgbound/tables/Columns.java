package dev.pgbound.tables;

import dev.pgbound.spi.Value.Fields;
import dev.pgbound.tables.catalog.Column;
import dev.pgbound.tables.catalog.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What the rules of a task make of the columns of one table. */
final class Columns {

  private final Table table;
  private final int numberScale;
  private final List<TableRule> rules;
  private final Evaluator.Count count;
  private final Set<Integer> fitting = new HashSet<>();
  private final Set<Integer> working = new HashSet<>();

  /**
   * @param about the rules that are about the table, those that count first in front
   */
  Columns(Table table, int numberScale, List<TableRule> about, Evaluator.Count count) {
    this.table = table;
    this.numberScale = numberScale;
    this.count = count;
    rules =
        about.stream()
            .filter(rule -> rule.target().equals("column"))
            .filter(rule -> rule.action().isPresent())
            .toList();
  }

  /** The columns of the target. */
  List<TargetColumn> target() {
    List<TargetColumn> target = new ArrayList<>();
    for (Column column : table.columns()) {
      if (isKept(column)) {
        target.add(kept(column));
      }
    }
    target.addAll(beforeImages(List.copyOf(target)));
    for (TableRule rule : rules) {
      if (rule.does(RuleAction.ADD_COLUMN)) {
        use(rule, true);
        target.add(added(rule));
      }
    }
    for (TableRule rule : rules) {
      if (fitting.contains(rule.index())) {
        count.add(rule, working.contains(rule.index()));
      }
    }
    return target;
  }

  /** The columns of the key in the target; none when one of them is not there. */
  List<String> key(Optional<TableRule> defined, List<TargetColumn> target) {
    List<String> names =
        defined
            .map(rule -> rule.fields().fields("primary-key-def").texts("columns"))
            .orElse(table.key());
    List<String> key = new ArrayList<>();
    for (String name : names) {
      target.stream()
          .filter(column -> !column.beforeImage())
          .filter(
              column ->
                  column.source().map(Column::name).orElse(column.name()).equals(name)
                      || (defined.isPresent() && column.name().equals(name)))
          .findFirst()
          .ifPresent(column -> key.add(column.name()));
    }
    return key.size() == names.size() ? key : List.of();
  }

  private boolean isKept(Column column) {
    boolean kept = first(column, rule -> rule.does(RuleAction.REMOVE_COLUMN)).isEmpty();
    boolean chosen = rules.stream().noneMatch(rule -> rule.does(RuleAction.INCLUDE_COLUMN));
    return (first(column, rule -> rule.does(RuleAction.INCLUDE_COLUMN)).isPresent() || chosen)
        && kept;
  }

  private TargetColumn kept(Column column) {
    String name =
        first(column, rule -> rule.isOf(RuleAction.Kind.NAMING))
            .map(
                rule ->
                    NewName.apply(
                        rule, column.name(), NewName.metadata(table, Optional.of(column))))
            .orElse(column.name());
    Optional<DmsType> type =
        first(column, rule -> rule.does(RuleAction.CHANGE_DATA_TYPE))
            .map(rule -> DmsType.declared(rule.fields().fields("data-type")))
            .or(() -> DmsType.of(column.type(), numberScale));
    Optional<TargetColumn.Mask> mask =
        first(column, Columns::masks)
            .map(
                rule ->
                    new TargetColumn.Mask(
                        rule.action().orElseThrow(), rule.fields().text("value").orElse("")));
    first(column, rule -> rule.does(RuleAction.OVERRIDE_VALIDATION_FUNCTION));
    return new TargetColumn(name, type, Optional.of(column), Optional.empty(), mask, false);
  }

  private static boolean masks(TableRule rule) {
    return rule.does(RuleAction.MASK_DIGITS)
        || rule.does(RuleAction.RANDOMIZE_DIGITS)
        || rule.does(RuleAction.MASK_HASH);
  }

  private List<TargetColumn> beforeImages(List<TargetColumn> kept) {
    List<TargetColumn> images = new ArrayList<>();
    for (TargetColumn column : kept) {
      Column source = column.source().orElseThrow();
      first(source, rule -> rule.does(RuleAction.ADD_BEFORE_IMAGE_COLUMNS))
          .map(rule -> rule.fields().fields("before-image-def"))
          .filter(image -> isDoubled(source, image.text("column-filter").orElse("pk-only")))
          .ifPresent(image -> images.add(beforeImage(column, image)));
    }
    return images;
  }

  private boolean isDoubled(Column column, String filter) {
    return switch (filter) {
      case "all" -> true;
      case "non-lob" -> !column.type().isLob();
      default -> table.key().contains(column.name());
    };
  }

  private static TargetColumn beforeImage(TargetColumn column, Fields image) {
    return new TargetColumn(
        image.text("column-prefix").orElse("")
            + column.name()
            + image.text("column-suffix").orElse(""),
        column.type(),
        column.source(),
        Optional.empty(),
        column.mask(),
        true);
  }

  private static TargetColumn added(TableRule rule) {
    Fields type = rule.fields().fields("data-type");
    return new TargetColumn(
        rule.fields().text("value").orElse(""),
        Optional.of(DmsType.declared(type)),
        Optional.empty(),
        NewName.expression(rule),
        Optional.empty(),
        false);
  }

  /** The first rule that decides something about a column. */
  private Optional<TableRule> first(Column column, Predicate<TableRule> decides) {
    Optional<TableRule> first = Optional.empty();
    for (TableRule rule : rules) {
      if (decides.test(rule) && fits(rule, column)) {
        use(rule, first.isEmpty());
        first = first.isPresent() ? first : Optional.of(rule);
      }
    }
    return first;
  }

  private void use(TableRule rule, boolean works) {
    fitting.add(rule.index());
    if (works) {
      working.add(rule.index());
    }
  }

  private boolean fits(TableRule rule, Column column) {
    Optional<String> type = rule.locator().text("data-type");
    return rule.fits(TableRule.COLUMN, column.name())
        && (type.isEmpty()
            || DmsType.of(column.type(), numberScale)
                .filter(dms -> dms.name().equals(type.get().toLowerCase(Locale.ROOT)))
                .isPresent());
  }
}
