package dev.pgbound.engine.adopt;

import dev.pgbound.engine.adopt.AdoptionException.Kind;
import dev.pgbound.engine.adopt.Takeovers.Takeover;
import dev.pgbound.engine.graph.References;
import dev.pgbound.engine.plan.AttributeChange;
import dev.pgbound.engine.plan.Differ;
import dev.pgbound.engine.plan.Fingerprint;
import dev.pgbound.engine.plan.Identity;
import dev.pgbound.engine.plan.Look;
import dev.pgbound.engine.plan.Plan.Refusal;
import dev.pgbound.engine.plan.PlanRequest;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.engine.sections.Resource;
import dev.pgbound.engine.sections.Resource.Management;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Ownership;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Decides which objects become those of which resources of a file. Writes nothing. */
final class TakingOver {

  private final Registry registry;
  private final PlanRequest request;
  private final Look look;
  private final Context context;
  private final Map<Address, Live> known;
  private final List<Takeover> takeovers = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();

  TakingOver(Registry registry, PlanRequest request, Look look, Context context) {
    this.registry = registry;
    this.request = request;
    this.look = look;
    this.context = context;
    known = new TreeMap<>(look.live());
  }

  /** Everything that the file declares, is there, and is not the migration's yet. */
  Takeovers all() {
    Set<Address> unnamed = new TreeSet<>();
    for (Resource resource : look.ordered()) {
      if (isOwned(resource) && !known.containsKey(resource.address())) {
        unnamed.add(resource.address());
      }
    }
    Survey survey = survey(unnamed);
    Finder finder = new Finder(registry, survey, look.ordered(), known);
    Map<Address, Live> found = finder.find(unnamed);
    found.forEach((address, live) -> read(address, live).ifPresent(one -> known.put(address, one)));
    Set<Address> absent = new TreeSet<>(unnamed);
    absent.removeAll(found.keySet());
    for (Address address : absent) {
      List<Live> candidates = finder.candidates(address);
      if (candidates.size() > 1) {
        refusals.add(ambiguous(address, candidates));
      }
    }
    look.ordered().stream().filter(this::isOwned).forEach(this::take);
    return takeovers(absent);
  }

  /** One resource, and the object that somebody means for it. */
  Takeovers one(Address address, Optional<String> identifier) {
    Resource resource =
        look.ordered().stream()
            .filter(one -> one.address().equals(address))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no resource " + address));
    require(resource);
    Survey survey = survey(Set.of(address));
    Optional<Live> meant =
        identifier.isPresent()
            ? Finder.called(survey, address.type(), identifier.get())
            : Optional.ofNullable(known.get(address)).or(() -> only(address, survey));
    if (meant.isEmpty()) {
      throw new AdoptionException(
          Kind.SAY_MORE,
          identifier.isPresent() ? notThere(address, identifier.get()) : notFound(address, survey));
    }
    Live live =
        read(address, meant.get())
            .orElseThrow(
                () ->
                    new AdoptionException(
                        Kind.NOTHING_THERE, meant.get().identifier() + " is gone meanwhile."));
    known.put(address, live);
    take(resource);
    return takeovers(Set.of());
  }

  private boolean isOwned(Resource resource) {
    return resource.meta().management() == Management.OWNED
        && schema(resource.address()).ownership() == Ownership.TAGGED;
  }

  private void require(Resource resource) {
    Address address = resource.address();
    String why =
        switch (resource.meta().management()) {
          case EXISTING -> " is declared as existing, which is only looked up and never tagged.";
          case SHARED ->
              " is declared as shared, which serves the whole account and is not tagged.";
          case OWNED ->
              schema(address).ownership() == Ownership.BY_PARENT
                  ? " carries no tags: it goes with what it is declared on."
                  : "";
        };
    if (!why.isEmpty()) {
      throw new AdoptionException(Kind.SAY_MORE, address + why + " There is nothing to take over.");
    }
  }

  private Survey survey(Set<Address> addresses) {
    return Survey.of(
        registry,
        context,
        addresses.stream().map(Address::type).collect(Collectors.toCollection(TreeSet::new)));
  }

  private Optional<Live> only(Address address, Survey survey) {
    Finder finder = new Finder(registry, survey, look.ordered(), known);
    return Optional.ofNullable(finder.find(Set.of(address)).get(address));
  }

  private Optional<Live> read(Address address, Live live) {
    return Survey.read(registry.type(address.type()), live.identifier(), live, context);
  }

  private ResourceSchema schema(Address address) {
    return registry.type(address.type()).schema();
  }

