/** The short form of the migration file and what it stands for: resources. */
@NullMarked
package dev.pgbound.engine.sections;

import org.jspecify.annotations.NullMarked;
