package dev.pgbound.engine.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations as the file writes them: {@code 90s}, {@code 5m}, {@code 2h}, {@code 7d}. */
public final class DurationText {

  /** What a duration matches as a whole. */
  public static final String REGEX = "[1-9][0-9]{0,5}[smhd]";

  /** The form in words. */
  public static final String FORM = "a duration such as 90s, 5m or 2h";

  private static final Pattern PATTERN = Pattern.compile(REGEX);

  private DurationText() {}

  /** Reads a duration; empty when the text is none. */
  public static Optional<Duration> parse(String text) {
    if (!PATTERN.matcher(text).matches()) {
      return Optional.empty();
    }
    int unit = text.length() - 1;
    long count = Long.parseLong(text.substring(0, unit));
    return Optional.of(
        switch (text.charAt(unit)) {
          case 's' -> Duration.ofSeconds(count);
          case 'm' -> Duration.ofMinutes(count);
          case 'h' -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        });
  }
}
