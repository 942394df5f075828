package dev.pgbound.aws;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;

/**
 * Makes rehearsals repeatable. The SDK draws a token for each CreateSecret by lot, and Secrets
 * Manager makes it the id of the secret's first version (CreateSecret, ClientRequestToken), on
 * which endpoints then depend. In a rehearsal it follows from the name.
 */
final class RepeatableTokens implements ExecutionInterceptor {

  @Override
  public SdkRequest modifyRequest(
      Context.ModifyRequest context, ExecutionAttributes executionAttributes) {
    if (context.request() instanceof CreateSecretRequest create
        && create.clientRequestToken() == null) {
      byte[] name = String.valueOf(create.name()).getBytes(StandardCharsets.UTF_8);
      return create.toBuilder().clientRequestToken(UUID.nameUUIDFromBytes(name).toString()).build();
    }
    return context.request();
  }
}
