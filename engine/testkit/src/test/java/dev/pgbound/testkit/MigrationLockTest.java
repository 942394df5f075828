package dev.pgbound.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgbound.engine.apply.LockHolder;
import dev.pgbound.engine.apply.LockedException;
import dev.pgbound.engine.apply.MigrationLock;
import dev.pgbound.engine.apply.MigrationLock.Content;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MigrationLockTest {

  private final FakeLocks locks = new FakeLocks();
  private final MigrationLock lock = new MigrationLock(locks, "hr");
  private final FakeClaimant one = new FakeClaimant("one");
  private final FakeClaimant two = new FakeClaimant("two");

  @Test
  void isHeldByOneRunOnly() {
    lock.take(one);

    assertThat(refused(() -> lock.take(two))).contains(one.self());
    assertThat(refused(() -> lock.requireFree(two))).contains(one.self());
    assertThat(holder()).contains(one.self());
  }

  @Test
  void isFreeAgainOnceItIsReleased() {
    lock.take(one);
    lock.release(one);

    lock.requireFree(two);
    lock.take(two);

    assertThat(holder()).contains(two.self());
    assertThat(one.told()).isEmpty();
  }

  @Test
  void keepsMigrationsApart() {
    lock.take(one);

    new MigrationLock(locks, "crm").take(two);

    assertThat(holder()).contains(one.self());
  }

  @Test
  void isTakenOverFromADeadRun() {
    lock.take(one);

    two.knowsDead("one");
    lock.requireFree(two);
    lock.take(two);

    assertThat(holder()).contains(two.self());
    assertThat(two.told()).containsExactly("took over one");
  }

  @Test
  void isNotTakenOverWhereSomebodyElseMightDoTheSame() {
    lock.take(one);

    assertThat(refused(() -> lock.take(two.knowsDead("one").neverAlone()))).contains(one.self());
    assertThat(holder()).contains(one.self());
  }

  @Test
  void isTakenOverByOneOfManyThatFoundTheSameDeadRun() throws Exception {
    int runs = 8;
    lock.take(one);
    // Every run has found the dead holder before the first of them does anything about it.
    CyclicBarrier allHaveSeenIt = new CyclicBarrier(runs);
    IntStream.range(0, runs).forEach(i -> locks.after("get hr", () -> await(allHaveSeenIt)));
    ExecutorService pool = Executors.newFixedThreadPool(runs);
    try {
      List<Callable<Boolean>> takers =
          IntStream.range(0, runs)
              .<Callable<Boolean>>mapToObj(
                  i -> () -> takes(new FakeClaimant("taker" + i).knowsDead("one")))
              .toList();
      int holders = 0;
      for (Future<Boolean> taker : pool.invokeAll(takers)) {
        holders += taker.get() ? 1 : 0;
      }
      assertThat(holders).isEqualTo(1);
      assertThat(locks.calls()).filteredOn("remove hr"::equals).hasSize(1);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void isLeftToWhoeverWasFasterThanTheTakeover() {
    lock.take(one);
    locks.after(
        "remove hr", () -> locks.set("hr", Optional.of(new FakeClaimant("three").self().text())));

    Optional<LockHolder> faster = refused(() -> lock.take(two.knowsDead("one")));

    assertThat(faster.map(LockHolder::run)).contains("three");
    assertThat(two.told()).isEmpty();
  }

  @Test
  void isTakenWhenItIsReleasedJustBeforeItsHolderIsRead() {
    lock.take(one);
    locks.after("put hr", () -> locks.set("hr", Optional.empty()));

    lock.take(two);

    assertThat(holder()).contains(two.self());
  }

  @Test
  void isRefusedWithoutANameWhenItComesAndGoes() {
    for (int attempt = 0; attempt < 3; attempt++) {
      locks.after("put hr", () -> locks.set("hr", Optional.empty()));
      locks.after("get hr", () -> locks.set("hr", Optional.of(one.self().text())));
    }
    locks.set("hr", Optional.of(one.self().text()));

    assertThat(refused(() -> lock.take(two))).isEmpty();
  }

  @Test
  void isHeldAlsoByWhatPgboundDidNotWrite() {
    for (String text : List.of("somebody", "{}", "{\"who\": 1}", "[]", "")) {
      locks.set("hr", Optional.of(text));

      assertThat(refused(() -> lock.take(two))).isEmpty();
    }
  }

  @Test
  void isTakenByACallThatWasRepeatedBecauseItsAnswerWasLost() {
    // The first attempt wrote; the repeated one is refused because of it.
    locks.set("hr", Optional.of(one.self().text()));

    lock.take(one);

    assertThat(holder()).contains(one.self());
  }

  @Test
  void leavesNothingBehindWhenTheAnswerIsLostForGood() {
    locks.fail("put hr", FakeFault.once(Kind.UNAVAILABLE, "reset").afterTheEffect());

    assertThatExceptionOfType(ResourceException.class)
        .isThrownBy(() -> lock.take(one))
        .withMessage("reset");
    assertThat(holder()).isEmpty();
  }

  @Test
  void isNotReleasedOnceItIsSomebodyElses() {
    lock.take(one);
    locks.set("hr", Optional.of(two.self().text()));

    lock.release(one);

    assertThat(holder()).contains(two.self());
    assertThat(one.told()).containsExactly("lost to two");
  }

  @Test
  void saysThatItWasRemovedMeanwhile() {
    lock.take(one);
    locks.set("hr", Optional.empty());

    lock.release(one);

    assertThat(one.told()).containsExactly("lost to nobody");
  }

  @Test
  void saysThatItStaysBehind() {
    lock.take(one);
    locks.fail("remove hr", FakeFault.once(Kind.ACCESS_DENIED, "not allowed"));

    lock.release(one);

    assertThat(one.told()).containsExactly("left behind: not allowed");
  }

  @Test
  void isRemovedByHandOnlyAsItWasShown() {
    lock.take(one);
    Content shown = lock.look().orElseThrow();
    locks.set("hr", Optional.of(two.self().text()));

    assertThat(lock.remove(shown)).isFalse();
    assertThat(holder()).contains(two.self());
    assertThat(lock.remove(lock.look().orElseThrow())).isTrue();
    assertThat(lock.look()).isEmpty();
    assertThat(lock.remove(shown)).isFalse();
  }

  private boolean takes(FakeClaimant claimant) {
    try {
      lock.take(claimant);
      return true;
    } catch (LockedException e) {
      return false;
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<LockHolder> holder() {
    return lock.look().flatMap(Content::holder);
  }

  private static Optional<LockHolder> refused(Runnable taking) {
    try {
      taking.run();
    } catch (LockedException e) {
      return e.holder();
    }
    throw new AssertionError("not refused");
  }
}
