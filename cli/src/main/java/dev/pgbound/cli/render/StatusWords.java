package dev.pgbound.cli.render;

import dev.pgbound.engine.plan.Durations;
import dev.pgbound.spi.MigrationStatus.Alarm;
import dev.pgbound.spi.TableState;
import dev.pgbound.spi.TaskState;
import dev.pgbound.spi.TaskState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The parts of a status, each in a few words. */
final class StatusWords {

  private StatusWords() {}

  /** To the second. */
  static String moment(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** {@code 7 tables: 2 "Full load", 5 "Table completed"}, in the service's words. */
  static String tables(TaskState task) {
    return task.tables().isEmpty()
        ? "none known yet"
        : Words.count(task.tables().size(), "table")
            + ": "
            + counts(task.tables(), TableState::state);
  }

  /** How many tables the comparison has come how far with; empty where nobody compares. */
  static String validation(TaskState task) {
    List<TableState> validated =
        task.tables().stream()
            .filter(table -> !table.validation().isEmpty())
            .filter(table -> !table.validation().equalsIgnoreCase("not enabled"))
            .toList();
    return counts(validated, TableState::validation);
  }

  private static String counts(List<TableState> tables, Function<TableState, String> word) {
    Map<String, Integer> counts = new TreeMap<>();
    tables.forEach(table -> counts.merge(Words.clean(word.apply(table)), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(count -> String.format(Locale.ROOT, "%,d \"%s\"", count.getValue(), count.getKey()))
        .collect(Collectors.joining(", "));
  }

  /** {@code 48,210 of about 79,000 rows, 1,214/s}. */
  static String rows(StatusView.Task task) {
    boolean isLoading = task.state().phase() == Phase.LOADING;
    String expected =
        isLoading && task.expected().isPresent()
            ? String.format(Locale.ROOT, " of about %,d", task.expected().getAsLong())
            : "";
    String rate =
        task.rate().isPresent()
            ? String.format(
                Locale.ROOT,
                isLoading ? ", %,d/s" : ", loaded at %,d/s",
                Math.round(task.rate().getAsDouble()))
            : "";
    return String.format(Locale.ROOT, "%,d%s rows%s", task.rows(), expected, rate);
  }

  /** {@code source 2 s, target 3 s}. */
  static String lag(TaskState.Lag lag) {
    return "source " + seconds(lag.source()) + ", target " + seconds(lag.target());
  }

  /** {@code 43 days}, {@code 5 h}. */
  static String age(Duration age) {
    return age.toDays() < 2 ? Durations.text(age) : age.toDays() + " days";
  }

  private static String seconds(OptionalDouble seconds) {
    return seconds.isPresent()
        ? Durations.text(Duration.ofMillis(Math.round(seconds.getAsDouble() * 1000)))
        : "unknown";
  }

  /** The tables that somebody should look at, or that are being loaded, in this order. */
  static List<TableState> notable(TaskState task) {
    List<TableState> notable = new ArrayList<>();
    task.tables().stream().filter(TableState::isInError).forEach(notable::add);
    task.tables().stream()
        .filter(table -> !table.isInError())
        .filter(table -> table.isDifferent() || table.errorRows() > 0)
        .forEach(notable::add);
    task.tables().stream()
        .filter(table -> table.isLoading() && !notable.contains(table))
        .forEach(notable::add);
    return notable;
  }

  /** State, rows and what is wrong with a table. */
  static String table(TableState table) {
    StringBuilder words = new StringBuilder(Words.clean(table.state()));
    words.append(String.format(Locale.ROOT, ", %,d rows", table.rows()));
    count(words, table.errorRows(), "not written");
    if (table.isDifferent()) {
      words.append(", validation: ").append(Words.clean(table.validation()));
      count(words, table.mismatches(), "rows differ");
      count(words, table.suspended(), "rows not comparable");
    }
    return words.toString();
  }

  private static void count(StringBuilder words, long count, String what) {
    if (count > 0) {
      words.append(String.format(Locale.ROOT, ", %,d %s", count, what));
    }
  }

  /** {@code 3 ok, 1 in alarm}. */
  static String alarms(List<Alarm> alarms) {
    List<String> parts = new ArrayList<>();
    for (Alarm.State state : Alarm.State.values()) {
      long count = alarms.stream().filter(alarm -> alarm.state() == state).count();
      if (count > 0) {
        parts.add(count + " " + word(state));
      }
    }
    return String.join(", ", parts);
  }

  static String word(Alarm.State state) {
    return switch (state) {
      case OK -> "ok";
      case ALARM -> "in alarm";
      case NO_DATA -> "without data";
    };
  }
}
