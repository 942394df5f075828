@NullMarked
package dev.pgbound.tables;

import org.jspecify.annotations.NullMarked;
