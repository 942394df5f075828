/** What exists in the simulated AWS, and what will happen to it. */
@NullMarked
package dev.pgbound.simulator.world;

import org.jspecify.annotations.NullMarked;
