/** Which resource must come after which, and why. */
@NullMarked
package dev.pgbound.engine.graph;

import org.jspecify.annotations.NullMarked;
