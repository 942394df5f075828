/** CloudWatch Logs. */
@NullMarked
package dev.pgbound.simulator.service.logs;

import org.jspecify.annotations.NullMarked;
