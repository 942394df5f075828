package dev.pgbound.simulator.service.rds;

import org.jspecify.annotations.Nullable;

/** Performance Insights. */
final class Insights {

  private static final int WEEK = 7;
  private static final int MONTH = 31;
  private static final int MOST_MONTHS = 23;
  private static final int TWO_YEARS = 731;

  private Insights() {}

  /** How many days the data is kept; a week when nobody says. */
  static int retention(@Nullable Integer asked) {
    if (asked == null || asked == WEEK || asked == TWO_YEARS) {
      return asked == null ? WEEK : asked;
    }
    if (asked % MONTH != 0 || asked < MONTH || asked > MONTH * MOST_MONTHS) {
      throw RdsFaults.invalidValue(
          "Invalid Performance Insights retention period: "
              + asked
              + ". Valid values are 7, 731 and a number of months, with 31 days each, up to 23.");
    }
    return asked;
  }
}
