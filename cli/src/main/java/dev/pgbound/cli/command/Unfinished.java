package dev.pgbound.cli.command;

import dev.pgbound.engine.apply.EngineEvent;
import dev.pgbound.engine.apply.Outcome;
import dev.pgbound.engine.plan.Step;
import dev.pgbound.engine.plan.StepGraph;
import dev.pgbound.spi.Address;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a run has begun and not brought to an end: for whoever leaves at once. */
final class Unfinished {

  private final Set<Address> toBeResumed = new TreeSet<>();
  private final Set<Step> running = new LinkedHashSet<>();
  private final Set<Address> stopped = new TreeSet<>();

  /** What {@code steps} begin; what they stop for good is no concern. */
  Unfinished(StepGraph steps) {
    steps.steps().stream()
        .filter(step -> step.kind().setsGoing())
        .forEach(step -> toBeResumed.add(step.address()));
  }

  synchronized void hear(EngineEvent event) {
    if (event instanceof EngineEvent.StepStarted started) {
      running.add(started.step());
    } else if (event instanceof EngineEvent.StepFinished finished) {
      running.remove(finished.step());
      ended(finished.step(), finished.outcome());
    }
  }

  private void ended(Step step, Outcome outcome) {
    if (!outcome.isSuccess() || !toBeResumed.contains(step.address())) {
      return;
    }
    if (step.kind() == Step.Kind.PAUSE) {
      stopped.add(step.address());
    } else if (step.kind().setsGoing()) {
      stopped.remove(step.address());
    }
  }

  /** One sentence for each kind of thing that is left open; none when nothing is. */
  synchronized List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    if (!running.isEmpty()) {
      sentences.add("Under way: " + joined(running) + ".");
    }
    if (!stopped.isEmpty()) {
      sentences.add("Stopped and not resumed: " + joined(stopped) + ".");
    }
    return sentences;
  }

  private static String joined(Set<?> things) {
    return things.stream().map(Object::toString).collect(Collectors.joining(", "));
  }
}
