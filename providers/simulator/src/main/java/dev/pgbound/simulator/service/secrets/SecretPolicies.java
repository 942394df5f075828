package dev.pgbound.simulator.service.secrets;

import static dev.pgbound.simulator.service.secrets.SecretsManager.CHECK;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Stored;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.model.DeleteResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.DeleteResourcePolicyResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetResourcePolicyResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutResourcePolicyResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The resource policies of secrets. */
final class SecretPolicies {

  private static final String POLICY = "ResourcePolicy";

  private final Secrets secrets;
  private final JsonMapper mapper = new JsonMapper();

  SecretPolicies(Secrets secrets) {
    this.secrets = secrets;
  }

  void register(Operations operations) {
    operations
        .on("GetResourcePolicy", GetResourcePolicyRequest::builder, this::getResourcePolicy)
        .on("PutResourcePolicy", PutResourcePolicyRequest::builder, this::putResourcePolicy)
        .on(
            "DeleteResourcePolicy",
            DeleteResourcePolicyRequest::builder,
            this::deleteResourcePolicy);
  }

  private GetResourcePolicyResponse getResourcePolicy(GetResourcePolicyRequest request) {
    Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret =
        secret(request.secretId());
    return GetResourcePolicyResponse.builder()
        .arn(secret.arn())
        .name(secret.key())
        .resourcePolicy(secret.hidden(POLICY).filter(policy -> !policy.isEmpty()).orElse(null))
        .build();
  }

  private PutResourcePolicyResponse putResourcePolicy(PutResourcePolicyRequest request) {
    Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret =
        secret(request.secretId());
    String policy = CHECK.required(request.resourcePolicy(), "resourcePolicy");
    if (!isObject(policy)) {
      throw new Fault(
          "MalformedPolicyDocumentException", "This resource policy contains invalid Json.");
    }
    secret.hide(POLICY, policy);
    return PutResourcePolicyResponse.builder().arn(secret.arn()).name(secret.key()).build();
  }

  private boolean isObject(String policy) {
    try {
      return mapper.readTree(policy).isObject();
    } catch (JacksonException e) {
      return false;
    }
  }

  private DeleteResourcePolicyResponse deleteResourcePolicy(DeleteResourcePolicyRequest request) {
    Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret =
        secret(request.secretId());
    secret.hide(POLICY, "");
    return DeleteResourcePolicyResponse.builder().arn(secret.arn()).name(secret.key()).build();
  }

  private Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret(
      @Nullable String id) {
    return secrets.usable(CHECK.required(id, "secretId"));
  }
}
