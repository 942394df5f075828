/** Faults that the simulated AWS commits on request: by operation, by count, by kind. */
@NullMarked
package dev.pgbound.simulator.fault;

import org.jspecify.annotations.NullMarked;
