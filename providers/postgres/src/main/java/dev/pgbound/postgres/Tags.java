package dev.pgbound.postgres;

import dev.pgbound.spi.Live;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ownership tags of the objects in a database. PostgreSQL has no tags, so they are rows of the
 * table {@code pgbound.tags} in that database, written in the transaction that makes the object.
 *
 * <p>A row counts only for the very object that it was written for, by its OID: whatever somebody
 * else makes under the name of a dropped object is theirs. The table goes with its last row.
 */
final class Tags {

  /** The schema that holds them. */
  static final String SCHEMA = "pgbound";

  /** For objects without an OID of their own, and for those that are about to be made. */
  static final long ANY = 0;

  private static final String IN_SCHEMA =
      "select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace"
          + " where n.nspname = 'pgbound'";

  /** The tags of one object. */
  private record Row(long oid, Map<String, String> tags) {}

  private final Map<String, Row> ours = new HashMap<>();
  private final Map<String, Row> others = new HashMap<>();

  private Tags() {}

  /** The tags of all objects of a type; those of {@code migration} count first. */
  static Tags read(Connection connection, String type, String migration) throws SQLException {
    Tags tags = new Tags();
    if (!isThere(connection)) {
      return tags;
    }
    Sql.rows(
        connection,
        row -> {
          Map<String, String> values = new LinkedHashMap<>();
          values.put(Live.MIGRATION_TAG, row.getString("migration"));
          values.put(Live.ADDRESS_TAG, row.getString("address"));
          values.put(Live.DIGEST_TAG, row.getString("digest"));
          boolean own = migration.equals(row.getString("migration"));
          return (own ? tags.ours : tags.others)
              .put(row.getString("name"), new Row(row.getLong("object"), values));
        },
        "select name, object, migration, address, digest from pgbound.tags where type = ?",
        type);
    return tags;
  }

  /** The tags of an object; none when it has none, or had them in an earlier life. */
  Map<String, String> of(String name, long oid) {
    for (Map<String, Row> rows : List.of(ours, others)) {
      Row row = rows.get(name);
      if (row != null && (row.oid() == ANY || oid == ANY || row.oid() == oid)) {
        return row.tags();
      }
    }
    return Map.of();
  }

  /** The names of the migration's objects, those that somebody has dropped included. */
  Set<String> owned() {
    return ours.keySet();
  }

  /**
   * Sets the tags of an object, in a transaction of {@link Sessions#write}; nothing when there are
   * none, as for a shared object.
   */
  static void write(
      Connection connection, String type, String name, long oid, Map<String, String> tags)
      throws SQLException {
    if (tags.isEmpty()) {
      return;
    }
    if (!isThere(connection)) {
      Sql.run(connection, "create schema if not exists pgbound");
      Sql.run(
          connection,
          "create table pgbound.tags (type text, name text, object bigint not null,"
              + " migration text, address text not null, digest text not null,"
              + " primary key (type, name, migration))");
      Sql.run(
          connection,
          "comment on table pgbound.tags is 'Whose the objects of this database are; kept by pgbound'");
    }
    Sql.update(
        connection,
        "insert into pgbound.tags (type, name, object, migration, address, digest)"
            + " values (?, ?, ?, ?, ?, ?) on conflict (type, name, migration) do update"
            + " set object = excluded.object, address = excluded.address, digest = excluded.digest",
        type,
        name,
        oid,
        tags.getOrDefault(Live.MIGRATION_TAG, ""),
        tags.getOrDefault(Live.ADDRESS_TAG, ""),
        tags.getOrDefault(Live.DIGEST_TAG, ""));
  }

  /** Forgets an object of a migration, and the table with the last one. */
  static void forget(Connection connection, String type, String name, String migration)
      throws SQLException {
    if (!isThere(connection)) {
      return;
    }
    Sql.update(
        connection,
        "delete from pgbound.tags where type = ? and name = ? and migration = ?",
        type,
        name,
        migration);
    if (!Sql.exists(connection, "select 1 from pgbound.tags")) {
      Sql.run(connection, "drop table pgbound.tags");
      if (!Sql.exists(connection, IN_SCHEMA)) {
        Sql.run(connection, "drop schema pgbound");
      }
    }
  }

  private static boolean isThere(Connection connection) throws SQLException {
    // Not to_regclass: it may still answer from before the writer's lock was waited for.
    return Sql.exists(connection, IN_SCHEMA + " and c.relname = 'tags'");
  }
}
