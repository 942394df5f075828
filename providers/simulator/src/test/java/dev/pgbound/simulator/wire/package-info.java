@NullMarked
package dev.pgbound.simulator.wire;

import org.jspecify.annotations.NullMarked;
