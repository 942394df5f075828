package dev.pgbound.engine.plan;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The steps of a plan in an order of execution, and which must be finished before which. Fixed when
 * the plan is made; apply derives nothing.
 */
public final class StepGraph {

  /** No steps. */
  public static final StepGraph EMPTY = new StepGraph(List.of(), Map.of());

  private final Map<String, Step> steps;
  private final Map<String, Set<String>> before;

  /**
   * @param ordered all steps, every one behind those it has to wait for
   * @param before the ids of the steps that each step has to wait for
   */
  public StepGraph(List<Step> ordered, Map<String, Set<String>> before) {
    Map<String, Step> byId = new LinkedHashMap<>();
    Map<String, Set<String>> edges = new LinkedHashMap<>();
    for (Step step : ordered) {
      Set<String> waits = new LinkedHashSet<>(before.getOrDefault(step.id(), Set.of()));
      if (!byId.keySet().containsAll(waits)) {
        throw new IllegalArgumentException(step.id() + " stands before what it waits for");
      }
      byId.put(step.id(), step);
      edges.put(step.id(), Collections.unmodifiableSet(waits));
    }
    this.steps = Collections.unmodifiableMap(byId);
    this.before = Collections.unmodifiableMap(edges);
  }

  /** All steps, every one behind those it has to wait for. */
  public List<Step> steps() {
    return new ArrayList<>(steps.values());
  }

  public Step step(String id) {
    Step step = steps.get(id);
    if (step == null) {
      throw new IllegalArgumentException("no step " + id);
    }
    return step;
  }

  /** The ids of the steps that {@code id} has to wait for. */
  public Set<String> before(String id) {
    return before.getOrDefault(id, Set.of());
  }

  /** Whether {@code later} waits for {@code earlier}, also through others. */
  public boolean isBefore(String earlier, String later) {
    Set<String> seen = new LinkedHashSet<>(before(later));
    Deque<String> open = new ArrayDeque<>(seen);
    while (!open.isEmpty() && !seen.contains(earlier)) {
      before(open.remove()).stream().filter(seen::add).forEach(open::add);
    }
    return seen.contains(earlier);
  }

  /** How long everything takes when as much as possible runs side by side: the longest chain. */
  public Duration estimate() {
    return estimate(Step::typical);
  }

  /** The same when each step takes as long as {@code lasting} says. */
  public Duration estimate(Function<Step, Duration> lasting) {
    Map<String, Duration> end = new HashMap<>();
    Duration longest = Duration.ZERO;
    for (Step step : steps.values()) {
      Duration start = Duration.ZERO;
      for (String previous : before(step.id())) {
        Duration ready = end.getOrDefault(previous, Duration.ZERO);
        start = ready.compareTo(start) > 0 ? ready : start;
      }
      Duration finish = start.plus(lasting.apply(step));
      end.put(step.id(), finish);
      longest = finish.compareTo(longest) > 0 ? finish : longest;
    }
    return longest;
  }
}
