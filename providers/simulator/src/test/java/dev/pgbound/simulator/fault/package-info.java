@NullMarked
package dev.pgbound.simulator.fault;

import org.jspecify.annotations.NullMarked;
