package dev.pgbound.engine;

import dev.pgbound.engine.adopt.Adoption;
import dev.pgbound.engine.adopt.Adoption.Meant;
import dev.pgbound.engine.adopt.Draft;
import dev.pgbound.engine.adopt.Takeovers;
import dev.pgbound.engine.apply.Applier;
import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.apply.Claimant;
import dev.pgbound.engine.apply.EngineEvent;
import dev.pgbound.engine.apply.MigrationLock;
import dev.pgbound.engine.apply.RunJournal;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.plan.Allowance;
import dev.pgbound.engine.plan.Cancellation;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.PlanRequest;
import dev.pgbound.engine.plan.Planner;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.engine.sections.Resource;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Context.Account;
import dev.pgbound.spi.Provider;
import dev.pgbound.spi.ResourceType.Declared;
import dev.pgbound.spi.Timeline;
import java.nio.charset.StandardCharsets;
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
   * @param claimant holds the lock of the migration meanwhile
   */
  public record ApplyOptions(
      int parallelism,
      RunJournal journal,
      Consumer<EngineEvent> events,
      Cancellation cancellation,
      UnaryOperator<String> environment,
      Claimant claimant) {}

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
    return plan(migration, options, account(migration));
  }

  /**
   * As {@link #plan(Migration, PlanOptions)}, for a run that is to follow at once: a plan that is
   * made while another run is under way would be worth nothing.
   *
   * @throws dev.pgbound.engine.apply.LockedException before anything else is read
   */
  public Plan plan(Migration migration, PlanOptions options, Claimant claimant) {
    Account account = account(migration);
    lock(migration.name()).ifPresent(lock -> lock.requireFree(claimant));
    return plan(migration, options, account);
  }

  private Plan plan(Migration migration, PlanOptions options, Account account) {
    Plan plan = new Planner(registry, timeline).plan(request(migration, options), account);
    return migration.policies().judge(plan);
  }

  private PlanRequest request(Migration migration, PlanOptions options) {
    return new PlanRequest(
        migration.name(),
        migration.file(),
        migration.expansion().resources().stream().map(this::derived).toList(),
        migration.expansion().places(),
        migration.graph(),
        options.goal(),
        options.targets(),
        options.allowances(),
        migration.tables());
  }

  /** What takes existing objects under management. */
  public Adoption adoption() {
    return new Adoption(registry, timeline, account());
  }

  /**
   * The shortest file whose plan is empty for a setup that is there.
   *
   * @throws dev.pgbound.engine.adopt.AdoptionException when there is none, or several
   */
  public Draft draft(Meant meant) {
    return adoption()
        .draft(
            meant,
            (yaml, sink) ->
                load("migration.yaml", yaml.getBytes(StandardCharsets.UTF_8), Map.of(), sink)
                    .map(Migration::expansion));
  }

  /**
   * What taking over would do: of one resource of a file, or of all that are there.
   *
   * @param claimant is going to do it at once
   * @throws WrongAccountException before anything is read
   * @throws dev.pgbound.engine.apply.LockedException before anything else is read
   * @throws dev.pgbound.engine.adopt.AdoptionException when no object is found
   */
  public Takeovers takeovers(
      Migration migration,
      Optional<Address> address,
      Optional<String> identifier,
      Claimant claimant) {
    account(migration);
    lock(migration.name()).ifPresent(lock -> lock.requireFree(claimant));
    return adoption().takeovers(request(migration, PlanOptions.CONVERGE), address, identifier);
  }

  private Resource derived(Resource resource) {
    Address address = resource.address();
    Declared declared = new Declared(address, resource.attributes());
    return resource.meta().existing().isPresent()
        ? resource
        : new Resource(address, registry.type(address.type()).derive(declared), resource.meta());
  }

  /** Who holds the lock of a migration; empty when nobody does. */
  public Optional<MigrationLock.Content> holder(Migration migration) {
    account(migration);
    return lock(migration.name()).flatMap(MigrationLock::look);
  }

  /**
   * Removes the lock of a migration if it still is the one that was shown.
   *
   * @return whether it was
   */
  public boolean unlock(Migration migration, MigrationLock.Content shown) {
    return lock(migration.name()).filter(lock -> lock.remove(shown)).isPresent();
  }

  /**
   * Carries out a plan, one just made or one saved before, and holds the lock of the migration
   * meanwhile.
   *
   * @throws dev.pgbound.engine.apply.LockedException when another run holds the lock; nothing was
   *     written
   */
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
    return locked(
        plan.migration(), options.claimant(), () -> applier.apply(plan, options.parallelism()));
  }

  /** Something that is done to a migration while nobody else does anything to it. */
  public interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /**
   * Holds the lock of a migration meanwhile.
   *
   * @throws dev.pgbound.engine.apply.LockedException when another run holds it; then nothing was
   *     done
   */
  public <T, E extends Exception> T locked(String migration, Claimant claimant, Work<T, E> work)
      throws E {
    Optional<MigrationLock> lock = lock(migration);
    lock.ifPresent(free -> free.take(claimant));
    try {
      return work.run();
    } finally {
      lock.ifPresent(taken -> taken.release(claimant));
    }
  }

  private Optional<MigrationLock> lock(String migration) {
    return registry.providers().stream()
        .flatMap(provider -> provider.locks().stream())
        .findFirst()
        .map(store -> new MigrationLock(store, migration));
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
