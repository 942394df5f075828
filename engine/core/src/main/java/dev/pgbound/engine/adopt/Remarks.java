package dev.pgbound.engine.adopt;

import dev.pgbound.engine.config.Pointer;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/** The comments of a drafted file: why something is only looked up, and what is left to do. */
final class Remarks {

  private static final String ENVIRONMENT = "${env.";

  private Remarks() {}

  /** One remark for each place that needs one. */
  static Map<Pointer, String> of(
      Survey survey,
      Value.Fields root,
      Map<Survey.Key, Address> addresses,
      Map<Survey.Key, String> existing) {
    Map<Pointer, String> remarks = new LinkedHashMap<>();
    addresses.forEach(
        (key, address) -> {
          Pointer resource = Pointer.of("resources", address.type(), address.name());
          Pointer override = Pointer.of("overrides", address.toString());
          Pointer at = resource.find(root).isPresent() ? resource : override;
          if (at.find(root).isPresent()) {
            if (existing.containsKey(key)) {
              remarks.put(at, "Only looked up: " + existing.get(key));
            } else if (survey.live(key).health().state() != Live.State.READY) {
              remarks.put(at, "It is not ready now: " + survey.live(key).health().detail());
            }
          }
        });
    secrets(Pointer.ROOT, root, remarks);
    return remarks;
  }

  private static void secrets(Pointer at, Value value, Map<Pointer, String> remarks) {
    if (value instanceof Value.Fields fields) {
      fields.fields().forEach((name, inner) -> secrets(at.child(name), inner, remarks));
    } else if (value instanceof Value.Unknown secret
        && secret.expression().startsWith(ENVIRONMENT)) {
      String variable =
          secret.expression().substring(ENVIRONMENT.length(), secret.expression().length() - 1);
      remarks.put(
          at,
          "AWS does not tell it. Set "
              + variable
              + " before an apply that changes this object, or better, keep it in a secret.");
    }
  }
}
