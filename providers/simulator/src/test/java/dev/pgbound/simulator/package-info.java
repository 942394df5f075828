@NullMarked
package dev.pgbound.simulator;

import org.jspecify.annotations.NullMarked;
