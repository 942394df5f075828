/** Turns the engine's data into text. Pure functions: equal data, equal bytes. */
@NullMarked
package dev.pgbound.cli.render;

import org.jspecify.annotations.NullMarked;
