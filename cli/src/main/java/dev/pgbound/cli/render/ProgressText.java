package dev.pgbound.cli.render;

import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.apply.EngineEvent;
import dev.pgbound.engine.apply.Outcome;
import dev.pgbound.engine.apply.Outcome.Status;
import dev.pgbound.engine.plan.Durations;
import dev.pgbound.engine.plan.Step;
import dev.pgbound.spi.Address;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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
          String.format(
              Locale.ROOT,
              "%s  %s ... usually %s",
              at,
              started.step(),
              Durations.text(started.step().typical())));
    }
    if (event instanceof EngineEvent.StepFinished finished) {
      if (finished.outcome().status() == Status.NOT_STARTED) {
        return Optional.empty();
      }
      return Optional.of(
          String.format(Locale.ROOT, "%s  %s", at, finished(finished.step(), finished.outcome())));
    }
    EngineEvent.StepProgress progress = (EngineEvent.StepProgress) event;
    return Optional.of(
        String.format(
            Locale.ROOT, "%s  %s: %s", at, progress.step(), Words.clean(progress.phase())));
  }

  private static String finished(Step step, Outcome outcome) {
    String message = Words.clean(outcome.message());
    return switch (outcome.status()) {
      case SUCCEEDED ->
          String.format(Locale.ROOT, "%s done after %s", step, Durations.text(outcome.took()));
      case FAILED -> String.format(Locale.ROOT, "%s FAILED: %s", step, message);
      case SKIPPED -> String.format(Locale.ROOT, "%s skipped: %s", step, message);
      case INTERRUPTED -> String.format(Locale.ROOT, "%s interrupted: %s", step, message);
      case NOT_STARTED -> String.format(Locale.ROOT, "%s not started", step);
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
      return String.format(
          Locale.ROOT,
          "%s: %s done in %s\n",
          command,
          Words.count(done, "step"),
          Durations.text(result.took()));
    }
    StringBuilder text = new StringBuilder();
    List<Map.Entry<Step, Outcome>> failed =
        result.outcomes().entrySet().stream()
            .filter(e -> e.getValue().status() == Status.FAILED)
            .toList();
    for (Map.Entry<Step, Outcome> entry : failed) {
      text.append(String.format(Locale.ROOT, "Error: %s\n", entry.getKey()));
      text.append(String.format(Locale.ROOT, "  %s\n", Words.clean(entry.getValue().message())));
    }
    List<Step> notStarted = steps(result, Status.NOT_STARTED);
    if (!notStarted.isEmpty()) {
      text.append(Words.list("Not started: ", notStarted));
    }
    for (Address address : result.standing()) {
      text.append(
          String.format(
              Locale.ROOT,
              "WARNING: %s was running, was stopped for a change, and STANDS STILL now: nothing is"
                  + " replicated. Remove the error above and run the same command.\n",
              address));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %d of %s done, %d failed, %d skipped, %d interrupted, %d not started. %s\n",
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

  private static List<Step> steps(ApplyResult result, Status status) {
    return result.outcomes().entrySet().stream()
        .filter(e -> e.getValue().status() == status)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A sentence with the time of the run before it. */
  public String at(Instant now, String sentence) {
    return clock(Duration.between(start, now)) + "  " + sentence;
  }

  /** Minutes and seconds: {@code 8:05}. */
  public static String clock(Duration since) {
    return String.format(Locale.ROOT, "%3d:%02d", since.toMinutes(), since.toSecondsPart());
  }
}
