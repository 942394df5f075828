package dev.pgbound.simulator.service.rds;

import dev.pgbound.simulator.service.kms.Keys;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.World;
import org.jspecify.annotations.Nullable;

/** The KMS keys that RDS encrypts storage, secrets and performance data with. */
final class EncryptionKeys {

  private final Keys keys;

  EncryptionKeys(World world) {
    this.keys = new Keys(world);
  }

  /** The ARN of the key that a request names, else of the one that AWS manages for a service. */
  String arn(@Nullable String key, String service) {
    if (key == null) {
      return keys.managed(service);
    }
    try {
      return keys.arn(key);
    } catch (Fault notFound) {
      throw new Fault(
          "KMSKeyNotAccessibleFault",
          "The specified KMS key ["
              + key
              + "] does not exist, is not enabled or you do not have permissions to access it.");
    }
  }
}
