package dev.pgbound.engine.apply;

import dev.pgbound.engine.graph.References;
import dev.pgbound.engine.plan.AttributeChange;
import dev.pgbound.engine.plan.CallContext;
import dev.pgbound.engine.plan.Differ;
import dev.pgbound.engine.plan.Fingerprint;
import dev.pgbound.engine.plan.Identity;
import dev.pgbound.engine.plan.ResourceChange;
import dev.pgbound.engine.plan.Retirement;
import dev.pgbound.engine.plan.Step;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.engine.sections.Resource.Management;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Pausable;
import dev.pgbound.spi.Poll;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.Query.Scope;
import dev.pgbound.spi.Query.Wanted;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Operation;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.Timeline;
import dev.pgbound.spi.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Runs one step against its resource type: reads the object again, compares it with what was
 * planned against, acts, and reads back what was declared. Total: whatever happens becomes an
 * outcome.
 */
final class StepRunner {

  private static final Duration RUN_LIMIT = Duration.ofMinutes(30);
  private static final List<String> RUN_STATE = List.of(Pausable.RUN, Pausable.RELOAD);

  /**
   * What one step needs to know.
   *
   * @param before how it went with the steps before it
   * @param fingerprint what the live object must still look like; empty when there must be none
   * @param outputs the attributes of the resources that are referred to
   * @param replaced the old object beside which a new one is made; empty in every other case
   */
  record Job(
      Step step,
      Executor.Before before,
      ResourceChange change,
      String fingerprint,
      Map<Address, Value.Fields> outputs,
      Optional<Live> replaced) {}

  private final Registry registry;
  private final References references;
  private final String migration;
  private final Context.Account account;
  private final Timeline timeline;
  private final BooleanSupplier cancelled;
  private final UnaryOperator<String> environment;

  StepRunner(
      Registry registry,
      References references,
      String migration,
      Context.Account account,
      Timeline timeline,
      BooleanSupplier cancelled,
      UnaryOperator<String> environment) {
    this.registry = registry;
    this.references = references;
    this.migration = migration;
    this.account = account;
    this.timeline = timeline;
    this.cancelled = cancelled;
    this.environment = environment;
  }

  Outcome run(Job job, Consumer<String> progress) {
    Instant start = timeline.now();
    try {
      Optional<Live> live = new Run(job, progress).act();
      boolean onlyPutBack =
          job.step().kind() == Step.Kind.RELOAD && job.before() == Executor.Before.FAILED;
      return onlyPutBack
          ? Outcome.skipped("what it had to wait for did not succeed, so it only went on")
          : Outcome.succeeded(live, Duration.between(start, timeline.now()));
    } catch (ResourceException e) {
      boolean interrupted = e.kind() == Kind.INTERRUPTED;
      return new Outcome(
          interrupted ? Outcome.Status.INTERRUPTED : Outcome.Status.FAILED,
          e.getMessage(),
          Optional.of(e.kind()),
          Optional.empty(),
          Duration.between(start, timeline.now()));
    } catch (RuntimeException | Error e) {
      return Outcome.internalError(
          "the resource type " + job.change().address().type(),
          e,
          Duration.between(start, timeline.now()));
    }
  }

  /** One step in execution. */
  private final class Run {
    private final Job job;
    private final ResourceChange change;
    private final ResourceType type;
    private final ResourceSchema schema;
    private final Value.Fields desired;
    private final Consumer<String> progress;

    Run(Job job, Consumer<String> progress) {
      this.job = job;
      this.change = job.change();
      this.progress = progress;
      type = registry.type(change.address().type());
      schema = type.schema();
      desired =
          references.resolve(
              change.resource().attributes(),
              address -> Optional.ofNullable(job.outputs().get(address)));
    }

    Optional<Live> act() {
      return switch (job.step().kind()) {
        case CREATE -> Optional.of(create());
        case UPDATE -> Optional.of(update());
        case DELETE -> delete();
        case PAUSE -> Optional.of(pausable().pause(present(), desired, unstoppable()));
        case START ->
            Optional.of(running(pausable().resume(present(), desired, context(RUN_LIMIT, false))));
        case RESUME -> Optional.of(running(pausable().resume(present(), desired, unstoppable())));
        case RELOAD -> Optional.of(reload());
      };
    }

