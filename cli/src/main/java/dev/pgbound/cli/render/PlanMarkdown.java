package dev.pgbound.cli.render;

import dev.pgbound.cli.render.PlanView.Change;
import dev.pgbound.cli.render.PlanView.Permission;
import dev.pgbound.cli.render.PlanView.Risk;
import dev.pgbound.cli.render.TablesText.Detail;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.PlanJson;
import dev.pgbound.engine.tables.TablePlan;
import dev.pgbound.spi.Impact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A plan as a comment on a pull request, in GitHub's Markdown. GitHub takes 65,536 characters; what
 * does not fit is left out by rank and counted: first details of harmless changes, then their rows,
 * the graph, and what else is long. Risks stay.
 */
public final class PlanMarkdown {

  /** GitHub refuses comments of more than 65,536 characters; the rest is for what a bot adds. */
  public static final int LIMIT = 60_000;

  /** Risks as a table up to here; beyond, resources with the same consequence share a line. */
  private static final int RISK_TABLE = 20_000;

  private static final int RISK_LIST = 40_000;

  /** No row of a table, and no name, has fewer characters. */
  private static final int SHORTEST_ROW = 40;

  private static final int SHORTEST_NAME = 4;

  /** Worst first; of equals, what takes something away. */
  private static final Comparator<Change> BY_RANK =
      Comparator.comparing(Change::impact)
          .thenComparing(change -> change.resource().hasDrifted() ? 0 : 1)
          .thenComparing(Change::action, Comparator.reverseOrder())
          .thenComparing(Change::number);

  private final PlanView view;
  private final Plan plan;
  private final Budget text = new Budget(LIMIT);

  private PlanMarkdown(PlanView view) {
    this.view = view;
    plan = view.plan();
  }

  /** The comment, at most {@link #LIMIT} characters. Equal plans give equal text. */
  public static String render(PlanView view) {
    return new PlanMarkdown(view).render();
  }

  /** The first line, by which a bot finds the comment that it has to update. */
  static String marker(String title, String file) {
    return String.format(Locale.ROOT, "<!-- pgbound %s %s -->\n", title, Markdown.commented(file));
  }

  private String render() {
    String foot = foot();
    text.reserve(foot.length());
    text.add(marker(view.title(), plan.file()));
    text.add(head());
    risks();
    list(
        "Refused",
        plan.refusals().stream().map(this::refused).filter(one -> !one.isEmpty()).toList());
    list("Findings in the file", view.findings().stream().map(FindingsMarkdown::line).toList());
    plan.tables().ifPresent(this::tables);
    List<Change> byRank = view.changes().stream().sorted(BY_RANK).toList();
    // The graph says little that the table does not, so it takes what is left of a fair share.
    String graph = graph();
    text.reserve(graph.length());
    table(byRank);
    list("Kept", plan.kept().stream().map(PlanMarkdown::kept).toList());
    list("Not managed here", plan.neighbours().stream().map(PlanMarkdown::neighbour).toList());
    new ChangeDetails(text).add(byRank);
    text.release(graph.length());
    text.add(graph);
    text.release(foot.length());
    text.add(foot);
    return text.toString();
  }

  private String head() {
    boolean severe = !plan.refusals().isEmpty() || plan.worst().needsAllowance();
    String alert = severe ? "CAUTION" : plan.worst() == Impact.NONE ? "NOTE" : "WARNING";
    return String.format(
        Locale.ROOT,
        "## pgbound %s: %s\n\n> [!%s]\n> **%s.** %s\n\n%s · account %s · %s\n\n",
        view.title(),
        Markdown.text(plan.migration()),
        alert,
        view.verdict(),
        Markdown.text(view.summary()),
        Markdown.code(plan.account().region()),
        Markdown.code(plan.account().id()),
        Markdown.code(plan.file()));
  }

