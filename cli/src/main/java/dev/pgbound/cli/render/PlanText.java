package dev.pgbound.cli.render;

import dev.pgbound.cli.render.TablesText.Detail;
import dev.pgbound.engine.plan.Action;
import dev.pgbound.engine.plan.AttributeChange;
import dev.pgbound.engine.plan.Durations;
import dev.pgbound.engine.plan.Origin;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.Plan.Goal;
import dev.pgbound.engine.plan.Reason;
import dev.pgbound.engine.plan.ResourceChange;
import dev.pgbound.engine.plan.Step;
import dev.pgbound.engine.sections.Resource.Management;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A plan for people: what is dangerous first, then every change in the order of execution with its
 * reason and its consequence, and unchanged things as a number.
 */
public final class PlanText {

  private static final int WIDTH = 100;

  private final Plan plan;
  private final Detail tables;
  private final StringBuilder text = new StringBuilder();

  private PlanText(Plan plan, Detail tables) {
    this.plan = plan;
    this.tables = tables;
  }

  /** The text, ending with a line break. Equal plans give equal text. */
  public static String render(Plan plan) {
    return render(plan, Detail.SHORT);
  }

  /** The same with more or less about tables. */
  public static String render(Plan plan, Detail tables) {
    return new PlanText(plan, tables).render();
  }

  private String render() {
    line(
        String.format(
            Locale.ROOT,
            "%s · %s · %s · %s",
            plan.migration(),
            plan.account().region(),
            plan.account().id(),
            plan.goal() == Goal.DESTROY ? "destroy" : "plan"));
    risks();
    changes();
    plan.tables().ifPresent(one -> text.append('\n').append(TablesText.render(one, tables)));
    kept();
    refusals();
    line("");
    line(verdict());
    return text.toString();
  }

  private void risks() {
    Map<Impact, List<Address>> byImpact = new TreeMap<>();
    for (ResourceChange change : plan.changes()) {
      if (change.isChange() && change.impact() != Impact.NONE) {
        byImpact.computeIfAbsent(change.impact(), i -> new ArrayList<>()).add(change.address());
      }
    }
    Map<Origin, Long> drifted =
        plan.changes().stream()
            .filter(change -> change.isChange() && change.origin().isPresent())
            .collect(Collectors.groupingBy(c -> c.origin().get(), Collectors.counting()));
    long drift = drifted.getOrDefault(Origin.DRIFT, 0L) + drifted.getOrDefault(Origin.BOTH, 0L);
    if (byImpact.isEmpty() && drift == 0) {
      return;
    }
    line("");
    byImpact.forEach(
        (impact, addresses) ->
            wrapped(
                String.format(Locale.ROOT, "  %-18s %3d   ", impact.word(), addresses.size()),
                addresses));
    if (drift > 0) {
      wrapped(
          String.format(Locale.ROOT, "  %-18s %3d   ", "drift", drift),
          plan.changes().stream()
              .filter(ResourceChange::isChange)
              .filter(
                  c -> c.origin().filter(o -> o == Origin.DRIFT || o == Origin.BOTH).isPresent())
              .map(ResourceChange::address)
              .toList());
    }
  }

  private void changes() {
    int number = 0;
    int width = String.valueOf(plan.changes().size()).length();
    boolean first = true;
    for (ResourceChange change : plan.changes()) {
      if (!change.isChange() && !hasSteps(change)) {
        continue;
      }
      if (first) {
        line("");
        first = false;
      }
      number++;
      header(String.format(Locale.ROOT, "%" + width + "d", number), change);
      details(change);
    }
  }

  private boolean hasSteps(ResourceChange change) {
    return plan.steps().steps().stream().anyMatch(s -> s.address().equals(change.address()));
  }

  private void header(String number, ResourceChange change) {
    String what = change.isChange() ? what(change) : "unchanged, stands still meanwhile";
    String left =
        String.format(
            Locale.ROOT,
            "%s %-3s %-34s %s",
            number,
            change.action().symbol(),
            change.address(),
            what);
    String place =
        change.range().map(range -> Words.clean(range.file()) + ":" + range.line()).orElse("");
    int gap = WIDTH - left.length() - place.length();
    line(gap >= 2 ? left + " ".repeat(gap) + place : left + "  " + place);
  }

