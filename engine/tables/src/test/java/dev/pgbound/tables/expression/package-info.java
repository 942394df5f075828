@NullMarked
package dev.pgbound.tables.expression;

import org.jspecify.annotations.NullMarked;
