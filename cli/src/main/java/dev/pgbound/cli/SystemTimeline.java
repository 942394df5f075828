package dev.pgbound.cli;

import dev.pgbound.spi.Timeline;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Time as it passes for everybody. */
final class SystemTimeline implements Timeline {

  private final Clock clock = Clock.systemUTC();

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    Thread.sleep(duration.toMillis());
  }
}
