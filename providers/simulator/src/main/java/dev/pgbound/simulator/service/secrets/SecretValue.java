package dev.pgbound.simulator.service.secrets;

import dev.pgbound.simulator.wire.Fault;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/** What a version of a secret holds: text or bytes. */
record SecretValue(@Nullable String text, @Nullable SdkBytes bytes) {

  SecretValue {
    if (text != null && bytes != null) {
      throw new Fault(
          "InvalidParameterException",
          "You can't specify both a binary secret value and a string secret value in the same"
              + " secret.");
    }
  }

  static SecretValue of(GetSecretValueResponse version) {
    return new SecretValue(version.secretString(), version.secretBinary());
  }

  boolean isEmpty() {
    return text == null && bytes == null;
  }
}
