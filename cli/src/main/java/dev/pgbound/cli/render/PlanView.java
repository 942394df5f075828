package dev.pgbound.cli.render;

import dev.pgbound.engine.plan.Action;
import dev.pgbound.engine.plan.Durations;
import dev.pgbound.engine.plan.Origin;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.Plan.Goal;
import dev.pgbound.engine.plan.Plan.Neighbour;
import dev.pgbound.engine.plan.Plan.Refusal;
import dev.pgbound.engine.plan.Reason;
import dev.pgbound.engine.plan.ResourceChange;
import dev.pgbound.engine.plan.Step;
import dev.pgbound.engine.sections.Resource.Management;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Diagnostic;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.SourceRange;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A plan as every output shows it: worked out once, so that all of them say the same. What comes
 * from AWS or the file is on one line and shows its control characters, but it is not escaped for
 * any format.
 *
 * @param changes what happens to each resource that the run touches, in the order of execution
 * @param risks what a reviewer must not overlook, worst first
 * @param findings what was found in the file
 */
public record PlanView(
    Plan plan, List<Change> changes, List<Risk> risks, List<Diagnostic> findings) {

  /** More names than these say less than their number. */
  private static final int MOST_NAMES = 4;

  /** Whether the user's word for an impact is needed. */
  public enum Permission {
    NOT_NEEDED,
    GIVEN,
    MISSING
  }

  /**
   * One resource that the run touches.
   *
   * @param number its place in the order of execution, from 1
   * @param what the action and its reason, such as {@code update: the file changed}
   * @param values of something new, what is plain to see
   * @param lines every value that differs
   * @param steps the verbs of its steps
   */
  public record Change(
      int number,
      ResourceChange resource,
      String what,
      Permission permission,
      List<Field> values,
      List<Line> lines,
      List<String> steps) {

    public Address address() {
      return resource.address();
    }

    public Action action() {
      return resource.action();
    }

    /** What it does to the migration; none for a resource that only stands still meanwhile. */
    public Impact impact() {
      return resource.isChange() ? resource.impact() : Impact.NONE;
    }

    /** The sentence about the impact; empty for none. */
    public String consequence() {
      return resource.isChange() ? Words.clean(resource.impactText()) : "";
    }

    /** Where the file declares it, such as {@code migration.yaml:12}. */
    public Optional<String> place() {
      return resource.range().map(range -> position(range));
    }

    /** What AWS calls the object that is changed or deleted. */
    public Optional<String> identifier() {
      return resource.identifier().map(Words::visible);
    }

    /** The option that allows it. */
    public String allowance() {
      return String.format(Locale.ROOT, "--allow %s:%s", impact().word(), address());
    }
  }

  /** A name and its value. */
  public record Field(String name, String value) {}

  /**
   * One value that differs, on both sides complete.
   *
   * @param before empty when there is none
   * @param after empty when it goes away
   * @param remarks what to know about it, such as {@code forces replacement}
   * @param keep how the file would have to be changed for the live value to stay
   */
  public record Line(
      String path,
      Optional<String> before,
      Optional<String> after,
      Impact impact,
      List<String> remarks,
      Optional<String> keep) {}

  /**
   * Something that a reviewer must not overlook.
   *
   * @param impact empty for drift, which the plan would undo
   * @param word the impact's, or {@code drift}
   */
  public record Risk(Optional<Impact> impact, String word, List<Change> changes) {

    /** What happens to one of the resources. */
    public String text(Change change) {
      if (impact.isPresent()) {
        return change.consequence();
      }
      return change.resource().origin().filter(o -> o == Origin.BOTH).isPresent()
          ? "It was changed outside pgbound, and the file changed too; the file wins."
          : "It was changed outside pgbound; this puts it back.";
    }
  }

  /** What a plan means. */
  public static PlanView of(Plan plan, List<Diagnostic> findings) {
    List<Change> changes = changes(plan);
    return new PlanView(plan, changes, risks(changes), List.copyOf(findings));
  }

  private static List<Change> changes(Plan plan) {
    Map<Address, List<String>> steps = new HashMap<>();
    for (Step step : plan.steps().steps()) {
      steps.computeIfAbsent(step.address(), a -> new ArrayList<>()).add(step.kind().verb());
    }
    Set<Address> notAllowed = new HashSet<>();
    plan.refusals().stream()
        .filter(refusal -> refusal.code().equals(Refusal.NOT_ALLOWED))
        .flatMap(refusal -> refusal.address().stream())
        .forEach(notAllowed::add);
    List<Change> changes = new ArrayList<>();
    for (ResourceChange change : plan.changes()) {
      List<String> verbs = steps.getOrDefault(change.address(), List.of());
      if (change.isChange() || !verbs.isEmpty()) {
        changes.add(
            new Change(
                changes.size() + 1,
                change,
                what(change),
                permission(change, notAllowed),
                change.action() == Action.CREATE ? values(change) : List.of(),
                change.changes().stream().map(one -> ChangedLine.of(change, one)).toList(),
                List.copyOf(verbs)));
      }
    }
    return List.copyOf(changes);
  }

  private static Permission permission(ResourceChange change, Set<Address> notAllowed) {
    if (!change.isChange() || !change.impact().needsAllowance()) {
      return Permission.NOT_NEEDED;
    }
    return notAllowed.contains(change.address()) ? Permission.MISSING : Permission.GIVEN;
  }

  /** For most creations the missing object is reason enough. */
  private static String what(ResourceChange change) {
    if (!change.isChange()) {
      return "unchanged, stands still meanwhile";
    }
    String verb = change.action().verb();
    if (change.resource().meta().management() == Management.SHARED) {
      return verb + ", shared by the account";
    }
    if (change.reason() == Reason.MISSING || change.reason() == Reason.REQUESTED) {
      return verb;
    }
    boolean both = change.origin().filter(origin -> origin == Origin.BOTH).isPresent();
    return verb
        + ": "
        + (both ? "the file changed, and somebody changed it outside" : change.reason().words());
  }

  /** Whether it is a map of plain texts: scripts, parameters, tags. */
  private static boolean isPlain(Value.Fields map) {
    return map.fields().values().stream()
        .allMatch(value -> value instanceof Value.Text text && !text.text().contains("${"));
  }

  /** What a reviewer wants to know of something new: its plain values. */
  private static List<Field> values(ResourceChange change) {
    List<Field> values = new ArrayList<>();
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
                values.add(new Field(name, Words.whole(value)));
              } else if (value instanceof Value.Fields map && isPlain(map)) {
                map.fields()
                    .forEach(
                        (key, entry) ->
                            values.add(
                                new Field(name + "." + Words.clean(key), Words.whole(entry))));
              }
            });
    return List.copyOf(values);
  }

  private static List<Risk> risks(List<Change> changes) {
    Map<Impact, List<Change>> byImpact = new EnumMap<>(Impact.class);
    changes.stream()
        .filter(change -> change.impact() != Impact.NONE)
        .forEach(c -> byImpact.computeIfAbsent(c.impact(), i -> new ArrayList<>()).add(c));
    List<Risk> risks = new ArrayList<>();
    byImpact.forEach(
        (impact, list) ->
            risks.add(new Risk(Optional.of(impact), impact.word(), List.copyOf(list))));
    List<Change> drifted = changes.stream().filter(c -> c.resource().hasDrifted()).toList();
    if (!drifted.isEmpty()) {
      risks.add(new Risk(Optional.empty(), "drift", drifted));
    }
    return List.copyOf(risks);
  }

  /** The word for what is planned. */
  public String title() {
    return title(plan.goal());
  }

  /** The word for a plan that wants to reach {@code goal}. */
  public static String title(Goal goal) {
    return goal == Goal.DESTROY ? "destroy" : "plan";
  }

  /** The answer to "may I approve this?" in a few words. */
  public String verdict() {
    if (!plan.refusals().isEmpty()) {
      Optional<Change> worst =
          changes.stream()
              .filter(change -> change.permission() == Permission.MISSING)
              .min((one, other) -> one.impact().compareTo(other.impact()));
      return worst
          .map(
              change ->
                  change.impact() == Impact.DESTROYS_DATA
                      ? "Refused: it would destroy data"
                      : "Refused: it would load all data again")
          .orElse("Refused");
    }
    if (!plan.hasChanges()) {
      return plan.goal() == Goal.DESTROY ? "Nothing is left to delete" : "Nothing to do";
    }
    return switch (plan.worst()) {
      case DESTROYS_DATA -> "Data will be destroyed, as allowed";
      case RELOADS_DATA -> "All data will be loaded again, as allowed";
      case STOPS_REPLICATION -> "Replication will stop for a while";
      case INTERRUPTS -> "Connections will be interrupted";
      case NONE -> "Nothing is interrupted or lost";
    };
  }

  /** The last line of a plan; its grammar is fixed. */
  public String summary() {
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
        plan.count(Action.REPLACE) + plan.count(Action.REPLACE_CREATE_FIRST),
        plan.count(Action.DELETE),
        plan.count(Action.NO_OP),
        Durations.text(plan.steps().estimate()));
  }

  /** What an object that is not managed here has to do with the migration. */
  public static String relation(Neighbour neighbour) {
    List<String> how = new ArrayList<>();
    neighbour.migration().ifPresent(name -> how.add("of the migration " + name));
    if (!neighbour.uses().isEmpty()) {
      how.add("uses " + words(neighbour.uses()));
    }
    if (!neighbour.usedBy().isEmpty()) {
      how.add("used by " + words(neighbour.usedBy()));
    }
    return Words.clean(String.join("; ", how));
  }

  private static String words(List<?> things) {
    int shown = things.size() > MOST_NAMES ? MOST_NAMES - 1 : things.size();
    String names =
        things.stream().limit(shown).map(Object::toString).collect(Collectors.joining(", "));
    return shown < things.size() ? names + " and " + (things.size() - shown) + " more" : names;
  }

  /** The refusals that the risks do not tell already. */
  public List<Refusal> otherRefusals() {
    return plan.refusals().stream()
        .filter(refusal -> !refusal.code().equals(Refusal.NOT_ALLOWED))
        .toList();
  }

  /** What to do about a finding, or why nothing is to be done. */
  static String explanation(Diagnostic finding) {
    return finding.accepted().map(reason -> "Accepted: " + reason).orElse(finding.detail());
  }

  /** {@code file:line}. */
  static String position(SourceRange range) {
    return Words.visible(range.file()) + ":" + range.line();
  }
}
