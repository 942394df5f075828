package dev.pgbound.simulator.service.secrets;

import dev.pgbound.simulator.service.Constraints;
import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.kms.Keys;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.wire.JsonProtocol;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.Tags;
import dev.pgbound.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.RestoreSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.RestoreSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.TagResourceRequest;
import software.amazon.awssdk.services.secretsmanager.model.TagResourceResponse;
import software.amazon.awssdk.services.secretsmanager.model.UntagResourceRequest;
import software.amazon.awssdk.services.secretsmanager.model.UntagResourceResponse;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretResponse;

/** Secrets Manager: the life of a secret from its creation to its delayed end. */
public final class SecretsManager {

  static final Constraints CHECK = new Constraints("ValidationException");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@!-]{1,512}");
  private static final long USUAL_WINDOW = 30;

  /** Even a forced deletion happens in the background. */
  private static final Duration FORCED = Duration.ofSeconds(2);

  private final World world;
  private final Secrets secrets;
  private final Keys keys;

  /** Secrets Manager in {@code world}. */
  public SecretsManager(World world) {
    this.world = world;
    this.secrets = new Secrets(world);
    this.keys = new Keys(world);
  }

  /** What the service answers to. */
  public Operations operations() {
    Operations operations =
        new Operations("secretsmanager", new JsonProtocol())
            .on("CreateSecret", CreateSecretRequest::builder, this::createSecret)
            .on("DescribeSecret", DescribeSecretRequest::builder, this::describeSecret)
            .on("UpdateSecret", UpdateSecretRequest::builder, this::updateSecret)
            .on("DeleteSecret", DeleteSecretRequest::builder, this::deleteSecret)
            .on("RestoreSecret", RestoreSecretRequest::builder, this::restoreSecret)
            .on("TagResource", TagResourceRequest::builder, this::tagResource)
            .on("UntagResource", UntagResourceRequest::builder, this::untagResource);
    new SecretValues(secrets).register(operations);
    new SecretPolicies(secrets).register(operations);
    new SecretList(secrets).register(operations);
    return operations;
  }

  private CreateSecretResponse createSecret(CreateSecretRequest request) {
    String name = CHECK.required(request.name(), "name");
    if (!NAME.matcher(name).matches()) {
      throw new Fault(
          "ValidationException",
          "Invalid name. Must be a valid name containing alphanumeric characters, or any of the"
              + " following: -/_+=.@!");
    }
    SecretValue value = new SecretValue(request.secretString(), request.secretBinary());
    Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret =
        secrets
            .find(name)
            .map(existing -> sameAgain(existing, request, value))
            .orElseGet(() -> addSecret(request));
    CreateSecretResponse.Builder response =
        CreateSecretResponse.builder().arn(secret.arn()).name(name);
    if (!value.isEmpty()) {
      response.versionId(putCurrent(secret, request.clientRequestToken(), value));
    }
    return response.build();
  }

  private Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> addSecret(
      CreateSecretRequest request) {
    Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret =
        secrets.add(request.name(), Tags.read(request.tags()));
    secret.update(
        builder -> builder.description(request.description()).kmsKeyId(key(request.kmsKeyId())));
    return secret;
  }

  /** A request that is sent twice with one token creates one secret. */
  private Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> sameAgain(
      Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> existing,
      CreateSecretRequest request,
      SecretValue value) {
    if (existing.model().deletedDate() != null) {
      throw new Fault(
          "InvalidRequestException",
          "You can't create this secret because a secret with this name is already scheduled for"
              + " deletion.");
    }
    Optional<SecretValue> first =
        Optional.ofNullable(request.clientRequestToken())
            .flatMap(token -> secrets.versions().find(existing, token))
            .map(SecretValue::of);
    if (!first.equals(Optional.of(value))) {
      throw new Fault(
          "ResourceExistsException",
          "The operation failed because the secret " + existing.key() + " already exists.");
    }
    return existing;
  }

  private DescribeSecretResponse describeSecret(DescribeSecretRequest request) {
    return secrets.required(id(request.secretId())).view();
  }

  private UpdateSecretResponse updateSecret(UpdateSecretRequest request) {
    Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret =
        secrets.changeable(id(request.secretId()));
    SecretValue value = new SecretValue(request.secretString(), request.secretBinary());
    UpdateSecretResponse.Builder response =
        UpdateSecretResponse.builder().arn(secret.arn()).name(secret.key());
    if (!value.isEmpty()) {
      response.versionId(putCurrent(secret, request.clientRequestToken(), value));
    }
    secret.update(builder -> change(builder, request).lastChangedDate(world.now()));
    return response.build();
  }

  private DescribeSecretResponse.Builder change(
      DescribeSecretResponse.Builder secret, UpdateSecretRequest request) {
    if (request.description() != null) {
      secret.description(request.description());
    }
    if (request.kmsKeyId() != null) {
      secret.kmsKeyId(key(request.kmsKeyId()));
    }
    return secret;
  }

  /** A forced deletion of a secret that is not there succeeds, as repeating it must. */
  private DeleteSecretResponse deleteSecret(DeleteSecretRequest request) {
    String id = id(request.secretId());
    boolean isForced = Boolean.TRUE.equals(request.forceDeleteWithoutRecovery());
    Duration window = window(request.recoveryWindowInDays(), isForced);
    if (isForced && secrets.find(id).isEmpty()) {
      return DeleteSecretResponse.builder().name(id).deletionDate(world.now()).build();
    }
    Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret = secrets.required(id);
    if (!isForced || secret.model().deletedDate() == null) {
      secrets.changeable(id);
    }
    secrets.versions().keep(secret);
    secret.cancel();
    secrets.removeAfter(secret, window);
    Instant end = isForced ? world.now() : world.now().plus(window);
    secret.update(builder -> builder.deletedDate(end));
    return DeleteSecretResponse.builder()
        .arn(secret.arn())
        .name(secret.key())
        .deletionDate(end)
        .build();
  }

  private static Duration window(@Nullable Long days, boolean isForced) {
    if (isForced && days != null) {
      throw new Fault(
          "InvalidParameterException",
          "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    }
    if (days != null && (days < 7 || days > 30)) {
      throw new Fault(
          "InvalidParameterException",
          "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
    }
    return isForced ? FORCED : Duration.ofDays(days == null ? USUAL_WINDOW : days);
  }

  /** Restoring what is not scheduled for deletion is no mistake. */
  private RestoreSecretResponse restoreSecret(RestoreSecretRequest request) {
    Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret =
        secrets.required(id(request.secretId()));
    secrets.versions().keep(secret);
    secret.cancel();
    secret.update(builder -> builder.deletedDate(null));
    return RestoreSecretResponse.builder().arn(secret.arn()).name(secret.key()).build();
  }

  private TagResourceResponse tagResource(TagResourceRequest request) {
    secrets.usable(id(request.secretId())).tag(Tags.read(request.tags()));
    return TagResourceResponse.builder().build();
  }

  private UntagResourceResponse untagResource(UntagResourceRequest request) {
    secrets.usable(id(request.secretId())).untag(request.tagKeys());
    return UntagResourceResponse.builder().build();
  }

  private String putCurrent(
      Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret,
      @Nullable String token,
      SecretValue value) {
    return secrets.versions().put(secret, token, value, List.of(SecretVersions.CURRENT));
  }

  /** An alias reads back as its key. */
  private @Nullable String key(@Nullable String id) {
    return id != null && id.startsWith("alias/") ? keys.arn(id) : id;
  }

  private static String id(@Nullable String id) {
    return CHECK.required(id, "secretId");
  }
}
