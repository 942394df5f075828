package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.render.StatusJson;
import dev.pgbound.cli.render.StatusText;
import dev.pgbound.cli.render.StatusView;
import dev.pgbound.engine.tables.TablePlan;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.MigrationStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people and programs read of a look at a migration. */
class StatusTextTest {

  @Test
  void showsALoadThatGoesOn() {
    StatusView view =
        view(
            Statuses.loading(Duration.ofMinutes(4), 24_000, 30),
            Optional.of(Statuses.loading(Duration.ofMinutes(3), 12_000, 20)),
            Optional.of(tables(OptionalLong.of(48_000), "")));

    Golden.assertEqual("status/loading.txt", StatusText.render(view, OptionalInt.empty()));
  }

  @Test
  void showsChangesThatAreReplicated() {
    StatusView view = view(Statuses.replicating());

    Golden.assertEqual("status/replicating.txt", StatusText.render(view, OptionalInt.empty()));
    Golden.assertEqual("status/replicating.json", StatusJson.render(view));
  }

  @Test
  void showsTroubleInTheServicesWordsWithoutWhatAScreenObeys() {
    StatusView view = view(Statuses.troubled());
    String text = StatusText.render(view, OptionalInt.empty());

    Golden.assertEqual("status/trouble.txt", text);
    Golden.assertEqual(
        "status/trouble-log.txt",
        StatusText.lines(view).entrySet().stream()
            .map(line -> line.getKey() + ": " + line.getValue() + "\n")
            .reduce("", String::concat));
    assertThat(text).doesNotContain("\u001b");
    assertThat(StatusJson.render(view)).doesNotContain("\u001b");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 100})
  void fitsTheScreen(int columns) {
    assertThat(StatusText.render(view(Statuses.troubled()), OptionalInt.of(columns)).lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
  }

  /** Within a tenth after three looks, by rows where the catalog knows them, else by percents. */
  @Test
  void tellsTheTimeThatALoadIsGoingToTake() {
    Duration passed = Duration.ofMinutes(6);
    MigrationStatus now = Statuses.loading(passed, 360_000, 60);
    MigrationStatus earlier = Statuses.loading(passed.minusSeconds(45), 315_000, 52);
    double left = Duration.ofMinutes(4).toSeconds();

    StatusView byRows = view(now, Optional.of(earlier), Optional.of(tables(rows(600_000), "")));
    StatusView byPercents = view(now, Optional.of(earlier), Optional.empty());

    assertThat(seconds(byRows)).isBetween(left * 0.9, left * 1.1);
    assertThat(seconds(byPercents)).isBetween(left * 0.9, left * 1.1);
    assertThat(byRows.tasks().get(0).rate()).hasValue(1000);
  }

  @Test
  void doesNotGuessRowsWhereAFilterLeavesSomeOut() {
    MigrationStatus now = Statuses.loading(Duration.ofMinutes(6), 360_000, 60);

    assertThat(
            view(now, Optional.empty(), Optional.of(tables(rows(600_000), "A > 1")))
                .tasks()
                .get(0)
                .expected())
        .isEmpty();
  }

  @Test
  void saysNoTimeWhenNoRowsCome() {
    MigrationStatus earlier = Statuses.loading(Duration.ofMinutes(4), 100, 0);
    MigrationStatus now = Statuses.loading(Duration.ofMinutes(6), 100, 0);

    StatusView view = view(now, Optional.of(earlier), Optional.of(tables(rows(600_000), "")));

    assertThat(view.tasks().get(0).rate()).hasValue(0);
    assertThat(view.tasks().get(0).left()).isEmpty();
  }

  @Test
  void countsRowsOfTheNewLoadOnlyAfterAReload() {
    MigrationStatus before = Statuses.loading(Duration.ofMinutes(4), 90_000, 90);
    MigrationStatus now = Statuses.loading(Duration.ofMinutes(5), 300, 0);

    assertThat(view(now, Optional.of(before), Optional.empty()).tasks().get(0).rate())
        .hasValue(1.0);
  }

  @Test
  void leavesOutOfTheDocumentWhatIsNotKnown() {
    JsonNode task =
        JsonMapper.shared()
            .readTree(StatusJson.line(view(Statuses.troubled())))
            .path("tasks")
            .path(1);

    assertThat(task.path("phase").asString()).isEqualTo("missing");
    assertThat(task.has("latency")).isFalse();
    assertThat(task.has("rowsPerSecond")).isFalse();
  }

  private static double seconds(StatusView view) {
    return view.tasks().get(0).left().orElseThrow().toSeconds();
  }

  private static OptionalLong rows(long rows) {
    return OptionalLong.of(rows);
  }

  private static StatusView view(MigrationStatus status) {
    return view(status, Optional.empty(), Optional.empty());
  }

  private static StatusView view(
      MigrationStatus status, Optional<MigrationStatus> earlier, Optional<TablePlan> tables) {
    return StatusView.of("hr", status, earlier, tables);
  }

  private static TablePlan tables(OptionalLong rows, String filter) {
    TablePlan.Table table =
        new TablePlan.Table(
            "HR", "EMPLOYEES", "hr", "employees", 1, rows, 3, List.of("id"), List.of(), filter);
    return new TablePlan(
        "catalog.yaml",
        1,
        List.of(
            new TablePlan.Task(
                new Address("dms-task", "hr"), List.of(table), List.of(), List.of())),
        List.of());
  }
}
