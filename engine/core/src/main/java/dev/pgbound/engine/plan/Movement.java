package dev.pgbound.engine.plan;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Value;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells from the digest tag who moved since the last apply: the file, the object, or both. */
final class Movement {

  private Movement() {}

  /** Who moved one attribute. */
  static Origin of(ResourceSchema schema, AttributeChange change, Value.Fields desired, Live live) {
    return live.tag(Live.DIGEST_TAG)
        .map(
            digest ->
                schema
                    .attribute(change.attribute())
                    .map(attribute -> of(attribute, change, desired, digest))
                    .orElse(Origin.FILE))
        .orElse(Origin.UNKNOWN);
  }

  /** Who moved a resource with these changes; empty when there are none. */
  static Optional<Origin> of(List<AttributeChange> changes) {
    Set<Origin> origins = EnumSet.noneOf(Origin.class);
    changes.forEach(change -> change.origin().ifPresent(origins::add));
    return origins.size() > 1 ? Optional.of(Origin.BOTH) : origins.stream().findFirst();
  }

  private static Origin of(
      Attribute attribute, AttributeChange change, Value.Fields desired, String digest) {
    Optional<Boolean> fileStands =
        desired
            .get(attribute.name())
            .filter(value -> !value.isUnknown())
            .flatMap(value -> Fingerprint.wasDeclared(digest, attribute, value));
    if (fileStands.isEmpty()) {
      return Origin.FILE;
    }
    if (fileStands.get()) {
      return Origin.DRIFT;
    }
    // Of a nested attribute only a part is declared, so its live value cannot be compared.
    boolean whole = change.path().equals(change.attribute());
    boolean liveStands =
        !whole
            || change
                .before()
                .flatMap(value -> Fingerprint.wasDeclared(digest, attribute, value))
                .orElse(false);
    return liveStands ? Origin.FILE : Origin.BOTH;
  }
}
