package dev.pgbound.cli.render;

import dev.pgbound.cli.render.PlanView.Change;
import dev.pgbound.cli.render.PlanView.Field;
import dev.pgbound.cli.render.PlanView.Line;
import dev.pgbound.engine.plan.Action;
import dev.pgbound.spi.Impact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** The details of changes as folded blocks of Markdown, within a budget. */
final class ChangeDetails {

  private static final int LONGEST_VALUE = 400;

  /** Room that a long block leaves for each of those behind it, if they need it. */
  private static final int FAIR = 700;

  /** No block has fewer characters. */
  private static final int SHORTEST = 80;

  /** Room for the sentence that counts what is left out. */
  private static final int CLOSING = 600;

  private final Budget text;

  ChangeDetails(Budget text) {
    this.text = text;
  }

  /**
   * Adds as many blocks as there is room for, worst first, and shows them in their order.
   *
   * @param byRank worst first
   */
  void add(List<Change> byRank) {
    int room = text.left() - CLOSING;
    List<Change> detailed = byRank.stream().filter(ChangeDetails::hasDetails).toList();
    int candidates = Math.min(detailed.size(), room / SHORTEST);
    List<Integer> lengths = new ArrayList<>();
    int later = 0;
    for (Change change : detailed.subList(0, candidates)) {
      lengths.add(block(change, Integer.MAX_VALUE).length());
      later += Math.min(FAIR, lengths.get(lengths.size() - 1));
    }
    SortedMap<Integer, String> shown = new TreeMap<>();
    List<Change> folded = new ArrayList<>(detailed.subList(candidates, detailed.size()));
    boolean full = false;
    for (int i = 0; i < candidates; i++) {
      Change change = detailed.get(i);
      later -= Math.min(FAIR, lengths.get(i));
      String block = full ? "" : block(change, Math.max(Math.min(FAIR, room), room - later));
      full |= block.length() > room;
      if (full) {
        folded.add(change);
      } else {
        room -= block.length();
        shown.put(change.number(), block);
      }
    }
    shown.values().forEach(text::add);
    if (!folded.isEmpty()) {
      text.add("No room for the details of " + PlanMarkdown.counts(folded) + ".\n");
    }
    text.add("\n");
  }

  private static boolean hasDetails(Change change) {
    return !change.consequence().isEmpty()
        || !change.values().isEmpty()
        || !change.lines().isEmpty()
        || change.steps().size() > 1
        || (change.action() == Action.DELETE && change.identifier().isPresent());
  }

  private static String block(Change change, int room) {
    String open =
        String.format(
            Locale.ROOT,
            "<details><summary>%d · <code>%s</code> %s</summary>\n\n",
            change.number(),
            change.address(),
            change.resource().isChange() ? change.action().verb() : "stands still");
    String close = "\n</details>\n";
    List<Entry> lines = lines(change);
    int left = room - open.length() - close.length() - 80;
    List<Entry> chosen = new ArrayList<>();
    List<Entry> sorted = new ArrayList<>(lines);
    sorted.sort(Comparator.comparing((Entry entry) -> !entry.first()).thenComparing(Entry::impact));
    for (Entry entry : sorted) {
      if (entry.text().length() > left) {
        break;
      }
      left -= entry.text().length();
      chosen.add(entry);
    }
    chosen.sort(Comparator.comparing(Entry::place));
    StringBuilder diff = new StringBuilder();
    chosen.forEach(entry -> diff.append(entry.text()));
    int missing = lines.size() - chosen.size();
    if (missing > 0) {
      diff.append(String.format(Locale.ROOT, "# and %,d more of %,d\n", missing, lines.size()));
    }
    return open + Markdown.fenced("diff", diff.toString()) + close;
  }

  /**
   * Lines that stay together.
   *
   * @param first whether they are more important than any impact of a single value
   */
  private record Entry(int place, boolean first, Impact impact, String text) {}

  private static List<Entry> lines(Change change) {
    List<Entry> lines = new ArrayList<>();
    if (!change.consequence().isEmpty()) {
      String text = change.impact().word() + ": " + change.consequence();
      lines.add(new Entry(lines.size(), true, change.impact(), "! " + text + "\n"));
    }
    if (change.action() == Action.DELETE) {
      change
          .identifier()
          .ifPresent(
              id -> lines.add(new Entry(lines.size(), true, change.impact(), "- " + id + "\n")));
    }
    for (Field field : change.values()) {
      String value = Words.cut(field.value(), LONGEST_VALUE);
      lines.add(
          new Entry(lines.size(), false, Impact.NONE, "+ " + field.name() + "  " + value + "\n"));
    }
    for (Line line : change.lines()) {
      boolean forces = line.remarks().contains(ChangedLine.FORCES_REPLACEMENT);
      lines.add(new Entry(lines.size(), forces, line.impact(), changed(line)));
    }
    if (change.steps().size() > 1) {
      String steps = "# steps: " + String.join(" → ", change.steps()) + "\n";
      lines.add(new Entry(lines.size(), true, change.impact(), steps));
    }
    return lines;
  }

  private static String changed(Line line) {
    StringBuilder text = new StringBuilder();
    String before = line.before().orElse("");
    String after = line.after().orElse("");
    line.before()
        .ifPresent(value -> text.append(side('-', line, Words.cut(value, after, LONGEST_VALUE))));
    line.after()
        .ifPresent(value -> text.append(side('+', line, Words.cut(value, before, LONGEST_VALUE))));
    if (!line.remarks().isEmpty()) {
      text.append("# ").append(String.join(", ", line.remarks())).append('\n');
    }
    line.keep().ifPresent(keep -> text.append("# to keep it: ").append(keep).append('\n'));
    return text.toString();
  }

  private static String side(char sign, Line line, String value) {
    return sign + " " + line.path() + "  " + value + "\n";
  }
}
