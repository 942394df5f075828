/**
 * The tables of the source in a plan: reads the catalog that a migration file names and says which
 * task replicates which table, under which name, and what a plan changes about that.
 */
@NullMarked
package dev.pgbound.engine.tables;

import org.jspecify.annotations.NullMarked;
