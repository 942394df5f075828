package dev.pgbound.cli.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.apply.Outcome;
import dev.pgbound.engine.apply.Outcome.Status;
import dev.pgbound.engine.plan.DiscoveryException;
import dev.pgbound.engine.plan.Plan.Goal;
import dev.pgbound.simulator.fault.FaultRule;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recipe with faults on 30 % of its calls, two hundred times: apply reaches the end or stops
 * with a clear text, and the next undisturbed run ends in the same world as one without faults, of
 * which destroy leaves nothing. {@code -Dabuse.seeds=1000} tries more.
 */
class FaultTest {

  private static final int SEEDS = Integer.getInteger("abuse.seeds", 200);

  /** Of so many worlds one is destroyed: equal worlds are destroyed alike. */
  private static final int DESTROYED = 10;

  private static final int WORKERS = 2;

  /** Where the account lies as it is before the first run. */
  private static final String SEEDED = "seeded";

  @TempDir private Path folder;

  /** How one disturbed run ended, and what is wrong with it or with what came of it. */
  private record Story(String end, long calls, long repeated, List<String> complaints) {}

  @Test
  void everySeedConverges() throws Exception {
    long began = System.nanoTime();
    Rehearsal.seeded(Files.createDirectory(folder.resolve(SEEDED)));
    String yaml = Rehearsal.recipe();
    Path applied = copy("applied");
    finish(applied, yaml, Goal.CONVERGE);
    List<String> whole = NormalWorld.of(applied.resolve(Rehearsal.STATE));
    finish(applied, yaml, Goal.DESTROY);
    List<String> nothing = NormalWorld.of(applied.resolve(Rehearsal.STATE));

    Map<String, Integer> ends = new TreeMap<>();
    List<String> complaints = new ArrayList<>();
    long calls = 0;
    long repeated = 0;
    for (Map.Entry<Integer, Story> story : stories(yaml, whole, nothing).entrySet()) {
      ends.merge(story.getValue().end(), 1, Integer::sum);
      calls += story.getValue().calls();
      repeated += story.getValue().repeated();
      story.getValue().complaints().forEach(one -> complaints.add(story.getKey() + ": " + one));
    }
    System.out.printf(
        Locale.ROOT,
        "fault test: %d seeds, ends of the disturbed applies %s, %d calls of which %d repeated,"
            + " %d complaints; %d s%n",
        SEEDS,
        ends,
        calls,
        repeated,
        complaints.size(),
        (System.nanoTime() - began) / 1_000_000_000);

    assertThat(complaints).isEmpty();
  }

  private Map<Integer, Story> stories(String yaml, List<String> whole, List<String> nothing)
      throws InterruptedException, ExecutionException {
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    try {
      Map<Integer, Future<Story>> running = new TreeMap<>();
      for (int seed = 1; seed <= SEEDS; seed++) {
        int number = seed;
        running.put(seed, workers.submit(() -> story(number, yaml, whole, nothing)));
      }
      Map<Integer, Story> stories = new TreeMap<>();
      for (Map.Entry<Integer, Future<Story>> one : running.entrySet()) {
        stories.put(one.getKey(), one.getValue().get());
      }
      return stories;
    } finally {
      workers.shutdownNow();
    }
  }

  private Story story(int seed, String yaml, List<String> whole, List<String> nothing)
      throws IOException {
    Path state = copy("seed-" + seed);
    List<String> complaints = new ArrayList<>();
    String end;
    long calls;
    long repeated;
    try (Rehearsal run = new Rehearsal(state, Optional.empty(), "disturbed")) {
      rules(seed).forEach(rule -> run.aws().inject(FaultRule.parse(rule)));
      end = end(run, yaml, complaints);
      calls = run.aws().calls().calls().size();
      repeated = calls - run.calls();
    }
    complaints.addAll(finish(state, yaml, Goal.CONVERGE));
    compare("the world", whole, state, complaints);
    if (seed % DESTROYED == 0) {
      complaints.addAll(finish(state, yaml, Goal.DESTROY));
      compare("what destroy leaves", nothing, state, complaints);
    }
    return new Story(end, calls, repeated, complaints);
  }

  /** Almost a third of all calls; for some seeds also what passes only after a while. */
  private static List<String> rules(int seed) {
    List<String> rules = new ArrayList<>();
    rules.add("*:30%@" + seed + ":throttling+server-error+reset-before+reset-after");
    if (seed % 2 == 0) {
      rules.add("dms:CreateReplicationSubnetGroup:1-" + (seed % 7 + 1) + ":role-not-visible");
    }
    if (seed % 4 == 1) {
      int first = 60 + 5 * seed;
      rules.add("*:" + first + "-" + (first + 9) + ":access-denied");
    }
    return rules;
  }

  private static String end(Rehearsal run, String yaml, List<String> complaints) {
    try {
      Optional<ApplyResult> result = run.run(yaml, Goal.CONVERGE);
      if (result.isEmpty()) {
        complaints.add("there was nothing to do");
        return "nothing";
      }
      return end(result.get(), complaints);
    } catch (DiscoveryException e) {
      e.failures().values().forEach(one -> judge(one.getMessage(), complaints));
      boolean unreachable =
          e.failures().values().stream().allMatch(one -> one.kind() == Kind.UNAVAILABLE);
      return unreachable ? "AWS not reachable (69)" : "failed before any write (1)";
    } catch (ResourceException e) {
      judge(e.getMessage(), complaints);
      return e.kind() == Kind.UNAVAILABLE
          ? "AWS not reachable (69)"
          : "failed before any write (1)";
    }
  }

  private static String end(ApplyResult result, List<String> complaints) {
    if (result.isComplete()) {
      return "complete (0)";
    }
    if (result.isRefused()) {
      return "refused (3)";
    }
    for (Outcome outcome : result.outcomes().values()) {
      if (outcome.status() == Status.FAILED) {
        judge(outcome.message(), complaints);
      }
    }
    return result.count(Status.SUCCEEDED) > 0 ? "partly applied (4)" : "failed (1)";
  }

  private static void judge(String message, List<String> complaints) {
    boolean clear =
        message.length() > 20
            && !message.contains("Internal error")
            && !message.matches("(?s).*\\b(java|software)\\.[a-z]+\\..*");
    if (!clear) {
      complaints.add("not clear: " + message);
    }
  }

  /** Runs undisturbed; returns what is wrong. */
  private static List<String> finish(Path state, String yaml, Goal goal) {
    List<String> complaints = new ArrayList<>();
    try (Rehearsal run = new Rehearsal(state, Optional.empty(), "next")) {
      Optional<ApplyResult> result = run.run(yaml, goal);
      result.ifPresent(
          applied ->
              applied
                  .outcomes()
                  .forEach(
                      (step, outcome) -> {
                        if (!outcome.isSuccess()) {
                          complaints.add("undisturbed " + step + ": " + outcome.message());
                        }
                      }));
      if (run.plan(yaml, goal).hasChanges()) {
        complaints.add("the plan afterwards is not empty");
      }
      run.settle();
    }
    return complaints;
  }

  private static void compare(
      String what, List<String> expected, Path state, List<String> complaints) {
    List<String> found = NormalWorld.of(state.resolve(Rehearsal.STATE));
    if (!found.equals(expected)) {
      complaints.add(what + " is another one" + NormalWorld.difference(expected, found));
    }
  }

  private Path copy(String name) throws IOException {
    Path state = Files.createDirectory(folder.resolve(name));
    Files.copy(folder.resolve(SEEDED).resolve(Rehearsal.STATE), state.resolve(Rehearsal.STATE));
    return state;
  }
}
