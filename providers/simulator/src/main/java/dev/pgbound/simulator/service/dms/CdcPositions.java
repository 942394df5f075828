package dev.pgbound.simulator.service.dms;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where change data capture begins and ends. */
final class CdcPositions {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);
  private static final String SERVER_TIME = "server_time:";
  private static final String COMMIT_TIME = "commit_time:";

  private CdcPositions() {}

  /**
   * When a task ends by itself.
   *
   * @param stopReason what it then says
   */
  record End(Instant at, String stopReason) {}

  /** The start position of a task; a time is shown without its zone. */
  static @Nullable String start(@Nullable String position, @Nullable Instant time) {
    if (position != null && time != null) {
      throw Refusals.invalidCombination(
          "Only one of CdcStartTime and CdcStartPosition can be specified.");
    }
    return time == null ? position : SECONDS.format(time.atOffset(ZoneOffset.UTC));
  }

  /** The position of a task that has read all changes up to a moment. */
  static String checkpoint(Instant moment) {
    return checkpoint(moment, 1);
  }

  /** The position of a task that has read all changes up to one of the source. */
  static String checkpoint(Instant moment, long change) {
    return "checkpoint:V1#" + change + "#" + moment.toEpochMilli() + "#0:-1:0:-1#0#*#0#0";
  }

  /** The end that a stop position such as {@code server_time:2026-01-01T12:00:00} describes. */
  static Optional<End> end(@Nullable String position) {
    if (position == null || position.isEmpty()) {
      return Optional.empty();
    }
    String text = position.strip();
    if (text.startsWith(SERVER_TIME)) {
      return Optional.of(
          new End(moment(text.substring(SERVER_TIME.length())), "STOPPED_AT_SERVER_TIME"));
    }
    if (text.startsWith(COMMIT_TIME)) {
      return Optional.of(
          new End(moment(text.substring(COMMIT_TIME.length())), "STOPPED_AT_COMMIT_TIME"));
    }
    throw Refusals.invalidValue("Invalid CdcStopPosition: " + position);
  }

  private static Instant moment(String text) {
    try {
      return LocalDateTime.parse(text.strip(), SECONDS).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw Refusals.invalidValue("Invalid CdcStopPosition time: " + text.strip());
    }
  }
}
