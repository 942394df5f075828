package dev.pgbound.engine.plan;

import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.config.SourceMap;
import dev.pgbound.engine.graph.References;
import dev.pgbound.engine.schema.FileSchema;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.engine.schema.SchemaCheck;
import dev.pgbound.engine.sections.Resource;
import dev.pgbound.engine.sections.Resource.Management;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Pausable;
import dev.pgbound.spi.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether this pgbound can carry out a plan that was read from a document. Another version may know
 * types and attributes that this one does not, and a document may have been written by anybody.
 */
public final class PlanCheck {

  private final Plan plan;
  private final Registry registry;
  private final Set<Address> addresses;
  private final List<String> problems = new ArrayList<>();

  private PlanCheck(Plan plan, Registry registry) {
    this.plan = plan;
    this.registry = registry;
    addresses = plan.changes().stream().map(ResourceChange::address).collect(Collectors.toSet());
  }

  /** What stands in the way, in sentences; empty when nothing does. */
  public static List<String> problems(Plan plan, Registry registry) {
    PlanCheck check = new PlanCheck(plan, registry);
    check.run();
    return check.problems;
  }

  private void run() {
    if (!FileSchema.isMigration(plan.migration())) {
      problem("\"%s\" is no name of a migration.", plan.migration());
    }
    if (!FileSchema.isRegion(plan.account().region())) {
      problem("\"%s\" is no AWS region.", plan.account().region());
    }
    plan.changes().forEach(this::check);
    plan.steps().steps().forEach(this::check);
  }

  private void check(ResourceChange change) {
    Resource resource = change.resource();
    Optional<ResourceType> type = registry.find(change.address().type());
    if (type.isEmpty()) {
      problem("This pgbound has no resource type %s.", change.address().type());
      return;
    }
    if (resource.meta().management() == Management.EXISTING) {
      return;
    }
    boolean makes = change.action() != Action.DELETE;
    Diagnostics found = new Diagnostics();
    SchemaCheck.check(
        type.get().schema(),
        resource.attributes(),
        SourceMap.none(plan.file()),
        pointer -> pointer,
        makes,
        found);
    found.sorted().stream()
        .filter(one -> one.isError())
        .forEach(one -> problem("%s %s: %s", change.address(), one.pointer(), one.detail()));
    if (makes) {
      type.get()
          .schema()
          .identifier()
          .filter(name -> !resource.attributes().has(name.name()))
          .ifPresent(name -> problem("%s has no %s.", change.address(), name.name()));
      new References(registry)
          .targets(resource).stream()
              .filter(target -> !addresses.contains(target))
              .forEach(
                  target ->
                      problem("%s refers to %s, which is not in it.", change.address(), target));
    }
  }

  private void check(Step step) {
    if (!addresses.contains(step.address())) {
      problem("The step \"%s\" is about nothing that is in it.", step);
      return;
    }
    boolean runs =
        switch (step.kind()) {
          case CREATE, UPDATE, DELETE -> false;
          case PAUSE, RESUME, START, RELOAD -> true;
        };
    boolean pausable =
        registry.find(step.address().type()).filter(Pausable.class::isInstance).isPresent();
    if (runs && !pausable) {
      problem("The step \"%s\" is about something that cannot be stopped or started.", step);
    }
  }

  private void problem(String form, Object... values) {
    problems.add(String.format(Locale.ROOT, form, values));
  }
}
