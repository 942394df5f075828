package dev.pgbound.simulator.service.kms;

import static dev.pgbound.simulator.world.World.ACCOUNT;

import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Kind;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.Table;
import dev.pgbound.simulator.world.World;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.KeyManagerType;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.OriginType;

/**
 * The KMS keys of an account and their aliases, for KMS itself and for the services that encrypt
 * with them. A key that AWS manages for a service comes into being when it is first asked for.
 */
public final class Keys {

  static final String MANAGED_ALIAS = "alias/aws/";

  /** The services whose managed key this account may have. */
  static final List<String> MANAGED = List.of("dms", "ebs", "rds", "secretsmanager", "sns", "ssm");

  private static final Kind<KeyMetadata, KeyMetadata.Builder> KEY =
      Kind.regional("kms/key", KeyMetadata::builder);
  private static final Kind<AliasListEntry, AliasListEntry.Builder> ALIAS =
      Kind.regional("kms/alias", AliasListEntry::builder);

  private final World world;
  private final Table<KeyMetadata, KeyMetadata.Builder> keys;
  private final Table<AliasListEntry, AliasListEntry.Builder> aliases;

  /** The keys of {@code world}. */
  public Keys(World world) {
    this.world = world;
    this.keys = world.table(KEY);
    this.aliases = world.table(ALIAS);
  }

  /** The ARN of the key behind {@code alias/aws/SERVICE}. */
  public String managed(String service) {
    return arn(MANAGED_ALIAS + service);
  }

  /**
   * The ARN of a key.
   *
   * @param id a key's id or ARN, or an alias's name or ARN
   * @throws Fault NotFoundException when there is none
   */
  public String arn(String id) {
    return required(id).arn();
  }

  /** The key that a request names by id, ARN, alias or alias ARN. */
  Stored<KeyMetadata, KeyMetadata.Builder> required(String id) {
    String prefix = world.arn("kms", "");
    String name = id.startsWith(prefix) ? id.substring(prefix.length()) : id;
    return name.startsWith("alias/") ? aliased(name) : key(name.replaceFirst("^key/", ""));
  }

  private Stored<KeyMetadata, KeyMetadata.Builder> key(String id) {
    return keys.find(id)
        .orElseThrow(
            () ->
                new Fault(
                    "NotFoundException",
                    "Key '" + world.arn("kms", "key/" + id) + "' does not exist"));
  }

  private Stored<KeyMetadata, KeyMetadata.Builder> aliased(String name) {
    Optional<Stored<AliasListEntry, AliasListEntry.Builder>> alias = aliases.find(name);
    if (alias.isEmpty() && isManaged(name)) {
      return createManaged(name);
    }
    return alias
        .map(found -> key(found.model().targetKeyId()))
        .orElseThrow(
            () ->
                new Fault(
                    "NotFoundException", "Alias " + world.arn("kms", name) + " is not found."));
  }

  private static boolean isManaged(String alias) {
    return alias.startsWith(MANAGED_ALIAS)
        && MANAGED.contains(alias.substring(MANAGED_ALIAS.length()));
  }

  private Stored<KeyMetadata, KeyMetadata.Builder> createManaged(String alias) {
    // whoever asks first must not decide what the id is
    byte[] name = world.arn("kms", alias).getBytes(StandardCharsets.UTF_8);
    String id = UUID.nameUUIDFromBytes(name).toString();
    KeyMetadata key =
        metadata(id)
            .description(
                "Default key that protects my "
                    + alias.substring(MANAGED_ALIAS.length())
                    + " data when no other key is defined")
            .keyManager(KeyManagerType.AWS)
            .build();
    addAlias(alias, id);
    return keys.add(id, key.arn(), key, Map.of());
  }

  /** A key like those that a request without parameters creates. */
  KeyMetadata.Builder metadata(String id) {
    return KeyMetadata.builder()
        .awsAccountId(ACCOUNT)
        .keyId(id)
        .arn(world.arn("kms", "key/" + id))
        .creationDate(world.now())
        .enabled(true)
        .description("")
        .keyUsage(KeyUsageType.ENCRYPT_DECRYPT)
        .keyState(KeyState.ENABLED)
        .origin(OriginType.AWS_KMS)
        .keyManager(KeyManagerType.CUSTOMER)
        .keySpec(KeySpec.SYMMETRIC_DEFAULT)
        .encryptionAlgorithms(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT)
        .multiRegion(false);
  }

  void addAlias(String name, String keyId) {
    AliasListEntry alias =
        AliasListEntry.builder()
            .aliasName(name)
            .aliasArn(world.arn("kms", name))
            .targetKeyId(keyId)
            .creationDate(world.now())
            .lastUpdatedDate(world.now())
            .build();
    aliases.add(name, "", alias, Map.of());
  }

  Table<KeyMetadata, KeyMetadata.Builder> keys() {
    return keys;
  }

  Table<AliasListEntry, AliasListEntry.Builder> aliases() {
    return aliases;
  }

  World world() {
    return world;
  }
}
