package dev.pgbound.cli.render;

import dev.pgbound.cli.render.PlanView.Change;
import dev.pgbound.cli.render.PlanView.Field;
import dev.pgbound.cli.render.PlanView.Line;
import dev.pgbound.cli.render.PlanView.Permission;
import dev.pgbound.cli.render.PlanView.Risk;
import dev.pgbound.engine.plan.Action;
import dev.pgbound.engine.plan.Durations;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.PlanJson;
import dev.pgbound.spi.Diagnostic;
import dev.pgbound.spi.Impact;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A plan as one page to send to somebody or to print: the verdict, the risks, every change with all
 * its values, when each step runs, and what waits for what.
 */
public final class PlanHtml {

  private final PlanView view;
  private final Plan plan;
  private final Html html;

  private PlanHtml(PlanView view) {
    this.view = view;
    plan = view.plan();
    html = new Html("pgbound " + view.title() + ": " + plan.migration());
  }

  /** The page. Equal plans give equal pages. */
  public static String render(PlanView view) {
    return new PlanHtml(view).render();
  }

  private String render() {
    StepPicture picture = StepPicture.of(plan);
    head();
    verdict();
    tiles();
    contents();
    html.add("<main>\n");
    risks();
    refusals();
    findings();
    changes();
    plan.tables().ifPresent(tables -> new TablesHtml(html, tables).add());
    kept();
    neighbours();
    StepsHtml steps = new StepsHtml(html, picture, plan.steps().steps().size());
    steps.time();
    steps.order();
    html.add("</main>\n<footer>%s · pgbound %s</footer>\n", digest(), ToolVersion.text());
    return html.end();
  }

  private String digest() {
    return PlanJson.digest(plan, view.findings());
  }

  private void head() {
    html.add(
        """
        <header>
        <p class="kicker">pgbound %s</p>
        <h1>%s</h1>
        <ul class="facts"><li>region <b>%s</b></li><li>account <b>%s</b></li><li>file <b>%s</b></li></ul>
        </header>
        """,
        view.title(), plan.migration(), plan.account().region(), plan.account().id(), plan.file());
  }

  private void verdict() {
    html.add(
        "<div class=\"verdict %s\"><strong>%s</strong><p>%s</p></div>\n",
        plan.refusals().isEmpty() ? plan.worst().word() : Impact.DESTROYS_DATA.word(),
        view.verdict(),
        view.summary());
  }

