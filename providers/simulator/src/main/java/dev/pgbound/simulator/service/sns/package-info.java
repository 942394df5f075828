/** SNS. */
@NullMarked
package dev.pgbound.simulator.service.sns;

import org.jspecify.annotations.NullMarked;
