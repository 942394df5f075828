package dev.pgbound.engine.plan;

import dev.pgbound.engine.graph.References;
import dev.pgbound.engine.plan.Plan.Goal;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.engine.sections.Resource;
import dev.pgbound.engine.tables.TablePlans;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Context.Account;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Timeline;
import dev.pgbound.spi.Value;
import dev.pgbound.tables.TableRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares what is declared with what is live and plans the steps in between. Writes nothing. */
public final class Planner {

  private static final Duration READ_LIMIT = Duration.ofMinutes(2);

  private final Registry registry;
  private final Timeline timeline;

  public Planner(Registry registry, Timeline timeline) {
    this.registry = registry;
    this.timeline = timeline;
  }

  /**
   * Reads everything and decides.
   *
   * @throws DiscoveryException when something cannot be read
   */
  public Plan plan(PlanRequest request, Account account) {
    References references = new References(registry);
    List<Resource> ordered = inGraphOrder(request);
    Snapshot snapshot =
        new Discovery(registry, references, context(request.migration(), account)).run(ordered);
    Deciding deciding = new Deciding(registry, references, request, snapshot);
    List<ResourceChange> changes = deciding.decide(ordered);
    StepGraph steps = new StepPlanner(registry, request.graph(), snapshot, changes).build();
    return new Plan(
        request.migration(),
        request.file(),
        account,
        request.goal(),
        inExecutionOrder(changes, steps),
        steps,
        deciding.refusals(),
        deciding.kept(),
        request
            .tables()
            .filter(tables -> request.goal() == Goal.CONVERGE)
            .map(tables -> TablePlans.of(tables, task -> mapping(snapshot, task))));
  }

  private static Optional<Value.Fields> mapping(Snapshot snapshot, Address task) {
    return snapshot.find(task).map(live -> live.attributes().fields(TableRules.ATTRIBUTE));
  }

  /**
   * Reads again what a plan was made against: the objects of its resources, orphans included.
   *
   * @throws DiscoveryException when something cannot be read
   */
  public Map<Address, Live> read(Plan plan) {
    Context context = context(plan.migration(), plan.account());
    List<Resource> resources = plan.changes().stream().map(ResourceChange::resource).toList();
    Snapshot snapshot = new Discovery(registry, new References(registry), context).run(resources);
    return snapshot.live();
  }

  private CallContext context(String migration, Account account) {
    return new CallContext(
        migration, account, Map.of(), READ_LIMIT, timeline, () -> false, phase -> {});
  }

  private static List<Resource> inGraphOrder(PlanRequest request) {
    Map<Address, Resource> byAddress = new HashMap<>();
    request.resources().forEach(resource -> byAddress.put(resource.address(), resource));
    Set<Address> wanted = new LinkedHashSet<>();
    for (Address target : request.targets()) {
      wanted.add(target);
      wanted.addAll(
          request.goal() == Goal.DESTROY
              ? request.graph().allDependents(target)
              : request.graph().allDependencies(target));
    }
    List<Resource> ordered = new ArrayList<>();
    for (Address address : request.graph().order()) {
      Resource resource = byAddress.get(address);
      if (resource != null && (request.targets().isEmpty() || wanted.contains(address))) {
        ordered.add(resource);
      }
    }
    return ordered;
  }

  private static List<ResourceChange> inExecutionOrder(
      List<ResourceChange> changes, StepGraph steps) {
    Map<Address, Integer> position = new HashMap<>();
    List<Step> ordered = steps.steps();
    for (int i = 0; i < ordered.size(); i++) {
      position.putIfAbsent(ordered.get(i).address(), i);
    }
    List<ResourceChange> sorted = new ArrayList<>(changes);
    sorted.sort(
        java.util.Comparator.comparingInt(
            change -> position.getOrDefault(change.address(), Integer.MAX_VALUE)));
    return sorted;
  }
}
