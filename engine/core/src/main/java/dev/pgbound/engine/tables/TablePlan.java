package dev.pgbound.engine.tables;

import dev.pgbound.spi.Address;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a plan means for tables, as data.
 *
 * @param catalog the file that says what the source holds
 * @param total how many tables and views it has
 * @param tasks what each task replicates, in the order of the file
 * @param unselected what no task selects, by schema and name
 */
public record TablePlan(String catalog, int total, List<Task> tasks, List<Unselected> unselected) {

  /**
   * A task and its tables.
   *
   * @param changes how they differ from what the live task replicates
   */
  public record Task(Address address, List<Table> tables, List<Rule> rules, List<Change> changes) {
    public Task {
      tables = List.copyOf(tables);
      rules = List.copyOf(rules);
      changes = List.copyOf(changes);
    }
  }

  /**
   * A table that is replicated.
   *
   * @param schema of the source
   * @param name in the source
   * @param rule the number of the rule that selects it
   * @param rows how many rows it has, as an estimate
   * @param columns how many the target gets
   * @param key names in the target of what tells rows apart; empty for none
   * @param lobs names in the target of LOB columns
   * @param filter which rows are replicated; empty for all
   */
  public record Table(
      String schema,
      String name,
      String targetSchema,
      String targetName,
      long rule,
      OptionalLong rows,
      int columns,
      List<String> key,
      List<String> lobs,
      String filter) {
    public Table {
      key = List.copyOf(key);
      lobs = List.copyOf(lobs);
    }

    public String source() {
      return schema + "." + name;
    }

    public String target() {
      return targetSchema + "." + targetName;
    }
  }

  /** A rule in a few words, and how many tables it fits. */
  public record Rule(long id, String text, int tables) {}

  /** What applying the plan does to the replication of a table. */
  public record Change(Kind kind, String table, String before, String after) {

    /** What happens to the table. */
    public enum Kind {
      ADDED,
      REMOVED,
      /** Its name, its columns or its rows in the target differ. */
      CHANGED
    }
  }

  /**
   * A table or view that no task selects.
   *
   * @param kind {@code table} for an ordinary one
   */
  public record Unselected(String table, String kind) {}

  public TablePlan {
    tasks = List.copyOf(tasks);
    unselected = List.copyOf(unselected);
  }

  /** How many tables some task selects. */
  public int selected() {
    return total - unselected.size();
  }
}
