package dev.pgbound.engine;

import dev.pgbound.engine.graph.ResourceGraph;
import dev.pgbound.engine.policy.Policies;
import dev.pgbound.engine.sections.Expansion;
import dev.pgbound.engine.tables.SourceTables;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.SourceRange;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A migration file that was read, checked and expanded.
 *
 * @param file the path as the user gave it
 * @param account the account that the file insists on
 * @param policies what every plan has to meet
 * @param tables what the tasks do to the tables of the catalog; empty when the file names none
 */
public record Migration(
    String file,
    String name,
    Optional<String> region,
    Optional<String> account,
    Expansion expansion,
    ResourceGraph graph,
    Optional<SourceTables> tables,
    Policies policies) {

  /** Where the file declares each resource, or what makes it necessary. */
  public Map<Address, SourceRange> ranges() {
    Map<Address, SourceRange> ranges = new TreeMap<>();
    expansion.places().forEach((address, origins) -> ranges.put(address, origins.range()));
    return ranges;
  }
}
