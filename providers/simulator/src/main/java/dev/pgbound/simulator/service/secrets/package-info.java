/** Secrets Manager. */
@NullMarked
package dev.pgbound.simulator.service.secrets;

import org.jspecify.annotations.NullMarked;
