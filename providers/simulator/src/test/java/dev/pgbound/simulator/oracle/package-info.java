@NullMarked
package dev.pgbound.simulator.oracle;

import org.jspecify.annotations.NullMarked;
