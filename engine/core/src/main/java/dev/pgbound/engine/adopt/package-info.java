/** Takes existing objects under management: finds them, describes them, writes ownership tags. */
@NullMarked
package dev.pgbound.engine.adopt;

import org.jspecify.annotations.NullMarked;
