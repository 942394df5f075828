package dev.pgbound.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.Engine;
import dev.pgbound.engine.Engine.ApplyOptions;
import dev.pgbound.engine.Engine.PlanOptions;
import dev.pgbound.engine.Migration;
import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.apply.Claimant;
import dev.pgbound.engine.apply.EngineEvent;
import dev.pgbound.engine.apply.RunJournal;
import dev.pgbound.engine.config.DiagnosticText;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.plan.Allowance;
import dev.pgbound.engine.plan.Cancellation;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.Plan.Goal;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Provider;
import dev.pgbound.spi.Timeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A provider with an engine around it: load, plan and apply in one line each. */
public final class Bench {

  private static final List<Allowance> EVERYTHING =
      List.of(new Allowance(Impact.DESTROYS_DATA, Optional.empty()));

  private final Registry registry;
  private final Engine engine;
  private final Timeline timeline;
  private final Path journal;
  private Consumer<EngineEvent> events = event -> {};
  private Cancellation cancellation = new Cancellation();
  private Claimant claimant = new FakeClaimant("bench");
  private int parallelism = 8;

  public Bench(Provider provider, Timeline timeline) {
    registry = new Registry(List.of(provider));
    this.timeline = timeline;
    engine = new Engine(registry, timeline);
    try {
      journal = Files.createTempFile("pgbound-journal", ".ndjson");
      journal.toFile().deleteOnExit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Registry registry() {
    return registry;
  }

  public Engine engine() {
    return engine;
  }

  public Timeline timeline() {
    return timeline;
  }

  /** Where the journal of every run is written. */
  public Path journal() {
    return journal;
  }

  /** Has {@code listener} hear of every event of the runs from now on. */
  public Bench listen(Consumer<EngineEvent> listener) {
    events = listener;
    return this;
  }

  /** The cancellation of the next runs. */
  public Bench cancelledBy(Cancellation newCancellation) {
    cancellation = newCancellation;
    return this;
  }

  /** Who holds the lock during the next runs. */
  public Bench claimedBy(Claimant newClaimant) {
    claimant = newClaimant;
    return this;
  }

  /** How many steps the next runs may take side by side. */
  public Bench sideBySide(int steps) {
    parallelism = steps;
    return this;
  }

  /** Loads a file that must be valid; warnings are fine. */
  public Migration load(String yaml) {
    Diagnostics sink = new Diagnostics();
    Optional<Migration> migration = tryLoad(yaml, sink);
    assertThat(migration).as(DiagnosticText.render(sink)).isPresent();
    return migration.orElseThrow();
  }

  /** Loads a file that may be invalid. */
  public Optional<Migration> tryLoad(String yaml, Diagnostics sink) {
    return engine.load("migration.yaml", yaml.getBytes(StandardCharsets.UTF_8), Map.of(), sink);
  }

  public Plan plan(String yaml) {
    return engine.plan(load(yaml), PlanOptions.CONVERGE);
  }

  /** A plan for which the user has allowed everything. */
  public Plan planAllowingAll(String yaml) {
    return engine.plan(load(yaml), new PlanOptions(Goal.CONVERGE, Set.of(), EVERYTHING));
  }

  /** A plan that removes everything, with the user's leave. */
  public Plan planDestroy(String yaml) {
    return engine.plan(load(yaml), new PlanOptions(Goal.DESTROY, Set.of(), EVERYTHING));
  }

  public Plan plan(String yaml, PlanOptions options) {
    return engine.plan(load(yaml), options);
  }

  public ApplyResult apply(Plan plan) {
    try (RunJournal lines = new RunJournal(journal)) {
      return engine.apply(
          plan,
          new ApplyOptions(
              parallelism, lines, events, cancellation, name -> "secret-of-" + name, claimant));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Applies a plan that must succeed as a whole. */
  public ApplyResult applyFully(Plan plan) {
    assertThat(plan.refusals()).isEmpty();
    ApplyResult result = apply(plan);
    assertThat(result.moved()).isEmpty();
    assertThat(result.outcomes())
        .allSatisfy(
            (step, outcome) ->
                assertThat(outcome.isSuccess()).as("%s: %s", step, outcome.message()).isTrue());
    return result;
  }
}
