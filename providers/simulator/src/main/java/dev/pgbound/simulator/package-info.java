/** The simulated AWS: an in-process HTTP client that answers the real SDK clients. */
@NullMarked
package dev.pgbound.simulator;

import org.jspecify.annotations.NullMarked;
