package dev.pgbound.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VirtualTimeTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final VirtualTime time = new VirtualTime(START);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  void jumpsWhenTheOnlySleeperSleeps() throws InterruptedException {
    time.sleep(Duration.ofHours(3));

    assertThat(time.now()).isEqualTo(START.plus(Duration.ofHours(3)));
  }

  @Test
  void standsStillWhileAParticipantWorks() throws Exception {
    time.enter(); // this thread
    time.enter(); // on behalf of the sleeper
    Future<?> sleeper = threads.submit(sleep(Duration.ofSeconds(5)));
    assertThat(time.now()).isEqualTo(START);
    assertThat(sleeper).isNotDone();

    time.leave();

    sleeper.get();
    assertThat(time.now()).isEqualTo(START.plusSeconds(5));
  }

  @Test
  void wakesSleepersInTheOrderOfTheirTimes() throws Exception {
    List<String> woken = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch entered = new CountDownLatch(3);
    List<Future<?>> all = new ArrayList<>();
    for (int seconds : List.of(3, 1, 2)) {
      all.add(
          threads.submit(
              participant(
                  entered,
                  () -> {
                    time.sleep(Duration.ofSeconds(seconds));
                    woken.add(seconds + " at " + Duration.between(START, time.now()));
                    time.sleep(Duration.ofSeconds(10));
                    woken.add(seconds + " at " + Duration.between(START, time.now()));
                    return "done";
                  })));
    }
    for (Future<?> each : all) {
      each.get();
    }

    assertThat(woken)
        .containsExactly(
            "1 at PT1S", "2 at PT2S", "3 at PT3S", "1 at PT11S", "2 at PT12S", "3 at PT13S");
  }

  @Test
  void wakesAllThatSleepUntilTheSameMomentBeforeItJumpsOn() throws Exception {
    CountDownLatch entered = new CountDownLatch(4);
    List<Future<Instant>> all = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      all.add(
          threads.submit(
              participant(
                  entered,
                  () -> {
                    time.sleep(Duration.ofSeconds(7));
                    Instant woken = time.now();
                    time.sleep(Duration.ofSeconds(1));
                    return woken;
                  })));
    }
    for (Future<Instant> each : all) {
      assertThat(each.get()).isEqualTo(START.plusSeconds(7));
    }
    assertThat(time.now()).isEqualTo(START.plusSeconds(8));
  }

  @Test
  void goesOnForTheOthersWhenASleeperIsInterrupted() throws Exception {
    time.enter();
    CountDownLatch entered = new CountDownLatch(1);
    Future<String> interrupted =
        threads.submit(
            participant(
                entered,
                () -> {
                  try {
                    time.sleep(Duration.ofDays(1));
                    return "slept";
                  } catch (InterruptedException e) {
                    return "interrupted";
                  }
                }));
    entered.await();
    interrupted.cancel(true);

    time.sleep(Duration.ofSeconds(1));

    assertThat(time.now()).isBefore(START.plus(Duration.ofDays(1)));
    time.leave();
  }

  @Test
  void refusesToSleepForAnInterruptedThread() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> time.sleep(Duration.ofSeconds(1)))
        .isInstanceOf(InterruptedException.class);
    assertThat(time.now()).isEqualTo(START);
  }

  @Test
  void refusesToLeaveWhatWasNotEntered() {
    assertThatThrownBy(time::leave).isInstanceOf(IllegalStateException.class);
  }

  private Callable<String> sleep(Duration duration) {
    return () -> {
      time.sleep(duration);
      return "slept";
    };
  }

  /** Begins its work once all of them have entered. */
  private <T> Callable<T> participant(CountDownLatch entered, Callable<T> work) {
    return () -> {
      time.enter();
      try {
        entered.countDown();
        entered.await();
        return work.call();
      } finally {
        time.leave();
      }
    };
  }
}
