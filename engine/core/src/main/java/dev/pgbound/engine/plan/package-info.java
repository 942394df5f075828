/** What will change, why, with what consequence and in which steps. */
@NullMarked
package dev.pgbound.engine.plan;

import org.jspecify.annotations.NullMarked;
