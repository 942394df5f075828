package dev.pgbound.engine.apply;

import dev.pgbound.engine.plan.Cancellation;
import dev.pgbound.engine.plan.Step;
import dev.pgbound.engine.plan.StepGraph;
import dev.pgbound.spi.Timeline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Runs the steps of a graph with bounded parallelism. One coordinator, the calling thread, owns all
 * bookkeeping; workers run one step each and put one message into one queue. Knows nothing of
 * resources.
 */
final class Executor {

  private record Finished(Step step, Outcome outcome) {}

  /** What came before a step that starts. */
  enum Before {
    /** All that it has to wait for succeeded. */
    SUCCEEDED,
    /** Something failed or was interrupted; the step only puts back what was stopped. */
    FAILED
  }

  private final StepGraph graph;
  private final int parallelism;
  private final Timeline timeline;
  private final Cancellation cancellation;
  private final BiFunction<Step, Before, Supplier<Outcome>> prepare;
  private final BiConsumer<Step, Outcome> done;

  private final BlockingQueue<Finished> finished = new LinkedBlockingQueue<>();
  private final Map<String, Outcome> outcomes = new HashMap<>();
  private final Map<String, Integer> waiting = new HashMap<>();
  private final Map<String, List<String>> after = new HashMap<>();
  private final TreeMap<Integer, Step> ready = new TreeMap<>();
  private final Map<String, Integer> position = new HashMap<>();
  private int running;

  /**
   * @param prepare called by the coordinator just before a step starts; what it returns runs in a
   *     worker
   * @param done called by the coordinator for every outcome, skipped steps included
   */
  Executor(
      StepGraph graph,
      int parallelism,
      Timeline timeline,
      Cancellation cancellation,
      BiFunction<Step, Before, Supplier<Outcome>> prepare,
      BiConsumer<Step, Outcome> done) {
    this.graph = graph;
    this.parallelism = parallelism;
    this.timeline = timeline;
    this.cancellation = cancellation;
    this.prepare = prepare;
    this.done = done;
  }

  /** Outcomes of all steps, in the order of the graph. */
  Map<Step, Outcome> run() throws InterruptedException {
    List<Step> steps = graph.steps();
    for (int i = 0; i < steps.size(); i++) {
      String id = steps.get(i).id();
      position.put(id, i);
      waiting.put(id, graph.before(id).size());
      graph
          .before(id)
          .forEach(
              earlier -> after.computeIfAbsent(earlier, e -> new java.util.ArrayList<>()).add(id));
    }
    steps.stream().filter(step -> graph.before(step.id()).isEmpty()).forEach(this::makeReady);
    // Simulated time must not go on before the last of the first steps has joined.
    timeline.enter();
    startReady();
    timeline.leave();
    while (running > 0) {
      Finished message = finished.take();
      running--;
      settle(message.step(), message.outcome());
      startReady();
      // Only now may simulated time go on: what this step made ready has already joined.
      timeline.leave();
    }
    Map<Step, Outcome> ordered = new LinkedHashMap<>();
    steps.forEach(
        step -> ordered.put(step, outcomes.getOrDefault(step.id(), Outcome.notStarted())));
    return ordered;
  }

  private void makeReady(Step step) {
    ready.put(position.getOrDefault(step.id(), 0), step);
  }

  private void startReady() {
    Deque<Step> postponed = new ArrayDeque<>();
    while (running < parallelism && !ready.isEmpty()) {
      Step step = ready.pollFirstEntry().getValue();
      if (cancellation.isRequested() && !putsBack(step)) {
        postponed.add(step);
      } else {
        start(step);
      }
    }
    // Steps that an interruption keeps from starting still release the resumption behind them.
    postponed.forEach(step -> settle(step, Outcome.notStarted()));
    if (!postponed.isEmpty()) {
      startReady();
    }
  }

  private void start(Step step) {
    boolean undisturbed = firstFailure(step).isEmpty() && !cancellation.isRequested();
    Supplier<Outcome> work = prepare.apply(step, undisturbed ? Before.SUCCEEDED : Before.FAILED);
    running++;
    timeline.enter();
    Thread worker = new Thread(() -> finished.add(new Finished(step, total(work))), step.id());
    worker.setDaemon(true);
    worker.start();
  }

  /** A worker that ended without a word would leave the coordinator waiting for ever. */
  private static Outcome total(Supplier<Outcome> work) {
    try {
      return work.get();
    } catch (RuntimeException | Error e) {
      return Outcome.internalError("pgbound", e, Duration.ZERO);
    }
  }

  private void settle(Step first, Outcome firstOutcome) {
    Deque<Finished> open = new ArrayDeque<>();
    open.add(new Finished(first, firstOutcome));
    while (!open.isEmpty()) {
      Finished one = open.remove();
      outcomes.put(one.step().id(), one.outcome());
      done.accept(one.step(), one.outcome());
      for (String next : after.getOrDefault(one.step().id(), List.of())) {
        if (waiting.merge(next, -1, Integer::sum) == 0) {
          Step step = graph.step(next);
          Optional<Outcome> unable = hindrance(step);
          unable.ifPresentOrElse(
              outcome -> open.add(new Finished(step, outcome)), () -> makeReady(step));
        }
      }
    }
  }

  /** Why a step whose predecessors have all ended cannot run; empty when it can. */
  private Optional<Outcome> hindrance(Step step) {
    return putsBack(step) ? Optional.empty() : firstFailure(step);
  }

  /**
   * What was stopped goes on whatever happened in between. A stop that failed may have its effect
   * later, so that it counts as one.
   */
  private boolean putsBack(Step step) {
    Outcome pause = outcomes.get(Step.Kind.PAUSE.of(step.address()));
    return step.kind().setsGoing() && pause != null && pause.wasBegun();
  }

  private Optional<Outcome> firstFailure(Step step) {
    for (String earlier : graph.before(step.id())) {
      Outcome outcome = outcomes.get(earlier);
      if (outcome != null && !outcome.isSuccess()) {
        boolean interrupted =
            outcome.status() == Outcome.Status.NOT_STARTED
                || outcome.status() == Outcome.Status.INTERRUPTED;
        String cause =
            outcome.status() == Outcome.Status.SKIPPED
                ? outcome.message()
                : "\"" + earlier + "\" did not succeed";
        return Optional.of(interrupted ? Outcome.notStarted() : Outcome.skipped(cause));
      }
    }
    return Optional.empty();
  }
}
