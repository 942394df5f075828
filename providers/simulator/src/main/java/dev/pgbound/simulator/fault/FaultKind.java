package dev.pgbound.simulator.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can go wrong with a call. */
public enum FaultKind {
  /** The service wants fewer calls. */
  THROTTLING,
  /** The service answers with HTTP status 500 and does nothing. */
  SERVER_ERROR,
  /** The connection is reset before the service has read the request. */
  RESET_BEFORE,
  /** The service does what was asked; its answer is lost. */
  RESET_AFTER,
  /** No policy allows the call. */
  ACCESS_DENIED,
  /** DMS does not see its role yet; takes the role's name. */
  ROLE_NOT_VISIBLE,
  /** Everything that the call begins takes several times as long; takes the factor. */
  SLOW,
  /** What the call begins ends badly; takes the status, and after a comma the reason. */
  FAILED_STATE,
  /** Network interfaces outlive what they belonged to; takes by how long. */
  LINGERING_INTERFACES,
  /** The process dies before the call has an effect. */
  HALT_BEFORE,
  /** The call has its effect, then the process dies. */
  HALT_AFTER;

  /** The word for it, such as {@code reset-after}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<FaultKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(FaultKind::word).toList();
  }

  /** What a fault of this kind has when it is given no value; empty when it takes none. */
  Optional<String> usualValue() {
    return switch (this) {
      case ROLE_NOT_VISIBLE -> Optional.of("dms-vpc-role");
      case SLOW -> Optional.of("3");
      case FAILED_STATE -> Optional.of("failed");
      case LINGERING_INTERFACES -> Optional.of("12m");
      case THROTTLING,
          SERVER_ERROR,
          RESET_BEFORE,
          RESET_AFTER,
          ACCESS_DENIED,
          HALT_BEFORE,
          HALT_AFTER ->
          Optional.empty();
    };
  }
}
