package dev.pgbound.engine.config;

import dev.pgbound.spi.Value;

/**
 * A file as values with their places. Texts are in template form: what reads one as final must
 * resolve it with {@link Template}.
 */
public record Document(Value.Fields root, SourceMap map) {}
