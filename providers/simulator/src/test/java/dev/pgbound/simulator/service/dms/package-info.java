@NullMarked
package dev.pgbound.simulator.service.dms;

import org.jspecify.annotations.NullMarked;
