package dev.pgbound.spi;

import java.util.Locale;
import java.util.Set;

/**
 * One look at a table of a task.
 *
 * @param state the service's own words
 * @param rows how many the load has brought
 * @param errorRows how many of them it could not write
 * @param changes how many inserts, updates and deletes were applied
 * @param validation the service's own words
 * @param mismatches rows that differ between source and target
 * @param suspended rows that could not be compared
 * @param pending rows that are still to be compared
 */
public record TableState(
    String schema,
    String name,
    String state,
    long rows,
    long errorRows,
    long changes,
    String validation,
    long mismatches,
    long suspended,
    long pending) {

  private static final Set<String> WRONG =
      Set.of("table error", "table does not exist", "table cancelled");

  private static final Set<String> UNLIKE =
      Set.of("mismatched records", "suspended records", "table error", "error");

  public boolean isLoading() {
    return is("full load") || is("table is being reloaded");
  }

  /** Whether the service has given the table up. */
  public boolean isInError() {
    return WRONG.contains(state.toLowerCase(Locale.ROOT));
  }

  /** Whether the comparison has found something, or cannot go on. */
  public boolean isDifferent() {
    return UNLIKE.contains(validation.toLowerCase(Locale.ROOT));
  }

  private boolean is(String word) {
    return state.toLowerCase(Locale.ROOT).equals(word);
  }

  @Override
  public String toString() {
    return schema + "." + name;
  }
}
