package dev.pgbound.engine.plan;

import dev.pgbound.engine.plan.Step.Kind;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Pausable;
import dev.pgbound.spi.Value;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What becomes of the run state of one object. It ends as the file declares it or, where the file
 * is silent, as it was.
 *
 * @param pauses whether it is stopped before it, or what it depends on, is changed
 * @param then how it is set going afterwards; empty when it stays as it is
 */
record RunChange(boolean pauses, Optional<Kind> then) {

  /**
   * @param mustStop whether something changes under which it cannot run
   */
  static RunChange of(
      ResourceChange change, Pausable pausable, Optional<Live> live, boolean mustStop) {
    boolean isRunning = live.filter(pausable::isRunning).isPresent();
    boolean isWanted = isWanted(change.resource().attributes(), isRunning);
    if (change.action() == Action.CREATE || change.action().isReplacement()) {
      return new RunChange(false, isWanted ? Optional.of(Kind.START) : Optional.empty());
    }
    Set<String> changed =
        change.changes().stream().map(AttributeChange::attribute).collect(Collectors.toSet());
    // What a run that died has left on its way to a stop does not stand yet, and must be waited
    // for.
    boolean isMoving = live.filter(RunChange::isMoving).isPresent();
    boolean pauses = isRunning ? mustStop || !isWanted : isMoving && mustStop;
    boolean starts = !isRunning && (changed.contains(Pausable.RUN) || pausable.bringsWork(changed));
    if (!isWanted) {
      return new RunChange(pauses, Optional.empty());
    }
    if (changed.contains(Pausable.RELOAD)) {
      return new RunChange(pauses, Optional.of(Kind.RELOAD));
    }
    if (pauses) {
      return new RunChange(true, Optional.of(Kind.RESUME));
    }
    return new RunChange(false, starts ? Optional.of(Kind.START) : Optional.empty());
  }

  private static boolean isMoving(Live live) {
    return live.health().state() == Live.State.PENDING;
  }

  /** Whether it is to run in the end. */
  static boolean isWanted(Value.Fields desired, boolean isRunning) {
    return desired.text(Pausable.RUN).map(Pausable.RUNNING::equals).orElse(isRunning);
  }
}
