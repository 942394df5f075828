package dev.pgbound.engine.apply;

import dev.pgbound.engine.plan.Step;
import java.time.Instant;

/** Facts about a run that somebody may show. The engine itself prints nothing. */
public sealed interface EngineEvent {

  Step step();

  /** The moment on the run's timeline. */
  Instant at();

  record StepStarted(Step step, Instant at) implements EngineEvent {}

  /** What the step is waiting for, in the service's words; sent when it changes. */
  record StepProgress(Step step, Instant at, String phase) implements EngineEvent {}

  record StepFinished(Step step, Instant at, Outcome outcome) implements EngineEvent {}
}
