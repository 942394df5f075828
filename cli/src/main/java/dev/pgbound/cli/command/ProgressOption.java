package dev.pgbound.cli.command;

import dev.pgbound.cli.Console;
import dev.pgbound.cli.progress.JsonProgress;
import dev.pgbound.cli.progress.LiveProgress;
import dev.pgbound.cli.progress.PlainProgress;
import dev.pgbound.cli.progress.Progress;
import dev.pgbound.engine.plan.StepGraph;
import dev.pgbound.spi.Timeline;
import picocli.CommandLine.Option;

/** How a run is shown as it goes. */
final class ProgressOption {

  /** The forms. */
  enum Form {
    auto,
    live,
    plain,
    json
  }

  /** A screen that does not tell its size. */
  private static final LiveProgress.Size USUAL = new LiveProgress.Size(80, 24);

  @Option(
      names = "--progress",
      paramLabel = "FORM",
      defaultValue = "auto",
      description =
          "How the run is shown on standard error: ${COMPLETION-CANDIDATES}. auto is live on a"
              + " terminal and plain elsewhere. Default: ${DEFAULT-VALUE}")
  private Form form = Form.auto;

  Progress open(Console console, StepGraph steps, Timeline timeline) {
    return switch (form) {
      case json -> new JsonProgress(console.err());
      case plain -> plain(console, steps, timeline);
      case live -> live(console, console.screen().orElse(USUAL), steps, timeline);
      case auto ->
          console
              .screen()
              .filter(size -> console.isRedrawn())
              .map(size -> live(console, size, steps, timeline))
              .orElseGet(() -> plain(console, steps, timeline));
    };
  }

  private static Progress plain(Console console, StepGraph steps, Timeline timeline) {
    return new PlainProgress(console.err(), console.errPaint().progress(), steps, timeline);
  }

  private static Progress live(
      Console console, LiveProgress.Size size, StepGraph steps, Timeline timeline) {
    return new LiveProgress(console.err(), size, console.errPaint().progress(), steps, timeline);
  }
}
