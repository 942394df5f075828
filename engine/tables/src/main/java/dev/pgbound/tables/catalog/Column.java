package dev.pgbound.tables.catalog;

/**
 * A column of a table.
 *
 * @param virtual whether Oracle computes it
 * @param hidden whether {@code SELECT *} leaves it out
 */
public record Column(
    String name, OracleType type, boolean nullable, boolean virtual, boolean hidden) {}
