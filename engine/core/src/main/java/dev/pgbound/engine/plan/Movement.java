package dev.pgbound.engine.plan;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Value;
import java.util.List;
import java.util.Optional;

/** Tells from the digest tag who moved since the last apply: the file, the object, or both. */
final class Movement {

  private Movement() {}

  static Origin of(
      ResourceSchema schema, List<AttributeChange> changes, Value.Fields desired, Live live) {
    Optional<String> digest = live.tag(Live.DIGEST_TAG);
    if (digest.isEmpty()) {
      return Origin.UNKNOWN;
    }
    boolean file = false;
    boolean drift = false;
    for (AttributeChange change : changes) {
      Origin one =
          schema
              .attribute(change.attribute())
              .map(attribute -> of(attribute, change, desired, digest.get()))
              .orElse(Origin.FILE);
      file |= one == Origin.FILE || one == Origin.BOTH;
      drift |= one == Origin.DRIFT || one == Origin.BOTH;
    }
    if (file && drift) {
      return Origin.BOTH;
    }
    return drift ? Origin.DRIFT : Origin.FILE;
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
