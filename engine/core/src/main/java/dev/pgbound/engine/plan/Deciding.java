package dev.pgbound.engine.plan;

import dev.pgbound.engine.graph.References;
import dev.pgbound.engine.plan.Plan.Goal;
import dev.pgbound.engine.plan.Plan.Kept;
import dev.pgbound.engine.plan.Plan.Refusal;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.engine.sections.Resource;
import dev.pgbound.engine.sections.Resource.Management;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Pausable;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Decides for each resource of one plan what happens to it, and why. */
final class Deciding {

  private final Registry registry;
  private final References references;
  private final PlanRequest request;
  private final Snapshot snapshot;
  private final Places places;
  private final Context context;
  private final Map<Address, ResourceChange> decided = new HashMap<>();
  private final Map<Address, Value.Fields> outputs = new HashMap<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final List<Kept> kept = new ArrayList<>();
  private final Set<Address> inUse = new TreeSet<>();

  Deciding(
      Registry registry,
      References references,
      PlanRequest request,
      Snapshot snapshot,
      Context context) {
    this.registry = registry;
    this.references = references;
    this.request = request;
    this.snapshot = snapshot;
    this.places = new Places(request);
    this.context = context;
  }

  List<Refusal> refusals() {
    return refusals;
  }

  /** What cannot be replaced because resources of the migration use it. */
  Set<Address> inUse() {
    return inUse;
  }

  List<Kept> kept() {
    return kept;
  }

  /**
   * @param ordered the resources, dependencies first
   */
  List<ResourceChange> decide(List<Resource> ordered) {
    List<ResourceChange> changes = new ArrayList<>();
    for (Resource resource : ordered) {
      ResourceSchema schema = registry.type(resource.address().type()).schema();
      ResourceChange change =
          isUndecided(resource)
              ? undecided(resource, schema)
              : request.goal() == Goal.DESTROY
                  ? destroy(resource, schema)
                  : converge(resource, schema);
      refuseWhatIsNotAllowed(resource, change);
      decided.put(change.address(), change);
      changes.add(change);
    }
    Replacements replacements =
        new Replacements(registry, references, request.resources(), decided, snapshot);
    changes.replaceAll(replacements::ordered);
    refusals.addAll(replacements.refusals());
    replacements.refusals().forEach(refusal -> refusal.address().ifPresent(inUse::add));
    if (request.targets().isEmpty()) {
      Orphans orphans = new Orphans(registry, request, snapshot);
      changes.addAll(orphans.changes());
      refusals.addAll(orphans.refusals());
      kept.addAll(orphans.kept());
    }
    return changes;
  }

  private boolean isUndecided(Resource resource) {
    return resource.meta().management() == Management.OWNED
        && snapshot.undecided().containsKey(resource.address());
  }

  private ResourceChange undecided(Resource resource, ResourceSchema schema) {
    Address address = resource.address();
    List<String> identifiers =
        snapshot.undecided().getOrDefault(address, List.of()).stream()
            .map(Live::identifier)
            .toList();
    refusals.add(Orphans.undecided(address, identifiers));
    Optional<Live> live = snapshot.find(address);
    live.ifPresent(one -> outputs.put(address, one.attributes()));
    return change(resource, schema, live, Action.NO_OP, Reason.NONE, Difference.NONE);
  }

  private ResourceChange destroy(Resource resource, ResourceSchema schema) {
    Optional<Live> live = snapshot.find(resource.address());
    boolean owned = resource.meta().management() == Management.OWNED;
    if (live.isEmpty() || !owned || isForeign(schema, live.get())) {
      return change(resource, schema, live, Action.NO_OP, Reason.NONE, Difference.NONE);
    }
    return change(resource, schema, live, Action.DELETE, Reason.REQUESTED, Difference.NONE);
  }

  private ResourceChange converge(Resource resource, ResourceSchema schema) {
    Address address = resource.address();
    Optional<Live> live = snapshot.find(address);
    Value.Fields desired =
        references.resolve(resource.attributes(), to -> Optional.ofNullable(outputs.get(to)));
    ResourceChange change = decide(resource, schema, desired, live);
    refuseWhatIsHindered(change, desired);
    outputs.put(address, outputs(schema, change, desired, live));
    return change;
  }

