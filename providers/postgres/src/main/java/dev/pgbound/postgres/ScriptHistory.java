package dev.pgbound.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What Flyway's history table says about the scripts of a phase. */
final class ScriptHistory {

  static final String PENDING = "pending";
  static final String FAILED = "failed";

  private final Map<String, String> states = new HashMap<>();

  private ScriptHistory() {}

  /** The history in this table; empty when there is none. */
  static Optional<ScriptHistory> read(Connection connection, String schema, String table)
      throws SQLException {
    if (!exists(connection, schema, table)) {
      return Optional.empty();
    }
    ScriptHistory history = new ScriptHistory();
    Sql.rows(
        connection,
        row -> {
          String version = row.getString("version");
          String identity =
              version == null
                  ? "R " + row.getString("description")
                  : "V" + version.replaceFirst("(\\.0)+$", "");
          String state =
              row.getBoolean("success") ? Script.applied(row.getInt("checksum")) : FAILED;
          return history.states.put(identity, state);
        },
        String.format(
            java.util.Locale.ROOT,
            "select version, description, checksum, success from %s.%s"
                + " where type = 'SQL' order by installed_rank",
            Sql.name(schema),
            Sql.name(table)));
    return Optional.of(history);
  }

  static boolean exists(Connection connection, String schema, String table) throws SQLException {
    return Sql.exists(
        connection,
        "select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            + " where n.nspname = ? and c.relname = ?",
        schema,
        table);
  }

  /** {@code pending}, {@code failed} or {@code applied (checksum)}. */
  String state(Script script) {
    return states.getOrDefault(script.identity(), PENDING);
  }
}
