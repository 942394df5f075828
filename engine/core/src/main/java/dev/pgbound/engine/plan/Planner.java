package dev.pgbound.engine.plan;

import dev.pgbound.engine.graph.References;
import dev.pgbound.engine.plan.Plan.Goal;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.engine.sections.Resource;
import dev.pgbound.engine.sections.Resource.Management;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Context.Account;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
    return look(request, account).plan(Map.of());
  }

  /**
   * Reads everything and leaves it to the caller what is decided about it.
   *
   * @throws DiscoveryException when something cannot be read
   */
  public Look look(PlanRequest request, Account account) {
    References references = new References(registry);
    List<Resource> ordered = inGraphOrder(request);
    CallContext context = context(request.migration(), account);
    Snapshot snapshot = new Discovery(registry, references, context).run(ordered);
    return new Look(registry, request, context, ordered, snapshot);
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

  /**
   * What would by now stop the deletions of a plan half-way.
   *
   * @param live what {@link #read} returned
   * @throws DiscoveryException when something cannot be read
   */
  public List<Plan.Refusal> blockers(Plan plan, Map<Address, Live> live) {
    CallContext context = context(plan.migration(), plan.account());
    return new Blockers(registry, context, plan.changes(), plan.steps())
        .find(address -> Optional.ofNullable(live.get(address)), Set.of());
  }

  private CallContext context(String migration, Account account) {
    return new CallContext(
        migration,
        account,
        Map.of(),
        READ_LIMIT,
        registry::secret,
        timeline,
        () -> false,
        phase -> {});
  }

  private List<Resource> inGraphOrder(PlanRequest request) {
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
    return request.goal() == Goal.DESTROY ? withoutWhatGoesAnyway(ordered) : ordered;
  }

  /** What is inside an object that is deleted goes with it, and is not even looked at. */
  private List<Resource> withoutWhatGoesAnyway(List<Resource> ordered) {
    References references = new References(registry);
    Set<Address> deleted = new HashSet<>();
    ordered.stream()
        .filter(resource -> resource.meta().management() == Management.OWNED)
        .forEach(resource -> deleted.add(resource.address()));
    return ordered.stream()
        .filter(
            resource ->
                registry.type(resource.address().type()).schema().within().stream()
                    .flatMap(name -> references.targets(resource, name).stream())
                    .noneMatch(deleted::contains))
        .toList();
  }
}
