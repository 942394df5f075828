package dev.pgbound.engine.plan;

import dev.pgbound.engine.graph.ResourceGraph;
import dev.pgbound.engine.plan.Step.Kind;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Pausable;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.DirectedAcyclicGraph;
import org.jgrapht.graph.GraphCycleProhibitedException;
import org.jgrapht.traverse.TopologicalOrderIterator;
import org.jspecify.annotations.Nullable;

/**
 * Turns changes into steps and the order between them. Creations and updates follow the
 * dependencies, deletions run against them, and a running task stands still in between.
 */
final class StepPlanner {

  private static final Duration PAUSE = Duration.ofMinutes(2);

  private final Registry registry;
  private final ResourceGraph graph;
  private final Snapshot snapshot;
  private final Map<Address, ResourceChange> changes = new LinkedHashMap<>();
  private final DirectedAcyclicGraph<Step, DefaultEdge> steps =
      new DirectedAcyclicGraph<>(DefaultEdge.class);
  private final Map<Address, Step> forward = new HashMap<>();
  private final Map<Address, Step> deletions = new HashMap<>();

  StepPlanner(
      Registry registry, ResourceGraph graph, Snapshot snapshot, List<ResourceChange> changes) {
    this.registry = registry;
    this.graph = graph;
    this.snapshot = snapshot;
    changes.forEach(change -> this.changes.put(change.address(), change));
  }

  StepGraph build() {
    changes.values().forEach(this::addSteps);
    graph.edges().forEach(edge -> order(edge.dependent(), edge.dependency()));
    orderByLiveReferences();
    changes.values().forEach(this::addRunSteps);
    return stepGraph();
  }

  private void addSteps(ResourceChange change) {
    Address address = change.address();
    switch (change.action()) {
      case NO_OP -> {}
      case CREATE -> addCreation(address);
      case UPDATE -> forward.put(address, add(address, Kind.UPDATE, Operation.UPDATE));
      case DELETE -> addDeletion(address);
      case REPLACE -> steps.addEdge(addDeletion(address), addCreation(address));
      case REPLACE_CREATE_FIRST -> steps.addEdge(addCreation(address), addDeletion(address));
    }
  }

  private Step addCreation(Address address) {
    Step step = add(address, Kind.CREATE, Operation.CREATE);
    forward.put(address, step);
    return step;
  }

  private Step addDeletion(Address address) {
    Step step = add(address, Kind.DELETE, Operation.DELETE);
    deletions.put(address, step);
    return step;
  }

  private Step add(Address address, Kind kind, Operation operation) {
    ResourceSchema schema = registry.type(address.type()).schema();
    return add(new Step(address, kind, schema.timing(operation).typical()));
  }

  private Step add(Step step) {
    steps.addVertex(step);
    return step;
  }

  private void order(Address dependent, Address dependency) {
    after(forward.get(dependent), forward.get(dependency));
    after(deletions.get(dependency), deletions.get(dependent));
    if (isCreatedFirst(dependency)) {
      after(deletions.get(dependency), forward.get(dependent));
    }
  }

  private boolean isCreatedFirst(Address address) {
    ResourceChange change = changes.get(address);
    return change != null && change.action() == Action.REPLACE_CREATE_FIRST;
  }

  /** An object goes after those that name it have gone or, where they stay, have let go of it. */
  private void orderDeletion(Address dependent, Address dependency) {
    Step letsGo =
        deletions.containsKey(dependent) ? deletions.get(dependent) : forward.get(dependent);
    after(deletions.get(dependency), letsGo);
  }

  /** Does nothing when either step is missing or the order is already the other way round. */
  private void after(@Nullable Step later, @Nullable Step earlier) {
    if (later == null || earlier == null) {
      return;
    }
    try {
      steps.addEdge(earlier, later);
    } catch (GraphCycleProhibitedException e) {
      // Two objects that name each other, as security groups do: the first edge wins.
      return;
    }
  }

  /**
   * The file says nothing about the dependencies of an object that left it. What its live values
   * name is what it needs.
   */
  private void orderByLiveReferences() {
    LiveNames<Address> names = new LiveNames<>(registry);
    for (Address address : deletions.keySet()) {
      snapshot.find(address).ifPresent(live -> names.put(address, schema(address), live));
    }
    for (Address address : changes.keySet()) {
      snapshot
          .find(address)
          .ifPresent(
              live ->
                  names.namedBy(schema(address), live).stream()
                      .filter(needed -> !needed.equals(address))
                      .forEach(needed -> orderDeletion(address, needed)));
    }
  }

  private ResourceSchema schema(Address address) {
    return registry.type(address.type()).schema();
  }

  private void addRunSteps(ResourceChange change) {
    Address address = change.address();
    if (!(registry.type(address.type()) instanceof Pausable pausable)
        || change.action() == Action.DELETE) {
      return;
    }
    Set<Address> beneath = new LinkedHashSet<>(graph.allDependencies(address));
    beneath.add(address);
    boolean mustStop = beneath.stream().anyMatch(this::stopsReplication);
    RunChange run = RunChange.of(change, pausable, snapshot.find(address), mustStop);
    if (run.pauses()) {
      addPause(address, beneath);
    }
    run.then()
        .ifPresent(
            kind -> {
              Step going = add(new Step(address, kind, pausable.usuallyStartsIn()));
              beneath.forEach(below -> after(going, forward.get(below)));
              graph.dependents(address).forEach(dependent -> after(forward.get(dependent), going));
            });
  }

  /** Stops as late as possible: not before what the change itself has to wait for. */
  private void addPause(Address address, Set<Address> beneath) {
    Set<Step> stopping = new LinkedHashSet<>();
    for (Address below : beneath) {
      if (stopsReplication(below)) {
        Optional.ofNullable(deletions.get(below)).ifPresent(stopping::add);
        // what is made beside the old object disturbs nobody
        Optional.ofNullable(forward.get(below))
            .filter(step -> !isCreatedFirst(below))
            .ifPresent(stopping::add);
      }
    }
    Set<Step> downstream = new HashSet<>(stopping);
    stopping.forEach(step -> downstream.addAll(steps.getDescendants(step)));
    Step pause = add(new Step(address, Kind.PAUSE, PAUSE));
    for (Step step : stopping) {
      List<Step> needed = steps.incomingEdgesOf(step).stream().map(steps::getEdgeSource).toList();
      needed.stream()
          .filter(earlier -> !downstream.contains(earlier))
          .forEach(earlier -> after(pause, earlier));
      after(step, pause);
    }
  }

  private boolean stopsReplication(Address address) {
    ResourceChange change = changes.get(address);
    return change != null
        && (change.action() == Action.UPDATE || change.action().isReplacement())
        && !Impact.STOPS_REPLICATION.isWorseThan(change.impact());
  }

  private StepGraph stepGraph() {
    Map<Address, Integer> rank = new HashMap<>();
    changes.keySet().forEach(address -> rank.put(address, rank.size()));
    Comparator<Step> byRank =
        Comparator.<Step>comparingInt(step -> rank.getOrDefault(step.address(), 0))
            .thenComparing(Step::kind);
    List<Step> ordered = new ArrayList<>();
    Map<String, Set<String>> before = new LinkedHashMap<>();
    new TopologicalOrderIterator<>(steps, byRank).forEachRemaining(ordered::add);
    for (Step step : ordered) {
      Set<String> waits = new TreeSet<>();
      steps.incomingEdgesOf(step).forEach(edge -> waits.add(steps.getEdgeSource(edge).id()));
      before.put(step.id(), waits);
    }
    return new StepGraph(ordered, before);
  }
}
