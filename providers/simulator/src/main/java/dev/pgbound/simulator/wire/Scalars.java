package dev.pgbound.simulator.wire;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;
import software.amazon.awssdk.utils.BinaryUtils;
import software.amazon.awssdk.utils.DateUtils;

/** Values without structure as text, as the query and XML protocols write them. */
final class Scalars {

  private Scalars() {}

  static String format(SdkField<?> field, Object value) {
    if (value instanceof Instant instant) {
      return format(instant, timestampFormat(field, Format.ISO_8601));
    }
    return value instanceof SdkBytes bytes
        ? BinaryUtils.toBase64(bytes.asByteArray())
        : value.toString();
  }

  static Object parse(SdkField<?> field, String text) {
    try {
      return switch (field.marshallingType().getKnownType()) {
        case STRING -> text;
        case INTEGER -> Integer.valueOf(text);
        case LONG -> Long.valueOf(text);
        case SHORT -> Short.valueOf(text);
        case BYTE -> Byte.valueOf(text);
        case FLOAT -> Float.valueOf(text);
        case DOUBLE -> Double.valueOf(text);
        case BIG_DECIMAL -> new BigDecimal(text);
        case BOOLEAN -> Boolean.valueOf(text);
        case INSTANT -> instant(text);
        case SDK_BYTES -> SdkBytes.fromByteArray(BinaryUtils.fromBase64(text));
        case NULL, SDK_POJO, LIST, MAP, DOCUMENT ->
            throw new IllegalArgumentException(field.memberName() + " is not a plain value");
      };
    } catch (NumberFormatException e) {
      throw new Fault(
          "MalformedInput", "Value " + text + " of " + field.memberName() + " is not a number");
    }
  }

  /** The format that the service's model prescribes for a timestamp, else the protocol's. */
  static Format timestampFormat(SdkField<?> field, Format otherwise) {
    return field
        .getOptionalTrait(TimestampFormatTrait.class)
        .map(TimestampFormatTrait::format)
        .orElse(otherwise);
  }

  static String format(Instant instant, Format format) {
    return switch (format) {
      case ISO_8601 -> instant.truncatedTo(ChronoUnit.MILLIS).toString();
      case RFC_822 -> DateUtils.formatRfc822Date(instant);
      case UNIX_TIMESTAMP -> seconds(instant).toPlainString();
      case UNIX_TIMESTAMP_MILLIS -> Long.toString(instant.toEpochMilli());
    };
  }

  static BigDecimal seconds(Instant instant) {
    return BigDecimal.valueOf(instant.toEpochMilli()).movePointLeft(3).stripTrailingZeros();
  }

  /** A moment in any of the forms that clients send: ISO 8601 with any offset, epoch seconds. */
  static Instant instant(String text) {
    if (text.matches("-?[0-9.]+([eE][0-9+]+)?")) {
      return Instant.ofEpochMilli(new BigDecimal(text).movePointRight(3).longValue());
    }
    return text.contains(",")
        ? DateUtils.parseRfc822Date(text)
        : OffsetDateTime.parse(text).toInstant();
  }
}
