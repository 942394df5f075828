/** Real PostgreSQL servers behind the simulated Aurora clusters. */
@NullMarked
package dev.pgbound.simulator.postgres;

import org.jspecify.annotations.NullMarked;
