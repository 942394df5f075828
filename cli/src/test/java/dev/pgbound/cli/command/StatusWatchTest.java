package dev.pgbound.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.cli.Console;
import dev.pgbound.cli.Statuses;
import dev.pgbound.spi.MigrationStatus;
import dev.pgbound.spi.ResourceException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is shown of one look after the other. */
class StatusWatchTest {

  private static final String STARTED =
      "dms-task.hr: full load, 1 %, as full-load-and-cdc, 2 tables: 1 \"Full load\", 1 \"Table completed\","
          + " 100 rows, 2/s\n";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void saysInALogWhatHasChanged() {
    watch(Map.of(), false, loading(60, 100, 1), Statuses.replicating(), Statuses.replicating());

    assertThat(out.toString())
        .startsWith("2026-03-01T10:01:00Z  dms-task.hr: full load, 1 %, ")
        .contains("\n2026-03-01T11:00:00Z  dms-task.hr: replicating changes, ")
        .satisfies(text -> assertThat(text.lines()).hasSize(2));
  }

  @Test
  void bringsMereNumbersIntoALogOnceAMinute() {
    watch(
        Map.of(),
        false,
        loading(60, 100, 1),
        loading(75, 200, 2),
        loading(90, 300, 7),
        loading(125, 400, 8));

    assertThat(out.toString().lines()).hasSize(2);
    assertThat(out.toString()).contains(STARTED, "400 rows");
  }

  @Test
  void saysInALogThatTroubleIsOver() {
    watch(Map.of(), false, Statuses.troubled(), Statuses.replicating());

    assertThat(out.toString())
        .contains("alarm hr-lag-target: Threshold Crossed: 900 > 300\n")
        .contains("alarm hr-lag-target: over\n", "connection test of hr-source: over\n");
  }

  @Test
  void redrawsOnATerminal() {
    watch(Map.of("PGBOUND_COLUMNS", "80"), false, loading(60, 100, 1), Statuses.replicating());

    String[] pages = out.toString().split("\u001b\\[H", -1);
    assertThat(pages).hasSize(3);
    assertThat(pages[1]).startsWith("hr: full load ").contains("Every 0 s; Ctrl-C ends it.");
    assertThat(pages[2]).startsWith("hr: replicating changes ").endsWith("\u001b[J\n");
  }

  @Test
  void drawsNothingWhereNobodyWantsItOrTheScreenCannot() {
    for (Map<String, String> environment :
        List.of(
            Map.of("PGBOUND_COLUMNS", "80", "NO_COLOR", "1"),
            Map.of("PGBOUND_COLUMNS", "80", "TERM", "dumb"))) {
      watch(environment, false, loading(60, 100, 1));
    }

    assertThat(out.toString()).contains(STARTED).doesNotContain("\u001b");
  }

  @Test
  void printsADocumentForEachChange() {
    MigrationStatus now = Statuses.replicating();
    MigrationStatus later = Statuses.look(now.at().plusSeconds(1), now.tasks().get(0));

    watch(Map.of(), true, loading(60, 100, 1), now, later);

    assertThat(out.toString().lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).startsWith("{").endsWith("}"));
  }

  @Test
  void looksAgainAfterALookThatFailed() {
    Deque<Supplier<MigrationStatus>> looks = new ArrayDeque<>();
    looks.add(() -> loading(60, 100, 1));
    looks.add(
        () -> {
          throw unreachable();
        });
    looks.add(Statuses::replicating);

    run(Map.of(), false, looks);

    assertThat(err.toString())
        .isEqualTo("Not read: dms:DescribeReplicationTasks: no network. Trying again.\n");
    assertThat(out.toString()).contains("replicating changes");
  }

  @Test
  void failsWhenTheFirstLookDoes() {
    assertThatThrownBy(
            () ->
                new StatusWatch("hr", Optional.empty(), console(Map.of()), false)
                    .run(
                        () -> {
                          throw unreachable();
                        },
                        Duration.ZERO))
        .isInstanceOf(ResourceException.class);
  }

  private static ResourceException unreachable() {
    return new ResourceException(
        ResourceException.Kind.UNAVAILABLE,
        "Unreachable",
        "dms:DescribeReplicationTasks: no network.");
  }

  private static MigrationStatus loading(int seconds, long rows, int percent) {
    return Statuses.loading(Duration.ofSeconds(seconds), rows, percent);
  }

  private void watch(Map<String, String> environment, boolean json, MigrationStatus... looks) {
    Deque<Supplier<MigrationStatus>> all = new ArrayDeque<>();
    for (MigrationStatus look : looks) {
      all.add(() -> look);
    }
    run(environment, json, all);
  }

  /** Interrupts itself with the last look. */
  private void run(
      Map<String, String> environment, boolean json, Deque<Supplier<MigrationStatus>> looks) {
    StatusWatch watch = new StatusWatch("hr", Optional.empty(), console(environment), json);
    assertThatThrownBy(
            () ->
                watch.run(
                    () -> {
                      if (looks.size() == 1) {
                        Thread.currentThread().interrupt();
                      }
                      return looks.remove().get();
                    },
                    Duration.ZERO))
        .isInstanceOf(InterruptedException.class);
  }

  private Console console(Map<String, String> environment) {
    return new Console(
        new PrintWriter(out),
        new PrintWriter(err),
        Optional.empty(),
        name -> Optional.ofNullable(environment.get(name)));
  }
}
