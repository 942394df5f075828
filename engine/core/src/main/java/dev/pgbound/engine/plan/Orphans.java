package dev.pgbound.engine.plan;

import dev.pgbound.engine.plan.LiveReferences.Certainty;
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
    for (Live duplicate : snapshot.duplicates()) {
      duplicate
          .address()
          .ifPresent(
              address ->
                  kept.add(
                      new Kept(
                          address,
                          duplicate.identifier(),
                          "a second object that carries the address "
                              + address
                              + "; delete it by hand")));
    }
    return kept;
  }

  private void keepWhatHoldsData(Address address) {
    ResourceSchema schema = schema(address);
    Impact impact = schema.deletion();
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
    LiveReferences references = new LiveReferences(snapshot.orphans());
    List<Address> open = new ArrayList<>(staying.keySet());
    while (!open.isEmpty()) {
      Address user = open.remove(0);
      Optional<Live> live = live(user);
      for (Certainty certainty : Certainty.values()) {
        for (Address needed :
            live.map(object -> references.namedBy(schema(user), user, object, certainty))
                .orElse(Set.of())) {
          if (staying.putIfAbsent(needed, "stays as long as " + user + " needs it") == null) {
            open.add(needed);
          }
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
