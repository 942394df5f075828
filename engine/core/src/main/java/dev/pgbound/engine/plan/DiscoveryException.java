package dev.pgbound.engine.plan;

import dev.pgbound.spi.ResourceException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Some resource types could not be read. Holds all of them, so that they are reported at once. */
public final class DiscoveryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Map<String, ResourceException> failures;

  DiscoveryException(Map<String, ResourceException> failures) {
    super("cannot read " + String.join(", ", failures.keySet()));
    this.failures = new LinkedHashMap<>(failures);
  }

  /** What went wrong, by the name of the resource type. */
  public Map<String, ResourceException> failures() {
    return failures;
  }
}
