@NullMarked
package dev.pgbound.engine.graph;

import org.jspecify.annotations.NullMarked;
