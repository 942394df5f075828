@NullMarked
package dev.pgbound.tables.catalog;

import org.jspecify.annotations.NullMarked;
