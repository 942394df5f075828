package dev.pgbound.cli;

import dev.pgbound.cli.render.PlanView;
import dev.pgbound.engine.plan.Action;
import dev.pgbound.engine.plan.AttributeChange;
import dev.pgbound.engine.plan.AttributeChange.Place;
import dev.pgbound.engine.plan.Origin;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.Plan.Goal;
import dev.pgbound.engine.plan.Plan.Kept;
import dev.pgbound.engine.plan.Plan.Neighbour;
import dev.pgbound.engine.plan.Plan.Refusal;
import dev.pgbound.engine.plan.Reason;
import dev.pgbound.engine.plan.ResourceChange;
import dev.pgbound.engine.plan.Step;
import dev.pgbound.engine.plan.Step.Kind;
import dev.pgbound.engine.plan.StepGraph;
import dev.pgbound.engine.sections.Resource;
import dev.pgbound.engine.tables.TablePlan;
import dev.pgbound.engine.tables.TablePlan.Rule;
import dev.pgbound.engine.tables.TablePlan.Table;
import dev.pgbound.engine.tables.TablePlan.Task;
import dev.pgbound.engine.tables.TablePlan.Unselected;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Context.Account;
import dev.pgbound.spi.Diagnostic;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.SourceRange;
import dev.pgbound.spi.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.JsonNodeFactory;

/** Plans that no example leads to: very large ones, and ones full of malice. */
final class SyntheticPlans {

  /** What somebody might write into a tag or a description. */
  static final List<String> HOSTILE =
      List.of(
          "`code` and ``more`` and ```",
          "a | b \\| c",
          "<script>alert(1)</script>",
          "<img src=x onerror=alert(1)>",
          "</details></summary></code><h1>Approved</h1>",
          "--> <b>out</b> <!--",
          "@octocat and @org/team",
          "#1 owner/repo#2 GH-3 0123456789abcdef0123456789abcdef01234567",
          "https://evil.example www.evil.example a@evil.example",
          "[x](https://evil.example) ![x](https://evil.example/x.png)",
          "# Approved",
          "\n# Approved\n\n## Also approved\n",
          "\n```\n# out of the fence\n~~~\n</details>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
          "***bold*** ~~strike~~ __strong__ :tada: $x^2$",
          "safe\u202Eetaler\u2066 zero\u200Bwidth",
          "bell\u0007 \u001B[31mred\u001B[0m \u0000 \u2028 \u2029",
          "{{template}} %s %d ${var.x} &lt;b&gt; &#64;octocat ]]>",
          "> [!NOTE]\n> fine\n- [x] done\n1. one",
          "\"quoted\" 'single' \\ back",
          "",
          " ");

  private SyntheticPlans() {}

  /** All of it that can be sent as XML. */
  static String hostileText() {
    return String.join("\n", HOSTILE).replaceAll("[\\p{Cntrl}&&[^\n]]|\\p{Cs}", "");
  }

  static String json(String text) {
    return JsonNodeFactory.instance.stringNode(text).toString();
  }

