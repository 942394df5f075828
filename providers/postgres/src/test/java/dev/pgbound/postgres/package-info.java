@NullMarked
package dev.pgbound.postgres;

import org.jspecify.annotations.NullMarked;
