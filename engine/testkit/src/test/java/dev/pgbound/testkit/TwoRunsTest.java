package dev.pgbound.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.apply.LockedException;
import dev.pgbound.engine.plan.Cancellation;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.spi.ResourceException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two runs of one migration at the same time. */
final class TwoRunsTest {

  private final Lab lab = new Lab();
  private final FakeClaimant one = new FakeClaimant("one");
  private final FakeClaimant two = new FakeClaimant("two");

  @Test
  void onlyOneWorksAndTheOtherSaysWhoHoldsTheLock() {
    Plan plan = lab.plan("network.a: {}");
    List<LockedException> refused = new ArrayList<>();
    lab.world.during("create network.a", () -> refused.add(refusedRun(plan)));

    ApplyResult result = lab.bench.claimedBy(one).apply(plan);

    assertThat(result.isComplete()).isTrue();
    assertThat(lab.world.takeCalls()).containsExactly("create network.a");
    assertThat(refused)
        .extracting(LockedException::holder)
        .containsExactly(Optional.of(one.self()));
  }

  private LockedException refusedRun(Plan plan) {
    try {
      lab.bench.claimedBy(two).apply(plan);
    } catch (LockedException e) {
      return e;
    }
    throw new AssertionError("the second run was not refused");
  }

  @Test
  void theSecondFindsThatItsPlanIsOldWhenTheFirstIsDone() {
    Plan plan = lab.plan("network.a: {}");
    lab.bench.claimedBy(one).applyFully(plan);

    ApplyResult second = lab.bench.claimedBy(two).apply(plan);

    assertThat(second.moved()).containsExactly("network.a exists now");
    assertThat(holder()).isEmpty();
  }

  @Test
  void theLockIsTakenBeforeAnythingIsReadAgain() {
    Plan plan = lab.plan("network.a: {}");
    lab.world.locks().set("hr", Optional.of(one.self().text()));
    lab.world.fail(
        "discover network", FakeFault.once(Kind.UNAVAILABLE, "not to be asked").always());

    assertThatExceptionOfType(LockedException.class)
        .isThrownBy(() -> lab.bench.claimedBy(two).apply(plan));
  }

  @Test
  void theLockIsReleasedWhenAStepFails() {
    lab.world.fail("create network.a", FakeFault.once(Kind.INVALID_REQUEST, "no"));

    lab.apply("network.a: {}", "network.b: {}");

    assertThat(holder()).isEmpty();
  }

  @Test
  void theLockIsReleasedWhenNothingCanBeRead() {
    Plan plan = lab.plan("network.a: {}");
    lab.world.fail("discover network", FakeFault.once(Kind.UNAVAILABLE, "down"));

    assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> lab.bench.apply(plan));

    assertThat(holder()).isEmpty();
  }

  @Test
  void theLockIsReleasedAfterAnInterruptionOnceStoppedTasksAreResumed() {
    lab.given("network.n: {}", "task.t: {network: '${network.n}', settings: a, run: running}");
    Cancellation cancellation = new Cancellation();
    List<Optional<String>> whileResuming = new ArrayList<>();
    lab.world
        .during("update task.t", cancellation::request)
        .during("resume task.t", () -> whileResuming.add(lab.world.locks().get("hr")));

    lab.bench
        .cancelledBy(cancellation)
        .claimedBy(one)
        .apply(
            lab.plan(
                "network.n: {}", "task.t: {network: '${network.n}', settings: b, run: running}"));

    assertThat(lab.world.takeCalls())
        .containsExactly("stop task.t", "update task.t", "resume task.t");
    assertThat(whileResuming).containsExactly(Optional.of(one.self().text()));
    assertThat(holder()).isEmpty();
  }

  private Optional<String> holder() {
    return lab.world.locks().get("hr");
  }
}
