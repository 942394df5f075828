/** What an account holds before anything is asked of it, as a file that people write. */
@NullMarked
package dev.pgbound.simulator.seed;

import org.jspecify.annotations.NullMarked;
