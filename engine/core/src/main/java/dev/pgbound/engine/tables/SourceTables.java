package dev.pgbound.engine.tables;

import dev.pgbound.tables.Coverage;
import java.util.List;

/**
 * The tables of the source, as the catalog of a migration has them, and what its tasks do to them.
 *
 * @param file the catalog, relative to the migration file as the user wrote it
 * @param findings what was found between rules and tables
 */
public record SourceTables(String file, Coverage coverage, List<TablePlan.Finding> findings) {
  public SourceTables {
    findings = List.copyOf(findings);
  }
}
