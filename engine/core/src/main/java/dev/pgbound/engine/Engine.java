package dev.pgbound.engine;

import dev.pgbound.engine.apply.Applier;
import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.apply.EngineEvent;
import dev.pgbound.engine.apply.RunJournal;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.plan.Allowance;
import dev.pgbound.engine.plan.Cancellation;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.PlanRequest;
import dev.pgbound.engine.plan.Planner;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Context.Account;
import dev.pgbound.spi.Provider;
import dev.pgbound.spi.Timeline;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Loads a migration file, plans and applies. Prints nothing and reads neither clock nor console.
 */
public final class Engine {

  private final Registry registry;
  private final Timeline timeline;

  public Engine(Registry registry, Timeline timeline) {
    this.registry = registry;
    this.timeline = timeline;
  }

  /** Which resources a plan is about and what may happen to them. */
  public record PlanOptions(Plan.Goal goal, Set<Address> targets, List<Allowance> allowances) {
    /** The whole file, nothing allowed beyond what is harmless. */
    public static final PlanOptions CONVERGE =
        new PlanOptions(Plan.Goal.CONVERGE, Set.of(), List.of());
  }

  /**
   * How a plan is applied.
   *
   * @param parallelism how many steps may run side by side, at least 1
   * @param environment gives the value of a variable of the environment, for secrets
   */
  public record ApplyOptions(
      int parallelism,
      RunJournal journal,
      Consumer<EngineEvent> events,
      Cancellation cancellation,
      UnaryOperator<String> environment) {}

  /**
   * Reads, checks and expands a file without asking anybody.
   *
   * @param file the path for messages
   * @param variables values given from outside, by name
   * @param sink takes everything that is wrong, warnings too
   * @return empty when there are errors
   */
  public Optional<Migration> load(
      String file, byte[] bytes, Map<String, String> variables, Diagnostics sink) {
    return new Loader(registry, sink).load(file, bytes, variables);
  }

  /**
   * Compares a migration with what is live.
   *
   * @throws WrongAccountException before anything is read
   * @throws dev.pgbound.engine.plan.DiscoveryException when something cannot be read
   * @throws dev.pgbound.spi.ResourceException when AWS cannot be reached at all
   */
  public Plan plan(Migration migration, PlanOptions options) {
    Account account = account(migration);
    PlanRequest request =
        new PlanRequest(
            migration.name(),
            migration.file(),
            migration.expansion().resources(),
            migration.ranges(),
            migration.graph(),
            options.goal(),
            options.targets(),
            options.allowances(),
            migration.tables());
    return new Planner(registry, timeline).plan(request, account);
  }

  /** Carries out a plan, one just made or one saved before. */
  public ApplyResult apply(Plan plan, ApplyOptions options) throws InterruptedException {
    Account account = account();
    if (!account.equals(plan.account())) {
      throw new WrongAccountException(
          String.format(
              Locale.ROOT,
              "The plan was made for account %s in %s, but the credentials lead to account %s in %s.",
              plan.account().id(),
              plan.account().region(),
              account.id(),
              account.region()));
    }
    Applier applier =
        new Applier(
            registry,
            timeline,
            options.journal(),
            options.events(),
            options.cancellation(),
            options.environment());
    return applier.apply(plan, options.parallelism());
  }

  private Account account(Migration migration) {
    Account account = account();
    migration
        .account()
        .filter(expected -> !expected.equals(account.id()))
        .ifPresent(
            expected -> {
              throw new WrongAccountException(
                  String.format(
                      Locale.ROOT,
                      "The file is for account %s, but the credentials lead to account %s.",
                      expected,
                      account.id()));
            });
    return account;
  }

  private Account account() {
    return registry.providers().stream()
        .findFirst()
        .map(Provider::account)
        .orElseThrow(() -> new IllegalStateException("no provider"));
  }
}
