package dev.pgbound.spi;

import java.time.Duration;
import java.util.Set;

/**
 * A resource type whose objects run, and must stand still while they, or what they depend on, are
 * changed: a replication task. Whether an object runs is the business of the engine alone, which
 * plans it as steps of its own: neither creating nor updating an object sets it going or stops it.
 */
public interface Pausable {

  /** The attribute that says whether an object is to run: {@link #RUNNING} or {@link #STOPPED}. */
  String RUN = "run";

  String RUNNING = "running";
  String STOPPED = "stopped";

  /** The attribute whose change asks for everything to be loaded again. */
  String RELOAD = "reload";

  boolean isRunning(Live live);

  /** Stops a running object at a point from which it can go on, and returns when it stands. */
  Live pause(Live live, Value.Fields desired, Context context);

  /**
   * Sets an object going and returns when it runs: from the beginning when it never ran, otherwise
   * where it stopped. Does nothing to one that runs.
   */
  Live resume(Live live, Value.Fields desired, Context context);

  /**
   * Sets an object going from the beginning, loads everything again, and remembers the value of
   * {@link #RELOAD} for which it did.
   */
  Live reload(Live live, Value.Fields desired, Context context);

  /** How long it usually takes until an object that is set going runs. */
  default Duration usuallyStartsIn() {
    return Duration.ofMinutes(2);
  }

  /** Whether an object that has done all its work has more of it once these attributes changed. */
  boolean bringsWork(Set<String> changed);
}
