package dev.pgbound.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.progress.LiveProgress.Size;
import dev.pgbound.engine.apply.EngineEvent.StepFinished;
import dev.pgbound.engine.apply.EngineEvent.StepProgress;
import dev.pgbound.engine.apply.EngineEvent.StepStarted;
import dev.pgbound.engine.apply.Outcome;
import dev.pgbound.engine.plan.Step;
import dev.pgbound.engine.plan.StepGraph;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Timeline;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What stands on a screen while a run goes on. */
class LiveProgressTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Step CLUSTER = step("db-cluster.target", 5);
  private static final Step INSTANCE = step("db-instance.target-1", 8);
  private static final StepGraph STEPS =
      new StepGraph(List.of(CLUSTER, INSTANCE), Map.of(INSTANCE.id(), Set.of(CLUSTER.id())));

  private final StringWriter written = new StringWriter();
  private Instant now = START;

  private static Step step(String address, int minutes) {
    return new Step(
        Address.parse(address).orElseThrow(), Step.Kind.CREATE, Duration.ofMinutes(minutes));
  }

  private static Outcome done(Duration took) {
    return new Outcome(Outcome.Status.SUCCEEDED, "", Optional.empty(), Optional.empty(), took);
  }

  private final class Clock implements Timeline {
    @Override
    public Instant now() {
      return now;
    }

    @Override
    public void sleep(Duration duration) {
      now = now.plus(duration);
    }
  }

  private LiveProgress on(Size size) {
    return new LiveProgress(
        new PrintWriter(written), size, UnaryOperator.identity(), STEPS, new Clock());
  }

  private List<String> screen() {
    return new Terminal().show(written.toString());
  }

  @Test
  void showsWhatRunsWithPhaseAndTimesAndTheWholeBelow() {
    try (LiveProgress progress = on(new Size(80, 24))) {
      progress.hear(new StepStarted(CLUSTER, now));
      progress.hear(new StepProgress(CLUSTER, now, "creating"));
      now = now.plusSeconds(130);
      progress.say("A remark.");

      assertThat(screen())
          .containsExactly(
              "A remark.",
              "        create db-cluster.target  2:10 of about 5 min  creating",
              "  2:10  0 of 2 steps done, 1 running, about 11 min left");
    }
  }

  @Test
  void keepsWhatIsOverAndLeavesNothingElse() {
    try (LiveProgress progress = on(new Size(80, 24))) {
      progress.hear(new StepStarted(CLUSTER, now));
      now = now.plusSeconds(300);
      progress.hear(new StepFinished(CLUSTER, now, done(Duration.ofMinutes(5))));
      progress.hear(new StepStarted(INSTANCE, now));
    }

    assertThat(screen()).containsExactly("  5:00  create db-cluster.target done after 5 min");
  }

  @Test
  void cutsLinesThatWouldWrap() {
    try (LiveProgress progress = on(new Size(30, 24))) {
      progress.hear(new StepStarted(CLUSTER, now));
      progress.hear(new StepProgress(CLUSTER, now, "\u6771\u4eac ".repeat(20)));

      assertThat(screen()).hasSize(2).allSatisfy(line -> assertThat(line.length()).isLessThan(30));
    }
  }

  @Test
  void countsWhatHasNoRoomOnASmallScreen() {
    try (LiveProgress progress = on(new Size(80, 6))) {
      progress.hear(new StepStarted(CLUSTER, now));
      progress.hear(new StepStarted(INSTANCE, now));

      assertThat(screen())
          .containsExactly(
              "        create db-cluster.target     0:00 of about 5 min",
              "        ... and 1 more",
              "  0:00  0 of 2 steps done, 2 running, about 13 min left");
    }
  }
}
