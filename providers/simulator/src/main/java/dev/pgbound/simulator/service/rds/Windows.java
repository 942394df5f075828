package dev.pgbound.simulator.service.rds;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The backup window of each day and the maintenance window of each week, in UTC: {@code
 * 03:20-03:50} and {@code sun:05:10-sun:05:40}. Where a user gives none, RDS picks half an hour at
 * night; which one, here follows from a seed.
 */
final class Windows {

  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final int HALF_HOUR = 30;
  private static final int DAY = 24 * 60;

  /** Every region has eight hours in which RDS picks; this is the first of them. */
  private static final int NIGHT_BEGINS = 3 * 60;

  private static final int NIGHT_LASTS = 8 * 60;

  private Windows() {}

  /** A backup window as it was given, checked, else one that RDS picks. */
  static String backup(@Nullable String given, String seed) {
    if (given == null) {
      int start = NIGHT_BEGINS + pick("backup/" + seed, NIGHT_LASTS - HALF_HOUR);
      return time(start) + "-" + time(start + HALF_HOUR);
    }
    if (!given.matches("([01]\\d|2[0-3]):[0-5]\\d-([01]\\d|2[0-3]):[0-5]\\d")) {
      throw RdsFaults.invalidValue(
          "Invalid backup window format: "
              + given
              + ". Should be specified as a range hh24:mi-hh24:mi (24H Clock UTC).");
    }
    requireHalfAnHour(given, minutes(given.substring(0, 5)), minutes(given.substring(6)), DAY);
    return given;
  }

  /** A maintenance window as it was given, checked, else one that RDS picks beside the backups. */
  static String maintenance(@Nullable String given, String backup, String seed) {
    if (given == null) {
      String day = DAYS.get(pick("day/" + seed, DAYS.size()));
      return IntStream.iterate(0, attempt -> attempt + 1)
          .map(attempt -> pick("maintenance/" + attempt + "/" + seed, NIGHT_LASTS - HALF_HOUR))
          .map(start -> NIGHT_BEGINS + start)
          .mapToObj(start -> day + ":" + time(start) + "-" + day + ":" + time(start + HALF_HOUR))
          .filter(window -> !overlap(backup, window))
          .findFirst()
          .orElseThrow();
    }
    String window = given.toLowerCase(Locale.ROOT);
    String moment = "(mon|tue|wed|thu|fri|sat|sun):([01]\\d|2[0-3]):[0-5]\\d";
    if (!window.matches(moment + "-" + moment)) {
      throw RdsFaults.invalidValue(
          "Invalid maintenance window format: "
              + given
              + ". Should be specified as a range ddd:hh24:mi-ddd:hh24:mi (24H Clock UTC).");
    }
    requireHalfAnHour(
        window, weekMinutes(window.substring(0, 9)), weekMinutes(window.substring(10)), 7 * DAY);
    if (overlap(backup, window)) {
      throw RdsFaults.invalidValue("The backup window and maintenance window must not overlap.");
    }
    return window;
  }

  /** How long it is until a maintenance window begins. */
  static Duration untilBegin(String maintenance, Instant now) {
    ZonedDateTime moment = now.atZone(ZoneOffset.UTC);
    DayOfWeek day = DayOfWeek.of(DAYS.indexOf(maintenance.substring(0, 3)) + 1);
    ZonedDateTime begin =
        moment
            .with(TemporalAdjusters.nextOrSame(day))
            .with(LocalTime.parse(maintenance.substring(4, 9)));
    return Duration.between(moment, begin.isAfter(moment) ? begin : begin.plusWeeks(1));
  }

  private static boolean overlap(String backup, String maintenance) {
    int from = weekMinutes(maintenance.substring(0, 9));
    int to = weekMinutes(maintenance.substring(10));
    int length = Math.floorMod(to - from, 7 * DAY);
    int backupFrom = minutes(backup.substring(0, 5));
    int backupLength = Math.floorMod(minutes(backup.substring(6)) - backupFrom, DAY);
    int backupBegins = Math.floorMod(backupFrom - from, DAY);
    return backupBegins < length || backupBegins + backupLength > DAY;
  }

  private static void requireHalfAnHour(String window, int from, int to, int period) {
    if (Math.floorMod(to - from, period) < HALF_HOUR) {
      throw RdsFaults.invalidValue("The window " + window + " must be at least 30 minutes long.");
    }
  }

  private static int weekMinutes(String moment) {
    return DAYS.indexOf(moment.substring(0, 3)) * DAY + minutes(moment.substring(4));
  }

  private static int minutes(String time) {
    return LocalTime.parse(time).toSecondOfDay() / 60;
  }

  private static String time(int minutes) {
    return LocalTime.ofSecondOfDay(minutes * 60L).toString();
  }

  private static int pick(String seed, int bound) {
    return Math.floorMod(seed.hashCode(), bound);
  }
}
