/**
 * What a migration file may hold: composed from the resource types into one JSON schema for
 * editors, and checked with diagnostics that say what to write instead.
 */
@NullMarked
package dev.pgbound.engine.schema;

import org.jspecify.annotations.NullMarked;
