/** What the source database holds: tables, columns with their types in Oracle, keys, sizes. */
@NullMarked
package dev.pgbound.tables.catalog;

import org.jspecify.annotations.NullMarked;