  private ResourceChange decide(
      Resource resource, ResourceSchema schema, Value.Fields desired, Optional<Live> live) {
    if (resource.meta().management() == Management.EXISTING) {
      if (live.isEmpty()) {
        refusals.add(
            new Refusal(
                "PLAN-005",
                resource.address(),
                "Nothing fits the description under \"existing\". Check it, the region and the"
                    + " account."));
      }
      return change(resource, schema, live, Action.NO_OP, Reason.NONE, Difference.NONE);
    }
    if (live.isEmpty() || live.get().health().state() == Live.State.GOING) {
      Reason reason = isPlaceMissing(schema, desired) ? Reason.PLACE_MISSING : Reason.MISSING;
      return change(resource, schema, Optional.empty(), Action.CREATE, reason, Difference.NONE);
    }
    if (isInsideReplacement(resource, schema)) {
      // It goes with the old one; what is made anew is made in the new one.
      return change(
          resource, schema, live, Action.CREATE, Reason.DEPENDENCY_REPLACED, Difference.NONE);
    }
    boolean foreign =
        resource.meta().management() == Management.OWNED && isForeign(schema, live.get());
    if (foreign && !mayAdopt(resource, live.get())) {
      refuseForeign(resource.address(), live.get());
      return change(resource, schema, live, Action.NO_OP, Reason.NONE, Difference.NONE);
    }
    Difference difference = difference(resource, schema, desired, live.get());
    if (difference.changes().stream().anyMatch(AttributeChange::forcesReplacement)) {
      return change(resource, schema, live, Action.REPLACE, Reason.IMMUTABLE_CHANGED, difference);
    }
    if (isBoundToReplacement(resource, schema)) {
      return change(resource, schema, live, Action.REPLACE, Reason.DEPENDENCY_REPLACED, difference);
    }
    Optional<Reason> reason = updateReason(schema, resource, live.get(), difference, foreign);
    return reason.isEmpty()
        ? change(resource, schema, live, Action.NO_OP, Reason.NONE, difference)
        : change(resource, schema, live, Action.UPDATE, reason.get(), difference);
  }

  private static boolean isPlaceMissing(ResourceSchema schema, Value.Fields desired) {
    return schema.within().flatMap(desired::get).filter(Value::isUnknown).isPresent();
  }

  private boolean isInsideReplacement(Resource resource, ResourceSchema schema) {
    return schema.within().stream()
        .flatMap(name -> references.targets(resource, name).stream())
        .map(decided::get)
        .anyMatch(change -> change != null && makesAnew(change));
  }

  private static boolean makesAnew(ResourceChange change) {
    return change.action() == Action.CREATE || change.action().isReplacement();
  }

  /** An object that cannot be moved goes with what it was made in, even where the name stays. */
  private boolean isBoundToReplacement(Resource resource, ResourceSchema schema) {
    return schema.attributes().stream()
        .filter(attribute -> attribute.is(Flag.IMMUTABLE))
        .flatMap(attribute -> references.targets(resource, attribute.name()).stream())
        .map(decided::get)
        .anyMatch(change -> change != null && change.action().isReplacement());
  }

  private Optional<Reason> updateReason(
      ResourceSchema schema, Resource resource, Live live, Difference difference, boolean adopted) {
    if (adopted) {
      return Optional.of(Reason.ADOPTED);
    }
    if (difference.origin().isPresent()) {
      Origin origin = difference.origin().get();
      return Optional.of(origin == Origin.DRIFT ? Reason.DRIFTED : Reason.CONFIGURATION_CHANGED);
    }
    if (live.health().state() != Live.State.READY) {
      return Optional.of(Reason.UNHEALTHY);
    }
    boolean mustRunAgain =
        schema.retriggers().stream()
            .flatMap(name -> references.targets(resource, name).stream())
            .map(decided::get)
            .anyMatch(change -> change != null && change.isChange());
    return mustRunAgain ? Optional.of(Reason.DEPENDENCY_CHANGED) : Optional.empty();
  }

  private static boolean isForeign(ResourceSchema schema, Live live, String migration) {
    return schema.ownership() == ResourceSchema.Ownership.TAGGED && !live.isOwnedBy(migration);
  }

  private boolean isForeign(ResourceSchema schema, Live live) {
    return isForeign(schema, live, request.migration());
  }

  /** An object of another migration is never taken over. */
  private static boolean mayAdopt(Resource resource, Live live) {
    return resource.meta().adopt() && live.tag(Live.MIGRATION_TAG).isEmpty();
  }

  private void refuseForeign(Address address, Live live) {
    String owner =
        live.tag(Live.MIGRATION_TAG)
            .map(
                other ->
                    String.format(
                        Locale.ROOT,
                        "it belongs to the migration %s. Choose another name, or remove it there first.",
                        other))
            .orElse(
                String.format(
                    Locale.ROOT,
                    "it was not made by this migration. Take it over with 'pgbound adopt %s', or with"
                        + " \"adopt: true\" on the resource, or choose another name.",
                    address));
    refusals.add(
        new Refusal(
            "PLAN-002",
            address,
            String.format(Locale.ROOT, "%s exists, but %s", live.identifier(), owner)));
  }

