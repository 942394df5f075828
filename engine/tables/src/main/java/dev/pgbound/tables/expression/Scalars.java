package dev.pgbound.tables.expression;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Single values as SQLite treats them: {@code Long}, {@code Double}, text, bytes and nothing. */
final class Scalars {

  private static final Pattern NUMBER =
      Pattern.compile("\\s*([-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?)");

  private Scalars() {}

  static boolean isTrue(Object value) {
    return number(value).doubleValue() != 0;
  }

  /** The number that a text begins with; 0 when it begins with none. */
  private static Number number(Object value) {
    if (value instanceof Number number) {
      return number;
    }
    Matcher matcher = NUMBER.matcher(text(value));
    if (!matcher.lookingAt()) {
      return 0L;
    }
    String digits = matcher.group(1);
    return digits.matches("[-+]?[0-9]{1,18}")
        ? (Number) Long.valueOf(digits)
        : Double.valueOf(digits);
  }

  static String text(Object value) {
    if (value instanceof byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    if (!(value instanceof Double real)) {
      return value.toString();
    }
    if (real.isInfinite() || real.isNaN()) {
      return real.isNaN() ? "" : real > 0 ? "Inf" : "-Inf";
    }
    BigDecimal rounded = new BigDecimal(real).round(new MathContext(15)).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (rounded.signum() != 0 && (exponent < -4 || exponent >= 15)) {
      String digits = rounded.unscaledValue().abs().toString();
      return String.format(
          Locale.ROOT,
          "%s%s.%se%s%02d",
          rounded.signum() < 0 ? "-" : "",
          digits.substring(0, 1),
          digits.length() > 1 ? digits.substring(1) : "0",
          exponent < 0 ? "-" : "+",
          Math.abs(exponent));
    }
    return rounded.scale() <= 0 ? rounded.toBigInteger() + ".0" : rounded.toPlainString();
  }

  static @Nullable Object arithmetic(
      String operator, @Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return null;
    }
    Number one = number(left);
    Number other = number(right);
    if (one instanceof Long a && other instanceof Long b) {
      try {
        return whole(operator, a, b);
      } catch (ArithmeticException e) {
        // what does not fit into a whole number is computed as a real one
      }
    }
    return real(operator, one.doubleValue(), other.doubleValue());
  }

  private static @Nullable Object whole(String operator, long a, long b) {
    return switch (operator) {
      case "+" -> Math.addExact(a, b);
      case "-" -> Math.subtractExact(a, b);
      case "*" -> Math.multiplyExact(a, b);
      case "/" -> b == 0 ? null : (Object) (a / b);
      default -> b == 0 ? null : (Object) (a % b);
    };
  }

  private static @Nullable Object real(String operator, double a, double b) {
    return switch (operator) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "/" -> b == 0 ? null : (Object) (a / b);
      default -> (long) b == 0 ? null : (Object) (double) ((long) a % (long) b);
    };
  }

  /** Unknown when one side is; otherwise 1 or 0. */
  static @Nullable Object compare(String operator, @Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return null;
    }
    int order = order(left, right);
    boolean holds =
        switch (operator) {
          case "=", "==" -> order == 0;
          case "<>", "!=" -> order != 0;
          case "<" -> order < 0;
          case "<=" -> order <= 0;
          case ">" -> order > 0;
          default -> order >= 0;
        };
    return holds ? 1L : 0L;
  }

  /** Numbers come before texts, and texts before bytes. */
  private static int order(Object left, Object right) {
    if (left instanceof Long a && right instanceof Long b) {
      return a.compareTo(b);
    }
    if (left instanceof Number a && right instanceof Number b) {
      return Double.compare(a.doubleValue(), b.doubleValue());
    }
    int kinds = Integer.compare(kind(left), kind(right));
    if (kinds != 0) {
      return kinds;
    }
    return Arrays.compareUnsigned(bytes(left), bytes(right));
  }

  private static int kind(Object value) {
    return value instanceof Number ? 0 : value instanceof String ? 1 : 2;
  }

  private static byte[] bytes(Object value) {
    return value instanceof byte[] bytes ? bytes : text(value).getBytes(StandardCharsets.UTF_8);
  }

  static Object call(Function function, Object[] values) {
    return switch (function) {
      case LOWER -> shifted(text(values[0]), 'A', 'Z', 'a' - 'A');
      case UPPER -> shifted(text(values[0]), 'a', 'z', 'A' - 'a');
      case LTRIM -> trim(values, true, false);
      case RTRIM -> trim(values, false, true);
      case TRIM -> trim(values, true, true);
      case REPLACE -> {
        String sought = text(values[1]);
        yield sought.isEmpty() ? text(values[0]) : text(values[0]).replace(sought, text(values[2]));
      }
      case REPLACE_CHARS -> replaceChars(text(values[0]), text(values[1]), text(values[2]));
      case SUBSTR -> substr(values);
      case HEX -> HexFormat.of().withUpperCase().formatHex(bytes(values[0]));
      case ZERO_BLOB -> new byte[Math.max(0, number(values[0]).intValue())];
      case ABS -> abs(number(values[0]));
      case ROUND -> round(values);
      case MAX, MIN -> extreme(values, function == Function.MAX ? 1 : -1);
      case HASH_SHA256 -> sha256(bytes(values[0]));
      default -> throw new IllegalStateException(function.word() + " is not computed");
    };
  }

  /** SQLite knows the case of ASCII letters only. */
  private static String shifted(String text, char from, char to, int by) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      boolean moves = from <= character && character <= to;
      result.append(moves ? (char) (character + by) : character);
    }
    return result.toString();
  }

  private static String trim(Object[] values, boolean left, boolean right) {
    String text = text(values[0]);
    String characters = values.length > 1 ? text(values[1]) : " ";
    int from = 0;
    int to = text.length();
    while (left && from < to && characters.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    while (right && to > from && characters.indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    return text.substring(from, to);
  }

  /** Each character of a list becomes the one at the same place of the other list, or goes. */
  private static String replaceChars(String text, String sought, String replacements) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      int at = sought.indexOf(character);
      if (at < 0) {
        result.append(character);
      } else if (at < replacements.length()) {
        result.append(replacements.charAt(at));
      }
    }
    return result.toString();
  }

  /** Places count from 1, negative ones from the end; a negative length goes to the left. */
  private static String substr(Object[] values) {
    String text = text(values[0]);
    long start = number(values[1]).longValue();
    long length = values.length > 2 ? number(values[2]).longValue() : Integer.MAX_VALUE;
    long from = start > 0 ? start - 1 : start < 0 ? text.length() + start : -1;
    long to = length < 0 ? from : from + length;
    from = length < 0 ? from + length : from;
    int begin = (int) Math.max(0, Math.min(from, text.length()));
    int end = (int) Math.max(begin, Math.min(to, text.length()));
    return text.substring(begin, end);
  }

  private static Number abs(Number number) {
    return number instanceof Long whole
        ? (Number) Math.abs(whole)
        : Double.valueOf(Math.abs(number.doubleValue()));
  }

  private static Double round(Object[] values) {
    int digits = values.length > 1 ? Math.max(0, number(values[1]).intValue()) : 0;
    double number = number(values[0]).doubleValue();
    return Double.isFinite(number)
        ? BigDecimal.valueOf(number)
            .setScale(Math.min(digits, 30), RoundingMode.HALF_UP)
            .doubleValue()
        : number;
  }

  private static Object extreme(Object[] values, int direction) {
    Object best = values[0];
    for (Object value : values) {
      best = order(value, best) * direction > 0 ? value : best;
    }
    return best;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
