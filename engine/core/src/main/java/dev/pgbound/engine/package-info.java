/** The engine as a whole: load a file, plan, apply. */
@NullMarked
package dev.pgbound.engine;

import org.jspecify.annotations.NullMarked;
