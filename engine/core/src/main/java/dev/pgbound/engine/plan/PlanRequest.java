package dev.pgbound.engine.plan;

import dev.pgbound.engine.graph.ResourceGraph;
import dev.pgbound.engine.sections.Origins;
import dev.pgbound.engine.sections.Resource;
import dev.pgbound.engine.tables.SourceTables;
import dev.pgbound.spi.Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What to plan.
 *
 * @param file the migration file as the user gave it
 * @param places which places of the file each resource comes from
 * @param targets the only resources that matter, with what they depend on; all when empty
 * @param allowances impacts that the user allowed by name
 * @param tables the tables of the source, when the file names a catalog
 */
public record PlanRequest(
    String migration,
    String file,
    List<Resource> resources,
    Map<Address, Origins> places,
    ResourceGraph graph,
    Plan.Goal goal,
    Set<Address> targets,
    List<Allowance> allowances,
    Optional<SourceTables> tables) {

  public PlanRequest {
    resources = List.copyOf(resources);
    places = Map.copyOf(places);
    targets = Set.copyOf(targets);
    allowances = List.copyOf(allowances);
  }
}
