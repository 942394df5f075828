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
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Decides for each resource of one plan what happens to it, and why. */
final class Deciding {

  private final Registry registry;
  private final References references;
  private final PlanRequest request;
  private final Snapshot snapshot;
  private final Map<Address, ResourceChange> decided = new HashMap<>();
  private final Map<Address, Value.Fields> outputs = new HashMap<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final List<Kept> kept = new ArrayList<>();

  Deciding(Registry registry, References references, PlanRequest request, Snapshot snapshot) {
    this.registry = registry;
    this.references = references;
    this.request = request;
    this.snapshot = snapshot;
  }

  List<Refusal> refusals() {
    return refusals;
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
      return change(
          resource, schema, Optional.empty(), Action.CREATE, Reason.MISSING, Difference.NONE);
    }
    boolean foreign =
        resource.meta().management() == Management.OWNED && isForeign(schema, live.get());
    if (foreign && !mayAdopt(resource, live.get())) {
      refuseForeign(resource.address(), live.get());
      return change(resource, schema, live, Action.NO_OP, Reason.NONE, Difference.NONE);
    }
    Difference difference = Difference.between(schema, desired, live.get());
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

  /** An object that cannot be moved goes with what it was made in, even where the name stays. */
  private boolean isBoundToReplacement(Resource resource, ResourceSchema schema) {
    return schema.attributes().stream()
        .filter(attribute -> attribute.is(Flag.IMMUTABLE))
        .flatMap(attribute -> references.targets(resource, attribute.name()).stream())
        .map(decided::get)
        .anyMatch(change -> change != null && change.action() == Action.REPLACE);
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
    boolean deletes = change.action() == Action.DELETE || change.action() == Action.REPLACE;
    if (deletes && resource.meta().protect()) {
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
    boolean deletes = action == Action.DELETE || action == Action.REPLACE;
    if (deletes && !impact.isWorseThan(schema.deletion())) {
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
        Optional.ofNullable(request.ranges().get(resource.address())));
  }

  /**
   * What references to the resource stand for once this plan is applied: live values that stay,
   * declared values that are known; what a creation will choose is not known yet.
   */
  private static Value.Fields outputs(
      ResourceSchema schema, ResourceChange change, Value.Fields desired, Optional<Live> live) {
    boolean made = change.action() == Action.CREATE || change.action() == Action.REPLACE;
    Map<String, Value> outputs = new HashMap<>();
    if (!made) {
      live.ifPresent(now -> outputs.putAll(now.attributes().fields()));
    }
    for (Attribute attribute : schema.attributes()) {
      boolean settled = !attribute.is(Flag.COMPUTED) && !attribute.is(Flag.SENSITIVE);
      boolean unchanged = !made && outputs.containsKey(attribute.name());
      boolean changes =
          change.changes().stream().anyMatch(c -> c.attribute().equals(attribute.name()));
      if (settled && (!unchanged || changes)) {
        desired.get(attribute.name()).ifPresent(value -> outputs.put(attribute.name(), value));
      }
    }
    return new Value.Fields(outputs);
  }

  /** What differs between the declared and the live object, and who moved. */
  private record Difference(List<AttributeChange> changes, Optional<Origin> origin) {
    static final Difference NONE = new Difference(List.of(), Optional.empty());

    static Difference between(ResourceSchema schema, Value.Fields desired, Live live) {
      List<AttributeChange> changes = Differ.compare(schema, desired, live);
      return changes.isEmpty()
          ? NONE
          : new Difference(changes, Optional.of(Movement.of(schema, changes, desired, live)));
    }
  }
}