  /** {@code count} changes of every kind, most of them harmless. */
  static PlanView changes(int count) {
    List<ResourceChange> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = String.format(Locale.ROOT, "a%03d", i);
      changes.add(
          switch (i % 25) {
            case 3 -> change("dms-task", name, Action.UPDATE, Impact.STOPS_REPLICATION, i);
            case 7 -> change("db-cluster", name, Action.REPLACE, Impact.DESTROYS_DATA, i);
            case 11 -> change("dms-task", name, Action.REPLACE, Impact.RELOADS_DATA, i);
            case 13, 14 -> change("db-instance", name, Action.UPDATE, Impact.INTERRUPTS, i);
            case 17 -> change("security-group", name, Action.DELETE, Impact.NONE, i);
            case 1, 2, 5 -> change("cloudwatch-alarm", name, Action.UPDATE, Impact.NONE, i);
            default -> change("cloudwatch-alarm", name, Action.CREATE, Impact.NONE, i);
          });
    }
    return view(changes, refused(changes), List.of());
  }

  /** Nothing but loss. */
  static PlanView destroyed(int count) {
    List<ResourceChange> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = String.format(Locale.ROOT, "warehouse-of-region-%03d", i);
      changes.add(change("db-cluster", name, Action.DELETE, Impact.DESTROYS_DATA, i));
    }
    return view(changes, refused(changes), List.of());
  }

  /** One task with {@code count} changed table rules, one of which drops tables. */
  static PlanView rules(int count) {
    List<AttributeChange> rules = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String path =
          String.format(Locale.ROOT, "tableMappings.rules[selection include HR.T_%04d]", i);
      Value rule = new Value.Fields(Map.of("object-locator", new Value.Fields(locator(i))));
      boolean drops = i == 1234;
      rules.add(
          new AttributeChange(
              path,
              i % 3 == 0 ? Optional.empty() : Optional.of(rule),
              i % 3 == 1 ? Optional.empty() : Optional.of(rule),
              false,
              false,
              drops ? Impact.DESTROYS_DATA : Impact.STOPS_REPLICATION,
              drops ? "The table is dropped." : "The task stands still meanwhile.",
              Optional.of(Origin.FILE),
              Optional.of(new Place("tasks.hr.include", range(28), false))));
    }
    ResourceChange task =
        new ResourceChange(
            resource("dms-task", "hr"),
            Action.UPDATE,
            Reason.CONFIGURATION_CHANGED,
            Optional.of(Origin.FILE),
            rules,
            Impact.DESTROYS_DATA,
            "The table is dropped.",
            Optional.of("hr"),
            "0123456789abcdef",
            Optional.of(range(28)));
    List<ResourceChange> changes =
        List.of(task, change("cloudwatch-alarm", "lag", Action.UPDATE, Impact.NONE, 2));
    return view(changes, refused(changes), List.of());
  }

  private static Map<String, Value> locator(int i) {
    Map<String, Value> locator = new LinkedHashMap<>();
    locator.put("schema-name", Value.of("HR"));
    locator.put("table-name", Value.of(String.format(Locale.ROOT, "T_%04d", i)));
    return locator;
  }

  /** Malice in every place that somebody else can write to. */
  static PlanView hostile() {
    List<ResourceChange> changes = new ArrayList<>();
    List<Diagnostic> findings = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    List<Kept> kept = new ArrayList<>();
    List<Neighbour> neighbours = new ArrayList<>();
    for (int i = 0; i < HOSTILE.size(); i++) {
      String bad = HOSTILE.get(i);
      Address address = new Address("secret", "s" + i);
      SourceRange range =
          new SourceRange("dir/" + bad.replace("\0", "") + ".yaml", i + 1, 1, i + 1, 2);
      Action action = i % 3 == 0 ? Action.CREATE : i % 3 == 1 ? Action.UPDATE : Action.DELETE;
      Value.Fields desired =
          new Value.Fields(Map.of("description", Value.of(bad)))
              .with("tags", new Value.Fields(Map.of(bad, Value.of(bad))));
      List<AttributeChange> values =
          action == Action.UPDATE
              ? List.of(
                  attribute("tags." + bad, bad, bad + "!", range),
                  attribute("description", "", bad, range))
              : List.of();
      changes.add(
          new ResourceChange(
              new Resource(address, desired, Resource.Meta.NONE),
              action,
              action == Action.CREATE ? Reason.MISSING : Reason.DRIFTED,
              action == Action.UPDATE ? Optional.of(Origin.BOTH) : Optional.empty(),
              values,
              Impact.INTERRUPTS,
              "It is called " + bad + " by now.",
              action == Action.CREATE ? Optional.empty() : Optional.of(bad),
              "0123456789abcdef",
              Optional.of(range)));
      findings.add(
          Diagnostic.warning(
              "TEST-001", "Odd name", "This is " + bad + ".", Optional.of(range), bad));
      refusals.add(new Refusal("PLAN-002", address, bad + " exists, but is not ours"));
      kept.add(new Kept(address, bad, "kept because of " + bad));
      neighbours.add(
          new Neighbour("dms-task", bad, List.of(address), List.of(bad), Optional.of(bad)));
    }
    Plan plan =
        new Plan(
            "hr",
            "dir/" + HOSTILE.get(4) + " @octocat | `x.yaml",
            new Account("123456789012", "us-east-1", "aws"),
            Goal.CONVERGE,
            changes,
            steps(changes),
            refusals,
            kept,
            neighbours,
            Optional.of(hostileTables()));
    return PlanView.of(plan, findings);
  }

  private static TablePlan hostileTables() {
    List<Table> tables = new ArrayList<>();
    List<Rule> rules = new ArrayList<>();
    List<TablePlan.Change> changes = new ArrayList<>();
    List<Unselected> unselected = new ArrayList<>();
    for (String bad : HOSTILE) {
      List<String> names = List.of(bad);
      tables.add(
          new Table(bad, bad, bad + "!", bad, 1, OptionalLong.empty(), 1, names, names, bad));
      rules.add(new Rule(rules.size(), "include " + bad, 1));
      for (TablePlan.Change.Kind kind : TablePlan.Change.Kind.values()) {
        changes.add(new TablePlan.Change(kind, bad, bad, bad + "!"));
      }
      unselected.add(new Unselected(bad, bad));
    }
    Address task = new Address("dms-task", "hr");
    return new TablePlan(
        HOSTILE.get(2), tables.size(), List.of(new Task(task, tables, rules, changes)), unselected);
  }

  /** A catalog with {@code count} tables, every second of which is new and renamed. */
  static PlanView tables(int count) {
    List<Table> tables = new ArrayList<>();
    List<TablePlan.Change> changes = new ArrayList<>();
    List<Unselected> unselected = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = String.format(Locale.ROOT, "T%04d", i);
      String target = i % 2 == 0 ? "new_" + name : name.toLowerCase(Locale.ROOT);
      List<String> lobs = i % 4 == 0 ? List.of("doc") : List.of();
      String filter = i % 5 == 0 ? "ID >= 7" : "";
      tables.add(
          new Table(
              "HR", name, "hr", target, 1, OptionalLong.of(i), 3, List.of("id"), lobs, filter));
      if (i % 2 == 0) {
        changes.add(
            new TablePlan.Change(TablePlan.Change.Kind.ADDED, "HR." + name, "", "hr." + target));
      }
      unselected.add(new Unselected("OLD." + name, "table"));
    }
    Rule rule = new Rule(1, "include HR.%", count);
    Task task = new Task(new Address("dms-task", "hr"), tables, List.of(rule), changes);
    List<ResourceChange> change =
        List.of(change("dms-task", "hr", Action.UPDATE, Impact.STOPS_REPLICATION, 1));
    return view(
        change,
        refused(change),
        List.of(),
        Optional.of(new TablePlan("catalog.yaml", 2 * count, List.of(task), unselected)));
  }

  private static AttributeChange attribute(
      String path, String before, String after, SourceRange at) {
    return new AttributeChange(
        path,
        Optional.of(Value.of(before)),
        Optional.of(Value.of(after)),
        true,
        false,
        Impact.INTERRUPTS,
        "",
        Optional.of(Origin.DRIFT),
        Optional.of(new Place(path, at, true)));
  }

  private static ResourceChange change(
      String type, String name, Action action, Impact impact, int number) {
    boolean made = action == Action.CREATE;
    AttributeChange size =
        new AttributeChange(
            "size",
            Optional.of(Value.of(number)),
            Optional.of(Value.of(number + 1L)),
            action == Action.REPLACE,
            false,
            impact,
            "",
            Optional.of(Origin.FILE),
            Optional.of(new Place("resources." + type + "." + name, range(number + 1), false)));
    return new ResourceChange(
        resource(type, name),
        action,
        made ? Reason.MISSING : Reason.CONFIGURATION_CHANGED,
        made ? Optional.empty() : Optional.of(Origin.FILE),
        action == Action.UPDATE || action == Action.REPLACE ? List.of(size) : List.of(),
        impact,
        impact == Impact.NONE ? "" : "This is what " + impact.word() + " means here.",
        made ? Optional.empty() : Optional.of(type + "-" + name),
        made ? "" : "0123456789abcdef",
        Optional.of(range(number + 1)));
  }

  private static Resource resource(String type, String name) {
    Value.Fields attributes =
        Value.Fields.NONE.with("name", name).with("size", Value.of(1)).with("zone", "east");
    return new Resource(new Address(type, name), attributes, Resource.Meta.NONE);
  }

  private static SourceRange range(int line) {
    return new SourceRange("migration.yaml", line, 3, line, 9);
  }

  private static List<Refusal> refused(List<ResourceChange> changes) {
    return changes.stream()
        .filter(change -> change.impact().needsAllowance())
        .map(
            change ->
                new Refusal(
                    Refusal.NOT_ALLOWED,
                    change.address(),
                    String.format(
                        Locale.ROOT,
                        "%s Allow it with --allow %s:%s",
                        change.impactText(),
                        change.impact().word(),
                        change.address())))
        .toList();
  }

  /** Every tenth step waits for the first of its ten. */
  private static StepGraph steps(List<ResourceChange> changes) {
    List<Step> steps = new ArrayList<>();
    Map<String, Set<String>> before = new LinkedHashMap<>();
    for (ResourceChange change : changes) {
      Kind kind =
          switch (change.action()) {
            case CREATE -> Kind.CREATE;
            case DELETE -> Kind.DELETE;
            case NO_OP, UPDATE, REPLACE, REPLACE_CREATE_FIRST -> Kind.UPDATE;
          };
      Step step = new Step(change.address(), kind, Duration.ofSeconds(5 + steps.size() % 90));
      Set<String> waits = new TreeSet<>();
      if (steps.size() % 10 == 9) {
        waits.add(steps.get(steps.size() - 9).id());
      }
      before.put(step.id(), waits);
      steps.add(step);
    }
    return new StepGraph(steps, before);
  }

  private static PlanView view(
      List<ResourceChange> changes, List<Refusal> refusals, List<Kept> kept) {
    return view(changes, refusals, kept, Optional.empty());
  }

  private static PlanView view(
      List<ResourceChange> changes,
      List<Refusal> refusals,
      List<Kept> kept,
      Optional<TablePlan> tables) {
    Plan plan =
        new Plan(
            "hr",
            "migration.yaml",
            new Account("123456789012", "us-east-1", "aws"),
            Goal.CONVERGE,
            changes,
            steps(changes),
            refusals,
            kept,
            List.of(),
            tables);
    return PlanView.of(plan, List.of());
  }
}
