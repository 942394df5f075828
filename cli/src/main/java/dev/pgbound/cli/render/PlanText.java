package dev.pgbound.cli.render;

import dev.pgbound.cli.render.PlanView.Change;
import dev.pgbound.cli.render.PlanView.Field;
import dev.pgbound.cli.render.PlanView.Line;
import dev.pgbound.cli.render.PlanView.Permission;
import dev.pgbound.cli.render.PlanView.Risk;
import dev.pgbound.cli.render.TablesText.Detail;
import dev.pgbound.engine.plan.Action;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.spi.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A plan for people: what is dangerous first, then every change in the order of execution with its
 * reason and its consequence, and unchanged things as a number.
 */
public final class PlanText {

  private static final int MOST_NEIGHBOURS = 20;
  private static final String INDENT = "       ";

  private final PlanView view;
  private final Plan plan;
  private final TextBlock text;
  private final Detail tables;
  private final OptionalInt columns;

  private PlanText(PlanView view, OptionalInt columns, Detail tables) {
    this.view = view;
    this.columns = columns;
    this.tables = tables;
    plan = view.plan();
    text = new TextBlock(columns);
  }

  /**
   * The text, ending with a line break. Equal plans give equal text.
   *
   * @param columns how wide the screen is, if there is one
   */
  public static String render(PlanView view, OptionalInt columns) {
    return render(view, columns, Detail.SHORT);
  }

  /** The same with more or less about tables. */
  public static String render(PlanView view, OptionalInt columns, Detail tables) {
    return new PlanText(view, columns, tables).render();
  }

  /** The changes of some resources only, in the order of execution; empty where there are none. */
  static String changes(PlanView view, Set<Address> addresses, OptionalInt columns) {
    PlanText text = new PlanText(view, columns, Detail.SHORT);
    int number = 0;
    for (Change change : view.changes()) {
      if (change.resource().isChange() && addresses.contains(change.address())) {
        number++;
        text.header(String.valueOf(number), change);
        text.details(change);
      }
    }
    return text.text.toString();
  }

  private String render() {
    text.line(
        String.format(
            Locale.ROOT,
            "%s · %s · %s · %s",
            plan.migration(),
            plan.account().region(),
            plan.account().id(),
            view.title()));
    risks();
    changes();
    tables();
    kept();
    neighbours();
    refusals();
    text.line("");
    text.wrapped(view.summary(), "", "  ");
    return text.toString();
  }

  private void risks() {
    if (!view.risks().isEmpty()) {
      text.line("");
    }
    for (Risk risk : view.risks()) {
      List<String> names = new ArrayList<>();
      for (Change change : risk.changes()) {
        boolean last = names.size() == risk.changes().size() - 1;
        names.add(change.address() + permission(risk, change) + (last ? "" : ","));
      }
      String label =
          String.format(Locale.ROOT, "  %-18s %3d   ", risk.word(), risk.changes().size());
      text.wrapped(names, label, " ".repeat(label.length()));
    }
  }

  private static String permission(Risk risk, Change change) {
    if (risk.impact().isEmpty() || change.permission() == Permission.NOT_NEEDED) {
      return "";
    }
    return change.permission() == Permission.MISSING ? " (not allowed)" : " (allowed)";
  }

  private void changes() {
    int digits = String.valueOf(view.changes().size()).length();
    if (!view.changes().isEmpty()) {
      text.line("");
    }
    for (Change change : view.changes()) {
      header(String.format(Locale.ROOT, "%" + digits + "d", change.number()), change);
      details(change);
    }
  }

  private void header(String number, Change change) {
    String left =
        String.format(
            Locale.ROOT,
            "%s %-3s %-34s %s",
            number,
            change.action().symbol(),
            change.address(),
            change.what());
    String place = change.place().orElse("");
    int gap = text.width() - left.length() - place.length();
    if (gap >= 2) {
      text.line(left + " ".repeat(gap) + place);
    } else {
      text.wrapped(left + (place.isEmpty() ? "" : "  " + place), "", INDENT + "  ");
    }
  }

  private void details(Change change) {
    values(change);
    if (change.action() == Action.DELETE) {
      change.identifier().ifPresent(this::detail);
    }
    change.lines().forEach(this::changed);
    if (!change.consequence().isEmpty()) {
      detail(change.impact().word() + ": " + change.consequence());
    }
    if (change.steps().size() > 1) {
      detail("steps: " + String.join(" → ", change.steps()));
    }
  }

  /** The values of something new, in as few lines. */
  private void values(Change change) {
    List<String> row = new ArrayList<>();
    for (Field field : change.values()) {
      boolean last = row.size() == change.values().size() - 1;
      String value = Words.cut(field.value(), Words.LONGEST_VALUE);
      row.add(field.name() + " " + value + (last ? "" : " ·"));
    }
    if (!row.isEmpty()) {
      text.wrapped(row, INDENT, INDENT);
    }
  }

  private void changed(Line line) {
    String before = line.before().orElse("none");
    String after = line.after().orElse("none");
    StringBuilder words = new StringBuilder(line.path());
    words.append("  ").append(Words.cut(before, after, Words.LONGEST_VALUE));
    words.append(" → ").append(Words.cut(after, before, Words.LONGEST_VALUE));
    if (!line.remarks().isEmpty()) {
      words.append("   # ").append(String.join(", ", line.remarks()));
    }
    text.wrapped(words.toString(), INDENT, INDENT + "    ");
    line.keep()
        .ifPresent(keep -> text.wrapped("to keep it: " + keep, INDENT + "  ", INDENT + "    "));
  }

  private void tables() {
    if (plan.tables().isPresent()) {
      text.line("");
      text.append(TablesText.render(plan.tables().get(), tables, columns));
    }
  }

  private void kept() {
    if (!plan.kept().isEmpty()) {
      text.line("");
      text.line("kept:");
    }
    for (Plan.Kept one : plan.kept()) {
      text.wrapped(
          String.format(
              Locale.ROOT,
              "%s (%s): %s",
              one.address(),
              Words.visible(one.identifier()),
              Words.clean(one.text())),
          "  ",
          "    ");
    }
  }

  private void neighbours() {
    List<Plan.Neighbour> neighbours = plan.neighbours();
    if (neighbours.isEmpty()) {
      return;
    }
    text.line("");
    text.line("not managed here:");
    for (Plan.Neighbour one : neighbours.subList(0, Math.min(MOST_NEIGHBOURS, neighbours.size()))) {
      text.wrapped(
          String.format(
              Locale.ROOT,
              "%s %s: %s",
              one.type(),
              Words.visible(one.identifier()),
              PlanView.relation(one)),
          "  ",
          "    ");
    }
    if (neighbours.size() > MOST_NEIGHBOURS) {
      text.line(
          String.format(
              Locale.ROOT,
              "  and %d more, in the saved plan",
              neighbours.size() - MOST_NEIGHBOURS));
    }
  }

  private void refusals() {
    if (!plan.refusals().isEmpty()) {
      text.line("");
      text.line("refused:");
    }
    for (Plan.Refusal one : plan.refusals()) {
      text.wrapped(
          String.format(
              Locale.ROOT, "%s %s: %s", one.code(), one.subject(), Words.clean(one.text())),
          "  ",
          "    ");
    }
  }

  private void detail(String words) {
    if (!words.isEmpty()) {
      text.wrapped(words, INDENT, INDENT + "  ");
    }
  }
}