    private Live reload() {
      return job.before() == Executor.Before.SUCCEEDED
          ? running(pausable().reload(present(), desired, unstoppable()))
          : pausable().resume(present(), desired, unstoppable());
    }

    /** Setting something going is the last step for it: only now its run state must be right. */
    private Live running(Live live) {
      requireKept(Differ.compare(schema, desired.only(RUN_STATE), live));
      return live;
    }

    private Live create() {
      Context context = context(Operation.CREATE);
      Optional<Live> there = read(context).filter(live -> !isReplaced(live));
      if (there.isPresent() && there.get().health().state() == Live.State.GOING) {
        awaitGone(context);
      } else if (there.isPresent() && schema.within().isPresent() && isOurs(there.get())) {
        return complete(there.get(), context);
      } else if (there.isPresent()) {
        throw stale("it exists now");
      }
      Value.Fields revealed = references.reveal(schema, desired, environment);
      job.replaced().ifPresent(this::retire);
      return verified(type.create(revealed, context), context);
    }

    private boolean isOurs(Live live) {
      boolean byParent = schema.ownership() == ResourceSchema.Ownership.BY_PARENT;
      boolean byTag =
          live.isOwnedBy(migration) && live.address().filter(change.address()::equals).isPresent();
      return byParent || byTag;
    }

    /**
     * The plan could not look into what the object is in, because that did not answer; it was there
     * all the time.
     */
    private Live complete(Live there, Context context) {
      Set<String> changed =
          Differ.compare(schema, desired, there).stream()
              .map(AttributeChange::attribute)
              .collect(Collectors.toCollection(LinkedHashSet::new));
      Value.Fields revealed = references.reveal(schema, desired, environment);
      return verified(type.update(there, revealed, changed, context), context);
    }

    private boolean isReplaced(Live live) {
      return job.replaced().filter(old -> old.identifier().equals(live.identifier())).isPresent();
    }

    /**
     * Gives the address to the object that is to come. Should the run end before the old one is
     * deleted, the next plan finds it as one that is not in the file.
     */
    private void retire(Live old) {
      if (schema.ownership() == ResourceSchema.Ownership.TAGGED) {
        Map<String, String> tags = new LinkedHashMap<>(tags());
        tags.put(Live.ADDRESS_TAG, Retirement.of(change.address()).toString());
        type.claim(old, context(Operation.UPDATE, tags));
      }
    }

    private Live update() {
      Context context = context(Operation.UPDATE);
      Live prior = unmoved(present());
      if (prior.health().state() == Live.State.PENDING) {
        prior = type.settle(prior, context);
      }
      List<AttributeChange> differences = Differ.compare(schema, desired, prior);
      if (differences.stream().anyMatch(AttributeChange::forcesReplacement)) {
        throw stale("it can no longer be changed in place");
      }
      Set<String> changed =
          differences.stream()
              .map(AttributeChange::attribute)
              .collect(Collectors.toCollection(LinkedHashSet::new));
      Value.Fields revealed = references.reveal(schema, desired, environment);
      return verified(type.update(prior, revealed, changed, context), context);
    }

    private Optional<Live> delete() {
      if (job.replaced().isPresent()) {
        deleteReplaced(job.replaced().get());
        return Optional.empty();
      }
      Context context = context(Operation.DELETE);
      Optional<Live> prior = read(context);
      if (prior.isPresent()) {
        Live live = prior.get();
        if (live.health().state() == Live.State.GOING) {
          awaitGone(context);
        } else {
          boolean declared = change.range().isPresent();
          type.delete(unmoved(live), declared ? Optional.of(desired) : Optional.empty(), context);
        }
      }
      return Optional.empty();
    }

