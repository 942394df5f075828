package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.KeyManagerType;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.Tag;

class KmsTest {

  private final SimulatedAws aws = SimulatedAws.inMemory();
  private final KmsClient kms = Clients.client(KmsClient.builder(), aws);

  @Test
  void hasAKeyOfItsOwnForEachServiceOnceAskedForIt() {
    assertThat(alias("alias/aws/rds").targetKeyId()).isNull();

    KeyMetadata key = kms.describeKey(r -> r.keyId("alias/aws/rds")).keyMetadata();

    assertThat(key.keyManager()).isEqualTo(KeyManagerType.AWS);
    assertThat(key.arn()).isEqualTo("arn:aws:kms:us-east-1:123456789012:key/" + key.keyId());
    assertThat(alias("alias/aws/rds").targetKeyId()).isEqualTo(key.keyId());
    assertThat(kms.describeKey(r -> r.keyId("alias/aws/dms")).keyMetadata()).isNotEqualTo(key);
    for (String id :
        List.of(key.arn(), key.keyId(), "arn:aws:kms:us-east-1:123456789012:alias/aws/rds")) {
      assertThat(kms.describeKey(r -> r.keyId(id)).keyMetadata()).isEqualTo(key);
    }
    assertRefused(
        "AccessDeniedException",
        "managed by AWS",
        () -> kms.scheduleKeyDeletion(r -> r.keyId(key.keyId())));
  }

  @Test
  void createsAKeyThatAnAliasStandsFor() {
    KeyMetadata key = kms.createKey(r -> r.description("HR").tags(tag("team", "hr"))).keyMetadata();
    kms.createAlias(r -> r.aliasName("alias/hr").targetKeyId(key.keyId()));

    assertThat(key.keyState()).isEqualTo(KeyState.ENABLED);
    assertThat(kms.describeKey(r -> r.keyId("alias/hr")).keyMetadata()).isEqualTo(key);
    assertThat(kms.listResourceTags(r -> r.keyId(key.keyId())).tags())
        .containsExactly(tag("team", "hr"));
    kms.tagResource(r -> r.keyId(key.arn()).tags(tag("a", "b")));
    kms.untagResource(r -> r.keyId(key.arn()).tagKeys("team"));
    assertThat(kms.listResourceTags(r -> r.keyId(key.keyId())).tags())
        .containsExactly(tag("a", "b"));
    assertRefused(
        "AlreadyExistsException",
        "alias/hr already exists",
        () -> kms.createAlias(r -> r.aliasName("alias/hr").targetKeyId(key.keyId())));
    kms.deleteAlias(r -> r.aliasName("alias/hr"));
    assertRefused(
        "NotFoundException",
        "Alias arn:aws:kms:us-east-1:123456789012:alias/hr is not found.",
        () -> kms.describeKey(r -> r.keyId("alias/hr")));
  }

  @Test
  void removesAKeyWhenItsWindowEnds() throws InterruptedException {
    String id = kms.createKey().keyMetadata().keyId();
    kms.scheduleKeyDeletion(r -> r.keyId(id).pendingWindowInDays(7));
    assertRefused(
        "KMSInvalidStateException",
        "pending deletion",
        () -> kms.createAlias(r -> r.aliasName("alias/hr").targetKeyId(id)));
    kms.cancelKeyDeletion(r -> r.keyId(id));
    assertThat(kms.describeKey(r -> r.keyId(id)).keyMetadata().keyState())
        .isEqualTo(KeyState.DISABLED);
    kms.scheduleKeyDeletion(r -> r.keyId(id));

    aws.timeline().sleep(Duration.ofDays(30));

    assertRefused(
        "NotFoundException",
        "Key 'arn:aws:kms:us-east-1:123456789012:key/" + id + "' does not exist",
        () -> kms.describeKey(r -> r.keyId(id)));
  }

  @Test
  void refusesWhatItCannotDo() {
    String id = kms.createKey().keyMetadata().keyId();

    assertRefused(
        "UnsupportedOperationException",
        "RSA_2048",
        () -> kms.createKey(r -> r.keySpec(KeySpec.RSA_2048)));
    assertRefused(
        "ValidationException",
        "pendingWindowInDays",
        () -> kms.scheduleKeyDeletion(r -> r.keyId(id).pendingWindowInDays(6)));
    assertRefused(
        "KMSInvalidStateException",
        "not pending deletion",
        () -> kms.cancelKeyDeletion(r -> r.keyId(id)));
    assertRefused(
        "ValidationException",
        "aliasName",
        () -> kms.createAlias(r -> r.aliasName("hr").targetKeyId(id)));
    assertRefused(
        "NotAuthorizedException",
        "reserved",
        () -> kms.createAlias(r -> r.aliasName("alias/aws/hr").targetKeyId(id)));
    assertRefused(
        "NotFoundException", "alias/hr", () -> kms.deleteAlias(r -> r.aliasName("alias/hr")));
  }

  @Test
  void listsAliasesInPages() {
    String id = kms.createKey().keyMetadata().keyId();
    List.of("a", "b", "c")
        .forEach(name -> kms.createAlias(r -> r.aliasName("alias/" + name).targetKeyId(id)));

    assertThat(kms.listAliasesPaginator(r -> r.keyId(id).limit(2)).aliases())
        .extracting(AliasListEntry::aliasName)
        .containsExactly("alias/a", "alias/b", "alias/c");
    assertRefused(
        "InvalidMarkerException", "nonsense", () -> kms.listAliases(r -> r.marker("nonsense")));
  }

  @Test
  void remembersKeysAcrossProcesses(@TempDir Path folder) throws Exception {
    KeyMetadata key;
    try (SimulatedAws first = SimulatedAws.open(folder)) {
      KmsClient client = Clients.client(KmsClient.builder(), first);
      key = client.createKey().keyMetadata();
      client.createAlias(r -> r.aliasName("alias/hr").targetKeyId(key.keyId()));
    }
    try (SimulatedAws second = SimulatedAws.open(folder)) {
      KmsClient client = Clients.client(KmsClient.builder(), second);
      assertThat(client.describeKey(r -> r.keyId("alias/hr")).keyMetadata()).isEqualTo(key);
    }
  }

  private AliasListEntry alias(String name) {
    return kms.listAliases().aliases().stream()
        .filter(alias -> alias.aliasName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().tagKey(key).tagValue(value).build();
  }
}
