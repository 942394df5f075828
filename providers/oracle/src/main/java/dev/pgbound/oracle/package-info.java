/** What an Oracle database says about itself, read over JDBC from its dictionary views. */
@NullMarked
package dev.pgbound.oracle;

import org.jspecify.annotations.NullMarked;
