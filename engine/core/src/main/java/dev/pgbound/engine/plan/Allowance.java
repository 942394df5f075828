package dev.pgbound.engine.plan;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.Impact;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * The user's word that an impact is wanted: {@code destroys-data:db-cluster.target}, or without an
 * address for every resource. It also covers every lesser impact.
 */
public record Allowance(Impact impact, Optional<Address> address) {

  /** Reads {@code IMPACT} or {@code IMPACT:ADDRESS}; empty when the text has another form. */
  public static Optional<Allowance> parse(String text) {
    int colon = text.indexOf(':');
    String word = colon < 0 ? text : text.substring(0, colon);
    Optional<Address> address =
        colon < 0 ? Optional.empty() : Address.parse(text.substring(colon + 1));
    if (colon >= 0 && address.isEmpty()) {
      return Optional.empty();
    }
    for (Impact impact : Impact.values()) {
      if (impact.needsAllowance() && impact.word().equals(word)) {
        return Optional.of(new Allowance(impact, address));
      }
    }
    return Optional.empty();
  }

  /** Whether one of the allowances covers {@code impact} on {@code address}. */
  static boolean covers(Collection<Allowance> given, Impact impact, Address address) {
    return !impact.needsAllowance()
        || given.stream()
            .anyMatch(
                one ->
                    !impact.isWorseThan(one.impact())
                        && one.address().map(address::equals).orElse(true));
  }

  /** The refusal of an impact that nobody allowed; {@code text} says what would happen. */
  static Plan.Refusal missing(Address address, Impact impact, String text) {
    return new Plan.Refusal(
        Plan.Refusal.NOT_ALLOWED,
        address,
        String.format(
            Locale.ROOT,
            "%s. Allow it with --allow %s:%s",
            text.replaceFirst("\\.$", ""),
            impact.word(),
            address));
  }

  @Override
  public String toString() {
    return impact.word() + address.map(a -> ":" + a).orElse("");
  }
}
