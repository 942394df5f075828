package dev.pgbound.spi;

import java.time.Duration;
import java.time.Instant;

/**
 * Where the engine takes the time from and how it lets time pass. The real one is the system clock;
 * a simulated one jumps ahead once everybody who takes part is waiting, so that a rehearsal of
 * forty minutes takes seconds.
 */
public interface Timeline {

  /** The present moment on this timeline. */
  Instant now();

  /**
   * Lets {@code duration} pass on this timeline for the calling thread.
   *
   * @throws InterruptedException when the thread is interrupted while it waits
   */
  void sleep(Duration duration) throws InterruptedException;

  /**
   * One more thread begins to work: a simulated timeline stands still until it sleeps. May be
   * called on behalf of that thread.
   */
  default void enter() {}

  /** A thread has finished what was begun with {@link #enter()}. */
  default void leave() {}
}
