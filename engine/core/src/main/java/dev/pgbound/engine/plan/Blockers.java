package dev.pgbound.engine.plan;

import dev.pgbound.engine.graph.References;
import dev.pgbound.engine.plan.Plan.Refusal;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceType.Blocker;
import dev.pgbound.spi.ResourceType.Deletion;
import dev.pgbound.spi.ResourceType.User;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** Finds what would stop the deletions of a plan half-way, before the first of them begins. */
final class Blockers {

  private final Registry registry;
  private final Context context;
  private final List<ResourceChange> changes;
  private final StepGraph steps;

  Blockers(Registry registry, Context context, List<ResourceChange> changes, StepGraph steps) {
    this.registry = registry;
    this.context = context;
    this.changes = changes;
    this.steps = steps;
  }

  /**
   * @param live the objects that the changes are about
   * @param inUse what cannot be replaced because resources of the migration use it: who else does
   *     matters only once another plan can be made
   * @throws DiscoveryException when something cannot be read
   */
  List<Refusal> find(Function<Address, Optional<Live>> live, Set<Address> inUse) {
    Map<String, Callable<List<Blocker>>> jobs = new LinkedHashMap<>();
    deletions(live)
        .forEach((type, all) -> jobs.put(type, () -> registry.type(type).blockers(all, context)));
    List<Refusal> refusals = new ArrayList<>();
    for (List<Blocker> found : InParallel.read(jobs).values()) {
      found.stream()
          .filter(blocker -> !goesFirst(blocker))
          .filter(blocker -> !inUse.contains(blocker.address()))
          .map(blocker -> new Refusal("PLAN-010", blocker.address(), blocker.text()))
          .sorted(Comparator.comparing(Refusal::subject).thenComparing(Refusal::text))
          .distinct()
          .forEach(refusals::add);
    }
    return refusals;
  }

  private Map<String, List<Deletion>> deletions(Function<Address, Optional<Live>> live) {
    References references = new References(registry);
    Map<String, List<Deletion>> deletions = new TreeMap<>();
    for (ResourceChange change : changes) {
      Optional<Live> there =
          live.apply(change.address()).filter(now -> now.health().state() != Live.State.GOING);
      if (change.action().deletes() && there.isPresent()) {
        Value.Fields desired =
            references.resolve(
                change.resource().attributes(), to -> live.apply(to).map(Live::attributes));
        boolean declared = change.range().isPresent();
        deletions
            .computeIfAbsent(change.address().type(), type -> new ArrayList<>())
            .add(
                new Deletion(
                    change.address(),
                    there.get(),
                    declared ? Optional.of(desired) : Optional.empty()));
      }
    }
    return deletions;
  }

  /** Whether the plan deletes what is in the way, or changes it so that it lets go. */
  private boolean goesFirst(Blocker blocker) {
    String deletion = Step.Kind.DELETE.of(blocker.address());
    return changes.stream()
        .filter(change -> blocker.user().filter(user -> isOf(change, user)).isPresent())
        .anyMatch(
            user ->
                user.action().deletes()
                    ? !steps.isBefore(deletion, Step.Kind.DELETE.of(user.address()))
                    : steps.isBefore(Step.Kind.UPDATE.of(user.address()), deletion));
  }

  private static boolean isOf(ResourceChange change, User user) {
    return change.address().type().equals(user.type())
        && change.identifier().equals(Optional.of(user.identifier()));
  }
}