  private void risks() {
    if (view.risks().isEmpty()) {
      return;
    }
    int count = view.risks().stream().mapToInt(risk -> risk.changes().size()).sum();
    String table = count > RISK_TABLE / SHORTEST_ROW ? "" : riskTable();
    if (!table.isEmpty() && table.length() <= RISK_TABLE) {
      text.add(table);
      return;
    }
    String lines = count > RISK_LIST / SHORTEST_NAME ? "" : riskLines();
    text.add(!lines.isEmpty() && lines.length() <= RISK_LIST ? lines : riskCounts());
  }

  private String riskTable() {
    StringBuilder rows = new StringBuilder();
    rows.append("| risk | resource | what happens | allowed |\n|---|---|---|---|\n");
    for (Risk risk : view.risks()) {
      for (Change change : risk.changes()) {
        rows.append(
            String.format(
                Locale.ROOT,
                "| **%s** | %s (%d) | %s | %s |\n",
                risk.word(),
                Markdown.code(change.address().toString()),
                change.number(),
                Markdown.cellText(risk.text(change)),
                allowed(risk, change)));
      }
    }
    return rows.append('\n').toString();
  }

  private static String allowed(Risk risk, Change change) {
    if (risk.impact().isEmpty()) {
      return "";
    }
    return switch (change.permission()) {
      case NOT_NEEDED -> "with the plan";
      case GIVEN -> "by name";
      case MISSING -> "**no**; needs " + Markdown.code(change.allowance());
    };
  }

  /** Every resource by name, those with the same risk in one line. */
  private String riskLines() {
    StringBuilder lines = new StringBuilder();
    for (Risk risk : view.risks()) {
      Map<String, List<String>> sameText = new LinkedHashMap<>();
      for (Change change : risk.changes()) {
        String permission =
            risk.impact().isPresent() && change.permission() == Permission.MISSING
                ? " Not allowed; it needs --allow " + risk.word() + ":ADDRESS for each."
                : "";
        sameText
            .computeIfAbsent(risk.text(change) + permission, key -> new ArrayList<>())
            .add(change.address().toString());
      }
      sameText.forEach(
          (happens, names) ->
              lines.append(
                  String.format(
                      Locale.ROOT,
                      "- **%s** %s. %s `%s`\n",
                      risk.word(),
                      Words.count(names.size(), "resource"),
                      Markdown.text(happens),
                      String.join(" ", names))));
    }
    return lines.append('\n').toString();
  }

  /** More names than fit into a comment: how many of which type. */
  private String riskCounts() {
    StringBuilder lines = new StringBuilder();
    for (Risk risk : view.risks()) {
      Map<String, Integer> types = new TreeMap<>();
      risk.changes().forEach(change -> types.merge(change.address().type(), 1, Integer::sum));
      lines.append(
          String.format(
              Locale.ROOT,
              "- **%s** %s:",
              risk.word(),
              Words.count(risk.changes().size(), "resource")));
      types.forEach(
          (type, count) -> lines.append(String.format(Locale.ROOT, " %,d `%s`", count, type)));
      lines.append('\n');
    }
    return lines
        .append("\nToo many to be named here; the other outputs name them all.\n\n")
        .toString();
  }

  /** As the text has them, for its short form is short; with very many tasks, their beginning. */
  private void tables(TablePlan tables) {
    String lines = TablesText.render(tables, Detail.SHORT, OptionalInt.empty());
    int room = text.left() / 4;
    if (lines.length() > room) {
      lines = lines.substring(0, lines.lastIndexOf('\n', room) + 1) + "...\n";
    }
    text.add("**Tables**\n\n" + Markdown.fenced("text", lines) + "\n");
  }

