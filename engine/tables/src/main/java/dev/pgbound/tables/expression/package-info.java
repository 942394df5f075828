/** The expressions of table rules: read, checked, and computed for a row where that is possible. */
@NullMarked
package dev.pgbound.tables.expression;

import org.jspecify.annotations.NullMarked;
