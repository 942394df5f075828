package dev.pgbound.cli.abuse;

import dev.pgbound.aws.AwsProvider;
import dev.pgbound.aws.AwsSettings;
import dev.pgbound.aws.CallListener;
import dev.pgbound.engine.Engine.PlanOptions;
import dev.pgbound.engine.Migration;
import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.plan.Allowance;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.Plan.Goal;
import dev.pgbound.simulator.SimulatedAws;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.testkit.Bench;
import dev.pgbound.testkit.FakeClaimant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** One run of pgbound in this process, on the simulated AWS in a folder. */
final class Rehearsal implements AutoCloseable {

  /** The recipe. */
  static final Path EXAMPLE = Path.of("..", "examples", "hr");

  /** Where the simulated AWS writes the state as a whole. */
  static final String STATE = "state.json";

  /** Where it writes what a call has changed, before it answers the call. */
  static final String CHANGES = "changes.ndjson";

  /** How many steps run side by side, unless somebody wishes otherwise. */
  static final int SIDE_BY_SIDE = 8;

  private static final List<Allowance> EVERYTHING =
      List.of(new Allowance(Impact.DESTROYS_DATA, Optional.empty()));

  /** Counts the calls as pgbound makes them, however often the SDK repeats one. */
  private static final class Counter implements CallListener {
    private final AtomicLong calls = new AtomicLong();

    @Override
    public void before(Call call) {
      calls.incrementAndGet();
    }

    @Override
    public void after(Call call, Optional<ResourceException> failure) {}
  }

  private final Counter counter = new Counter();
  private final SimulatedAws aws;
  private final AwsProvider provider;
  private final FakeClaimant claimant;
  private final Bench bench;

  /**
   * @param run the name of the run; every other one is taken for dead
   */
  Rehearsal(Path folder, Optional<Path> seed, String run) {
    try {
      aws = SimulatedAws.open(folder, seed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    provider =
        new AwsProvider(
            new AwsSettings(
                Optional.of(aws.httpClient()),
                Optional.empty(),
                Optional.empty(),
                Optional.of("us-east-1"),
                Optional.of(
                    StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("simulated", "none"))),
                true),
            counter);
    claimant = new FakeClaimant(run).knowsDead("undisturbed").knowsDead("disturbed");
    bench = new Bench(provider, aws.timeline()).claimedBy(claimant);
  }

  /** The recipe in AWS: without the catalog, and without what is inside the target. */
  static String recipe() {
    try {
      return Files.readString(EXAMPLE.resolve("migration.yaml"))
          .replaceFirst("(?s)schema:.*?\n\n", "")
          .replaceFirst("(?m)^tables: .*\n", "")
          .replace("    database: hr\n", "    database: hr\n    manageDmsUser: false\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a simulated AWS in {@code folder} that holds what the recipe needs. */
  static void seeded(Path folder) {
    new Rehearsal(folder, Optional.of(EXAMPLE.resolve("simulated-account.yaml")), "seed").close();
  }

  void sideBySide(int steps) {
    bench.sideBySide(steps);
  }

  /** How many calls pgbound has made. */
  long calls() {
    return counter.calls.get();
  }

  SimulatedAws aws() {
    return aws;
  }

  Plan plan(String yaml, Goal goal) {
    Migration migration = bench.load(yaml);
    return bench.engine().plan(migration, new PlanOptions(goal, Set.of(), EVERYTHING));
  }

  /** Plans and applies; an empty plan is not applied. */
  Optional<ApplyResult> run(String yaml, Goal goal) {
    Plan plan = plan(yaml, goal);
    if (!plan.hasChanges()) {
      bench.engine().clearLock(plan.migration(), claimant);
      return Optional.empty();
    }
    return Optional.of(bench.apply(plan));
  }

  /** Lets everything that is under way in AWS come to its end, and keeps the state. */
  void settle() {
    try {
      aws.timeline().sleep(Duration.ofHours(2));
      provider.account();
      aws.save();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ResourceException e) {
      throw new AssertionError("after the run", e);
    }
  }

  @Override
  public void close() {
    provider.close();
    try {
      aws.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
