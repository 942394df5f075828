package dev.pgbound.cli.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.plan.Plan.Goal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run is killed at every call, once before the call has its effect and once after: the next run
 * of the same command ends in the same world as an undisturbed one.
 *
 * <p>What a killed process leaves behind is what the simulated AWS has written by then: it writes a
 * line for each call that changes something, before it answers. An undisturbed run leaves all of
 * these lines, and each beginning of them is what is there when the run is killed at some call. So
 * nothing has to be killed here; {@link KilledProcessTest} does that, and finds the same.
 */
class KillTest {

  private static final int WORKERS = 2;

  @TempDir private Path folder;

  @Test
  void applyOfTheRecipe() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Rehearsal.seeded(empty);
    killEverywhere("apply of examples/hr", empty, Rehearsal.recipe(), Goal.CONVERGE);
  }

  @Test
  void destroyOfTheRecipe() throws IOException {
    killEverywhere(
        "destroy of examples/hr", applied(Rehearsal.recipe()), Rehearsal.recipe(), Goal.DESTROY);
  }

  @Test
  void changeUnderARunningTask() throws IOException {
    String changed =
        Rehearsal.recipe()
            .replace("LobMaxSize: 64", "LobMaxSize: 128")
            .replace(
                "alerts:",
                "overrides:\n  dms-endpoint.target: {postgreSQLSettings: {maxFileSize: 65536}}\n\nalerts:");
    assertThat(changed).contains("LobMaxSize: 128", "maxFileSize");

    killEverywhere(
        "change of task and endpoint of examples/hr",
        applied(Rehearsal.recipe()),
        changed,
        Goal.CONVERGE);
  }

  private void killEverywhere(String what, Path start, String yaml, Goal goal) throws IOException {
    long began = System.nanoTime();
    Recording run = Recording.of(copy(start, "undisturbed"), yaml, goal, Rehearsal.SIDE_BY_SIDE);
    Map<Long, String> points = new LinkedHashMap<>();
    for (int i = 1; i <= run.calls().size(); i++) {
      String call = "call " + i + ", " + run.calls().get(i - 1);
      points.putIfAbsent(run.sizes().get(i - 1), "before " + call);
      points.putIfAbsent(run.sizes().get(i), "after " + call);
    }

    List<String> failures = new ArrayList<>();
    for (Map.Entry<String, Optional<String>> outcome :
        inParallel(points, (point, size) -> failure(start, run, size, yaml, goal)).entrySet()) {
      outcome.getValue().ifPresent(why -> failures.add("killed " + outcome.getKey() + ": " + why));
    }
    System.out.printf(
        Locale.ROOT,
        "kill test, %s: %d calls, %d kill points, %d different states left behind, %d failures; %d s%n",
        what,
        run.calls().size(),
        2 * run.calls().size(),
        points.size(),
        failures.size(),
        (System.nanoTime() - began) / 1_000_000_000);
    assertThat(failures).isEmpty();
  }

  private interface Job {
    Optional<String> failure(String point, long size) throws IOException;
  }

  private static Map<String, Optional<String>> inParallel(Map<Long, String> points, Job job) {
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    try {
      Map<String, Future<Optional<String>>> running = new LinkedHashMap<>();
      points.forEach(
          (size, point) -> running.put(point, workers.submit(() -> job.failure(point, size))));
      Map<String, Optional<String>> done = new LinkedHashMap<>();
      for (Map.Entry<String, Future<Optional<String>>> one : running.entrySet()) {
        done.put(one.getKey(), one.getValue().get());
      }
      return done;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } finally {
      workers.shutdownNow();
    }
  }

  /** Why the next run does not end as it should. */
  private Optional<String> failure(Path start, Recording run, long size, String yaml, Goal goal)
      throws IOException {
    Path left = copy(start, "killed-" + size);
    Files.write(left.resolve(Rehearsal.CHANGES), run.beginning(size));
    try (Rehearsal next = new Rehearsal(left, Optional.empty(), "next")) {
      Optional<ApplyResult> result = next.run(yaml, goal);
      if (result.isPresent() && !result.get().isComplete()) {
        return Optional.of("the next run failed: " + messages(result.get()));
      }
      if (next.plan(yaml, goal).hasChanges()) {
        return Optional.of("the plan afterwards is not empty");
      }
      next.settle();
    }
    List<String> before = NormalWorld.positions(start.resolve(Rehearsal.STATE));
    List<String> after = NormalWorld.positions(left.resolve(Rehearsal.STATE));
    if (goal == Goal.CONVERGE && !before.isEmpty() && !before.equals(after)) {
      return Optional.of("a task began anew");
    }
    List<String> found = NormalWorld.of(left.resolve(Rehearsal.STATE));
    return found.equals(run.world())
        ? Optional.empty()
        : Optional.of("another world" + NormalWorld.difference(run.world(), found));
  }

  private static String messages(ApplyResult result) {
    StringBuilder text = new StringBuilder(String.join("; ", result.moved()));
    result
        .outcomes()
        .forEach(
            (step, outcome) -> {
              if (!outcome.isSuccess()) {
                text.append("\n    ").append(step).append(": ").append(outcome.message());
              }
            });
    return text.toString();
  }

  /** A folder with the simulated AWS after an apply. */
  private Path applied(String yaml) throws IOException {
    Path state = Files.createDirectory(folder.resolve("applied"));
    Rehearsal.seeded(state);
    try (Rehearsal run = new Rehearsal(state, Optional.empty(), "undisturbed")) {
      assertThat(run.run(yaml, Goal.CONVERGE).filter(ApplyResult::isComplete)).isPresent();
      run.settle();
    }
    return state;
  }

  private Path copy(Path from, String name) throws IOException {
    Path to = Files.createDirectory(folder.resolve(name));
    Files.copy(from.resolve(Rehearsal.STATE), to.resolve(Rehearsal.STATE));
    return to;
  }
}
