package dev.pgbound.engine.sections;

import java.time.Duration;
import java.util.Locale;

/** Values with units, and words, as the short form writes them. */
final class Units {

  /** What {@link #duration} reads. */
  static final String DURATION = "[1-9][0-9]{0,5}(s|m|h|d)";

  private Units() {}

  /** {@code 90s}, {@code 5m}, {@code 2h} or {@code 7d}; zero for anything else. */
  static Duration duration(String text) {
    if (!text.matches(DURATION)) {
      return Duration.ZERO;
    }
    long count = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(count);
      case 'm' -> Duration.ofMinutes(count);
      case 'h' -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
