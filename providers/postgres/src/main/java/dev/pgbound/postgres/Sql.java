package dev.pgbound.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Statements with names and values of the user in them, always quoted or bound. */
final class Sql {

  /** Longer identifiers are cut by the server without a word. */
  static final int LONGEST_NAME = 63;

  /** Reads one row. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private Sql() {}

  /** Whether the server takes it as an identifier as it is. */
  static boolean isName(String name) {
    return !name.isEmpty()
        && name.indexOf('\0') < 0
        && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME;
  }

  /** An identifier, whatever it is made of. */
  static String name(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException("no identifier of PostgreSQL: " + name);
    }
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** A text literal, for statements that take no parameters. */
  static String text(String text) {
    String quoted = "'" + text.replace("'", "''") + "'";
    return text.contains("\\") ? "E" + quoted.replace("\\", "\\\\") : quoted;
  }

  /**
   * Executes a statement without a result; {@code names} are quoted into the place of {@code %s}.
   */
  static void execute(Connection connection, String sql, String... names) throws SQLException {
    Object[] quoted = new Object[names.length];
    for (int i = 0; i < names.length; i++) {
      quoted[i] = name(names[i]);
    }
    run(connection, String.format(Locale.ROOT, sql, quoted));
  }

  /** Executes a statement that is complete. */
  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Executes a statement with bound values. */
  static void update(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(connection, statement, values);
      statement.executeUpdate();
    }
  }

  /** All rows of a query with bound values; a list is bound as an array of texts. */
  static <T> List<T> rows(Connection connection, Row<T> row, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(connection, statement, values);
      List<T> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(row.read(result));
        }
      }
      return rows;
    }
  }

  /** The first column of the first row as text. */
  static Optional<String> value(Connection connection, String sql, Object... values)
      throws SQLException {
    return rows(connection, row -> Optional.ofNullable(row.getString(1)), sql, values).stream()
        .findFirst()
        .flatMap(value -> value);
  }

  /** Whether a query has a row. */
  static boolean exists(Connection connection, String sql, Object... values) throws SQLException {
    return !rows(connection, row -> true, sql, values).isEmpty();
  }

  /** The texts of an array column. */
  static List<String> texts(ResultSet row, String column) throws SQLException {
    List<String> texts = new ArrayList<>();
    if (row.getArray(column) != null) {
      for (Object text : (Object[]) row.getArray(column).getArray()) {
        texts.add(String.valueOf(text));
      }
    }
    return texts;
  }

  private static void bind(Connection connection, PreparedStatement statement, Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof java.util.Collection<?> list) {
        statement.setArray(i + 1, connection.createArrayOf("text", list.toArray()));
      } else {
        statement.setObject(i + 1, values[i]);
      }
    }
  }
}
