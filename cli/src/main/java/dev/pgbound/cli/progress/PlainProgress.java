package dev.pgbound.cli.progress;

import dev.pgbound.cli.render.ProgressText;
import dev.pgbound.engine.apply.EngineEvent;
import dev.pgbound.engine.plan.StepGraph;
import dev.pgbound.spi.Timeline;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * A line when something changes, and a sign of life when nothing has for a minute: for pipes and
 * logs.
 */
public final class PlainProgress implements Progress {

  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final PrintWriter err;
  private final UnaryOperator<String> paint;
  private final Timeline timeline;
  private final ProgressText text;
  private final RunState state;
  private final Ticker ticker;
  private boolean silent;

  /**
   * @param paint colours a line, or leaves it as it is
   */
  public PlainProgress(
      PrintWriter err, UnaryOperator<String> paint, StepGraph steps, Timeline timeline) {
    this.err = err;
    this.paint = paint;
    this.timeline = timeline;
    text = new ProgressText(timeline.now());
    state = new RunState(steps);
    ticker = Ticker.every(SILENCE, this::signOfLife);
  }

  @Override
  public synchronized void hear(EngineEvent event) {
    state.hear(event);
    text.line(event).ifPresent(line -> print(paint.apply(line)));
  }

  @Override
  public synchronized void say(String line) {
    print(line);
  }

  private void print(String line) {
    silent = false;
    err.println(line);
    err.flush();
  }

  private synchronized void signOfLife() {
    if (silent) {
      print(text.at(timeline.now(), state.total(timeline.now())));
    }
    silent = true;
  }

  @Override
  public void close() {
    ticker.close();
  }
}
