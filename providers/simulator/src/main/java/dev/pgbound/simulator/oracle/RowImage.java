package dev.pgbound.simulator.oracle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The values of one row by the names of their columns: {@code BigDecimal}, {@code String}, {@code
 * byte[]}, {@code LocalDateTime}, {@code OffsetDateTime}, or null.
 */
public final class RowImage {

  private final Map<String, @Nullable Object> values;

  private RowImage(Map<String, @Nullable Object> values) {
    this.values = values;
  }

  /**
   * A row as JDBC gives it.
   *
   * @param columns the names of the columns, in the order of the values
   */
  static RowImage of(List<String> columns, @Nullable Object[] row) throws SQLException {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      values.put(columns.get(i), value(row[i]));
    }
    return new RowImage(values);
  }

  /** The value of a column; null also for a column that the row does not have. */
  public @Nullable Object get(String column) {
    return values.get(column);
  }

  /** Whether a column has the same value in both rows. */
  public boolean isSame(RowImage other, String column) {
    return Objects.deepEquals(get(column), other.get(column));
  }

  private static @Nullable Object value(@Nullable Object value) throws SQLException {
    if (value instanceof Clob clob) {
      return clob.getSubString(1, (int) clob.length());
    }
    if (value instanceof Blob blob) {
      return blob.getBytes(1, (int) blob.length());
    }
    if (value instanceof Timestamp timestamp) {
      return timestamp.toLocalDateTime();
    }
    if (value instanceof java.sql.Date date) {
      return date.toLocalDate().atStartOfDay();
    }
    if (value instanceof Number number && !(value instanceof BigDecimal)) {
      return number instanceof Float || number instanceof Double
          ? real(number)
          : BigDecimal.valueOf(number.longValue());
    }
    return value instanceof Boolean flag ? (flag ? BigDecimal.ONE : BigDecimal.ZERO) : value;
  }

  /** Infinity is no number of {@code BigDecimal}; PostgreSQL knows it by this name, too. */
  private static Object real(Number number) {
    return Double.isFinite(number.doubleValue())
        ? new BigDecimal(number.toString())
        : number.toString();
  }

  /** The row as bytes that {@link #decode} reads. */
  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(values.size());
      for (Map.Entry<String, @Nullable Object> entry : values.entrySet()) {
        write(out, entry.getKey().getBytes(StandardCharsets.UTF_8));
        write(out, entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, @Nullable Object value) throws IOException {
    if (value == null) {
      out.writeByte('0');
    } else if (value instanceof byte[] bytes) {
      out.writeByte('B');
      write(out, bytes);
    } else {
      out.writeByte(
          value instanceof BigDecimal
              ? 'N'
              : value instanceof LocalDateTime ? 'T' : value instanceof OffsetDateTime ? 'Z' : 'S');
      write(out, value.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** Reads what {@link #encode} has written. */
  static RowImage decode(byte[] bytes) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      for (int left = in.readInt(); left > 0; left--) {
        String column = text(in);
        values.put(column, read(in));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new RowImage(values);
  }

  private static @Nullable Object read(DataInputStream in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case '0' -> null;
      case 'B' -> in.readNBytes(in.readInt());
      case 'N' -> new BigDecimal(text(in));
      case 'T' -> LocalDateTime.parse(text(in));
      case 'Z' -> OffsetDateTime.parse(text(in));
      default -> text(in);
    };
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
