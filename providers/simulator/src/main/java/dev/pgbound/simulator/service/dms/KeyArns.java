package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.world.World;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The KMS keys that DMS encrypts with. */
final class KeyArns {

  private final World world;

  KeyArns(World world) {
    this.world = world;
  }

  /** The ARN of the key that is wanted, else of the one that AWS manages for DMS. */
  String resolve(@Nullable String wanted) {
    if (wanted != null) {
      return wanted.startsWith("arn:") ? wanted : world.arn("kms", "key/" + wanted);
    }
    byte[] alias = world.arn("kms", "alias/aws/dms").getBytes(StandardCharsets.UTF_8);
    return world.arn("kms", "key/" + UUID.nameUUIDFromBytes(alias));
  }
}
