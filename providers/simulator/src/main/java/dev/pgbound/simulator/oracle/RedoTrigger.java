package dev.pgbound.simulator.oracle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * Writes down each change of a row, within the transaction that makes it. There is one row that
 * counts: whoever changes anything holds it until the transaction ends, so that the numbers of
 * changes are in the order of the commits and nobody who reads them misses one.
 *
 * <p>H2 makes it by name, in every process that works on the stand-in: it needs nothing but H2.
 */
public final class RedoTrigger implements Trigger {

  private static final String COLUMNS =
      """
      select COLUMN_NAME from INFORMATION_SCHEMA.COLUMNS
      where TABLE_SCHEMA = ? and TABLE_NAME = ? order by ORDINAL_POSITION
      """;

  private static final String WRITE =
      """
      insert into SYS.REDO_LOG(
        SCN, STAMP, OWNER, TABLE_NAME, OPERATION, BEFORE_IMAGE, AFTER_IMAGE)
      select SCN, LOCALTIMESTAMP, ?, ?, ?, ?, ? from SYS.CURRENT_SCN
      """;

  private String schema = "";
  private String table = "";
  private List<String> columns = List.of();

  @Override
  public void init(
      Connection connection,
      String schemaName,
      String triggerName,
      String tableName,
      boolean before,
      int type) {
    schema = schemaName;
    table = tableName;
  }

  @Override
  public void fire(
      Connection connection,
      @Nullable Object @Nullable [] before,
      @Nullable Object @Nullable [] after)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("update SYS.CURRENT_SCN set SCN = SCN + 1");
    }
    String operation = before == null ? "INSERT" : after == null ? "DELETE" : "UPDATE";
    try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
      statement.setString(1, schema);
      statement.setString(2, table);
      statement.setString(3, operation);
      statement.setBytes(4, image(connection, before));
      statement.setBytes(5, image(connection, after));
      statement.executeUpdate();
    }
  }

  private byte @Nullable [] image(Connection connection, @Nullable Object @Nullable [] row)
      throws SQLException {
    if (row == null) {
      return null;
    }
    if (columns.size() != row.length) {
      columns = columns(connection);
    }
    return RowImage.of(columns, row).encode();
  }

  private List<String> columns(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, schema);
      statement.setString(2, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
    }
    return names;
  }
}
