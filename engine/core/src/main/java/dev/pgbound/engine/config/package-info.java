/**
 * Reads the migration file: YAML with positions, variables, references, and everything that is
 * wrong with it as diagnostics.
 */
@NullMarked
package dev.pgbound.engine.config;

import org.jspecify.annotations.NullMarked;
