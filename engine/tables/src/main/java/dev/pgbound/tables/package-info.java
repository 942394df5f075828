/**
 * Which tables a replication task replicates, under which names and types: the table rules of DMS
 * as they are sent to it, what is wrong with them, and their evaluation over a catalog of the
 * source. Knows neither AWS nor JDBC, so that plans, checks and rehearsals share one evaluator.
 */
@NullMarked
package dev.pgbound.tables;

import org.jspecify.annotations.NullMarked;
