package dev.pgbound.simulator.fault;

import dev.pgbound.simulator.service.Call;
import java.time.Duration;
import java.util.List;

/**
 * Which calls go wrong, and how.
 *
 * @param text the rule as {@link FaultSyntax} reads it; rules with equal texts are the same rule
 * @param service the signing name of a service, or {@code *}; the text may have the prefix that
 *     policies use
 * @param operation the name of an operation, or {@code *}
 * @param calls which of these calls
 * @param kinds what happens to them; of several kinds, each call suffers one
 * @param value what the kind takes; empty when it takes none
 */
public record FaultRule(
    String text,
    String service,
    String operation,
    Calls calls,
    List<FaultKind> kinds,
    String value) {

  /** All services or all operations. */
  static final String ANY = "*";

  /**
   * Which calls of those that a rule is about: from the {@code first} to the {@code last}, and of
   * them a share that chance picks.
   *
   * @param share from 0 to 1
   * @param seed what chance is derived from
   */
  public record Calls(long first, long last, double share, long seed) {
    boolean areChosenByChance() {
      return share < 1;
    }
  }

  /**
   * Reads a rule such as {@code dms:CreateReplicationTask:1:throttling}.
   *
   * @throws InvalidFaultException when it is none
   */
  public static FaultRule parse(String text) {
    return new FaultSyntax(text).rule();
  }

  boolean isAbout(Call call) {
    return (service.equals(ANY) || service.equals(call.service()))
        && (operation.equals(ANY) || operation.equals(call.operation()));
  }

  /** Whether {@code calls} calls leave nothing that could still go wrong. */
  boolean isSpentAfter(long count) {
    return count >= calls.last();
  }

  int factor() {
    return Integer.parseInt(value);
  }

  /** The status of a failed state, which is what stands before the comma. */
  String status() {
    return value.split(",", 2)[0].strip();
  }

  String reason() {
    int comma = value.indexOf(',');
    return comma < 0 ? "The simulated AWS was told to fail." : value.substring(comma + 1).strip();
  }

  Duration duration() {
    return FaultSyntax.duration(value);
  }

  @Override
  public String toString() {
    return text;
  }
}
