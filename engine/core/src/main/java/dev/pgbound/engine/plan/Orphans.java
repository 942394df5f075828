package dev.pgbound.engine.plan;

import dev.pgbound.engine.plan.Plan.Goal;
import dev.pgbound.engine.plan.Plan.Kept;
import dev.pgbound.engine.plan.Plan.Refusal;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.engine.sections.Resource;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides about objects that carry the migration's tag but are not in the file: they go, unless
 * they hold data and nobody allowed it by name, or something that stays still needs them.
 */
final class Orphans {

  private final Registry registry;
  private final PlanRequest request;
  private final Snapshot snapshot;
  private final Map<Address, String> staying = new TreeMap<>();
  private final List<Refusal> refusals = new ArrayList<>();

  Orphans(Registry registry, PlanRequest request, Snapshot snapshot) {
    this.registry = registry;
    this.request = request;
    this.snapshot = snapshot;
    snapshot.orphans().keySet().forEach(this::keepWhatHoldsData);
    keepWhatIsNeeded();
  }

  /** The deletions, by address. */
  List<ResourceChange> changes() {
    List<ResourceChange> changes = new ArrayList<>();
    snapshot
        .orphans()
        .forEach(
            (address, live) -> {
              if (!staying.containsKey(address)) {
                changes.add(deletion(address, live));
              }
            });
    return changes;
  }

  List<Refusal> refusals() {
    return refusals;
  }

  /** What stays, and how to let it go. */
  List<Kept> kept() {
    List<Kept> kept = new ArrayList<>();
    staying.forEach(
        (address, why) ->
            kept.add(new Kept(address, live(address).map(Live::identifier).orElse(""), why)));
    for (Snapshot.Copy copy : snapshot.copies()) {
      copy.live().address().ifPresent(address -> kept.add(copied(copy, address)));
    }
    return kept;
  }

  private static Kept copied(Snapshot.Copy copy, Address address) {
    return new Kept(
        address,
        copy.live().identifier(),
        String.format(
            Locale.ROOT,
            "a %s that carries the tags of %s and is another object, so that it is left alone."
                + " Take the tags that begin with pgbound: off it",
            copy.type(),
            address));
  }

  /** Which of them the migration made nobody can tell, so none of them is deleted. */
  private void keepWhatIsUndecided(Address address) {
    List<String> identifiers =
        snapshot.undecided().getOrDefault(address, List.of()).stream()
            .map(Live::identifier)
            .toList();
    if (request.goal() == Goal.DESTROY) {
      refusals.add(undecided(address, identifiers));
    }
    staying.put(
        address,
        "no longer in the file, and kept: the tags of several objects say that they are it ("
            + String.join(", ", identifiers)
            + "). Take the tags that begin with pgbound: off all but one");
  }

  /** Why nothing is done where several objects carry one address. */
  static Refusal undecided(Address address, List<String> identifiers) {
    return new Refusal(
        "PLAN-006",
        address,
        String.format(
            Locale.ROOT,
            "The tags of several objects say that they are it: %s. Take the tags that begin with"
                + " pgbound: off all but the right one.",
            String.join(", ", identifiers)));
  }

  private void keepWhatHoldsData(Address address) {
    ResourceSchema schema = schema(address);
    Impact impact = schema.deletion();
    if (snapshot.undecided().containsKey(address)) {
      keepWhatIsUndecided(address);
      return;
    }
    if (Allowance.covers(request.allowances(), impact, address)) {
      return;
    }
    if (request.goal() == Goal.DESTROY) {
      refusals.add(Allowance.missing(address, impact, schema.deletionText()));
      return;
    }
    staying.put(
        address,
        String.format(
            Locale.ROOT,
            "no longer in the file, and kept: %s. Delete it with --allow %s:%s",
            schema.deletionText().replaceFirst("\\.$", ""),
            impact.word(),
            address));
  }

  /** What stays keeps what its live values name, and so on. */
  private void keepWhatIsNeeded() {
    LiveNames<Address> names = new LiveNames<>(registry);
    snapshot.orphans().forEach((address, live) -> names.put(address, schema(address), live));
    List<Address> open = new ArrayList<>(staying.keySet());
    while (!open.isEmpty()) {
      Address user = open.remove(0);
      for (Address needed :
          live(user).map(object -> names.namedBy(schema(user), object)).orElse(Set.of())) {
        if (staying.putIfAbsent(needed, "stays as long as " + user + " needs it") == null) {
          open.add(needed);
        }
      }
    }
  }

  private ResourceChange deletion(Address address, Live live) {
    ResourceSchema schema = schema(address);
    Value.Fields named = named(schema, live);
    return new ResourceChange(
        new Resource(address, named, Resource.Meta.NONE),
        Action.DELETE,
        request.goal() == Goal.DESTROY ? Reason.REQUESTED : Reason.ORPHANED,
        Optional.empty(),
        List.of(),
        schema.deletion(),
        schema.deletionText(),
        Optional.of(live.identifier()),
        Fingerprint.of(schema, live, named.fields().keySet()),
        Optional.empty());
  }

  /** Of an orphan nothing is declared; its name and place are what it is found by again. */
  private static Value.Fields named(ResourceSchema schema, Live live) {
    List<String> found = new ArrayList<>(schema.within().stream().toList());
    schema.identifier().ifPresent(identifier -> found.add(identifier.name()));
    return live.attributes().only(found);
  }

  private ResourceSchema schema(Address address) {
    return registry.type(address.type()).schema();
  }

  private Optional<Live> live(Address address) {
    return Optional.ofNullable(snapshot.orphans().get(address));
  }
}
