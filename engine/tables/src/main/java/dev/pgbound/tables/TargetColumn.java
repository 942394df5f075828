package dev.pgbound.tables;

import dev.pgbound.tables.catalog.Column;
import dev.pgbound.tables.expression.Expression;
import java.util.Optional;

/**
 * A column as the target gets it.
 *
 * @param name its name in the target
 * @param type the type in which DMS moves it; empty when its values are not replicated
 * @param source the column whose value it has; empty for one that is added
 * @param expression what the value of an added column is computed from; empty when it has none
 * @param mask what makes its value unrecognizable
 * @param beforeImage whether it has the value before a change, not the one after it
 */
public record TargetColumn(
    String name,
    Optional<DmsType> type,
    Optional<Column> source,
    Optional<Expression> expression,
    Optional<Mask> mask,
    boolean beforeImage) {

  /**
   * How a value is made unrecognizable.
   *
   * @param action one of the three masking actions
   * @param character what takes the place of each digit; empty where the action needs none
   */
  public record Mask(RuleAction action, String character) {}
}
