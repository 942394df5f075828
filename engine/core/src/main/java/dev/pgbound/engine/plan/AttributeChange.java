package dev.pgbound.engine.plan;

import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Value;
import java.util.Optional;

/**
 * One value that differs.
 *
 * @param path where in the resource, such as {@code settings.targetMetadata.lobMaxSize}
 * @param before the live value; empty when there is none, or when it is sensitive
 * @param after the declared value; empty when it goes away, or when it is sensitive
 * @param impactText the sentence about the impact; empty for none
 */
public record AttributeChange(
    String path,
    Optional<Value> before,
    Optional<Value> after,
    boolean forcesReplacement,
    boolean sensitive,
    Impact impact,
    String impactText) {

  /** The name of the attribute of the resource that this change is part of. */
  public String attribute() {
    int end = path.length();
    for (char stop : new char[] {'.', '['}) {
      int at = path.indexOf(stop);
      end = at >= 0 && at < end ? at : end;
    }
    return path.substring(0, end);
  }
}
