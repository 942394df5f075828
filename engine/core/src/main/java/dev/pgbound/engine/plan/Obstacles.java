package dev.pgbound.engine.plan;

import dev.pgbound.engine.graph.References;
import dev.pgbound.engine.plan.Plan.Refusal;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceType.Deletion;
import dev.pgbound.spi.ResourceType.Obstacle;
import dev.pgbound.spi.ResourceType.User;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** Finds what would stop the deletions of a plan half-way, before the first of them begins. */
final class Obstacles {

  private final Registry registry;
  private final Context context;
  private final List<ResourceChange> changes;
  private final StepGraph steps;

  Obstacles(Registry registry, Context context, List<ResourceChange> changes, StepGraph steps) {
    this.registry = registry;
    this.context = context;
    this.changes = changes;
    this.steps = steps;
  }

  /**
   * @param live the objects that the changes are about
   * @throws DiscoveryException when something cannot be read
   */
  List<Refusal> find(Function<Address, Optional<Live>> live) {
    Map<String, Callable<List<Obstacle>>> jobs = new LinkedHashMap<>();
    deletions(live)
        .forEach((type, all) -> jobs.put(type, () -> registry.type(type).obstacles(all, context)));
    List<Refusal> refusals = new ArrayList<>();
    for (List<Obstacle> found : InParallel.read(jobs).values()) {
      found.stream()
          .filter(obstacle -> !goesFirst(obstacle))
          .map(obstacle -> new Refusal("PLAN-010", obstacle.address(), obstacle.text()))
          .sorted(Comparator.comparing(Refusal::address).thenComparing(Refusal::text))
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
      if (deletes(change) && there.isPresent()) {
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

  private static boolean deletes(ResourceChange change) {
    return change.action() == Action.DELETE || change.action() == Action.REPLACE;
  }

  /** Whether the plan deletes what is in the way, or changes it so that it lets go. */
  private boolean goesFirst(Obstacle obstacle) {
    String deletion = id(obstacle.address(), Step.Kind.DELETE);
    return obstacle
        .user()
        .flatMap(this::change)
        .filter(
            user ->
                deletes(user)
                    ? !steps.isBefore(deletion, id(user.address(), Step.Kind.DELETE))
                    : steps.isBefore(id(user.address(), Step.Kind.UPDATE), deletion))
        .isPresent();
  }

  private Optional<ResourceChange> change(User user) {
    return changes.stream()
        .filter(change -> change.address().type().equals(user.type()))
        .filter(change -> change.identifier().equals(Optional.of(user.identifier())))
        .findFirst();
  }

  private static String id(Address address, Step.Kind kind) {
    return kind.verb() + " " + address;
  }
}
