/** The wire protocols of AWS, translated from and to the SDK's own model classes. */
@NullMarked
package dev.pgbound.simulator.wire;

import org.jspecify.annotations.NullMarked;
