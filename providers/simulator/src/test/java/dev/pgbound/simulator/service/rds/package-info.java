@NullMarked
package dev.pgbound.simulator.service.rds;

import org.jspecify.annotations.NullMarked;
