package dev.pgbound.oracle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A query of dictionary views, restricted to some schemas. */
final class Query {

  /** Rows that come with one answer of the server: a dictionary is large, its rows are not. */
  private static final int FETCH = 1000;

  private Query() {}

  /** Makes something of a row. */
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /**
   * Runs a query.
   *
   * @param sql has {@code (?)} where the schemas stand, once
   */
  static <T> List<T> of(Connection connection, String sql, List<String> schemas, Reader<T> reader)
      throws SQLException {
    String places = String.join(",", Collections.nCopies(schemas.size(), "?"));
    try (PreparedStatement statement =
        connection.prepareStatement(sql.replace("(?)", "(" + places + ")"))) {
      statement.setFetchSize(FETCH);
      for (int i = 0; i < schemas.size(); i++) {
        statement.setString(i + 1, schemas.get(i));
      }
      return rows(statement, reader);
    }
  }

  static <T> List<T> rows(PreparedStatement statement, Reader<T> reader) throws SQLException {
    List<T> read = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        read.add(reader.read(rows));
      }
    }
    return read;
  }
}
