package dev.pgbound.aws;

import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.kms.model.KeyManagerType;

/** Tells the keys that AWS makes for its services from those of the account. */
final class Keys {

  private final AwsClients clients;
  private final Map<String, Boolean> known = new ConcurrentHashMap<>();

  Keys(AwsClients clients) {
    this.clients = clients;
  }

  /**
   * Whether AWS chose the key by itself, so that a file need not name it. Who may not look at keys
   * gets no, which names a key too many and never one too few.
   */
  boolean isOfAws(String key) {
    return known.computeIfAbsent(key, this::ask);
  }

  private boolean ask(String key) {
    try {
      return clients.kms().describeKey(r -> r.keyId(key)).keyMetadata().keyManager()
          == KeyManagerType.AWS;
    } catch (ResourceException e) {
      if (e.kind() == Kind.ACCESS_DENIED || AwsErrors.isNotFound(e)) {
        return false;
      }
      throw e;
    }
  }
}