  private void refuseWhatIsNotAllowed(Resource resource, ResourceChange change) {
    refuseToLoadAtRest(change);
    if (change.action().deletes() && resource.meta().protect()) {
      refusals.add(
          new Refusal(
              "PLAN-004",
              change.address(),
              String.format(
                  Locale.ROOT,
                  "The file protects it (\"protect: true\"), and this would %s it. Undo the change, or"
                      + " remove the protection first.",
                  change.action().verb())));
    }
    if (!Allowance.covers(request.allowances(), change.impact(), change.address())) {
      refusals.add(Allowance.missing(change.address(), change.impact(), change.impactText()));
    }
  }

  private void refuseWhatIsHindered(ResourceChange change, Value.Fields desired) {
    Optional<Live> live = snapshot.find(change.address());
    if (change.action() != Action.UPDATE || live.isEmpty()) {
      return;
    }
    Set<String> changed = new LinkedHashSet<>();
    change.changes().forEach(one -> changed.add(one.attribute()));
    String type = change.address().type();
    try {
      registry
          .type(type)
          .hindrance(live.get(), desired, changed, context)
          .ifPresent(why -> refusals.add(new Refusal("PLAN-021", change.address(), why)));
    } catch (ResourceException e) {
      throw new DiscoveryException(Map.of(type, e));
    }
  }

  private void refuseToLoadAtRest(ResourceChange change) {
    boolean reloads = change.action() == Action.UPDATE && change.changes(Pausable.RELOAD);
    if (reloads
        && registry.type(change.address().type()) instanceof Pausable pausable
        && !RunChange.isWanted(
            change.resource().attributes(),
            snapshot.find(change.address()).filter(pausable::isRunning).isPresent())) {
      refusals.add(
          new Refusal(
              "PLAN-020",
              change.address(),
              "It is to load everything again, but not to run. Write \"run: running\" as well, or"
                  + " take the change of \"reload\" back."));
    }
  }

  private ResourceChange change(
      Resource resource,
      ResourceSchema schema,
      Optional<Live> live,
      Action action,
      Reason reason,
      Difference difference) {
    Impact impact = Impact.NONE;
    String text = "";
    for (AttributeChange change : difference.changes()) {
      if (change.impact().isWorseThan(impact)) {
        impact = change.impact();
        text = change.impactText();
      }
    }
    if (action.deletes() && !impact.isWorseThan(schema.deletion())) {
      impact = schema.deletion();
      text = schema.deletionText();
    }
    return new ResourceChange(
        resource,
        action,
        reason,
        difference.origin(),
        difference.changes(),
        impact,
        text,
        live.map(Live::identifier),
        live.map(now -> Fingerprint.of(schema, now, resource.attributes().fields().keySet()))
            .orElse(""),
        places.of(resource.address()));
  }

  /**
   * What references to the resource stand for once this plan is applied: live values that stay,
   * declared values that are known; what a creation will choose is not known yet.
   */
  private static Value.Fields outputs(
      ResourceSchema schema, ResourceChange change, Value.Fields desired, Optional<Live> live) {
    boolean made = change.action() == Action.CREATE || change.action().isReplacement();
    Map<String, Value> outputs = new HashMap<>();
    if (!made) {
      live.ifPresent(now -> outputs.putAll(now.attributes().fields()));
    }
    for (Attribute attribute : schema.attributes()) {
      boolean settled = !attribute.is(Flag.COMPUTED) && !attribute.is(Flag.SENSITIVE);
      boolean unchanged = !made && outputs.containsKey(attribute.name());
      if (settled && (!unchanged || change.changes(attribute.name()))) {
        desired.get(attribute.name()).ifPresent(value -> outputs.put(attribute.name(), value));
      }
    }
    schema
        .renewals()
        .forEach(
            (output, causes) -> {
              if (causes.stream().anyMatch(change::changes)) {
                outputs.remove(output);
              }
            });
    return new Value.Fields(outputs);
  }

  /** What differs between the declared and the live object, and who moved. */
  private record Difference(List<AttributeChange> changes, Optional<Origin> origin) {
    static final Difference NONE = new Difference(List.of(), Optional.empty());
  }

  private Difference difference(
      Resource resource, ResourceSchema schema, Value.Fields desired, Live live) {
    List<AttributeChange> changes = new ArrayList<>();
    for (AttributeChange change : Differ.compare(schema, desired, live)) {
      Origin origin = Movement.of(schema, change, desired, live);
      changes.add(
          change.with(Optional.of(origin), places.of(resource.address(), change.path(), desired)));
    }
    return new Difference(changes, Movement.of(changes));
  }
}
