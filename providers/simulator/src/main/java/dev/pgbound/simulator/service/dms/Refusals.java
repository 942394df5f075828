package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.wire.Fault;
import org.jspecify.annotations.Nullable;

/** DMS's refusals by their error codes. */
final class Refusals {

  private Refusals() {}

  static Fault notFound(String message) {
    return new Fault("ResourceNotFoundFault", message);
  }

  static Fault alreadyExists(String message) {
    return new Fault("ResourceAlreadyExistsFault", message);
  }

  static Fault invalidState(String message) {
    return new Fault("InvalidResourceStateFault", message);
  }

  static Fault accessDenied(String message) {
    return new Fault("AccessDeniedFault", message);
  }

  static Fault invalidValue(String message) {
    return new Fault("InvalidParameterValueException", message);
  }

  static Fault invalidCombination(String message) {
    return new Fault("InvalidParameterCombinationException", message);
  }

  /** The value of a member that a request must have. */
  static <T> T required(@Nullable T value, String member) {
    if (value == null || value.toString().isBlank()) {
      throw invalidValue("The parameter " + member + " must be provided and must not be blank.");
    }
    return value;
  }
}
