package dev.pgbound.engine.apply;

import dev.pgbound.engine.apply.Outcome.Status;
import dev.pgbound.engine.plan.Step;
import dev.pgbound.spi.Address;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a run ended.
 *
 * @param moved what is no longer as it was planned against; then nothing was written
 * @param outcomes of every step, in the order of the plan
 */
public record ApplyResult(List<String> moved, Map<Step, Outcome> outcomes, Duration took) {

  public ApplyResult {
    moved = List.copyOf(moved);
    outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
  }

  /** Whether apply refused to begin. */
  public boolean isRefused() {
    return !moved.isEmpty();
  }

  public int count(Status status) {
    return Math.toIntExact(outcomes.values().stream().filter(o -> o.status() == status).count());
  }

  /** What ran before, was stopped for a change and does not run again. */
  public List<Address> standing() {
    Set<Address> standing = new TreeSet<>();
    outcomes.forEach(
        (step, outcome) -> {
          if (step.kind() == Step.Kind.PAUSE && outcome.wasBegun()) {
            standing.add(step.address());
          }
        });
    standing.removeIf(address -> !isToRun(address) || runsAgain(address));
    return List.copyOf(standing);
  }

  private boolean isToRun(Address address) {
    return outcomes.keySet().stream()
        .anyMatch(step -> step.address().equals(address) && step.kind().setsGoing());
  }

  /** A reload that could not be had has resumed instead, and counts as skipped. */
  private boolean runsAgain(Address address) {
    return outcomes.entrySet().stream()
        .filter(entry -> entry.getKey().address().equals(address))
        .filter(entry -> entry.getKey().kind().setsGoing())
        .map(Map.Entry::getValue)
        .anyMatch(outcome -> outcome.isSuccess() || outcome.status() == Status.SKIPPED);
  }

  public boolean isComplete() {
    return !isRefused() && outcomes.values().stream().allMatch(Outcome::isSuccess);
  }
}
