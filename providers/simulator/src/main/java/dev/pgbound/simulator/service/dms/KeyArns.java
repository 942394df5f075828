package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.service.kms.Keys;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.World;
import org.jspecify.annotations.Nullable;

/** The KMS keys that DMS encrypts with. */
final class KeyArns {

  private final Keys keys;

  KeyArns(World world) {
    this.keys = new Keys(world);
  }

  /** The ARN of the key that is wanted, else of the one that AWS manages for DMS. */
  String resolve(@Nullable String wanted) {
    if (wanted == null) {
      return keys.managed("dms");
    }
    try {
      return keys.arn(wanted);
    } catch (Fault notFound) {
      throw new Fault(
          "KMSKeyNotAccessibleFault", "DMS cannot access the KMS key: " + notFound.text());
    }
  }
}
