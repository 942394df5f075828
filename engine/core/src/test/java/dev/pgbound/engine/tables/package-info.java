@NullMarked
package dev.pgbound.engine.tables;

import org.jspecify.annotations.NullMarked;
