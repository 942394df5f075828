package dev.pgbound.engine.config;

import dev.pgbound.spi.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * What an unquoted scalar means: the core schema of YAML 1.2, in which {@code no}, {@code on} and
 * dates are texts. Numbers with leading zeros stay texts too, because YAML 1.1 reads them as octal
 * and because account numbers begin with zeros.
 */
final class PlainScalar {

  private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");
  private static final Pattern TRUE = Pattern.compile("true|True|TRUE");
  private static final Pattern FALSE = Pattern.compile("false|False|FALSE");
  private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]{1,32}");
  private static final Pattern OCTAL = Pattern.compile("0o[0-7]{1,32}");

  /** Bounded, because a number with a huge exponent fills the memory when it is printed. */
  private static final Pattern DECIMAL =
      Pattern.compile(
          "[-+]?(0|[1-9][0-9]{0,60}|(?=\\.[0-9]))(\\.[0-9]{0,60})?([eE][-+]?[0-9]{1,2})?");

  private PlainScalar() {}

  static Value resolve(String text) {
    if (NULL.matcher(text).matches()) {
      return Value.Null.INSTANCE;
    }
    if (TRUE.matcher(text).matches()) {
      return Value.of(true);
    }
    if (FALSE.matcher(text).matches()) {
      return Value.of(false);
    }
    if (DECIMAL.matcher(text).matches()) {
      return new Value.Num(new BigDecimal(text));
    }
    if (HEX.matcher(text).matches()) {
      return new Value.Num(new BigDecimal(new BigInteger(text.substring(2), 16)));
    }
    if (OCTAL.matcher(text).matches()) {
      return new Value.Num(new BigDecimal(new BigInteger(text.substring(2), 8)));
    }
    return Value.of(text);
  }
}
