package dev.pgbound.cli.render;

import dev.pgbound.engine.tables.TablePlan;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.MigrationStatus;
import dev.pgbound.spi.TableState;
import dev.pgbound.spi.TaskState;
import dev.pgbound.spi.TaskState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What one look at a migration means, with what earlier looks add to it: how fast rows come, and
 * how long that takes.
 *
 * @param tasks in the order of the look
 */
public record StatusView(String migration, MigrationStatus status, List<Task> tasks) {

  /** Less than this between two looks says little about a rate. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** Less than this says little about the rest. */
  private static final int LEAST_PERCENT = 5;

  /**
   * A task and what follows from its numbers.
   *
   * @param rows how many the load has brought
   * @param expected how many it is going to bring, as the catalog estimates; empty when that does
   *     not say it of every table
   * @param rate rows per second: of late while the load goes on, of all of it afterwards
   * @param left how long the load is still going to take, if it goes on like this
   */
  public record Task(
      TaskState state,
      long rows,
      OptionalLong expected,
      OptionalDouble rate,
      Optional<Duration> left) {

    /** What the service counts, and where rows are known a finer measure. */
    int percent() {
      if (state.phase() != Phase.LOADING || expected.isEmpty() || expected.getAsLong() == 0) {
        return state.percent();
      }
      return (int) Math.max(state.percent(), Math.min(99, 100 * rows / expected.getAsLong()));
    }

    /** Address of the resource, or name of a task that left the file. */
    String title() {
      return state.address().map(Address::toString).orElse("task " + Words.clean(state.name()));
    }
  }

  public StatusView {
    tasks = List.copyOf(tasks);
  }

  /**
   * @param earlier an older look, for what changes over time; empty for the first one
   * @param tables what the tasks select, if there is a catalog
   */
  public static StatusView of(
      String migration,
      MigrationStatus status,
      Optional<MigrationStatus> earlier,
      Optional<TablePlan> tables) {
    Map<Address, OptionalLong> expected = new HashMap<>();
    tables.ifPresent(
        plan -> plan.tasks().forEach(task -> expected.put(task.address(), rows(task))));
    return new StatusView(
        migration,
        status,
        status.tasks().stream()
            .map(
                task ->
                    task(
                        task,
                        status.at(),
                        earlier,
                        task.address()
                            .map(address -> expected.getOrDefault(address, OptionalLong.empty()))
                            .orElse(OptionalLong.empty())))
            .toList());
  }

  private static OptionalLong rows(TablePlan.Task task) {
    boolean known = task.tables().stream().allMatch(table -> table.rows().isPresent());
    boolean all = task.tables().stream().allMatch(table -> table.filter().isEmpty());
    return known && all && !task.tables().isEmpty()
        ? OptionalLong.of(task.tables().stream().mapToLong(t -> t.rows().getAsLong()).sum())
        : OptionalLong.empty();
  }

  private static Task task(
      TaskState state, Instant now, Optional<MigrationStatus> earlier, OptionalLong expected) {
    long rows = rows(state);
    OptionalDouble rate =
        state.phase() == Phase.LOADING
            ? earlier
                .flatMap(look -> recent(state, rows, now, look))
                .map(OptionalDouble::of)
                .orElseGet(() -> average(state, rows, now))
            : average(state, rows, now);
    Optional<Duration> left =
        state.phase() == Phase.LOADING ? left(state, rows, expected, rate, now) : Optional.empty();
    return new Task(state, rows, expected, rate, left);
  }

  private static long rows(TaskState state) {
    return state.tables().stream().mapToLong(TableState::rows).sum();
  }

  /** Of the time since an earlier look at the same load. */
  private static Optional<Double> recent(
      TaskState state, long rows, Instant now, MigrationStatus earlier) {
    Duration passed = Duration.between(earlier.at(), now);
    return earlier.tasks().stream()
        .filter(
            other -> other.name().equals(state.name()) && other.address().equals(state.address()))
        .filter(other -> other.phase() == Phase.LOADING)
        .filter(other -> other.load().begin().equals(state.load().begin()))
        .filter(other -> passed.compareTo(SHORTEST) >= 0 && rows(other) <= rows)
        .findFirst()
        .map(other -> (rows - rows(other)) * 1000.0 / passed.toMillis());
  }

  private static OptionalDouble average(TaskState state, long rows, Instant now) {
    Optional<Instant> end = state.phase() == Phase.LOADING ? Optional.of(now) : state.load().end();
    Optional<Duration> took =
        state.load().begin().flatMap(begin -> end.map(moment -> Duration.between(begin, moment)));
    return took.filter(time -> rows > 0 && time.compareTo(SHORTEST) >= 0)
        .map(time -> OptionalDouble.of(rows * 1000.0 / time.toMillis()))
        .orElse(OptionalDouble.empty());
  }

  /** By the rows where the catalog knows them, else by the service's percentage. */
  private static Optional<Duration> left(
      TaskState state, long rows, OptionalLong expected, OptionalDouble rate, Instant now) {
    if (expected.isPresent() && rate.isPresent()) {
      long missing = expected.getAsLong() - rows;
      return missing <= 0 || rate.getAsDouble() <= 0
          ? Optional.empty()
          : Optional.of(Duration.ofSeconds(Math.round(missing / rate.getAsDouble())));
    }
    int percent = state.percent();
    return percent < LEAST_PERCENT || percent > 99
        ? Optional.empty()
        : state
            .load()
            .begin()
            .map(begin -> Duration.between(begin, now))
            .map(passed -> passed.multipliedBy(100 - percent).dividedBy(percent));
  }

  /** Where the migration as a whole is: what its tasks have in common, or how many are where. */
  String headline() {
    if (tasks.isEmpty()) {
      return "no tasks";
    }
    List<Phase> phases = tasks.stream().map(task -> task.state().phase()).distinct().toList();
    if (phases.size() == 1) {
      return (tasks.size() == 1 ? "" : "all " + tasks.size() + " tasks ") + phases.get(0).words();
    }
    return phases.stream()
        .sorted(Comparator.reverseOrder())
        .map(
            phase ->
                String.format(
                    Locale.ROOT,
                    "%d %s",
                    tasks.stream().filter(task -> task.state().phase() == phase).count(),
                    phase.words()))
        .collect(Collectors.joining(", ", tasks.size() + " tasks: ", ""));
  }
}
