package dev.pgbound.simulator.oracle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/** Functions of Oracle that H2 does not have; the stand-in calls them by name. */
public final class OracleFunctions {

  private OracleFunctions() {}

  /** {@code DBMS_LOB.GETLENGTH}: the characters of a text, the bytes of anything else. */
  public static @Nullable Long length(Value lob) {
    if (lob.getValueType() == Value.NULL) {
      return null;
    }
    return lob.getValueType() == Value.CLOB ? lob.charLength() : lob.octetLength();
  }

  /** {@code SYS_CONTEXT}, as far as the settings know the parameter. */
  public static @Nullable String context(Connection connection, String namespace, String parameter)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select SETTING from SYS.SETTINGS where NAME = ?")) {
      statement.setString(1, parameter);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getString(1) : null;
      }
    }
  }
}
