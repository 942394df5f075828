/** How a run is shown while it goes on: redrawn on a screen, as lines, or for programs. */
@NullMarked
package dev.pgbound.cli.progress;

import org.jspecify.annotations.NullMarked;
