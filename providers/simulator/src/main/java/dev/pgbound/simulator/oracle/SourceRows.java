package dev.pgbound.simulator.oracle;

import dev.pgbound.tables.catalog.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads tables of the stand-in piece by piece, and what changes in them. */
public final class SourceRows {

  private final Connection connection;

  /** Reads through a connection of a {@link StandIn}. */
  public SourceRows(Connection connection) {
    this.connection = connection;
  }

  /**
   * A row with its place in the table, as Oracle's {@code ROWID} is one.
   *
   * @param place greater than that of the row before
   */
  public record Placed(long place, RowImage row) {}

  /**
   * A change of a row.
   *
   * @param before null for an insertion
   * @param after null for a deletion
   */
  public record Change(
      long scn,
      LocalDateTime stamp,
      TableName table,
      @Nullable RowImage before,
      @Nullable RowImage after) {}

  /** How many rows a table or view has. */
  public long count(TableName table) throws SQLException {
    return number("select count(*) from " + quoted(table));
  }

  /** The place of the last row of a table; 0 when it is empty. */
  public long lastPlace(TableName table) throws SQLException {
    return number("select coalesce(max(_ROWID_), 0) from " + quoted(table));
  }

  /** The number of the last change that is committed. */
  public long currentScn() throws SQLException {
    return number("select SCN from SYS.CURRENT_SCN");
  }

  /** How many rows a sub-task of DMS loads in a second. */
  public int rowsPerSecond() throws SQLException {
    return (int)
        Math.max(
            1,
            number(
                "select cast(SETTING as bigint) from SYS.SETTINGS where NAME = 'ROWS_PER_SECOND'"));
  }

  private long number(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /** The rows of a table behind a place, up to another one, in the order of their places. */
  public List<Placed> rows(TableName table, long behind, long upTo, int limit) throws SQLException {
    String sql =
        String.format(
            Locale.ROOT,
            "select _ROWID_, T.* from %s T where _ROWID_ > ? and _ROWID_ <= ?"
                + " order by _ROWID_ fetch first ? rows only",
            quoted(table));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, behind);
      statement.setLong(2, upTo);
      statement.setInt(3, limit);
      return placed(statement, true);
    }
  }

  /** All rows of a view, whose rows have no places of their own. */
  public List<Placed> all(TableName view) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select 0, T.* from " + quoted(view) + " T")) {
      return placed(statement, false);
    }
  }

  private static List<Placed> placed(PreparedStatement statement, boolean hasPlace)
      throws SQLException {
    List<Placed> read = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      ResultSetMetaData shape = rows.getMetaData();
      List<String> columns = new ArrayList<>();
      for (int i = 2; i <= shape.getColumnCount(); i++) {
        columns.add(shape.getColumnLabel(i));
      }
      while (rows.next()) {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = rows.getObject(i + 2);
        }
        long place = hasPlace ? rows.getLong(1) : read.size() + 1L;
        read.add(new Placed(place, RowImage.of(columns, values)));
      }
    }
    return read;
  }

  /** The changes behind a number, in their order. */
  public List<Change> changes(long behind, int limit) throws SQLException {
    String sql =
        """
        select SCN, STAMP, OWNER, TABLE_NAME, BEFORE_IMAGE, AFTER_IMAGE
        from SYS.REDO_LOG where SCN > ? order by SCN fetch first ? rows only
        """;
    List<Change> read = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, behind);
      statement.setInt(2, limit);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          read.add(
              new Change(
                  rows.getLong(1),
                  rows.getTimestamp(2).toLocalDateTime(),
                  new TableName(rows.getString(3), rows.getString(4)),
                  image(rows.getBytes(5)),
                  image(rows.getBytes(6))));
        }
      }
    }
    return read;
  }

  private static @Nullable RowImage image(byte @Nullable [] bytes) {
    return bytes == null ? null : RowImage.decode(bytes);
  }

  private static String quoted(TableName table) {
    return StandIn.quoted(table.schema()) + "." + StandIn.quoted(table.table());
  }
}
