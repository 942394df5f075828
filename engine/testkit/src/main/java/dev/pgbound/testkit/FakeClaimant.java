package dev.pgbound.testkit;

import dev.pgbound.engine.apply.Claimant;
import dev.pgbound.engine.apply.LockHolder;
import dev.pgbound.spi.ResourceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A run that knows of the death of others what a test tells it, and keeps what it is told. */
public final class FakeClaimant implements Claimant {

  /** Stands for the machine that all fake runs are on. */
  private static final Object MACHINE = new Object();

  private final LockHolder self;
  private final Set<String> dead = new TreeSet<>();
  private final List<String> told = new ArrayList<>();
  private boolean canBeAlone = true;

  /**
   * @param run tells it from other runs
   */
  public FakeClaimant(String run) {
    self =
        new LockHolder(
            "anna@build7",
            4711,
            "process of " + run,
            "pgbound apply hr",
            Instant.parse("2030-01-01T00:00:00Z"),
            run,
            "1.0");
  }

  /** From now on it takes this run for dead. */
  public FakeClaimant knowsDead(String run) {
    dead.add(run);
    return this;
  }

  /** From now on it cannot make sure that no other run takes over at the same time. */
  public FakeClaimant neverAlone() {
    canBeAlone = false;
    return this;
  }

  /** What it was told, such as {@code took over two}. */
  public synchronized List<String> told() {
    return List.copyOf(told);
  }

  @Override
  public LockHolder self() {
    return self;
  }

  @Override
  public boolean isDead(LockHolder holder) {
    return dead.contains(holder.run());
  }

  @Override
  public boolean alone(Runnable takeover) {
    if (canBeAlone) {
      synchronized (MACHINE) {
        takeover.run();
      }
    }
    return canBeAlone;
  }

  @Override
  public void tookOver(LockHolder holder) {
    tell("took over " + holder.run());
  }

  @Override
  public void lost(Optional<LockHolder> now) {
    tell("lost to " + now.map(LockHolder::run).orElse("nobody"));
  }

  @Override
  public void leftBehind(ResourceException why) {
    tell("left behind: " + why.getMessage());
  }

  private synchronized void tell(String what) {
    told.add(what);
  }
}
