/** CloudWatch. */
@NullMarked
package dev.pgbound.simulator.service.cloudwatch;

import org.jspecify.annotations.NullMarked;
