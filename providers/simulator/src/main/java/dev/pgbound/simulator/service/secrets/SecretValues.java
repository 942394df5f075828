package dev.pgbound.simulator.service.secrets;

import static dev.pgbound.simulator.service.secrets.SecretsManager.CHECK;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Stored;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetRandomPasswordRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetRandomPasswordResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretVersionIdsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretVersionIdsResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretVersionsListEntry;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretVersionStageRequest;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretVersionStageResponse;

/** What secrets hold: their versions and the staging labels of these. */
final class SecretValues {

  private static final int USUAL_PAGE = 100;

  private final Secrets secrets;

  SecretValues(Secrets secrets) {
    this.secrets = secrets;
  }

  void register(Operations operations) {
    operations
        .on("GetSecretValue", GetSecretValueRequest::builder, this::getSecretValue)
        .on("PutSecretValue", PutSecretValueRequest::builder, this::putSecretValue)
        .on(
            "ListSecretVersionIds",
            ListSecretVersionIdsRequest::builder,
            this::listSecretVersionIds)
        .on(
            "UpdateSecretVersionStage",
            UpdateSecretVersionStageRequest::builder,
            this::updateSecretVersionStage)
        .on("GetRandomPassword", GetRandomPasswordRequest::builder, this::getRandomPassword);
  }

  private GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
    Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret =
        secrets.usable(CHECK.required(request.secretId(), "secretId"));
    GetSecretValueResponse value =
        request.versionId() == null
            ? labelled(secret, request.versionStage())
            : version(secret, request.versionId());
    if (request.versionStage() != null && !value.versionStages().contains(request.versionStage())) {
      throw new Fault(
          "InvalidRequestException",
          "You provided a VersionStage that is not associated to the provided VersionId.");
    }
    secret.update(
        builder -> builder.lastAccessedDate(secrets.world().now().truncatedTo(ChronoUnit.DAYS)));
    return value;
  }

  private GetSecretValueResponse labelled(
      Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret, String wanted) {
    String label = wanted == null ? SecretVersions.CURRENT : wanted;
    return secrets
        .versions()
        .holder(secret, label)
        .map(id -> version(secret, id))
        .orElseThrow(
            () ->
                new Fault(
                    "ResourceNotFoundException",
                    "Secrets Manager can't find the specified secret value for staging label: "
                        + label));
  }

  private GetSecretValueResponse version(
      Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret, String id) {
    return secrets
        .versions()
        .find(secret, id)
        .orElseThrow(
            () ->
                new Fault(
                    "ResourceNotFoundException",
                    "Secrets Manager can't find the specified secret value for VersionId: " + id));
  }

  private PutSecretValueResponse putSecretValue(PutSecretValueRequest request) {
    Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret =
        secrets.changeable(CHECK.required(request.secretId(), "secretId"));
    SecretValue value = new SecretValue(request.secretString(), request.secretBinary());
    if (value.isEmpty()) {
      throw new Fault(
          "InvalidRequestException", "You must provide either SecretString or SecretBinary.");
    }
    List<String> labels =
        request.hasVersionStages() ? request.versionStages() : List.of(SecretVersions.CURRENT);
    String id = secrets.versions().put(secret, request.clientRequestToken(), value, labels);
    return PutSecretValueResponse.builder()
        .arn(secret.arn())
        .name(secret.key())
        .versionId(id)
        .versionStages(version(secret, id).versionStages())
        .build();
  }

  private ListSecretVersionIdsResponse listSecretVersionIds(ListSecretVersionIdsRequest request) {
    Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret =
        secrets.required(CHECK.required(request.secretId(), "secretId"));
    List<SecretVersionsListEntry> versions =
        secret.model().versionIdsToStages().keySet().stream()
            .sorted()
            .map(id -> entry(version(secret, id)))
            .toList();
    Page<SecretVersionsListEntry> page =
        Page.of(
            versions,
            request.maxResults(),
            request.nextToken(),
            USUAL_PAGE,
            "InvalidNextTokenException");
    return ListSecretVersionIdsResponse.builder()
        .arn(secret.arn())
        .name(secret.key())
        .versions(page.items())
        .nextToken(page.next())
        .build();
  }

  private static SecretVersionsListEntry entry(GetSecretValueResponse version) {
    return SecretVersionsListEntry.builder()
        .versionId(version.versionId())
        .versionStages(version.versionStages())
        .createdDate(version.createdDate())
        .build();
  }

  private UpdateSecretVersionStageResponse updateSecretVersionStage(
      UpdateSecretVersionStageRequest request) {
    Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret =
        secrets.changeable(CHECK.required(request.secretId(), "secretId"));
    String label = CHECK.required(request.versionStage(), "versionStage");
    Optional<String> holder = secrets.versions().holder(secret, label);
    String to = request.moveToVersionId();
    if (to == null && label.equals(SecretVersions.CURRENT)) {
      throw new Fault(
          "InvalidParameterException", "You can only move staging label AWSCURRENT to a version.");
    }
    if (holder.isPresent()
        && !holder.get().equals(to)
        && !holder.get().equals(request.removeFromVersionId())) {
      throw new Fault(
          "InvalidParameterException",
          "The parameter RemoveFromVersionId can't be empty. Staging label "
              + label
              + " is currently attached to version "
              + holder.get()
              + ", so you must explicitly reference that version in RemoveFromVersionId.");
    }
    if (to != null) {
      version(secret, to);
    }
    secrets.versions().move(secret, label, to);
    return UpdateSecretVersionStageResponse.builder().arn(secret.arn()).name(secret.key()).build();
  }

  private GetRandomPasswordResponse getRandomPassword(GetRandomPasswordRequest request) {
    CHECK.range(request.passwordLength(), "passwordLength", 1, 4096);
    return GetRandomPasswordResponse.builder()
        .randomPassword(secrets.passwords().create(request))
        .build();
  }
}
