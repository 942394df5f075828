@NullMarked
package dev.pgbound.cli.command;

import org.jspecify.annotations.NullMarked;
