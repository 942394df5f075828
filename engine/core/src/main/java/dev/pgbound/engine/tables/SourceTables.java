package dev.pgbound.engine.tables;

import dev.pgbound.tables.Coverage;

/**
 * The tables of the source, as the catalog of a migration has them, and what its tasks do to them.
 *
 * @param file the catalog, relative to the migration file as the user wrote it
 */
public record SourceTables(String file, Coverage coverage) {}
