package dev.pgbound.cli.render;

import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.apply.EngineEvent;
import dev.pgbound.engine.apply.Outcome;
import dev.pgbound.engine.apply.Outcome.Status;
import dev.pgbound.engine.plan.Durations;
import dev.pgbound.engine.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The lines that a run prints as it goes, and the summary at its end. */
public final class ProgressText {

  private final Instant start;

  /**
   * @param start when the run began on its timeline
   */
  public ProgressText(Instant start) {
    this.start = start;
  }

  /** One line for an event; empty for those that are not worth one. */
  public Optional<String> line(EngineEvent event) {
    String at = clock(Duration.between(start, event.at()));
    if (event instanceof EngineEvent.StepStarted started) {
      return Optional.of(
          "%s  %s ... usually %s"
              .formatted(at, started.step(), Durations.text(started.step().typical())));
    }
    if (event instanceof EngineEvent.StepFinished finished) {
      return Optional.of("%s  %s".formatted(at, finished(finished.step(), finished.outcome())));
    }
    EngineEvent.StepProgress progress = (EngineEvent.StepProgress) event;
    return Optional.of("%s  %s: %s".formatted(at, progress.step(), Words.clean(progress.phase())));
  }

  private static String finished(Step step, Outcome outcome) {
    String message = Words.clean(outcome.message());
    return switch (outcome.status()) {
      case SUCCEEDED -> "%s done after %s".formatted(step, Durations.text(outcome.took()));
      case FAILED -> "%s FAILED: %s".formatted(step, message);
      case SKIPPED -> "%s skipped: %s".formatted(step, message);
      case INTERRUPTED -> "%s interrupted: %s".formatted(step, message);
      case NOT_STARTED -> "%s not started".formatted(step);
    };
  }

  /** What a run came to, and what to do next. Ends with a line break. */
  public static String summary(ApplyResult result, String command) {
    if (result.isRefused()) {
      return "Nothing was written: this is no longer what was planned against:\n"
          + result.moved().stream().map(one -> "  " + one + "\n").collect(Collectors.joining())
          + "Plan again.\n";
    }
    int done = result.count(Status.SUCCEEDED);
    if (result.isComplete()) {
      return "%s: %s done in %s\n"
          .formatted(command, Words.count(done, "step"), Durations.text(result.took()));
    }
    StringBuilder text = new StringBuilder();
    List<Map.Entry<Step, Outcome>> failed =
        result.outcomes().entrySet().stream()
            .filter(e -> e.getValue().status() == Status.FAILED)
            .toList();
    for (Map.Entry<Step, Outcome> entry : failed) {
      text.append("Error: %s\n".formatted(entry.getKey()));
      text.append("  %s\n".formatted(Words.clean(entry.getValue().message())));
    }
    text.append(
        "%s: %d of %s done, %d failed, %d skipped, %d interrupted, %d not started. %s\n"
            .formatted(
                command,
                done,
                Words.count(result.outcomes().size(), "step"),
                failed.size(),
                result.count(Status.SKIPPED),
                result.count(Status.INTERRUPTED),
                result.count(Status.NOT_STARTED),
                "The same command continues from here."));
    return text.toString();
  }

  private static String clock(Duration since) {
    return "%3d:%02d".formatted(since.toMinutes(), since.toSecondsPart());
  }
}
