package dev.pgbound.cli.progress;

import dev.pgbound.cli.render.Words;
import dev.pgbound.engine.apply.EngineEvent;
import dev.pgbound.engine.apply.Outcome.Status;
import dev.pgbound.engine.plan.Durations;
import dev.pgbound.engine.plan.Step;
import dev.pgbound.engine.plan.StepGraph;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How far a run is, as its events tell. */
final class RunState {

  private final StepGraph steps;
  private final Map<Step, Running> running = new LinkedHashMap<>();
  private final Set<Step> over = new HashSet<>();
  private int failed;

  RunState(StepGraph steps) {
    this.steps = steps;
  }

  /** A step that runs; the phase is the service's, empty when it has not said any. */
  record Running(Step step, Instant since, String phase) {

    Duration elapsed(Instant now) {
      Duration taken = Duration.between(since, now);
      return taken.isNegative() ? Duration.ZERO : taken;
    }
  }

  void hear(EngineEvent event) {
    Step step = event.step();
    if (event instanceof EngineEvent.StepStarted) {
      running.put(step, new Running(step, event.at(), ""));
    } else if (event instanceof EngineEvent.StepProgress progress) {
      Running known = running.getOrDefault(step, new Running(step, event.at(), ""));
      running.put(step, new Running(step, known.since(), Words.clean(progress.phase())));
    } else if (event instanceof EngineEvent.StepFinished finished) {
      running.remove(step);
      over.add(step);
      failed += finished.outcome().status() == Status.FAILED ? 1 : 0;
    }
  }

  /** What runs, the longest first. */
  List<Running> running() {
    return new ArrayList<>(running.values());
  }

  /** Everything in one line: {@code 12 of 27 steps done, 3 running, about 8 min left}. */
  String total(Instant now) {
    int all = steps.steps().size();
    String left =
        over.size() == all
            ? ""
            : ", about " + Durations.text(steps.estimate(step -> rest(step, now))) + " left";
    return String.format(
        Locale.ROOT,
        "%d of %s done%s, %d running%s",
        over.size() - failed,
        Words.count(all, "step"),
        failed > 0 ? ", " + failed + " failed" : "",
        running.size(),
        left);
  }

  /** How long a step still takes; one that takes longer than usual may end at any moment. */
  private Duration rest(Step step, Instant now) {
    if (over.contains(step)) {
      return Duration.ZERO;
    }
    Running one = running.get(step);
    Duration rest = one == null ? step.typical() : step.typical().minus(one.elapsed(now));
    return rest.isNegative() ? Duration.ZERO : rest;
  }
}
