package dev.pgbound.engine.plan;

import dev.pgbound.spi.Impact;
import dev.pgbound.spi.SourceRange;
import dev.pgbound.spi.Value;
import java.util.Optional;

/**
 * One value that differs.
 *
 * @param path where in the resource, such as {@code settings.targetMetadata.lobMaxSize}
 * @param before the live value; empty when there is none, or when it is sensitive
 * @param after the declared value; empty when it goes away, or when it is sensitive
 * @param impactText the sentence about the impact; empty for none
 * @param origin who moved; empty where nobody can have moved, as in a creation
 * @param place what in the file causes the declared value; empty for what is not declared
 */
public record AttributeChange(
    String path,
    Optional<Value> before,
    Optional<Value> after,
    boolean forcesReplacement,
    boolean sensitive,
    Impact impact,
    String impactText,
    Optional<Origin> origin,
    Optional<Place> place) {

  /**
   * A place in the migration file.
   *
   * @param pointer such as {@code replication.instance}
   * @param verbatim whether exactly this value stands there and nothing else follows from it, so
   *     that another value could be written in its place
   */
  public record Place(String pointer, SourceRange range, boolean verbatim) {}

  /** The name of the attribute of the resource that this change is part of. */
  public String attribute() {
    int end = path.length();
    for (char stop : new char[] {'.', '['}) {
      int at = path.indexOf(stop);
      end = at >= 0 && at < end ? at : end;
    }
    return path.substring(0, end);
  }

  AttributeChange with(Optional<Origin> newOrigin, Optional<Place> newPlace) {
    return new AttributeChange(
        path, before, after, forcesReplacement, sensitive, impact, impactText, newOrigin, newPlace);
  }
}
