package dev.pgbound.cli.render;

import dev.pgbound.engine.tables.TablePlan;
import dev.pgbound.engine.tables.TablePlan.Table;
import dev.pgbound.engine.tables.TablePlan.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Tables for people: how many, by which task, under which names, and what is remarkable. However
 * many tables there are, the short form stays short.
 */
public final class TablesText {

  /** How much is shown. */
  public enum Detail {
    /** Counts, and what is remarkable. */
    SHORT,
    /** Every table. */
    ALL
  }

  private static final int MOST = 10;
  private static final int WIDEST_NAME = 50;
  private static final String INDENT = "       ";

  private final TablePlan plan;
  private final Detail detail;
  private final TextBlock text;

  private TablesText(TablePlan plan, Detail detail, OptionalInt columns) {
    this.plan = plan;
    this.detail = detail;
    text = new TextBlock(columns);
  }

  /** {@code 7 of 8 tables selected}. */
  public static String count(TablePlan plan) {
    return TableWords.count(plan);
  }

  /**
   * The text, ending with a line break. Equal plans give equal text.
   *
   * @param columns how wide the screen is, if there is one
   */
  public static String render(TablePlan plan, Detail detail, OptionalInt columns) {
    return new TablesText(plan, detail, columns).render();
  }

  private String render() {
    text.wrapped(
        "tables of " + Words.visible(plan.catalog()) + ": " + TableWords.summary(plan), "", "  ");
    plan.tasks().forEach(this::task);
    List<String> unselected = TableWords.unselected(plan);
    if (!unselected.isEmpty()) {
      text.line("  in no task: " + Words.count(unselected.size(), "table"));
      names(unselected, INDENT);
    }
    return text.toString();
  }

  private void task(Task task) {
    text.line("  " + task.address() + ": " + TableWords.count(plan, task));
    if (detail == Detail.ALL) {
      listing(task.tables());
    } else {
      lines(TableWords.schemas(task));
      lines(TableWords.renamed(task));
      lines(TableWords.filtered(task));
      List<String> lobs = TableWords.withLobs(task);
      if (!lobs.isEmpty()) {
        names(lobs, INDENT + "with LOBs: ");
      }
    }
    lines(TableWords.changes(task));
  }

  private void listing(List<Table> tables) {
    int source = width(tables.stream().map(Table::source).toList());
    int target = width(tables.stream().map(Table::target).toList());
    for (Table table : tables) {
      text.wrapped(
          padded(table.source(), source)
              + " → "
              + padded(table.target(), target)
              + "  "
              + String.join(" · ", TableWords.facts(table)),
          INDENT,
          INDENT + "  ");
    }
  }

  private static int width(List<String> names) {
    int longest = names.stream().mapToInt(name -> Words.visible(name).length()).max().orElse(0);
    return Math.min(WIDEST_NAME, longest);
  }

  private static String padded(String name, int width) {
    String visible = Words.visible(name);
    return visible + " ".repeat(Math.max(0, width - visible.length()));
  }

  /** As many lines as a reader takes in, and how many more there are. */
  private void lines(List<String> lines) {
    int more = detail == Detail.ALL ? 0 : lines.size() - MOST;
    for (String line : more > 1 ? lines.subList(0, MOST) : lines) {
      text.wrapped(line, INDENT, INDENT + "  ");
    }
    if (more > 1) {
      text.line(String.format(Locale.ROOT, "%s... and %,d more; see --tables", INDENT, more));
    }
  }

  private void names(List<String> names, String first) {
    int more = detail == Detail.ALL ? 0 : names.size() - MOST;
    List<String> parts = new ArrayList<>();
    for (String name : more > 1 ? names.subList(0, MOST) : names) {
      boolean last = parts.size() == names.size() - 1;
      parts.add(name + (last || (more > 1 && parts.size() == MOST - 1) ? "" : ","));
    }
    if (more > 1) {
      parts.add(String.format(Locale.ROOT, "and %,d more", more));
    }
    text.wrapped(parts, first, INDENT + "  ");
  }
}
