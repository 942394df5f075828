/** The command line: wiring, exit codes and the console. */
@NullMarked
package dev.pgbound.cli;

import org.jspecify.annotations.NullMarked;
