package dev.pgbound.simulator.world;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What will happen to a stored object by itself, as data, so that it survives the process.
 *
 * @param at when
 * @param set the members to set, null for the object's removal
 */
record Transition(Instant at, @Nullable ObjectNode set) {}
