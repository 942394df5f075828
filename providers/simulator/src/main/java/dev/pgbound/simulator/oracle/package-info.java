/**
 * The stand-in for Oracle: an H2 database whose dictionary views and types look like Oracle's, and
 * which writes down every change of a row as Oracle's redo log does.
 */
@NullMarked
package dev.pgbound.simulator.oracle;

import org.jspecify.annotations.NullMarked;
