package dev.pgbound.cli.render;

import dev.pgbound.engine.tables.TablePlan;
import dev.pgbound.engine.tables.TablePlan.Table;
import dev.pgbound.engine.tables.TablePlan.Task;
import java.util.List;

/** The tables of a plan on its page: every one of them, and what changes about them in front. */
final class TablesHtml {

  private final Html html;
  private final TablePlan plan;

  TablesHtml(Html html, TablePlan plan) {
    this.html = html;
    this.plan = plan;
  }

  void add() {
    html.add(
        "<h2 id=\"tables\">Tables<span class=\"aside\">%s of %s</span></h2>\n",
        TableWords.summary(plan), plan.catalog());
    plan.tasks().forEach(this::task);
    List<String> unselected = TableWords.unselected(plan);
    if (!unselected.isEmpty()) {
      html.add("<ul class=\"sheet plainlist\">\n<li>in no task:");
      unselected.forEach(table -> html.add(" <code>%s</code>", table));
      html.add("</li>\n</ul>\n");
    }
  }

  private void task(Task task) {
    html.add(
        "<ul class=\"sheet plainlist\">\n<li><code>%s</code>: %s</li>\n",
        task.address(), TableWords.count(plan, task));
    TableWords.changes(task).forEach(change -> html.add("<li><code>%s</code></li>\n", change));
    html.add("</ul>\n");
    if (task.tables().isEmpty()) {
      return;
    }
    html.add(
        """
        <div class="sheet"><table class="stack">
        <thead><tr><th scope="col">source</th><th scope="col">target</th><th scope="col">what is known</th></tr></thead>
        <tbody>
        """);
    for (Table table : task.tables()) {
      html.add(
          "<tr><td><code>%s</code></td><td data-name=\"target\"><code>%s</code></td><td data-name=\"what is known\">%s</td></tr>\n",
          table.source(), table.target(), String.join(" · ", TableWords.facts(table)));
    }
    html.add("</tbody></table></div>\n");
  }
}
