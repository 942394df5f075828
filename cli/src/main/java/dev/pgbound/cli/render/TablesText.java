package dev.pgbound.cli.render;

import dev.pgbound.engine.tables.TablePlan;
import dev.pgbound.engine.tables.TablePlan.Change;
import dev.pgbound.engine.tables.TablePlan.Finding;
import dev.pgbound.engine.tables.TablePlan.Table;
import dev.pgbound.engine.tables.TablePlan.Task;
import dev.pgbound.engine.tables.TablePlan.Unselected;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

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

  private static final int WIDTH = 100;
  private static final int MOST_LINES = 10;
  private static final String INDENT = "       ";

  private final TablePlan plan;
  private final Detail detail;
  private final StringBuilder text = new StringBuilder();

  private TablesText(TablePlan plan, Detail detail) {
    this.plan = plan;
    this.detail = detail;
  }

  /** The text, ending with a line break. Equal plans give equal text. */
  public static String render(TablePlan plan, Detail detail) {
    return new TablesText(plan, detail).render();
  }

  /** {@code 7 of 8 tables selected}. */
  public static String count(TablePlan plan) {
    return String.format(
        Locale.ROOT, "%d of %s selected", plan.selected(), Words.count(plan.total(), "table"));
  }

  private static String count(int tables) {
    return String.format(Locale.ROOT, "%,d table%s", tables, tables == 1 ? "" : "s");
  }

  private String render() {
    line(
        String.format(
            Locale.ROOT, "tables of %s: %s%s", plan.catalog(), count(plan), rows(allRows())));
    plan.tasks().forEach(this::task);
    unselected();
    findings();
    return text.toString();
  }

  private List<Table> all() {
    return plan.tasks().stream().flatMap(task -> task.tables().stream()).toList();
  }

  /** A table in two tasks is counted once. */
  private OptionalLong allRows() {
    Map<String, OptionalLong> rows = new LinkedHashMap<>();
    all().forEach(table -> rows.put(table.source(), table.rows()));
    return sum(rows.values().stream().toList());
  }

  /** Unknown as soon as one of them is. */
  private static OptionalLong sum(List<OptionalLong> rows) {
    boolean known = !rows.isEmpty() && rows.stream().allMatch(OptionalLong::isPresent);
    return known
        ? OptionalLong.of(rows.stream().mapToLong(OptionalLong::getAsLong).sum())
        : OptionalLong.empty();
  }

  private static String rows(OptionalLong rows) {
    return rows.isPresent() ? String.format(Locale.ROOT, ", about %,d rows", rows.getAsLong()) : "";
  }

  private void task(Task task) {
    List<OptionalLong> rows = task.tables().stream().map(Table::rows).toList();
    line(
        String.format(
            Locale.ROOT,
            "  %s: %s%s",
            task.address(),
            count(task.tables().size()),
            plan.tasks().size() > 1 ? rows(sum(rows)) : ""));
    if (detail == Detail.ALL) {
      listing(task.tables());
    } else {
      schemas(task.tables());
    }
    changes(task.changes());
  }

  private void schemas(List<Table> tables) {
    Map<String, List<Table>> bySchema = new LinkedHashMap<>();
    for (Table table : tables) {
      bySchema
          .computeIfAbsent(table.schema() + " → " + table.targetSchema(), s -> new ArrayList<>())
          .add(table);
    }
    List<String> lines = new ArrayList<>();
    bySchema.forEach(
        (schema, ones) ->
            lines.add(
                Words.clean(schema)
                    + (bySchema.size() > 1 ? ": " + count(ones.size()) : "")
                    + ", "
                    + names(ones)));
    limited(lines);
    List<String> others = new ArrayList<>();
    for (Table table : tables) {
      if (naming(table) == Naming.OTHER) {
        others.add(Words.clean(table.source() + " → " + table.target()));
      }
    }
    limited(others);
    List<String> filtered = new ArrayList<>();
    for (Table table : tables) {
      if (!table.filter().isEmpty()) {
        filtered.add(Words.clean(table.source() + " where " + table.filter()));
      }
    }
    limited(filtered);
    List<String> lobs = new ArrayList<>();
    for (Table table : tables) {
      if (!table.lobs().isEmpty()) {
        lobs.add(Words.clean(table.source()));
      }
    }
    if (!lobs.isEmpty()) {
      wrapped(INDENT, "with LOBs: " + some(lobs));
    }
  }

  /** How the name of a table in the target comes from the one in the source. */
  private enum Naming {
    SAME("as in the source"),
    LOWER("in lower case"),
    OTHER("renamed");

    private final String words;

    Naming(String words) {
      this.words = words;
    }
  }

  private static Naming naming(Table table) {
    if (table.targetName().equals(table.name())) {
      return Naming.SAME;
    }
    return table.targetName().equals(table.name().toLowerCase(Locale.ROOT))
        ? Naming.LOWER
        : Naming.OTHER;
  }

  private static String names(List<Table> tables) {
    List<String> parts = new ArrayList<>();
    for (Naming naming : Naming.values()) {
      long count = tables.stream().filter(table -> naming(table) == naming).count();
      if (count == tables.size()) {
        return "names " + naming.words;
      }
      if (count > 0) {
        parts.add(
            String.format(
                Locale.ROOT, "%,d%s %s", count, parts.isEmpty() ? " names" : "", naming.words));
      }
    }
    return String.join(", ", parts);
  }

  private void listing(List<Table> tables) {
    int source = tables.stream().mapToInt(t -> Words.clean(t.source()).length()).max().orElse(0);
    int target = tables.stream().mapToInt(t -> Words.clean(t.target()).length()).max().orElse(0);
    for (Table table : tables) {
      List<String> facts = new ArrayList<>();
      table.rows().ifPresent(rows -> facts.add(String.format(Locale.ROOT, "%,d rows", rows)));
      facts.add(Words.count(table.columns(), "column"));
      facts.add(table.key().isEmpty() ? "no key" : "key " + String.join(", ", table.key()));
      if (!table.lobs().isEmpty()) {
        facts.add("LOB " + String.join(", ", table.lobs()));
      }
      if (!table.filter().isEmpty()) {
        facts.add("where " + table.filter());
      }
      line(
          INDENT
              + padded(Words.clean(table.source()), source)
              + " → "
              + padded(Words.clean(table.target()), target)
              + "  "
              + Words.clean(String.join(" · ", facts)));
    }
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, Math.min(width, 50) - text.length()));
  }

  private void changes(List<Change> changes) {
    List<String> lines = new ArrayList<>();
    for (Change change : changes) {
      String line =
          switch (change.kind()) {
            case ADDED -> "+ " + change.table() + " → " + change.after() + ", now replicated";
            case REMOVED -> "- " + change.table() + ", no longer replicated";
            case CHANGED -> "~ " + change.table() + ": " + change.before() + " → " + change.after();
          };
      lines.add(Words.clean(line));
    }
    if (detail == Detail.ALL) {
      lines.forEach(line -> wrapped(INDENT, line));
    } else {
      limited(lines);
    }
  }

  private void unselected() {
    if (plan.unselected().isEmpty()) {
      return;
    }
    List<String> names = new ArrayList<>();
    for (Unselected one : plan.unselected()) {
      names.add(
          Words.clean(one.table()) + (one.kind().equals("table") ? "" : " (" + one.kind() + ")"));
    }
    line("  in no task: " + count(names.size()));
    wrapped(INDENT, detail == Detail.ALL ? String.join(", ", names) : some(names));
  }

  private void findings() {
    for (Finding finding : plan.findings()) {
      String place = finding.at().map(at -> Words.clean(at.file()) + ":" + at.line()).orElse("");
      String left = String.format(Locale.ROOT, "  %s  %s", finding.code(), finding.summary());
      int gap = WIDTH - left.length() - place.length();
      line(gap >= 2 ? left + " ".repeat(gap) + place : left + "  " + place);
      wrapped(INDENT, Words.clean(finding.detail()));
    }
  }

  private static String some(List<String> names) {
    int more = names.size() - MOST_LINES;
    return more > 1
        ? String.join(", ", names.subList(0, MOST_LINES))
            + String.format(Locale.ROOT, " and %,d more", more)
        : String.join(", ", names);
  }

  /** As many lines as a reader takes in, and how many more there are. */
  private void limited(List<String> lines) {
    int more = lines.size() - MOST_LINES;
    List<String> shown = more > 1 ? lines.subList(0, MOST_LINES) : lines;
    shown.forEach(line -> wrapped(INDENT, line));
    if (more > 1) {
      line(String.format(Locale.ROOT, "%s... and %,d more; see --tables", INDENT, more));
    }
  }

  private void wrapped(String indent, String words) {
    StringBuilder row = new StringBuilder();
    for (String word : List.of(words.split(" ", -1))) {
      if (!row.isEmpty() && indent.length() + row.length() + 1 + word.length() > WIDTH) {
        line(indent + row);
        row.setLength(0);
        row.append("  ");
      }
      row.append(row.isEmpty() || row.toString().equals("  ") ? "" : " ").append(word);
    }
    line(indent + row);
  }

  private void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }
}
