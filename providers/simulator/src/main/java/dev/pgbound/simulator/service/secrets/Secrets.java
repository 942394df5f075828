package dev.pgbound.simulator.service.secrets;

import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Kind;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.Table;
import dev.pgbound.simulator.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetRandomPasswordRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The secrets of an account. Secrets Manager's own operations and the services that read secrets or
 * keep some of their own all work on this; every instance over the same world has the same ones.
 */
public final class Secrets {

  private static final Kind<DescribeSecretResponse, DescribeSecretResponse.Builder> SECRET =
      Kind.regional("secretsmanager/secret", DescribeSecretResponse::builder);
  private static final Kind<GetSecretValueResponse, GetSecretValueResponse.Builder> VERSION =
      Kind.regional("secretsmanager/version", GetSecretValueResponse::builder);

  private static final int SUFFIX_LENGTH = 6;
  private static final Duration RDS_ROTATION = Duration.ofDays(7);

  private final World world;
  private final Table<DescribeSecretResponse, DescribeSecretResponse.Builder> secrets;
  private final SecretVersions versions;
  private final RandomPassword passwords;

  /** The secrets of {@code world}. */
  public Secrets(World world) {
    this.world = world;
    this.secrets = world.table(SECRET);
    this.versions = new SecretVersions(world, world.table(VERSION));
    this.passwords = new RandomPassword(world.ids());
  }

  /**
   * The secret of this name, ARN or partial ARN (one without the hyphen and six characters at its
   * end). It may be scheduled for deletion, which its {@code deletedDate} tells.
   */
  public Optional<Stored<DescribeSecretResponse, DescribeSecretResponse.Builder>> find(String id) {
    if (!id.startsWith("arn:")) {
      return secrets.find(id);
    }
    return secrets.all().stream()
        .filter(secret -> secret.arn().equals(id) || withoutSuffix(secret.arn()).equals(id))
        .findFirst();
  }

  /** The current text of a secret; empty when there is none that could be read now. */
  public Optional<String> currentString(String id) {
    return find(id)
        .filter(secret -> secret.model().deletedDate() == null)
        .flatMap(versions::current)
        .map(GetSecretValueResponse::secretString);
  }

  /**
   * Creates the secret in which RDS keeps the password that it makes up for a master user when
   * {@code ManageMasterUserPassword} is set: a JSON object with {@code username} and {@code
   * password}.
   *
   * @param ownerArn the ARN of the DB cluster or DB instance
   * @param kmsKeyId the key that encrypts it; null for the account's default
   */
  public Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> createForRds(
      String ownerArn, String user, @Nullable String kmsKeyId) {
    String type = ownerArn.split(":", 7)[5];
    boolean isCluster = type.equals("cluster");
    String owner = isCluster ? "DB cluster" : "DB instance";
    String ownerTag = isCluster ? "aws:rds:primaryDBClusterArn" : "aws:rds:primaryDBInstanceArn";
    Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret =
        add(
            "rds!" + type + '-' + world.ids().uuid("secretsmanager/rds"),
            Map.of("aws:secretsmanager:owningService", "rds", ownerTag, ownerArn));
    secret.update(
        builder ->
            builder
                .description("Secret associated with primary RDS " + owner + ": " + ownerArn)
                .owningService("rds")
                .kmsKeyId(kmsKeyId)
                .rotationEnabled(true)
                .rotationRules(rules -> rules.automaticallyAfterDays(RDS_ROTATION.toDays())));
    renewForRds(secret, user);
    return secret;
  }

  /** Exchanges the password in a secret of RDS, as a rotation does. */
  public void renewForRds(
      Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret, String user) {
    String password =
        passwords.create(GetRandomPasswordRequest.builder().excludeCharacters("/@\"'\\ ").build());
    String json =
        JsonNodeFactory.instance
            .objectNode()
            .put("username", user)
            .put("password", password)
            .toString();
    versions.put(secret, null, new SecretValue(json, null), List.of(SecretVersions.CURRENT));
    secret.update(
        builder ->
            builder.lastRotatedDate(world.now()).nextRotationDate(world.now().plus(RDS_ROTATION)));
  }

  /** Removes a secret for good, with its values, once {@code delay} has passed. */
  public void removeAfter(
      Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret, Duration delay) {
    versions.removeAfter(secret, delay);
    secret.removeAfter(delay);
  }

  /** The secret that a request names. */
  Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> required(String id) {
    return find(id)
        .orElseThrow(
            () ->
                new Fault(
                    "ResourceNotFoundException",
                    "Secrets Manager can't find the specified secret."));
  }

  /** The secret that a request names, for a use that a scheduled deletion forbids. */
  Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> usable(String id) {
    Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret = required(id);
    if (secret.model().deletedDate() != null) {
      throw new Fault(
          "InvalidRequestException",
          "You can't perform this operation on the secret because it was marked for deletion.");
    }
    return secret;
  }

  /** The secret that a request names, for a change that only its owner may make. */
  Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> changeable(String id) {
    Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret = usable(id);
    String owner = secret.model().owningService();
    if (owner != null) {
      throw new Fault(
          "InvalidRequestException",
          "You can't perform this operation on the secret because it is managed by " + owner + ".");
    }
    return secret;
  }

  /** Adds a secret without a value; the name must be free. */
  Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> add(
      String name, Map<String, String> tags) {
    String suffix = world.ids().letters("secretsmanager/secret", SUFFIX_LENGTH);
    String arn = world.arn("secretsmanager", "secret:" + name + '-' + suffix);
    DescribeSecretResponse secret =
        DescribeSecretResponse.builder()
            .arn(arn)
            .name(name)
            .createdDate(world.now())
            .lastChangedDate(world.now())
            .build();
    return secrets.add(name, arn, secret, tags);
  }

  List<Stored<DescribeSecretResponse, DescribeSecretResponse.Builder>> all() {
    return secrets.all();
  }

  SecretVersions versions() {
    return versions;
  }

  RandomPassword passwords() {
    return passwords;
  }

  World world() {
    return world;
  }

  private static String withoutSuffix(String arn) {
    return arn.substring(0, arn.length() - SUFFIX_LENGTH - 1);
  }
}
