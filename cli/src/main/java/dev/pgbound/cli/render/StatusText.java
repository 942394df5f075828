package dev.pgbound.cli.render;

import dev.pgbound.engine.plan.Durations;
import dev.pgbound.spi.MigrationStatus;
import dev.pgbound.spi.MigrationStatus.Alarm;
import dev.pgbound.spi.MigrationStatus.Connection;
import dev.pgbound.spi.MigrationStatus.Leftover;
import dev.pgbound.spi.MigrationStatus.Maintenance;
import dev.pgbound.spi.TableState;
import dev.pgbound.spi.TaskState;
import dev.pgbound.spi.TaskState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** A status for people: as a page, and as the lines of a log. */
public final class StatusText {

  /** More tables than this hide what else there is to see. */
  private static final int MOST_TABLES = 10;

  /** Where the words begin behind a label. */
  private static final int LABELS = 16;

  private final StatusView view;
  private final TextBlock text;

  private StatusText(StatusView view, OptionalInt columns) {
    this.view = view;
    this.text = new TextBlock(columns);
  }

  /** The page, ending with a line break. */
  public static String render(StatusView view, OptionalInt columns) {
    StatusText page = new StatusText(view, columns);
    page.page();
    return page.text.toString();
  }

  private void page() {
    MigrationStatus status = view.status();
    text.line(view.migration() + ": " + view.headline() + "   " + StatusWords.moment(status.at()));
    view.tasks().forEach(this::task);
    text.line("");
    connections(status.connections());
    alarms(status.alarms());
    for (Maintenance one : status.maintenance()) {
      entry("maintenance", maintenance(one));
    }
    for (Leftover one : status.leftovers()) {
      entry("still paid", leftover(one, status.at()));
    }
    for (String one : status.unread()) {
      entry("not read", Words.clean(one));
    }
  }

  private void task(StatusView.Task task) {
    TaskState state = task.state();
    text.line("");
    text.line(String.format(Locale.ROOT, "%s   %s", task.title(), String.join(", ", facts(task))));
    if (state.phase() != Phase.MISSING && state.phase() != Phase.PREPARED) {
      entry("tables", StatusWords.tables(state));
      if (!state.tables().isEmpty()) {
        entry("rows", StatusWords.rows(task));
      }
      changes(state);
      String validation = StatusWords.validation(state);
      if (!validation.isEmpty()) {
        entry("validation", validation);
      }
    }
    state.trouble().ifPresent(words -> entry("service says", Words.clean(words)));
    notable(state);
  }

  private static List<String> facts(StatusView.Task task) {
    TaskState state = task.state();
    List<String> facts = new ArrayList<>();
    facts.add(state.phase().words());
    if (state.phase() == Phase.LOADING) {
      facts.add(task.percent() + " %");
      task.left().ifPresent(left -> facts.add("about " + Durations.text(left) + " left"));
    }
    if (!state.kind().isEmpty()) {
      facts.add("as " + Words.clean(state.kind()));
    }
    return facts;
  }

  private void changes(TaskState state) {
    if (state.kind().equals("full-load")) {
      return;
    }
    long applied = state.tables().stream().mapToLong(TableState::changes).sum();
    state
        .lag()
        .ifPresentOrElse(
            lag -> entry("latency", StatusWords.lag(lag) + " at " + StatusWords.moment(lag.at())),
            () -> {
              if (state.phase() == Phase.REPLICATING) {
                entry("latency", "unknown, CloudWatch has no value of the last minutes");
              }
            });
    entry("changes", String.format(Locale.ROOT, "%,d applied", applied));
  }

  private void notable(TaskState state) {
    List<TableState> notable = StatusWords.notable(state);
    int more = notable.size() - MOST_TABLES;
    for (TableState table : more > 1 ? notable.subList(0, MOST_TABLES) : notable) {
      text.wrapped(
          Words.visible(table.toString()) + ": " + StatusWords.table(table), "    ", "      ");
    }
    if (more > 1) {
      text.line(String.format(Locale.ROOT, "    ... and %,d more; see --format json", more));
    }
  }