  private void tiles() {
    html.add("<ul class=\"tiles\">\n");
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Action action : Action.values()) {
      counts.merge(action.verb(), plan.count(action), Integer::sum);
    }
    counts.forEach(
        (verb, count) ->
            html.add(
                "<li class=\"%s\"><b>%,d</b><span>%s</span></li>\n",
                count == 0 ? "zero" : "", count, verb));
    html.add(
        "<li><b>%s</b><span>estimated</span></li>\n</ul>\n",
        Durations.text(plan.steps().estimate()));
  }

  private void contents() {
    if (!plan.hasChanges()) {
      return;
    }
    html.add("<nav aria-label=\"Contents\">");
    if (!view.risks().isEmpty()) {
      html.add("<a href=\"#risks\">Risks</a>");
    }
    html.add(
        "<a href=\"#changes\">Changes</a><a href=\"#time\">Time</a><a href=\"#order\">Order</a></nav>\n");
  }

  private void risks() {
    if (view.risks().isEmpty()) {
      return;
    }
    html.add(
        """
        <h2 id="risks">Risks</h2>
        <div class="sheet"><table class="risks stack">
        <thead><tr><th scope="col">risk</th><th scope="col">resource</th><th scope="col">what happens</th><th scope="col">allowed</th></tr></thead>
        <tbody>
        """);
    for (Risk risk : view.risks()) {
      for (Change change : risk.changes()) {
        html.add(
            "<tr><td><span class=\"chip %s\">%s</span></td><td><a href=\"#c%d\"><code>%s</code></a></td><td>%s</td><td data-name=\"allowed\">",
            risk.word(), risk.word(), change.number(), change.address(), risk.text(change));
        allowed(risk, change);
        html.add("</td></tr>\n");
      }
    }
    html.add("</tbody></table></div>\n");
  }

  private void allowed(Risk risk, Change change) {
    if (risk.impact().isEmpty()) {
      html.add("with the plan");
      return;
    }
    switch (change.permission()) {
      case NOT_NEEDED -> html.add("with the plan");
      case GIVEN -> html.add("by name");
      case MISSING ->
          html.add(
              "<span class=\"no\">no</span>; needs <code class=\"line\">%s</code>",
              change.allowance());
    }
  }

  private void refusals() {
    if (view.otherRefusals().isEmpty()) {
      return;
    }
    html.add("<h2>Refused</h2>\n<ul class=\"sheet plainlist\">\n");
    view.otherRefusals()
        .forEach(
            one ->
                html.add(
                    "<li><b>%s</b> <code>%s</code>: %s</li>\n",
                    one.code(), one.subject(), one.text()));
    html.add("</ul>\n");
  }

  private void findings() {
    if (view.findings().isEmpty()) {
      return;
    }
    html.add("<h2>Findings in the file</h2>\n<ul class=\"sheet plainlist\">\n");
    for (Diagnostic finding : view.findings()) {
      html.add(
          "<li><b>%s</b> %s <code>%s</code><br>%s</li>\n",
          finding.code(),
          finding.summary(),
          finding.range().map(PlanView::position).orElse(plan.file()),
          PlanView.explanation(finding));
    }
    html.add("</ul>\n");
  }

  private void changes() {
    if (view.changes().isEmpty()) {
      return;
    }
    html.add(
        "<h2 id=\"changes\">Changes<span class=\"aside\">in the order of execution</span></h2>\n<div class=\"changes\">\n");
    view.changes().forEach(this::change);
    html.add("</div>\n");
  }

  private void change(Change change) {
    html.add(
        """
        <article class="change %s" id="c%d">
        <header><span class="number">%d</span><span class="sign mono" aria-hidden="true">%s</span><div class="title"><h3 class="mono">%s</h3><p>%s</p></div><div class="where">""",
        change.impact().word(),
        change.number(),
        change.number(),
        change.resource().isChange() ? change.action().symbol() : "·",
        change.address(),
        change.what());
    if (change.impact() != Impact.NONE) {
      html.add("<span class=\"chip\">%s</span>", change.impact().word());
    }
    change.place().ifPresent(place -> html.add("<div class=\"mono\">%s</div>", place));
    html.add("</div></header>\n");
    body(change);
    html.add("</article>\n");
  }

  private void body(Change change) {
    boolean deleted = change.action() == Action.DELETE && change.identifier().isPresent();
    boolean consequence = !change.consequence().isEmpty();
    boolean steps = change.steps().size() > 1;
    if (!deleted
        && !consequence
        && !steps
        && change.values().isEmpty()
        && change.lines().isEmpty()) {
      return;
    }
    html.add("<div class=\"body\">\n");
    if (consequence) {
      html.add("<p class=\"consequence\">%s</p>\n", change.consequence());
    }
    if (change.permission() == Permission.MISSING) {
      html.add(
          "<p><span class=\"no\">Not allowed.</span> It needs <code>%s</code></p>\n",
          change.allowance());
    }
    if (deleted) {
      change.identifier().ifPresent(id -> html.add("<p><code>%s</code></p>\n", id));
    }
    values(change);
    lines(change);
    if (steps) {
      html.add("<p class=\"soft\">steps: %s</p>\n", String.join(" → ", change.steps()));
    }
    html.add("</div>\n");
  }

  private void values(Change change) {
    if (change.values().isEmpty()) {
      return;
    }
    html.add("<dl class=\"values\">\n");
    for (Field field : change.values()) {
      html.add("<div><dt>%s</dt><dd><code>%s</code></dd></div>\n", field.name(), field.value());
    }
    html.add("</dl>\n");
  }

  private void lines(Change change) {
    if (change.lines().isEmpty()) {
      return;
    }
    html.add(
        """
        <table class="lines stack"><thead><tr><th scope="col">attribute</th><th scope="col">now</th><th scope="col">then</th></tr></thead>
        <tbody>
        """);
    for (Line line : change.lines()) {
      html.add("<tr><th scope=\"row\"><code>%s</code>", line.path());
      line.remarks().forEach(remark -> html.add("<span class=\"remark\">%s</span>", remark));
      html.add("</th>");
      side("before", "now", line.before());
      side("after", "then", line.after());
      html.add("</tr>\n");
      line.keep()
          .ifPresent(
              keep ->
                  html.add(
                      "<tr><td class=\"keep\" colspan=\"3\">to keep it: <code>%s</code></td></tr>\n",
                      keep));
    }
    html.add("</tbody></table>\n");
  }

  private void neighbours() {
    if (plan.neighbours().isEmpty()) {
      return;
    }
    html.add("<h2>Not managed here</h2>\n<ul class=\"sheet plainlist\">\n");
    plan.neighbours()
        .forEach(
            one ->
                html.add(
                    "<li>%s <code>%s</code><br>%s</li>\n",
                    one.type(), one.identifier(), PlanView.relation(one)));
    html.add("</ul>\n");
  }

  private void side(String style, String name, Optional<String> value) {
    value.ifPresentOrElse(
        text ->
            html.add("<td class=\"%s\" data-name=\"%s\"><code>%s</code></td>", style, name, text),
        () -> html.add("<td class=\"soft\" data-name=\"%s\">nothing</td>", name));
  }

  private void kept() {
    if (plan.kept().isEmpty()) {
      return;
    }
    html.add(
        "<h2>Kept<span class=\"aside\">%s</span></h2>\n<ul class=\"sheet plainlist\">\n",
        Words.count(plan.kept().size(), "object").toLowerCase(Locale.ROOT));
    plan.kept()
        .forEach(
            one ->
                html.add(
                    "<li><code>%s</code> <span class=\"soft\">%s</span><br>%s</li>\n",
                    one.address(), one.identifier(), one.text()));
    html.add("</ul>\n");
  }
}
