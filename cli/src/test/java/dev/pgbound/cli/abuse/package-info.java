/** What pgbound endures: bad input, faults, its own death, and prying eyes. */
@NullMarked
package dev.pgbound.cli.abuse;

import org.jspecify.annotations.NullMarked;
