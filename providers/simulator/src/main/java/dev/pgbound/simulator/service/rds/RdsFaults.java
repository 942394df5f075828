package dev.pgbound.simulator.service.rds;

import dev.pgbound.simulator.wire.Fault;

/** Refusals that have the same form everywhere in RDS. */
final class RdsFaults {

  private RdsFaults() {}

  static Fault invalidValue(String message) {
    return new Fault("InvalidParameterValue", message);
  }

  static Fault invalidCombination(String message) {
    return new Fault("InvalidParameterCombination", message);
  }

  static Fault notFound(String code, String message) {
    return new Fault(code, 404, message);
  }

  static Fault mustBeProvided(String member) {
    return invalidValue("The parameter " + member + " must be provided and must not be blank.");
  }
}