  /** A reason; for most creations the missing object is reason enough. */
  private static String what(ResourceChange change) {
    String verb = change.action().verb();
    if (change.resource().meta().management() == Management.SHARED) {
      return verb + ", shared by the account";
    }
    return change.reason() == Reason.MISSING || change.reason() == Reason.REQUESTED
        ? verb
        : verb + ": " + why(change);
  }

  private static String why(ResourceChange change) {
    boolean both = change.origin().filter(origin -> origin == Origin.BOTH).isPresent();
    return both ? "the file changed, and somebody changed it outside" : change.reason().words();
  }

  private void details(ResourceChange change) {
    if (change.action() == Action.CREATE) {
      headline(change);
    }
    if (change.action() == Action.DELETE) {
      change.identifier().ifPresent(identifier -> detail(Words.clean(identifier)));
    }
    for (AttributeChange one : change.changes()) {
      detail(
          String.format(
              Locale.ROOT,
              "%s  %s → %s%s",
              Words.clean(one.path()),
              one.sensitive() ? "(sensitive)" : one.before().map(Words::value).orElse("none"),
              one.sensitive() ? "(sensitive)" : one.after().map(Words::value).orElse("none"),
              one.forcesReplacement() ? "   # forces replacement" : ""));
    }
    if (change.isChange() && !change.impactText().isEmpty()) {
      detail(String.format(Locale.ROOT, "%s: %s", change.impact().word(), change.impactText()));
    }
    List<String> steps =
        plan.steps().steps().stream()
            .filter(step -> step.address().equals(change.address()))
            .map(Step::kind)
            .map(Step.Kind::verb)
            .toList();
    if (steps.size() > 1) {
      detail("steps: " + String.join(" → ", steps));
    }
  }

  /** What a reviewer wants to know of something new: its plain values, in as few lines. */
  private void headline(ResourceChange change) {
    List<String> values = new ArrayList<>();
    change
        .resource()
        .attributes()
        .fields()
        .forEach(
            (name, value) -> {
              boolean plain =
                  value instanceof Value.Num
                      || value instanceof Value.Bool
                      || (value instanceof Value.Text literal && !literal.text().contains("${"));
              if (plain) {
                values.add(name + " " + Words.value(value));
              }
            });
    StringBuilder row = new StringBuilder();
    for (String value : values) {
      if (!row.isEmpty() && 8 + row.length() + 3 + value.length() > WIDTH) {
        detail(row.toString());
        row.setLength(0);
      }
      row.append(row.isEmpty() ? "" : " · ").append(value);
    }
    if (!row.isEmpty()) {
      detail(row.toString());
    }
  }

  private void kept() {
    if (!plan.kept().isEmpty()) {
      line("");
      line("kept:");
      plan.kept()
          .forEach(
              one ->
                  line(
                      String.format(
                          Locale.ROOT,
                          "  %s (%s): %s",
                          one.address(),
                          Words.clean(one.identifier()),
                          one.text())));
    }
  }

  private void refusals() {
    if (!plan.refusals().isEmpty()) {
      line("");
      line("refused:");
      plan.refusals()
          .forEach(
              one ->
                  line(
                      String.format(
                          Locale.ROOT,
                          "  %s %s: %s",
                          one.code(),
                          one.address(),
                          Words.clean(one.text()))));
    }
  }

  private String verdict() {
    if (!plan.hasChanges() && plan.goal() == Goal.DESTROY) {
      return "plan: nothing of this migration is left to delete";
    }
    if (!plan.hasChanges()) {
      return String.format(
          Locale.ROOT,
          "plan: no changes; %s as declared",
          Words.count(plan.count(Action.NO_OP), "resource"));
    }
    return String.format(
        Locale.ROOT,
        "plan: %d create, %d update, %d replace, %d delete, %d unchanged; takes about %s",
        plan.count(Action.CREATE),
        plan.count(Action.UPDATE),
        plan.count(Action.REPLACE),
        plan.count(Action.DELETE),
        plan.count(Action.NO_OP),
        Durations.text(plan.steps().estimate()));
  }

  private void wrapped(String label, List<Address> addresses) {
    StringBuilder row = new StringBuilder(label);
    boolean first = true;
    for (Address address : addresses) {
      if (!first && row.length() + 2 + address.toString().length() > WIDTH) {
        line(row.append(',').toString());
        row.setLength(0);
        row.append(" ".repeat(label.length()));
        first = true;
      }
      row.append(first ? "" : ", ").append(address);
      first = false;
    }
    line(row.toString());
  }

  private void detail(String line) {
    line("       " + line);
  }

  private void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }
}
