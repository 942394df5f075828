/** What a provider compiles against: values, schemas, resource types and what the engine lends. */
@NullMarked
package dev.pgbound.spi;

import org.jspecify.annotations.NullMarked;