  private void connections(List<Connection> connections) {
    if (connections.isEmpty()) {
      entry("connections", "none tested");
    }
    for (Connection one : connections) {
      String words =
          String.format(
              Locale.ROOT,
              "%s from %s: %s",
              Words.clean(one.endpoint()),
              Words.clean(one.instance()),
              Words.clean(one.status()));
      entry("connection", one.message().map(why -> words + ": " + Words.clean(why)).orElse(words));
    }
  }

  private void alarms(List<Alarm> alarms) {
    if (alarms.isEmpty()) {
      return;
    }
    entry("alarms", StatusWords.alarms(alarms));
    alarms.stream()
        .filter(alarm -> alarm.state() == Alarm.State.ALARM)
        .forEach(alarm -> text.wrapped(alarm(alarm), "    ", "      "));
  }

  private static String alarm(Alarm alarm) {
    return Words.clean(alarm.name())
        + alarm.since().map(since -> " since " + StatusWords.moment(since)).orElse("")
        + ": "
        + Words.clean(alarm.reason());
  }

  private static String maintenance(Maintenance one) {
    return Words.clean(one.object()) + ": " + due(one);
  }

  private static String due(Maintenance one) {
    return Words.clean(one.action())
        + one.when().map(when -> ", at the latest " + StatusWords.moment(when)).orElse("");
  }

  private static String leftover(Leftover one, Instant now) {
    String idle =
        one.idleSince()
            .map(since -> " for " + StatusWords.age(Duration.between(since, now)))
            .orElse("");
    return String.format(
        Locale.ROOT,
        "%s (%s), billed by the hour, has had nothing to do%s",
        Words.clean(one.object()),
        Words.clean(one.size()),
        idle);
  }

  private void entry(String label, String words) {
    String padded = "  " + label + " ".repeat(LABELS - 2 - label.length());
    text.wrapped(words, padded, " ".repeat(LABELS));
  }

  /**
   * What a log keeps of a look: sentences by what they are about. Whatever is as it should be has
   * none, but for the tasks.
   */
  public static Map<String, String> lines(StatusView view) {
    Map<String, String> lines = new LinkedHashMap<>();
    for (StatusView.Task task : view.tasks()) {
      lines.put(task.title(), line(task));
      StatusWords.notable(task.state()).stream()
          .filter(table -> !table.isLoading())
          .forEach(table -> lines.put(Words.visible(table.toString()), StatusWords.table(table)));
    }
    MigrationStatus status = view.status();
    for (Connection one : status.connections()) {
      if (one.hasFailed()) {
        String words = one.message().map(Words::clean).orElse("");
        lines.put("connection test of " + Words.clean(one.endpoint()), "failed: " + words);
      }
    }
    for (Alarm alarm : status.alarms()) {
      if (alarm.state() == Alarm.State.ALARM) {
        lines.put("alarm " + Words.clean(alarm.name()), Words.clean(alarm.reason()));
      }
    }
    status
        .maintenance()
        .forEach(one -> lines.put("maintenance of " + Words.clean(one.object()), due(one)));
    status.unread().forEach(one -> lines.put("not read", Words.clean(one)));
    return lines;
  }

  private static String line(StatusView.Task task) {
    List<String> parts = new ArrayList<>(facts(task));
    if (!task.state().tables().isEmpty()) {
      parts.add(StatusWords.tables(task.state()));
      parts.add(StatusWords.rows(task));
    }
    task.state().lag().ifPresent(lag -> parts.add("latency " + StatusWords.lag(lag)));
    String validation = StatusWords.validation(task.state());
    if (!validation.isEmpty()) {
      parts.add("validation " + validation);
    }
    task.state().trouble().ifPresent(words -> parts.add(Words.clean(words)));
    return String.join(", ", parts);
  }
}
