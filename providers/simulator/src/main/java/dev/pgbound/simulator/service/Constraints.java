package dev.pgbound.simulator.service;

import dev.pgbound.simulator.wire.Fault;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What services check of a request before their own rules come in, worded as all of them word it.
 *
 * @param code the service's code for a violation, such as {@code ValidationException}
 */
public record Constraints(String code) {

  /** The member's value, which must be there. */
  public <T> T required(@Nullable T value, String member) {
    if (value == null) {
      throw violated("null", member, "Member must not be null");
    }
    return value;
  }

  /** The member's value, which must be there and match as a whole. */
  public String matching(@Nullable String value, String member, Pattern pattern) {
    String given = required(value, member);
    if (!pattern.matcher(given).matches()) {
      throw violated(
          quoted(given), member, "Member must satisfy regular expression pattern: " + pattern);
    }
    return given;
  }

  /** The member's value, which must be there and have a length between the two. */
  public String sized(@Nullable String value, String member, int least, int most) {
    String given = required(value, member);
    if (given.length() < least) {
      throw violated(
          quoted(given), member, "Member must have length greater than or equal to " + least);
    }
    if (given.length() > most) {
      throw violated(
          quoted(given), member, "Member must have length less than or equal to " + most);
    }
    return given;
  }

  /** Refuses a number outside of a range; none given is fine. */
  public void range(@Nullable Number value, String member, long least, long most) {
    if (value != null && value.longValue() < least) {
      throw violated(
          quoted(value), member, "Member must have value greater than or equal to " + least);
    }
    if (value != null && value.longValue() > most) {
      throw violated(quoted(value), member, "Member must have value less than or equal to " + most);
    }
  }

  /** Refuses a value that is not one of those allowed; none given is fine. */
  public void oneOf(@Nullable Object value, String member, Collection<?> allowed) {
    if (value != null && !allowed.contains(value)) {
      throw violated(quoted(value), member, "Member must satisfy enum value set: " + allowed);
    }
  }

  private static String quoted(Object value) {
    return "'" + value + "'";
  }

  private Fault violated(String value, String member, String constraint) {
    return new Fault(
        code,
        String.format(
            Locale.ROOT,
            "1 validation error detected: Value %s at '%s' failed to satisfy constraint: %s",
            value,
            member,
            constraint));
  }
}
