package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.wire.Fault;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** DMS's refusals by their error codes; messages have a {@code %s} for each of their parts. */
final class Refusals {

  private Refusals() {}

  static Fault notFound(String message, Object... parts) {
    return fault("ResourceNotFoundFault", message, parts);
  }

  static Fault alreadyExists(String message, Object... parts) {
    return fault("ResourceAlreadyExistsFault", message, parts);
  }

  static Fault invalidState(String message, Object... parts) {
    return fault("InvalidResourceStateFault", message, parts);
  }

  static Fault accessDenied(String message, Object... parts) {
    return fault("AccessDeniedFault", message, parts);
  }

  static Fault invalidValue(String message, Object... parts) {
    return fault("InvalidParameterValueException", message, parts);
  }

  static Fault invalidCombination(String message, Object... parts) {
    return fault("InvalidParameterCombinationException", message, parts);
  }

  private static Fault fault(String code, String message, Object... parts) {
    return new Fault(
        code, parts.length == 0 ? message : String.format(Locale.ROOT, message, parts));
  }

  /** The value of a member that a request must have. */
  static <T> T required(@Nullable T value, String member) {
    if (value == null || value.toString().isBlank()) {
      throw invalidValue("The parameter " + member + " must be provided and must not be blank.");
    }
    return value;
  }
}
