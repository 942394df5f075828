/** What the tests of the engine and of every provider share. */
@NullMarked
package dev.pgbound.testkit;

import org.jspecify.annotations.NullMarked;
