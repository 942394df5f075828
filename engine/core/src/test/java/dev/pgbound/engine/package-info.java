@NullMarked
package dev.pgbound.engine;

import org.jspecify.annotations.NullMarked;
