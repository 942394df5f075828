/** What takes the time of a large plan, alone: the graph, the comparison, the output. */
@NullMarked
package dev.pgbound.benchmarks;

import org.jspecify.annotations.NullMarked;
