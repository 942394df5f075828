package dev.pgbound.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that runs several times as fast as the real one. */
final class RunningClock implements InstantSource {

  private final InstantSource real;
  private final Instant begin;
  private final Instant start;
  private final int speed;

  /** Runs from {@code earliest} on, or from the present moment when that is later. */
  RunningClock(InstantSource real, Instant earliest, int speed) {
    this.real = real;
    this.speed = speed;
    begin = real.instant();
    start = earliest.isAfter(begin) ? earliest : begin;
  }

  @Override
  public Instant instant() {
    return start.plus(Duration.between(begin, real.instant()).multipliedBy(speed));
  }
}