  /** Adds a takeover, a refusal, or nothing where the object is the resource's already. */
  private void take(Resource resource) {
    Address address = resource.address();
    Live live = known.get(address);
    if (live == null || live.health().state() == Live.State.GOING) {
      return;
    }
    Optional<String> owner = live.tag(Live.MIGRATION_TAG);
    boolean ours = live.isOwnedBy(request.migration());
    Optional<Address> from = live.address().filter(claimed -> ours);
    if (owner.isPresent() && !ours) {
      refusals.add(
          new Refusal(
              "ADOPT-001",
              address,
              String.format(
                  Locale.ROOT,
                  "%s belongs to the migration %s. Remove it there first, or declare it as existing.",
                  live.identifier(),
                  owner.get())));
      return;
    }
    if (from.equals(Optional.of(address))) {
      return;
    }
    boolean stillDeclared =
        from.isPresent()
            && look.ordered().stream().anyMatch(other -> other.address().equals(from.get()));
    if (stillDeclared) {
      refusals.add(
          new Refusal(
              "ADOPT-002",
              address,
              String.format(
                  Locale.ROOT,
                  "%s is %s of this migration, which the file declares. Take that out of the file to"
                      + " move the object.",
                  live.identifier(),
                  from.get())));
      return;
    }
    takeovers.add(new Takeover(address, from, live, Map.of()));
  }

  private Takeovers takeovers(Set<Address> absent) {
    Map<Address, Live> claimed = new LinkedHashMap<>();
    List<Takeover> complete = new ArrayList<>();
    for (Takeover takeover : takeovers) {
      Map<String, String> tags =
          Identity.tags(request.migration(), takeover.address(), digest(takeover));
      Map<String, String> all = new TreeMap<>(takeover.live().tags());
      all.putAll(tags);
      Live live = takeover.live();
      claimed.put(
          takeover.address(), new Live(live.identifier(), live.attributes(), all, live.health()));
      complete.add(new Takeover(takeover.address(), takeover.movedFrom(), live, tags));
    }
    return new Takeovers(complete, List.copyOf(absent), refusals, look.plan(claimed));
  }

  /**
   * The digest of what is as the file declares it; of what differs, the digest of the live value,
   * so that the next plan says that the file asks for a change, not that somebody drifted.
   */
  private String digest(Takeover takeover) {
    ResourceSchema schema = schema(takeover.address());
    Fields desired =
        new References(registry)
            .resolve(
                resource(takeover.address()).attributes(),
                to -> Optional.ofNullable(known.get(to)).map(Live::attributes));
    Set<String> differing =
        Differ.compare(schema, desired, takeover.live()).stream()
            .map(AttributeChange::attribute)
            .collect(Collectors.toSet());
    Fields told = desired;
    for (String name : differing) {
      Optional<Value> live = takeover.live().attributes().get(name);
      told = live.isPresent() ? told.with(name, live.get()) : told.without(name);
    }
    return Fingerprint.digest(schema, told);
  }

  private Resource resource(Address address) {
    return look.ordered().stream()
        .filter(one -> one.address().equals(address))
        .findFirst()
        .orElseThrow();
  }

  private static Refusal ambiguous(Address address, List<Live> candidates) {
    return new Refusal(
        "ADOPT-003",
        address,
        String.format(
            Locale.ROOT,
            "Several objects are as the file declares it: %s. Say which with 'pgbound adopt %s"
                + " IDENTIFIER'.",
            identifiers(candidates),
            address));
  }

  private static String identifiers(List<Live> lives) {
    return lives.stream().map(Live::identifier).collect(Collectors.joining(", "));
  }

  /** Says what the identifier is if not an object of the type. */
  private String notThere(Address address, String identifier) {
    Survey everything = Survey.of(registry, context, registry.names());
    for (String type : registry.names()) {
      if (Finder.called(everything, type, identifier).isPresent()) {
        return String.format(
            Locale.ROOT,
            "%s is a %s, and %s wants a %s.",
            identifier,
            type,
            address,
            address.type());
      }
    }
    return String.format(
        Locale.ROOT,
        "There is no %s called %s in account %s, %s.",
        address.type(),
        identifier,
        context.account().id(),
        context.account().region());
  }

  private String notFound(Address address, Survey survey) {
    Optional<String> name =
        schema(address)
            .identifier()
            .flatMap(identifier -> resource(address).attributes().text(identifier.name()));
    List<Live> candidates = new Finder(registry, survey, look.ordered(), known).candidates(address);
    if (name.isPresent()) {
      return String.format(
          Locale.ROOT,
          "There is no %s called %s. If the object has another name, give it as IDENTIFIER.",
          address.type(),
          name.get());
    }
    return String.format(
        Locale.ROOT,
        "Which %s is %s? Give its identifier. %s",
        address.type(),
        address,
        candidates.isEmpty()
            ? "No object is as the file declares it."
            : "As the file declares it are: " + identifiers(candidates) + ".");
  }
}
