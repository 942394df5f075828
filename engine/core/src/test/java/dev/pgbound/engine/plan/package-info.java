@NullMarked
package dev.pgbound.engine.plan;

import org.jspecify.annotations.NullMarked;
