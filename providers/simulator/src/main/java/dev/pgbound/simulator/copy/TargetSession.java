package dev.pgbound.simulator.copy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * What DMS does in the target, as the user of the endpoint. Values are texts, as DMS sends them.
 */
final class TargetSession implements AutoCloseable {

  /** Whoever holds a table for longer than this is not waited for: the rows come later. */
  private static final String SETTINGS =
      "set lock_timeout = '5s'; set application_name = 'dms'; set datestyle = 'ISO, YMD'";

  private final Connection connection;

  TargetSession(CopyOrder order) throws SQLException, IOException {
    connection = order.target().connect();
    try {
      connection.setAutoCommit(false);
      execute(SETTINGS);
      if (!order.settings().afterConnect().isBlank()) {
        execute(order.settings().afterConnect());
      }
      connection.commit();
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** The number of the transaction, which then has one, whatever it has done. */
  String transaction() throws SQLException {
    return String.valueOf(text("select pg_current_xact_id()::text"));
  }

  /** Whether an earlier transaction has committed; waits while its session is still going. */
  boolean isCommitted(String transaction) throws SQLException {
    for (int attempt = 0; attempt < 50; attempt++) {
      String status = text("select pg_xact_status('" + Long.parseLong(transaction) + "'::xid8)");
      if (!"in progress".equals(status)) {
        return "committed".equals(status);
      }
      execute("select pg_sleep(0.1)");
    }
    return false;
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first value of the first row; null when there is none. */
  @Nullable String text(String sql, String... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getString(1) : null;
      }
    }
  }

  boolean exists(String schema, String table) throws SQLException {
    return text(
            "select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                + " where n.nspname = ? and c.relname = ? and c.relkind in ('r', 'p', 'v', 'f')",
            schema,
            table)
        != null;
  }

  boolean hasSchema(String schema) throws SQLException {
    return text("select 1 from pg_namespace where nspname = ?", schema) != null;
  }

  /**
   * Changes rows.
   *
   * @return how many
   */
  int update(String sql, List<@Nullable String> values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        // of no type of its own: PostgreSQL gives it that of its column
        statement.setObject(i + 1, values.get(i), Types.OTHER);
      }
      return statement.executeUpdate();
    }
  }

  /** Writes rows as COPY does: all of them or none. */
  void copy(String table, List<String> columns, List<List<@Nullable String>> rows)
      throws SQLException {
    String sql =
        String.format(
            Locale.ROOT,
            "copy %s (%s) from stdin",
            table,
            String.join(", ", columns.stream().map(TargetSession::quoted).toList()));
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    try {
      for (List<@Nullable String> row : rows) {
        byte[] line = CopyLine.of(row);
        copy.writeToCopy(line, 0, line.length);
      }
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  Savepoint savepoint() throws SQLException {
    return connection.setSavepoint();
  }

  void release(Savepoint savepoint) throws SQLException {
    connection.releaseSavepoint(savepoint);
  }

  void rollback(Savepoint savepoint) throws SQLException {
    connection.rollback(savepoint);
  }

  void commit() throws SQLException {
    connection.commit();
  }

  void rollback() throws SQLException {
    connection.rollback();
  }

  static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
