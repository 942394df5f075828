package dev.pgbound.oracle;

import dev.pgbound.tables.catalog.OracleType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The type of a column as a row of {@code ALL_TAB_COLS} describes it. */
final class ColumnType {

  private ColumnType() {}

  /** The type; one that is not known as one of Oracle's counts as a type of users. */
  static OracleType of(ResultSet row) throws SQLException {
    String name = row.getString("DATA_TYPE");
    String owner = row.getString("DATA_TYPE_OWNER");
    String text = owner == null ? name + measures(name, row) : owner + "." + name;
    try {
      return OracleType.parse(text);
    } catch (IllegalArgumentException e) {
      return OracleType.parse("SYS." + name.replaceAll("[\\s.()]+", "_"));
    }
  }

  private static String measures(String name, ResultSet row) throws SQLException {
    return switch (name) {
      case "VARCHAR2", "CHAR" ->
          String.format(
              Locale.ROOT,
              "(%d%s)",
              row.getInt("CHAR_LENGTH"),
              "C".equals(row.getString("CHAR_USED")) ? " CHAR" : "");
      case "NVARCHAR2", "NCHAR" -> "(" + row.getInt("CHAR_LENGTH") + ")";
      case "RAW", "UROWID" -> "(" + row.getInt("DATA_LENGTH") + ")";
      case "FLOAT" -> "(" + row.getInt("DATA_PRECISION") + ")";
      case "NUMBER" -> number(integer(row, "DATA_PRECISION"), integer(row, "DATA_SCALE"));
      default -> "";
    };
  }

  /** A scale without a precision is that of {@code NUMBER(*,0)}, which {@code INTEGER} is. */
  private static String number(@Nullable Integer precision, @Nullable Integer scale) {
    if (precision == null) {
      return scale == null ? "" : "(*," + scale + ")";
    }
    return scale == null || scale == 0
        ? "(" + precision + ")"
        : "(" + precision + "," + scale + ")";
  }

  private static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
    int number = row.getInt(column);
    return row.wasNull() ? null : number;
  }
}