    private void deleteReplaced(Live old) {
      Context context = context(Operation.DELETE);
      Wanted wanted = Retirement.wanted(schema, change.address(), old);
      Optional<Live> there =
          type.discover(new Query(migration, List.of(wanted), Scope.OBJECT), context).stream()
              .filter(this::isReplaced)
              .findFirst();
      if (there.isPresent()) {
        requireUnmoved(there.get(), change.fingerprint());
        type.delete(there.get(), Optional.of(desired), context);
      }
    }

    private Pausable pausable() {
      if (type instanceof Pausable pausable) {
        return pausable;
      }
      throw new IllegalStateException(schema.type() + " cannot be stopped and resumed");
    }

    private Live present() {
      return read(context(Operation.UPDATE)).orElseThrow(() -> stale("it no longer exists"));
    }

    private Live unmoved(Live live) {
      requireUnmoved(live, job.fingerprint());
      return live;
    }

    private void requireUnmoved(Live live, String fingerprint) {
      Set<String> compared = change.resource().attributes().fields().keySet();
      if (!Fingerprint.of(schema, live, compared).equals(fingerprint)) {
        throw stale("it was changed in the meantime");
      }
    }

    private ResourceException stale(String what) {
      return new ResourceException(
          Kind.CONFLICT,
          "Stale",
          String.format(
              Locale.ROOT,
              "%s is not as it was planned against: %s. Nothing was done to it; plan again.",
              change.address(),
              what));
    }

    private void awaitGone(Context context) {
      context.await(
          change.address() + " to be gone",
          () ->
              read(context).isEmpty()
                  ? Poll.done(change.address())
                  : Poll.pending("being deleted"));
    }

    private Optional<Live> read(Context context) {
      Wanted wanted = new Wanted(change.address(), Identity.declared(schema, desired), desired);
      List<Live> found =
          type.discover(new Query(migration, List.of(wanted), Scope.OBJECT), context);
      return Identity.find(schema, wanted, migration, found);
    }

    /** Everything declared must have arrived: a value that AWS dropped silently is an error. */
    private Live verified(Live made, Context context) {
      Live live = read(context).orElse(made);
      requireKept(Differ.compare(schema, withoutRunState(desired), live));
      return live;
    }

    private Value.Fields withoutRunState(Value.Fields attributes) {
      return type instanceof Pausable
          ? attributes.without(Pausable.RUN).without(Pausable.RELOAD)
          : attributes;
    }

    private static void requireKept(List<AttributeChange> missing) {
      if (!missing.isEmpty()) {
        throw new ResourceException(
            Kind.NOT_STABILIZED,
            "NotKept",
            "The call was accepted, but this was not kept: "
                + missing.stream().map(Run::notKept).collect(Collectors.joining("; ")));
      }
    }

    private static String notKept(AttributeChange change) {
      return change.sensitive()
          ? change.path()
          : String.format(
              Locale.ROOT,
              "%s: declared %s, live %s",
              change.path(),
              change.after().map(Value::toString).orElse("nothing"),
              change.before().map(Value::toString).orElse("nothing"));
    }

    /** An interruption leaves nothing standing that ran before. */
    private Context unstoppable() {
      return context(RUN_LIMIT, true);
    }

    private Context context(Operation operation) {
      return context(operation, tags());
    }

    private Context context(Operation operation, Map<String, String> tags) {
      Duration limit = change.resource().meta().timeouts().get(operation);
      return context(limit == null ? schema.timing(operation).limit() : limit, tags, false);
    }

    private Context context(Duration limit, boolean evenWhenCancelled) {
      return context(limit, tags(), evenWhenCancelled);
    }

    private Context context(Duration limit, Map<String, String> tags, boolean evenWhenCancelled) {
      return new CallContext(
          migration,
          account,
          tags,
          limit,
          registry::secret,
          timeline,
          evenWhenCancelled ? () -> false : cancelled,
          progress);
    }

    private Map<String, String> tags() {
      boolean taggable = schema.ownership() == ResourceSchema.Ownership.TAGGED;
      return taggable && change.resource().meta().management() == Management.OWNED
          ? Identity.tags(migration, change.address(), Fingerprint.digest(schema, desired))
          : Map.of();
    }
  }
}
