@NullMarked
package dev.pgbound.simulator.service.iam;

import org.jspecify.annotations.NullMarked;
