package dev.pgbound.simulator.copy;

import dev.pgbound.tables.DmsType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values as DMS hands them to PostgreSQL: as text, after their way through a type of DMS. */
final class TargetText {

  private static final DateTimeFormatter NANOSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSSSS", Locale.ROOT);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private TargetText() {}

  /** A value of the source in the type that DMS moves it in; null for none. */
  static @Nullable String of(@Nullable Object value, DmsType type) {
    if (value == null) {
      return null;
    }
    return switch (type.name()) {
      case "bytes", "blob" -> bytes(value);
      case "numeric" -> numeric(value, type);
      case "int1", "int2", "int4", "int8", "uint1", "uint2", "uint4", "uint8" -> whole(value);
      case "date" -> value instanceof LocalDateTime moment ? DATE.format(moment) : plain(value);
      case "time" -> value instanceof LocalDateTime moment ? TIME.format(moment) : plain(value);
      case "datetime" -> moment(value, measure(type, 6));
      case "string", "wstring" -> cut(plain(value), measure(type, Integer.MAX_VALUE));
      default -> plain(value);
    };
  }

  private static int measure(DmsType type, int otherwise) {
    return type.measures().isEmpty() ? otherwise : type.measures().get(0);
  }

  /** A value as text, as Oracle's client would show it in the formats of DMS. */
  static String plain(Object value) {
    if (value instanceof BigDecimal number) {
      BigDecimal stripped = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
      return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
    }
    if (value instanceof LocalDateTime moment) {
      return moment(moment, moment.equals(moment.truncatedTo(ChronoUnit.SECONDS)) ? 0 : 6);
    }
    if (value instanceof OffsetDateTime moment) {
      return moment(moment.toLocalDateTime(), 6) + " " + moment.getOffset();
    }
    return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
  }

  private static String bytes(Object value) {
    byte[] bytes =
        value instanceof byte[] raw ? raw : plain(value).getBytes(StandardCharsets.UTF_8);
    return "\\x" + HexFormat.of().formatHex(bytes);
  }

  private static String numeric(Object value, DmsType type) {
    if (!(value instanceof BigDecimal number) || type.measures().size() < 2) {
      return plain(value);
    }
    int scale = type.measures().get(1);
    return number.scale() > scale
        ? plain(number.setScale(scale, RoundingMode.HALF_UP))
        : plain(number);
  }

  private static String whole(Object value) {
    return value instanceof BigDecimal number
        ? number.setScale(0, RoundingMode.HALF_UP).toPlainString()
        : plain(value);
  }

  private static String moment(Object value, int digits) {
    if (!(value instanceof LocalDateTime moment)) {
      return plain(value);
    }
    int end = "uuuu-MM-dd HH:mm:ss".length();
    return NANOSECONDS.format(moment).substring(0, digits == 0 ? end : end + 1 + digits);
  }

  private static String cut(String text, int length) {
    return text.codePointCount(0, text.length()) <= length
        ? text
        : text.substring(0, text.offsetByCodePoints(0, length));
  }

  /** The beginning of a LOB that has so many bytes at most; of a text whole characters. */
  static Object limited(Object lob, long bytes) {
    if (lob instanceof byte[] raw) {
      return raw.length <= bytes ? raw : Arrays.copyOf(raw, (int) bytes);
    }
    String text = plain(lob);
    if (size(text) <= bytes) {
      return text;
    }
    byte[] all = text.getBytes(StandardCharsets.UTF_8);
    int end = (int) bytes;
    while (end > 0 && (all[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(all, 0, end, StandardCharsets.UTF_8);
  }

  /** How many bytes a LOB has on its way. */
  static long size(Object lob) {
    return lob instanceof byte[] raw
        ? raw.length
        : plain(lob).getBytes(StandardCharsets.UTF_8).length;
  }
}
