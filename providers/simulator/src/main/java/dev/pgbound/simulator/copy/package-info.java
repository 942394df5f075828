/**
 * Moves the rows of replication tasks from the stand-in for Oracle into PostgreSQL, as DMS does: by
 * the table rules and settings of a task, as far as the simulated clock has come.
 */
@NullMarked
package dev.pgbound.simulator.copy;

import org.jspecify.annotations.NullMarked;
