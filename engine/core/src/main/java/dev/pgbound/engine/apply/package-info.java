/** Carries out the steps of a plan. */
@NullMarked
package dev.pgbound.engine.apply;

import org.jspecify.annotations.NullMarked;