  /** What the risks do not say already. */
  private String refused(Plan.Refusal refusal) {
    if (refusal.code().equals(Plan.Refusal.NOT_ALLOWED)) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "- **%s** %s: %s\n",
        refusal.code(),
        Markdown.code(refusal.subject()),
        Markdown.text(refusal.text()));
  }

  private static String kept(Plan.Kept one) {
    return String.format(
        Locale.ROOT,
        "- %s (%s): %s\n",
        Markdown.code(one.address().toString()),
        Markdown.code(one.identifier()),
        Markdown.text(one.text()));
  }

  private static String neighbour(Plan.Neighbour one) {
    return String.format(
        Locale.ROOT,
        "- %s %s: %s\n",
        Markdown.code(one.type()),
        Markdown.code(one.identifier()),
        Markdown.text(PlanView.relation(one)));
  }

  /** As many lines as a quarter of what is left has room for. */
  private void list(String title, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    int room = text.left() / 4;
    text.add("**" + title + "**\n\n");
    int shown = 0;
    for (String line : lines) {
      if (line.length() > room) {
        break;
      }
      room -= line.length();
      text.add(line);
      shown++;
    }
    if (shown < lines.size()) {
      text.add(String.format(Locale.ROOT, "- and %,d more\n", lines.size() - shown));
    }
    text.add("\n");
  }

  /** Rows of the highest ranks, as many as half of what is left has room for, in their order. */
  private void table(List<Change> byRank) {
    if (byRank.isEmpty()) {
      return;
    }
    int room = text.left() / 2;
    List<Change> shown = new ArrayList<>();
    List<Change> folded = new ArrayList<>();
    for (Change change : byRank) {
      int length = folded.isEmpty() ? row(change).length() : 0;
      if (folded.isEmpty() && length <= room) {
        room -= length;
        shown.add(change);
      } else {
        folded.add(change);
      }
    }
    shown.sort(Comparator.comparing(Change::number));
    text.add("| # | | resource | what | impact | where |\n|--:|:-:|---|---|---|---|\n");
    shown.forEach(change -> text.add(row(change)));
    if (!folded.isEmpty()) {
      text.add("\nNo room for " + counts(folded) + ".\n");
    }
    text.add("\n");
  }

  private static String row(Change change) {
    return String.format(
        Locale.ROOT,
        "| %d | %s | %s | %s | %s | %s |\n",
        change.number(),
        change.resource().isChange() ? Markdown.code(change.action().symbol()) : "",
        Markdown.code(change.address().toString()),
        Markdown.text(change.what()),
        change.impact() == Impact.NONE ? "" : "**" + change.impact().word() + "**",
        change.place().map(Markdown::cellCode).orElse(""));
  }

  /** Exact numbers, such as {@code 431 more: 400 create, 31 update (interrupts)}. */
  static String counts(List<Change> changes) {
    Map<Impact, Map<String, Integer>> counts = new EnumMap<>(Impact.class);
    for (Change change : changes) {
      counts
          .computeIfAbsent(change.impact(), i -> new TreeMap<>())
          .merge(
              change.resource().isChange() ? change.action().verb() : "unchanged", 1, Integer::sum);
    }
    List<String> parts = new ArrayList<>();
    counts.forEach(
        (impact, byVerb) ->
            byVerb.forEach(
                (verb, count) ->
                    parts.add(
                        String.format(
                            Locale.ROOT,
                            "%,d %s%s",
                            count,
                            verb,
                            impact == Impact.NONE ? "" : " (" + impact.word() + ")"))));
    return String.format(Locale.ROOT, "%,d more: %s", changes.size(), String.join(", ", parts));
  }

  private String graph() {
    StepPicture picture = StepPicture.of(plan);
    if (picture.groups().size() < 2) {
      return "";
    }
    String mermaid = GraphText.mermaid(picture);
    String title = Words.count(plan.steps().steps().size(), "step");
    if (!GraphText.isDrawn(picture, mermaid) || mermaid.length() > text.left() / 4) {
      return "The graph of the " + title + " is too large for a comment.\n\n";
    }
    return String.format(
        Locale.ROOT,
        "<details><summary>The order of the %s</summary>\n\n%s\n</details>\n\n",
        title,
        Markdown.fenced("mermaid", mermaid));
  }

  private String foot() {
    return String.format(
        Locale.ROOT,
        "<sub>%s · pgbound %s</sub>\n",
        Markdown.code(PlanJson.digest(plan, view.findings())),
        Markdown.text(ToolVersion.text()));
  }
}
