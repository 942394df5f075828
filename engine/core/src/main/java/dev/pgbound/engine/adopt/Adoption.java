package dev.pgbound.engine.adopt;

import dev.pgbound.engine.adopt.AdoptionException.Kind;
import dev.pgbound.engine.adopt.Checking.Loader;
import dev.pgbound.engine.adopt.Takeovers.Takeover;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.plan.CallContext;
import dev.pgbound.engine.plan.PlanRequest;
import dev.pgbound.engine.plan.Planner;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.engine.sections.Expansion;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Context.Account;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceSchema.Operation;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.Timeline;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Takes existing objects under management: writes the file for them, and gives them their tags. */
public final class Adoption {

  private static final Duration READ_LIMIT = Duration.ofMinutes(5);

  private final Registry registry;
  private final Timeline timeline;
  private final Account account;

  public Adoption(Registry registry, Timeline timeline, Account account) {
    this.registry = registry;
    this.timeline = timeline;
    this.account = account;
  }

  /**
   * Which setup is meant, where the account has several.
   *
   * @param migration the name of the migration; made from the instance's where it is not given
   * @param heads identifiers of replication instances; may be empty when there is only one
   * @param also identifiers of objects that belong to it although nothing shows that
   */
  public record Meant(Optional<String> migration, List<String> heads, List<String> also) {
    public Meant {
      heads = List.copyOf(heads);
      also = List.copyOf(also);
    }
  }

  /**
   * The shortest file whose plan is empty for what is there.
   *
   * @param loader reads, checks and expands a file
   * @throws AdoptionException when no setup is found, or several, or it has an owner
   * @throws dev.pgbound.engine.plan.DiscoveryException when something cannot be read
   */
  public Draft draft(Meant meant, BiFunction<String, Diagnostics, Optional<Expansion>> loader) {
    Survey survey =
        Survey.of(registry, context(meant.migration().orElse(""), READ_LIMIT, Map.of()), types());
    Set<Survey.Key> heads = Drafting.heads(survey, meant.heads(), !meant.also().isEmpty());
    survey.complete(heads);
    List<String> names = names(survey, heads, meant.migration());
    Setup setup = new Setup(survey, names.get(0), heads, also(survey, meant.also()));
    Loader checked = loader::apply;
    return names.stream()
        .map(name -> new Drafting(registry, survey, setup, name, checked).draft())
        .min(Comparator.comparingLong(draft -> draft.yaml().lines().count()))
        .orElseThrow();
  }

  private Set<String> types() {
    return registry.names();
  }

  /** The names that the migration may have, the best one first. */
  private static List<String> names(Survey survey, Set<Survey.Key> heads, Optional<String> given) {
    for (Survey.Key head : heads) {
      Optional<String> owner = survey.live(head).tag(Live.MIGRATION_TAG);
      if (owner.isPresent() && !given.equals(owner)) {
        throw new AdoptionException(
            Kind.TAKEN,
            String.format(
                Locale.ROOT,
                "%s belongs to the migration %s already. If its file is lost, write it anew with"
                    + " --migration %s.",
                head,
                owner.get(),
                owner.get()));
      }
    }
    List<String> names =
        given
            .map(List::of)
            .orElseGet(
                () ->
                    heads.stream()
                        .findFirst()
                        .map(head -> Drafting.migrationNames(head.identifier()))
                        .orElse(List.of()));
    if (names.isEmpty()) {
      throw new AdoptionException(
          Kind.SAY_MORE, "Say with --migration how the migration is to be called.");
    }
    return names;
  }

  private static Set<Survey.Key> also(Survey survey, List<String> identifiers) {
    Set<Survey.Key> also = new TreeSet<>();
    for (String identifier : identifiers) {
      List<Survey.Key> found =
          survey.objects().keySet().stream()
              .filter(
                  key ->
                      Finder.called(survey, key.type(), identifier)
                          .filter(live -> live.identifier().equals(key.identifier()))
                          .isPresent())
              .toList();
      if (found.isEmpty()) {
        throw new AdoptionException(
            Kind.SAY_MORE, "There is no object called " + identifier + " for --with.");
      }
      if (found.size() > 1) {
        throw new AdoptionException(
            Kind.SAY_MORE,
            String.format(
                Locale.ROOT,
                "Several objects are called %s: %s. Give the ARN with --with.",
                identifier,
                found.stream().map(Survey.Key::toString).collect(Collectors.joining(", "))));
      }
      also.addAll(found);
    }
    return also;
  }

  /**
   * What taking over would do: of one resource, or of everything in the file that is there.
   *
   * @param identifier the object that is meant for the resource; where it is not given, its name or
   *     what is declared of it decides
   * @throws AdoptionException when no object is found
   */
  public Takeovers takeovers(
      PlanRequest request, Optional<Address> address, Optional<String> identifier) {
    TakingOver takingOver =
        new TakingOver(
            registry,
            request,
            new Planner(registry, timeline).look(request, account),
            context(request.migration(), READ_LIMIT, Map.of()));
    return address.isPresent() ? takingOver.one(address.get(), identifier) : takingOver.all();
  }

  /**
   * Writes the tags of a takeover, and nothing else.
   *
   * @throws ResourceException when somebody else has taken the object meanwhile, or AWS refuses
   */
  public void takeOver(String migration, Takeover takeover, Consumer<String> progress) {
    ResourceType type = registry.type(takeover.address().type());
    Duration limit = type.schema().timing(Operation.UPDATE).limit();
    Context reading = context(migration, limit, Map.of());
    Live live =
        Survey.read(type, takeover.identifier(), takeover.live(), reading)
            .orElseThrow(() -> moved(takeover, "it is gone"));
    if (!live.tag(Live.MIGRATION_TAG).equals(takeover.live().tag(Live.MIGRATION_TAG))) {
      throw moved(takeover, "somebody else has taken it");
    }
    Context writing =
        new CallContext(
            migration,
            account,
            takeover.tags(),
            limit,
            registry::secret,
            timeline,
            () -> false,
            progress);
    Live claimed = type.claim(live, writing);
    if (!claimed.tags().entrySet().containsAll(takeover.tags().entrySet())) {
      throw new ResourceException(
          ResourceException.Kind.NOT_STABILIZED,
          "NotKept",
          "AWS accepted the tags of " + takeover.address() + " but does not show them.");
    }
  }

  private static ResourceException moved(Takeover takeover, String what) {
    return new ResourceException(
        ResourceException.Kind.CONFLICT,
        "Stale",
        String.format(
            Locale.ROOT,
            "%s is not as it was: %s. Nothing was done to it.",
            takeover.identifier(),
            what));
  }

  private Context context(String migration, Duration limit, Map<String, String> tags) {
    return new CallContext(
        migration, account, tags, limit, registry::secret, timeline, () -> false, phase -> {});
  }
}
