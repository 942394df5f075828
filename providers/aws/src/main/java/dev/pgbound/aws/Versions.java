package dev.pgbound.aws;

import dev.pgbound.spi.Value;
import java.util.Optional;
import java.util.regex.Pattern;

/** Versions of engines, such as {@code 3.5.4}, that AWS raises by itself and never lowers. */
final class Versions {

  private static final Pattern VERSION = Pattern.compile("\\d{1,9}(\\.\\d{1,9})*");

  private Versions() {}

  /**
   * The live version as a plan compares it: the declared one where the live one fulfils it. It does
   * when it is the same as far as the declared one goes, or newer: AWS takes no version back, so
   * that a plan to do so could only fail.
   */
  static String compared(String live, Optional<String> declared) {
    return declared.filter(version -> isAtLeast(live, version)).orElse(live);
  }

  /**
   * What was read, with the compared version under {@code name} and the live one under {@code
   * actual}.
   */
  static Value.Fields compared(
      Value.Fields read, Value.Fields desired, String name, String actual) {
    return read.text(name)
        .map(live -> read.with(actual, live).with(name, compared(live, desired.text(name))))
        .orElse(read);
  }

  /** Whether a live version fulfils a declared one; see {@link #compared}. */
  static boolean satisfies(Value declared, Value live) {
    return isAtLeast(live.toString(), declared.toString());
  }

  /** Whether a version is the same as another one, as far as that one goes, or a later one. */
  static boolean isAtLeast(String live, String declared) {
    if (!VERSION.matcher(live).matches() || !VERSION.matcher(declared).matches()) {
      return live.equals(declared);
    }
    String[] now = live.split("\\.", -1);
    String[] wanted = declared.split("\\.", -1);
    for (int i = 0; i < wanted.length; i++) {
      int part = i < now.length ? Integer.parseInt(now[i]) : 0;
      int difference = Integer.compare(part, Integer.parseInt(wanted[i]));
      if (difference != 0) {
        return difference > 0;
      }
    }
    return true;
  }
}
