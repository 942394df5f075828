package dev.pgbound.engine.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as the file writes them: {@code 90s}, {@code 5m}, {@code 1h30m}. */
public final class DurationText {

  /** What a duration matches as a whole. */
  public static final String REGEX =
      "(?=.)([0-9]{1,5}d)?([0-9]{1,5}h)?([0-9]{1,5}m)?([0-9]{1,5}s)?";

  /** The form in words. */
  public static final String FORM = "a duration such as 90s, 5m or 1h30m";

  private static final Pattern PATTERN = Pattern.compile(REGEX);

  private DurationText() {}

  /** Reads a duration; empty when the text is none. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = PATTERN.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofDays(amount(matcher, 1))
            .plusHours(amount(matcher, 2))
            .plusMinutes(amount(matcher, 3))
            .plusSeconds(amount(matcher, 4)));
  }

  private static long amount(Matcher matcher, int group) {
    String digits = matcher.group(group);
    return digits == null ? 0 : Long.parseLong(digits.substring(0, digits.length() - 1));
  }
}
