package dev.pgbound.simulator;

import dev.pgbound.spi.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A timeline that stands still while anybody works and jumps to the earliest wake-up as soon as
 * everybody who takes part sleeps. A thread takes part between {@link #enter()} and {@link
 * #leave()}; a thread that sleeps without having entered takes part until its sleep returns.
 */
public final class VirtualTime implements Timeline, InstantSource {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition jumped = lock.newCondition();
  private final Map<Thread, Integer> entered = new HashMap<>();
  private final Set<Sleeper> sleepers = new LinkedHashSet<>();
  private Instant now;

  /** Threads that take part and do not sleep, sleepers whose time has come included. */
  private int awake;

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
      if (entered.merge(Thread.currentThread(), 1, Integer::sum) == 1) {
        awake++;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void leave() {
    lock.lock();
    try {
      Integer depth = entered.get(Thread.currentThread());
      if (depth == null) {
        throw new IllegalStateException("leave() without enter()");
      }
      if (depth > 1) {
        entered.put(Thread.currentThread(), depth - 1);
      } else {
        entered.remove(Thread.currentThread());
        fallAsleep();
      }
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
    try {
      boolean participant = entered.containsKey(Thread.currentThread());
      Sleeper sleeper = new Sleeper(now.plus(duration));
      sleepers.add(sleeper);
      if (participant) {
        fallAsleep();
      } else {
        jumpIfEverybodySleeps();
      }
      try {
        while (sleepers.contains(sleeper)) {
          jumped.await();
        }
      } finally {
        wakeUp(sleeper, participant);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The sleeper's thread goes on: because its time has come, or because it was interrupted. */
  private void wakeUp(Sleeper sleeper, boolean participant) {
    if (sleepers.remove(sleeper)) {
      awake++;
    }
    if (!participant) {
      fallAsleep();
    }
  }

  private void fallAsleep() {
    awake--;
    jumpIfEverybodySleeps();
  }

  private void jumpIfEverybodySleeps() {
    if (awake > 0 || sleepers.isEmpty()) {
      return;
    }
    now = sleepers.stream().map(Sleeper::wakeUp).min(Instant::compareTo).orElse(now);
    for (Iterator<Sleeper> each = sleepers.iterator(); each.hasNext(); ) {
      if (!each.next().wakeUp().isAfter(now)) {
        each.remove();
        // counted as awake from now on, not from when its thread is scheduled: no second jump
        awake++;
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
