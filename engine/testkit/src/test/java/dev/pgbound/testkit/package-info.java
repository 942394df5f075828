@NullMarked
package dev.pgbound.testkit;

import org.jspecify.annotations.NullMarked;
