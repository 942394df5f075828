package dev.pgbound.spi;

/**
 * A resource type whose objects run and must stand still while they, or what they depend on, are
 * changed: a replication task. The engine plans the pause and the resumption as steps of their own.
 */
public interface Pausable {

  boolean isRunning(Live live);

  /** Stops a running object at a point from which it can go on, and returns when it stands. */
  Live pause(Live live, Context context);

  /** Lets it go on where it stopped, never from the beginning, and returns when it runs. */
  Live resume(Live live, Context context);
}
