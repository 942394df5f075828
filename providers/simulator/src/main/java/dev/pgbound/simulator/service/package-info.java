/** The simulated services, and what they share. */
@NullMarked
package dev.pgbound.simulator.service;

import org.jspecify.annotations.NullMarked;
