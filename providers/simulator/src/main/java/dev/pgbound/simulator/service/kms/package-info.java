/** KMS. */
@NullMarked
package dev.pgbound.simulator.service.kms;

import org.jspecify.annotations.NullMarked;
