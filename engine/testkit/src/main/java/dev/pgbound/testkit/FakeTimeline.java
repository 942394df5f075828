package dev.pgbound.testkit;

import dev.pgbound.spi.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A timeline that stands still while anybody works and jumps to the next wake-up once everybody who
 * has entered sleeps. Without participants every sleep jumps at once.
 */
public final class FakeTimeline implements Timeline {

  /** Equal moments need no telling apart: they are woken together. */
  private final List<Instant> wakeUps = new ArrayList<>();

  private Instant now = Instant.parse("2030-01-01T00:00:00Z");
  private int participants;

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized void enter() {
    participants++;
  }

  @Override
  public synchronized void leave() {
    if (participants == 0) {
      throw new IllegalStateException("leave() without enter()");
    }
    participants--;
    jumpIfEverybodySleeps();
  }

  @Override
  public synchronized void sleep(Duration duration) throws InterruptedException {
    Instant wakeUp = now.plus(duration);
    if (!wakeUp.isAfter(now)) {
      return;
    }
    wakeUps.add(wakeUp);
    jumpIfEverybodySleeps();
    try {
      while (now.isBefore(wakeUp)) {
        wait();
      }
    } finally {
      // Only an interrupted sleeper still stands here.
      wakeUps.remove(wakeUp);
    }
  }

  private void jumpIfEverybodySleeps() {
    if (wakeUps.isEmpty() || wakeUps.size() < participants) {
      return;
    }
    now = Collections.min(wakeUps);
    wakeUps.removeIf(wakeUp -> !wakeUp.isAfter(now));
    notifyAll();
  }
}
