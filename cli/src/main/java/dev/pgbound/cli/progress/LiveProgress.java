package dev.pgbound.cli.progress;

import dev.pgbound.cli.progress.RunState.Running;
import dev.pgbound.cli.render.ProgressText;
import dev.pgbound.engine.apply.EngineEvent;
import dev.pgbound.engine.config.Screen;
import dev.pgbound.engine.plan.Durations;
import dev.pgbound.engine.plan.StepGraph;
import dev.pgbound.spi.Timeline;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * What runs, at the foot of the screen and redrawn as time passes: a line for each running step
 * with the service's phase, the time it has taken and the usual one; the whole on the last line.
 * What is over stays above as a line of its own.
 */
public final class LiveProgress implements Progress {

  private static final Duration FRAME = Duration.ofMillis(200);
  private static final String CLEAR_BELOW = "\r\u001b[J";

  /** Lines above that stay to be seen. */
  private static final int ABOVE = 3;

  private final PrintWriter err;
  private final Size size;
  private final UnaryOperator<String> paint;
  private final Timeline timeline;
  private final ProgressText text;
  private final RunState state;
  private final Ticker ticker;
  private int drawn;
  private boolean closed;

  /** A screen in columns and lines. */
  public record Size(int columns, int rows) {}

  /**
   * @param paint colours a line, or leaves it as it is
   */
  public LiveProgress(
      PrintWriter err, Size size, UnaryOperator<String> paint, StepGraph steps, Timeline timeline) {
    this.err = err;
    this.size = size;
    this.paint = paint;
    this.timeline = timeline;
    text = new ProgressText(timeline.now());
    state = new RunState(steps);
    ticker = Ticker.every(FRAME, this::tick);
  }

  @Override
  public synchronized void hear(EngineEvent event) {
    state.hear(event);
    List<String> stays =
        event instanceof EngineEvent.StepFinished
            ? text.line(event).map(paint).stream().toList()
            : List.of();
    draw(stays, frame());
  }

  @Override
  public synchronized void say(String line) {
    draw(List.of(line), frame());
  }

  private synchronized void tick() {
    if (!closed) {
      draw(List.of(), frame());
    }
  }

  /** In one piece, so that no half of it is ever seen. */
  private void draw(List<String> stays, List<String> frame) {
    StringBuilder screen = new StringBuilder();
    if (drawn > 0) {
      screen.append(String.format(Locale.ROOT, "\u001b[%dA", drawn)).append(CLEAR_BELOW);
    }
    stays.forEach(line -> screen.append(line).append('\n'));
    frame.forEach(line -> screen.append(line).append('\n'));
    drawn = frame.size();
    err.print(screen);
    err.flush();
  }

  private List<String> frame() {
    Instant now = timeline.now();
    List<Running> running = state.running();
    int room = Math.max(1, size.rows() - ABOVE - 2);
    int width = running.stream().mapToInt(one -> one.step().id().length()).max().orElse(0);
    List<String> lines = new ArrayList<>();
    running.stream().limit(room).forEach(one -> lines.add(fit(line(one, width, now))));
    if (running.size() > room) {
      lines.add(fit("        ... and " + (running.size() - room) + " more"));
    }
    lines.add(fit(text.at(now, state.total(now))));
    return lines;
  }

  private static String line(Running one, int width, Instant now) {
    return String.format(
        Locale.ROOT,
        "        %-" + Math.max(1, Math.min(width, 40)) + "s  %s of about %s%s",
        one.step(),
        ProgressText.clock(one.elapsed(now)).strip(),
        Durations.text(one.step().typical()),
        one.phase().isEmpty() ? "" : "  " + one.phase());
  }

  /** A line that would wrap would have the next frame begin in the wrong place. */
  private String fit(String line) {
    int columns = 0;
    int end = 0;
    while (end < line.length()) {
      int character = line.codePointAt(end);
      columns += Screen.width(character);
      if (columns >= size.columns()) {
        break;
      }
      end += Character.charCount(character);
    }
    return line.substring(0, end);
  }

  @Override
  public void close() {
    ticker.close();
    synchronized (this) {
      closed = true;
      draw(List.of(), List.of());
    }
  }
}
