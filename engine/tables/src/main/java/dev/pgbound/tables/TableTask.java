package dev.pgbound.tables;

import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Value;
import java.util.List;
import java.util.Optional;

/**
 * What a replication task says about tables: its rules, and the settings around them that decide
 * what the rules do.
 *
 * @param mapping the table mapping, with its rules
 * @param mode whether rows are loaded, changes replicated, or both
 * @param batches whether changes are applied in batches, which needs a key of every table
 * @param targetSchema the schema of every table whose schema no rule names; empty for none
 * @param lobs how LOBs are moved where no rule says otherwise
 * @param source what the source endpoint says about names and types
 */
public record TableTask(
    Value.Fields mapping,
    Mode mode,
    boolean batches,
    String targetSchema,
    Lobs lobs,
    Source source) {

  /** What a task replicates. */
  public enum Mode {
    FULL_LOAD,
    CDC,
    FULL_LOAD_AND_CDC;

    public boolean loads() {
      return this != CDC;
    }

    public boolean replicatesChanges() {
      return this != FULL_LOAD;
    }
  }

  /**
   * What the source endpoint says.
   *
   * @param escape the character that takes the meaning from a wildcard behind it
   * @param exposesViews whether views can be selected
   * @param numberScale what becomes of a {@code NUMBER} without precision: digits behind the point,
   *     -1 for a floating-point number, -2 for text
   */
  public record Source(Optional<Character> escape, boolean exposesViews, int numberScale) {
    /** What DMS does when the endpoint says nothing. */
    public static final Source DEFAULT = new Source(Optional.empty(), false, 10);
  }

  /** The rules in the order of the mapping; what is no rule at all is left out. */
  public List<TableRule> rules() {
    return TableRules.of(mapping, source.escape());
  }

  /**
   * Reports what is wrong with the rules as such, without knowing any table.
   *
   * @param problems takes paths from the resource on, such as {@code tableMappings.rules[0]}
   */
  public void check(Problems problems) {
    RuleChecks.check(this, problems);
  }

  /** The same task with other rules. */
  public TableTask with(Value.Fields otherMapping) {
    return new TableTask(otherMapping, mode, batches, targetSchema, lobs, source);
  }
}
