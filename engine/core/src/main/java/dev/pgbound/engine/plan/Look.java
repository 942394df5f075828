package dev.pgbound.engine.plan;

import dev.pgbound.engine.graph.References;
import dev.pgbound.engine.plan.Plan.Goal;
import dev.pgbound.engine.plan.Plan.Refusal;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.engine.sections.Resource;
import dev.pgbound.engine.tables.TablePlans;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Value;
import dev.pgbound.tables.TableRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was live at one moment, and what a plan would make of it. */
public final class Look {

  private final Registry registry;
  private final PlanRequest request;
  private final CallContext context;
  private final List<Resource> ordered;
  private final Snapshot snapshot;

  Look(
      Registry registry,
      PlanRequest request,
      CallContext context,
      List<Resource> ordered,
      Snapshot snapshot) {
    this.registry = registry;
    this.request = request;
    this.context = context;
    this.ordered = ordered;
    this.snapshot = snapshot;
  }

  /** The declared resources, dependencies first. */
  public List<Resource> ordered() {
    return ordered;
  }

  /** The objects of declared resources that were found, foreign ones too. */
  public Map<Address, Live> live() {
    return snapshot.live();
  }

  /**
   * The plan for what was seen.
   *
   * @param claimed objects that count as those of these resources, with the ownership tags that
   *     they are to get
   * @throws DiscoveryException when something cannot be read that a deletion depends on
   */
  public Plan plan(Map<Address, Live> claimed) {
    Snapshot seen = snapshot.with(claimed);
    Deciding deciding = new Deciding(registry, new References(registry), request, seen, context);
    List<ResourceChange> changes = deciding.decide(ordered);
    StepGraph steps = new StepPlanner(registry, request.graph(), seen, changes).build();
    List<Refusal> refusals = new ArrayList<>(deciding.refusals());
    refusals.addAll(
        new Blockers(registry, context, changes, steps).find(seen::find, deciding.inUse()));
    return new Plan(
        request.migration(),
        request.file(),
        context.account(),
        request.goal(),
        inExecutionOrder(changes, steps),
        steps,
        refusals,
        deciding.kept(),
        // Of a part of the file the rest would look like somebody else's.
        request.targets().isEmpty()
            ? new Neighbours(registry, request.migration(), ordered, seen).find()
            : List.of(),
        request
            .tables()
            .filter(tables -> request.goal() == Goal.CONVERGE)
            .map(tables -> TablePlans.of(tables, task -> mapping(seen, task))));
  }

  private static Optional<Value.Fields> mapping(Snapshot seen, Address task) {
    return seen.find(task).map(live -> live.attributes().fields(TableRules.ATTRIBUTE));
  }

  private static List<ResourceChange> inExecutionOrder(
      List<ResourceChange> changes, StepGraph steps) {
    Map<Address, Integer> position = new HashMap<>();
    List<Step> inOrder = steps.steps();
    for (int i = 0; i < inOrder.size(); i++) {
      position.putIfAbsent(inOrder.get(i).address(), i);
    }
    List<ResourceChange> sorted = new ArrayList<>(changes);
    sorted.sort(
        Comparator.comparingInt(
            change -> position.getOrDefault(change.address(), Integer.MAX_VALUE)));
    return sorted;
  }
}
