package dev.pgbound.simulator.service.secrets;

import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.Table;
import dev.pgbound.simulator.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/**
 * The values of secrets. Which version has which staging labels is kept with the secret; a version
 * that has lost its last label is gone.
 */
final class SecretVersions {

  static final String CURRENT = "AWSCURRENT";
  private static final String PREVIOUS = "AWSPREVIOUS";

  private final World world;
  private final Table<GetSecretValueResponse, GetSecretValueResponse.Builder> versions;

  SecretVersions(
      World world, Table<GetSecretValueResponse, GetSecretValueResponse.Builder> versions) {
    this.world = world;
    this.versions = versions;
  }

  /**
   * Stores a value as a new version, unless the token names the version that holds it already.
   *
   * @param token becomes the version's id; null for a made-up one
   * @return the version's id
   */
  String put(
      Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret,
      @Nullable String token,
      SecretValue value,
      List<String> labels) {
    String id = token == null ? world.ids().uuid("secretsmanager/version") : token;
    Optional<SecretValue> existing = find(secret, id).map(SecretValue::of);
    if (existing.isPresent()) {
      if (!existing.get().equals(value)) {
        throw new Fault(
            "ResourceExistsException",
            "You can't use ClientRequestToken " + id + " because that value is already in use.");
      }
      return id;
    }
    GetSecretValueResponse version =
        GetSecretValueResponse.builder()
            .arn(secret.arn())
            .name(secret.key())
            .versionId(id)
            .secretString(value.text())
            .secretBinary(value.bytes())
            .createdDate(world.now())
            .build();
    versions.add(key(secret, id), "", version, Map.of());
    List<String> wanted = new ArrayList<>(labels);
    if (secret.model().versionIdsToStages().isEmpty() && !wanted.contains(CURRENT)) {
      wanted.add(CURRENT);
    }
    wanted.forEach(label -> move(secret, label, id));
    secret.update(builder -> builder.lastChangedDate(world.now()));
    return id;
  }

  /** Gives the label to one version and takes it from the other; null for none. */
  void move(
      Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret,
      String label,
      @Nullable String id) {
    SortedMap<String, List<String>> labels = new TreeMap<>();
    secret.model().versionIdsToStages().forEach((k, v) -> labels.put(k, new ArrayList<>(v)));
    Optional<String> before = holder(secret, label);
    if (before.isPresent() && label.equals(CURRENT) && !before.get().equals(id)) {
      labels.values().forEach(each -> each.remove(PREVIOUS));
      labels.computeIfAbsent(before.get(), k -> new ArrayList<>()).add(PREVIOUS);
    }
    labels.values().forEach(each -> each.remove(label));
    if (id != null) {
      labels.computeIfAbsent(id, k -> new ArrayList<>()).add(label);
    }
    labels.entrySet().stream()
        .filter(version -> version.getValue().isEmpty())
        .flatMap(version -> versions.find(key(secret, version.getKey())).stream())
        .forEach(Stored::remove);
    labels.values().removeIf(List::isEmpty);
    secret.update(builder -> builder.versionIdsToStages(labels));
  }

  /** The id of the version that has the label. */
  Optional<String> holder(
      Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret, String label) {
    return secret.model().versionIdsToStages().entrySet().stream()
        .filter(version -> version.getValue().contains(label))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** The version of this id, with its labels. */
  Optional<GetSecretValueResponse> find(
      Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret, String id) {
    return versions
        .find(key(secret, id))
        .map(Stored::model)
        .map(
            version ->
                version.copy(
                    builder -> builder.versionStages(secret.model().versionIdsToStages().get(id))));
  }

  /** The current version. */
  Optional<GetSecretValueResponse> current(
      Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret) {
    return holder(secret, CURRENT).flatMap(id -> find(secret, id));
  }

  /** Removes a secret's versions once {@code delay} has passed. */
  void removeAfter(
      Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret, Duration delay) {
    stored(secret).forEach(version -> version.removeAfter(delay));
  }

  /** Keeps the versions that would have been removed. */
  void keep(Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret) {
    stored(secret).forEach(Stored::cancel);
  }

  private List<Stored<GetSecretValueResponse, GetSecretValueResponse.Builder>> stored(
      Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret) {
    return secret.model().versionIdsToStages().keySet().stream()
        .flatMap(id -> versions.find(key(secret, id)).stream())
        .toList();
  }

  /** No name of a secret has the separator in it. */
  private static String key(
      Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret, String id) {
    return secret.key() + '#' + id;
  }
}
