package dev.pgbound.engine.apply;

import dev.pgbound.spi.ResourceException;
import java.util.Optional;

/** The run that wants a lock: who it is, what it knows of other runs, and what it is told. */
public interface Claimant {

  /** The same in every call. */
  LockHolder self();

  /** Whether the run is surely over, as a process of this machine that no longer exists. */
  boolean isDead(LockHolder holder);

  /**
   * Runs {@code takeover} while no other run that can tell a dead holder from a living one does the
   * same. Only then it is sure that the lock that is removed is still the dead holder's.
   *
   * @return false when that cannot be made sure; then nothing was run
   */
  boolean alone(Runnable takeover);

  /** The lock of a dead run now is this run's. */
  void tookOver(LockHolder dead);

  /** The lock was no longer this run's when the run was over: somebody had removed it. */
  void lost(Optional<LockHolder> now);

  /** The run is over, but its lock could not be removed. */
  void leftBehind(ResourceException why);
}
