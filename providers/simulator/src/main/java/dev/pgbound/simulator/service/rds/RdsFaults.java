package dev.pgbound.simulator.service.rds;

import dev.pgbound.simulator.wire.Fault;
import java.util.Locale;

/** Refusals that have the same form everywhere in RDS. */
final class RdsFaults {

  private RdsFaults() {}

  static Fault invalidValue(String message) {
    return new Fault("InvalidParameterValue", message);
  }

  static Fault invalidValue(String format, Object... values) {
    return invalidValue(String.format(Locale.ROOT, format, values));
  }

  static Fault invalidCombination(String message) {
    return new Fault("InvalidParameterCombination", message);
  }

  static Fault invalidCombination(String format, Object... values) {
    return invalidCombination(String.format(Locale.ROOT, format, values));
  }

  /** Refuses a parameter group for an engine version of another family. */
  static Fault otherFamily(String group, String family, EngineVersion version) {
    return invalidCombination(
        "The Parameter Group %s with DBParameterGroupFamily %s cannot be used for this instance."
            + " Please use a Parameter Group with DBParameterGroupFamily %s",
        group, family, version.family());
  }

  static Fault notFound(String code, String message) {
    return new Fault(code, 404, message);
  }

  static Fault mustBeProvided(String member) {
    return invalidValue("The parameter " + member + " must be provided and must not be blank.");
  }
}
