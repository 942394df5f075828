@NullMarked
package dev.pgbound.simulator.world;

import org.jspecify.annotations.NullMarked;
