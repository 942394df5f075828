/**
 * The objects inside a PostgreSQL database: databases, schemas, extensions, roles, grants, scripts.
 *
 * <p>{@link Sessions} connects, {@link Tags} knows whose an object is, {@link TaggedObjects}
 * answers discovery for types with tags, {@link Sql} writes names into statements, and {@link
 * PostgresErrors} turns what the server says into what the engine understands.
 */
@NullMarked
package dev.pgbound.postgres;

import org.jspecify.annotations.NullMarked;
