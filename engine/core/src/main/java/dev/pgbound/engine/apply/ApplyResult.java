package dev.pgbound.engine.apply;

import dev.pgbound.engine.plan.Step;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  public int count(Outcome.Status status) {
    return Math.toIntExact(outcomes.values().stream().filter(o -> o.status() == status).count());
  }

  public boolean isComplete() {
    return !isRefused() && outcomes.values().stream().allMatch(Outcome::isSuccess);
  }
}
