package dev.pgbound.engine.plan;

import java.time.Duration;

/** Durations in words. */
public final class Durations {

  private Durations() {}

  /** {@code 45 s}, {@code 12 min}, {@code 1 h 5 min}: as precise as a person needs. */
  public static String text(Duration duration) {
    long seconds = Math.round(duration.toMillis() / 1000.0);
    if (seconds < 90) {
      return seconds + " s";
    }
    long minutes = Math.round(seconds / 60.0);
    if (minutes < 90) {
      return minutes + " min";
    }
    return minutes % 60 == 0 ? minutes / 60 + " h" : minutes / 60 + " h " + minutes % 60 + " min";
  }
}
