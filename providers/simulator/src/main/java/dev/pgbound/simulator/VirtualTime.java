package dev.pgbound.simulator;

import dev.pgbound.spi.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A timeline that stands still while anybody works and jumps to the earliest wake-up as soon as
 * everybody who takes part sleeps. Participants are counted, not known: {@link #enter()} and {@link
 * #leave()} may be called on behalf of the thread that works. Nobody has to enter in order to sleep
 * while there are no participants.
 */
public final class VirtualTime implements Timeline, InstantSource {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition jumped = lock.newCondition();
  private final Set<Sleeper> sleepers = new LinkedHashSet<>();
  private Instant now;
  private int participants;

  /** A timeline that begins at {@code start}. */
  public VirtualTime(Instant start) {
    this.now = start;
  }

  @Override
  public Instant now() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Instant instant() {
    return now();
  }

  @Override
  public void enter() {
    lock.lock();
    try {
      participants++;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void leave() {
    lock.lock();
    try {
      if (participants == 0) {
        throw new IllegalStateException("leave() without enter()");
      }
      participants--;
      jumpIfEverybodySleeps();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (duration.isZero() || duration.isNegative()) {
      return;
    }
    lock.lockInterruptibly();
    Sleeper sleeper = new Sleeper(now.plus(duration));
    try {
      sleepers.add(sleeper);
      jumpIfEverybodySleeps();
      while (sleepers.contains(sleeper)) {
        jumped.await();
      }
    } finally {
      sleepers.remove(sleeper);
      lock.unlock();
    }
  }

  private void jumpIfEverybodySleeps() {
    if (sleepers.isEmpty() || sleepers.size() < participants) {
      return;
    }
    now = sleepers.stream().map(Sleeper::wakeUp).min(Instant::compareTo).orElse(now);
    for (Iterator<Sleeper> each = sleepers.iterator(); each.hasNext(); ) {
      // Removed here, not when its thread is scheduled: until then there must be no second jump.
      if (!each.next().wakeUp().isAfter(now)) {
        each.remove();
      }
    }
    jumped.signalAll();
  }

  /** Identity matters: two threads may sleep until the same moment. */
  private static final class Sleeper {
    private final Instant wakeUp;

    Sleeper(Instant wakeUp) {
      this.wakeUp = wakeUp;
    }

    Instant wakeUp() {
      return wakeUp;
    }
  }
}
