/**
 * The simulated services, and what they share.
 *
 * <p>A service is one class, or a package when it grows: it takes its tables from the {@link
 * dev.pgbound.simulator.world.World} in its constructor, names each operation in one line of {@link
 * dev.pgbound.simulator.service.Operations}, and is named in one line of {@code SimulatedAws}. A
 * handler takes the SDK's request and returns the SDK's response. It refuses with a {@link
 * dev.pgbound.simulator.wire.Fault}, at any point: what it changed before is taken back. What AWS
 * does later by itself is scheduled with {@link dev.pgbound.simulator.world.Stored#after}. The wire
 * format, tags in answers, regions, time and the state file need nothing from it.
 */
@NullMarked
package dev.pgbound.simulator.service;

import org.jspecify.annotations.NullMarked;
