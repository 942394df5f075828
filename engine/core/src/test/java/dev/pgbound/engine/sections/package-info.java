@NullMarked
package dev.pgbound.engine.sections;

import org.jspecify.annotations.NullMarked;
