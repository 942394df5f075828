package dev.pgbound.cli.command;

import dev.pgbound.cli.Console;
import dev.pgbound.cli.render.StatusJson;
import dev.pgbound.cli.render.StatusText;
import dev.pgbound.cli.render.StatusView;
import dev.pgbound.engine.plan.Durations;
import dev.pgbound.engine.tables.TablePlan;
import dev.pgbound.spi.MigrationStatus;
import dev.pgbound.spi.ResourceException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Shows one look after the other, until the thread is interrupted or nobody reads any more. */
final class StatusWatch {

  /** How many looks a rate is taken over: DMS counts anew once a minute or so. */
  private static final int LOOKS = 10;

  /** How often a log hears of numbers alone. */
  private static final Duration NUMBERS = Duration.ofMinutes(1);

  private static final String HOME = "\u001b[H";
  private static final String CLEAR_REST_OF_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  /** What was last said about something. */
  private record Said(String words, Instant at) {

    /** The same but for numbers. */
    boolean isLike(String other) {
      return withoutNumbers(words).equals(withoutNumbers(other));
    }

    private static String withoutNumbers(String text) {
      return text.replaceAll("about [^,]* left, ", "")
          .replaceAll("[0-9][0-9,.]*( (s|min|h)\\b)?", "#")
          .replaceAll("#( #)+", "#");
    }
  }

  private final String migration;
  private final Optional<TablePlan> tables;
  private final Console console;
  private final boolean json;
  private final Deque<MigrationStatus> looks = new ArrayDeque<>();
  private final Map<String, Said> said = new LinkedHashMap<>();
  private String lastDocument = "";

  StatusWatch(String migration, Optional<TablePlan> tables, Console console, boolean json) {
    this.migration = migration;
    this.tables = tables;
    this.console = console;
    this.json = json;
  }

  /**
   * Looks until interrupted. A later look that fails is said and made again; the first is not.
   *
   * @param pause how long to wait between two looks
   */
  void run(Supplier<MigrationStatus> looking, Duration pause) throws InterruptedException {
    do {
      try {
        show(looking.get(), pause);
      } catch (ResourceException e) {
        if (looks.isEmpty()) {
          throw e;
        }
        console.err().println("Not read: " + e.getMessage() + " Trying again.");
        console.err().flush();
      }
      Thread.sleep(pause.toMillis());
    } while (!console.out().checkError());
  }

  private void show(MigrationStatus status, Duration pause) {
    StatusView view =
        StatusView.of(migration, status, Optional.ofNullable(looks.peekFirst()), tables);
    if (json) {
      document(view);
    } else if (isTerminal()) {
      redraw(view, pause);
    } else {
      log(view);
    }
    console.out().flush();
    looks.addLast(status);
    if (looks.size() > LOOKS) {
      looks.removeFirst();
    }
  }

  private boolean isTerminal() {
    return console.columns().isPresent()
        && console.environment().get("NO_COLOR").isEmpty()
        && !console.environment().get("TERM").equals(Optional.of("dumb"));
  }

  private void redraw(StatusView view, Duration pause) {
    StringBuilder page = new StringBuilder(HOME);
    StatusText.render(view, console.columns())
        .lines()
        .forEach(line -> page.append(line).append(CLEAR_REST_OF_LINE).append('\n'));
    page.append(CLEAR_REST_OF_LINE).append('\n');
    page.append(
        String.format(
            Locale.ROOT, "Every %s; Ctrl-C ends it.%s", Durations.text(pause), CLEAR_BELOW));
    console.out().print(page.append('\n'));
  }

  private void document(StatusView view) {
    String line = StatusJson.line(view);
    String content = line.replaceFirst("\"at\":\"[^\"]*\",", "");
    if (!content.equals(lastDocument)) {
      console.out().println(line);
      lastDocument = content;
    }
  }

  private void log(StatusView view) {
    Instant at = view.status().at();
    Map<String, String> lines = StatusText.lines(view);
    lines.forEach(
        (about, words) -> {
          Said before = said.get(about);
          boolean isNews =
              before == null
                  || !before.isLike(words)
                  || (!before.words().equals(words)
                      && Duration.between(before.at(), at).compareTo(NUMBERS) >= 0);
          if (isNews) {
            print(at, about, words);
            said.put(about, new Said(words, at));
          }
        });
    said.keySet().stream()
        .filter(about -> !lines.containsKey(about))
        .toList()
        .forEach(
            about -> {
              print(at, about, "over");
              said.remove(about);
            });
  }

  private void print(Instant at, String about, String words) {
    console
        .out()
        .printf(Locale.ROOT, "%s  %s: %s%n", at.truncatedTo(ChronoUnit.SECONDS), about, words);
  }
}
