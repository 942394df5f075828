package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.world.Ids;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The half hour or more of every week in which DMS may change an instance, in UTC. */
record MaintenanceWindow(DayOfWeek day, int hour, int minute) {

  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final Pattern FORMAT =
      Pattern.compile(
          String.format(
              Locale.ROOT,
              "(%1$s):(\\d\\d):(\\d\\d)-(%1$s):(\\d\\d):(\\d\\d)",
              String.join("|", DAYS)),
          Pattern.CASE_INSENSITIVE);
  private static final Duration SHORTEST = Duration.ofMinutes(30);

  /** The beginning of the window that a text such as {@code fri:08:20-fri:08:50} describes. */
  static MaintenanceWindow parse(String text) {
    Matcher matcher = FORMAT.matcher(text);
    if (!matcher.matches()) {
      throw Refusals.invalidValue("Invalid maintenance window format: " + text);
    }
    int week = 7 * 24 * 60;
    int from = minuteOfWeek(matcher, 1);
    if (Math.floorMod(minuteOfWeek(matcher, 4) - from, week) < SHORTEST.toMinutes()) {
      throw Refusals.invalidValue("The maintenance window must be at least 30 minutes.");
    }
    return new MaintenanceWindow(DayOfWeek.of(1 + from / (24 * 60)), from / 60 % 24, from % 60);
  }

  private static int minuteOfWeek(Matcher matcher, int group) {
    int hour = Integer.parseInt(matcher.group(group + 1));
    int minute = Integer.parseInt(matcher.group(group + 2));
    if (hour > 23 || minute > 59) {
      throw Refusals.invalidValue("Invalid maintenance window time: " + matcher.group());
    }
    int day = DAYS.indexOf(lowerCase(matcher.group(group)));
    return (day * 24 + hour) * 60 + minute;
  }

  /** The text as DMS keeps it; one of its own choice when none was sent. */
  static String checked(@Nullable String sent, Ids ids) {
    if (sent == null) {
      return chosen(ids);
    }
    parse(sent);
    return lowerCase(sent);
  }

  private static String chosen(Ids ids) {
    String chance = ids.letters("maintenance-window", 3);
    String day = DAYS.get(chance.charAt(0) % DAYS.size());
    int hour = chance.charAt(1) % 24;
    int minute = chance.charAt(2) % 30;
    return String.format(
        Locale.ROOT,
        "%1$s:%2$02d:%3$02d-%1$s:%2$02d:%4$02d",
        day,
        hour,
        minute,
        minute + SHORTEST.toMinutes());
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** How long it takes from a moment until the window opens. */
  Duration from(Instant now) {
    ZonedDateTime next =
        now.atZone(ZoneOffset.UTC)
            .with(TemporalAdjusters.nextOrSame(day))
            .truncatedTo(ChronoUnit.DAYS)
            .plusHours(hour)
            .plusMinutes(minute);
    return Duration.between(now, next.toInstant().isAfter(now) ? next : next.plusWeeks(1));
  }
}
