package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

class SecretsManagerTest {

  private static final String BLOCKED =
      "You can't create this secret because a secret with this name is already scheduled for"
          + " deletion.";

  private final SimulatedAws aws = SimulatedAws.inMemory();
  private final SecretsManagerClient secrets = Clients.client(SecretsManagerClient.builder(), aws);

  @Test
  void createsASecretThatReadsBackWithoutItsValue() {
    CreateSecretResponse created =
        secrets.createSecret(
            r ->
                r.name("hr/oracle")
                    .description("HR")
                    .secretString("{\"username\":\"dms\"}")
                    .tags(Tag.builder().key("team").value("hr").build()));

    DescribeSecretResponse secret = secrets.describeSecret(r -> r.secretId("hr/oracle"));
    assertThat(created.arn())
        .matches("arn:aws:secretsmanager:us-east-1:123456789012:secret:hr/oracle-[A-Z0-9]{6}");
    assertThat(secret.arn()).isEqualTo(created.arn());
    assertThat(secret.description()).isEqualTo("HR");
    assertThat(secret.kmsKeyId()).isNull();
    assertThat(secret.deletedDate()).isNull();
    assertThat(secret.versionIdsToStages())
        .isEqualTo(Map.of(created.versionId(), List.of("AWSCURRENT")));
    assertThat(secret.tags()).containsExactly(Tag.builder().key("team").value("hr").build());
  }

  @Test
  void givesTheSameArnInEveryRun() {
    SecretsManagerClient other =
        Clients.client(SecretsManagerClient.builder(), SimulatedAws.inMemory());

    assertThat(secrets.createSecret(r -> r.name("hr")).arn())
        .isEqualTo(other.createSecret(r -> r.name("hr")).arn());
  }

  @Test
  void readsAValueByNameArnAndPartialArn() {
    String arn = create("hr/oracle").arn();

    for (String id : List.of("hr/oracle", arn, arn.substring(0, arn.length() - 7))) {
      GetSecretValueResponse value = secrets.getSecretValue(r -> r.secretId(id));
      assertThat(value.secretString()).isEqualTo("one");
      assertThat(value.versionStages()).containsExactly("AWSCURRENT");
      assertThat(value.arn()).isEqualTo(arn);
    }
    assertRefused(
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret.",
        () -> secrets.getSecretValue(r -> r.secretId(arn.substring(0, arn.length() - 3))));
  }

  @Test
  void createsOneSecretForOneToken() {
    String token = "11111111-2222-3333-4444-555555555555";
    CreateSecretResponse first =
        secrets.createSecret(r -> r.name("hr").secretString("x").clientRequestToken(token));
    CreateSecretResponse second =
        secrets.createSecret(r -> r.name("hr").secretString("x").clientRequestToken(token));

    assertThat(second).isEqualTo(first);
    assertThat(first.versionId()).isEqualTo(token);
    assertRefused(
        "ResourceExistsException",
        "The operation failed because the secret hr already exists.",
        () -> secrets.createSecret(r -> r.name("hr").secretString("y").clientRequestToken(token)));
    assertRefused(
        "ResourceExistsException", "already exists", () -> secrets.createSecret(r -> r.name("hr")));
  }

  @Test
  void refusesNamesThatAwsRefuses() {
    assertRefused(
        "ValidationException",
        "Invalid name",
        () -> secrets.createSecret(r -> r.name("hr oracle")));
    assertRefused("ValidationException", "'name'", () -> secrets.createSecret(r -> {}));
  }

  @Test
  void refusesAValueThatIsBothTextAndBytes() {
    assertRefused(
        "InvalidParameterException",
        "both",
        () ->
            secrets.createSecret(
                r -> r.name("hr").secretString("x").secretBinary(SdkBytes.fromUtf8String("x"))));
  }

  @Test
  void movesTheLabelsWhenAValueIsPut() {
    String first = create("hr").versionId();
    String second = secrets.putSecretValue(r -> r.secretId("hr").secretString("two")).versionId();
    String third = secrets.putSecretValue(r -> r.secretId("hr").secretString("three")).versionId();

    assertThat(secrets.describeSecret(r -> r.secretId("hr")).versionIdsToStages())
        .isEqualTo(Map.of(second, List.of("AWSPREVIOUS"), third, List.of("AWSCURRENT")));
    assertThat(secrets.getSecretValue(r -> r.secretId("hr")).secretString()).isEqualTo("three");
    assertThat(
            secrets
                .getSecretValue(r -> r.secretId("hr").versionStage("AWSPREVIOUS"))
                .secretString())
        .isEqualTo("two");
    assertThat(secrets.getSecretValue(r -> r.secretId("hr").versionId(second)).secretString())
        .isEqualTo("two");
    assertRefused(
        "ResourceNotFoundException",
        first,
        () -> secrets.getSecretValue(r -> r.secretId("hr").versionId(first)));
  }

  @Test
  void storesAValueOnceForOneToken() {
    create("hr");
    String token = "11111111-2222-3333-4444-555555555555";
    secrets.putSecretValue(r -> r.secretId("hr").secretString("x").clientRequestToken(token));
    secrets.putSecretValue(r -> r.secretId("hr").secretString("x").clientRequestToken(token));

    assertThat(secrets.listSecretVersionIds(r -> r.secretId("hr")).versions()).hasSize(2);
    assertRefused(
        "ResourceExistsException",
        token,
        () ->
            secrets.putSecretValue(
                r -> r.secretId("hr").secretString("y").clientRequestToken(token)));
  }

  @Test
  void keepsAPendingVersionBesideTheCurrentOne() {
    String first = create("hr").versionId();
    String pending =
        secrets
            .putSecretValue(r -> r.secretId("hr").secretString("next").versionStages("AWSPENDING"))
            .versionId();
    assertThat(secrets.getSecretValue(r -> r.secretId("hr")).secretString()).isEqualTo("one");

    assertRefused(
        "InvalidParameterException",
        first,
        () ->
            secrets.updateSecretVersionStage(
                r -> r.secretId("hr").versionStage("AWSCURRENT").moveToVersionId(pending)));
    secrets.updateSecretVersionStage(
        r ->
            r.secretId("hr")
                .versionStage("AWSCURRENT")
                .moveToVersionId(pending)
                .removeFromVersionId(first));

    assertThat(secrets.getSecretValue(r -> r.secretId("hr")).secretString()).isEqualTo("next");
  }

  @Test
  void findsNoValueInASecretWithoutOne() {
    secrets.createSecret(r -> r.name("empty"));

    assertRefused(
        "ResourceNotFoundException",
        "staging label: AWSCURRENT",
        () -> secrets.getSecretValue(r -> r.secretId("empty")));
    assertRefused(
        "InvalidRequestException",
        "SecretString or SecretBinary",
        () -> secrets.putSecretValue(r -> r.secretId("empty")));
    secrets.putSecretValue(
        r -> r.secretId("empty").secretBinary(SdkBytes.fromUtf8String("x")).versionStages("MINE"));
    assertThat(secrets.getSecretValue(r -> r.secretId("empty")).versionStages())
        .containsExactlyInAnyOrder("AWSCURRENT", "MINE");
  }

  @Test
  void updatesWhatIsGivenAndKeepsTheRest() {
    create("hr");
    secrets.updateSecret(r -> r.secretId("hr").description("new"));
    assertThat(secrets.getSecretValue(r -> r.secretId("hr")).secretString()).isEqualTo("one");

    secrets.updateSecret(
        r -> r.secretId("hr").secretString("two").kmsKeyId("alias/aws/secretsmanager"));

    DescribeSecretResponse secret = secrets.describeSecret(r -> r.secretId("hr"));
    assertThat(secret.description()).isEqualTo("new");
    assertThat(secret.kmsKeyId()).startsWith("arn:aws:kms:us-east-1:123456789012:key/");
    assertThat(secrets.getSecretValue(r -> r.secretId("hr")).secretString()).isEqualTo("two");
  }

  @Test
  void blocksTheNameOfASecretThatIsScheduledForDeletion() throws InterruptedException {
    Instant end = aws.timeline().now().plus(Duration.ofDays(30));
    create("hr");

    assertThat(secrets.deleteSecret(r -> r.secretId("hr")).deletionDate()).isEqualTo(end);

    assertThat(secrets.describeSecret(r -> r.secretId("hr")).deletedDate()).isEqualTo(end);
    assertRefused("InvalidRequestException", BLOCKED, () -> create("hr"));
    assertRefused(
        "InvalidRequestException",
        "because it was marked for deletion",
        () -> secrets.getSecretValue(r -> r.secretId("hr")));
    assertRefused(
        "InvalidRequestException",
        "because it was marked for deletion",
        () -> secrets.deleteSecret(r -> r.secretId("hr")));
    aws.timeline().sleep(Duration.ofDays(29));
    assertThat(secrets.describeSecret(r -> r.secretId("hr")).name()).isEqualTo("hr");
    aws.timeline().sleep(Duration.ofDays(1));
    assertRefused(
        "ResourceNotFoundException", "find", () -> secrets.describeSecret(r -> r.secretId("hr")));
    assertThat(create("hr").versionId()).isNotNull();
  }

  @Test
  void restoresASecretWithItsValue() throws InterruptedException {
    create("hr");
    secrets.deleteSecret(r -> r.secretId("hr").recoveryWindowInDays(7L));
    secrets.restoreSecret(r -> r.secretId("hr"));
    aws.timeline().sleep(Duration.ofDays(8));

    assertThat(secrets.describeSecret(r -> r.secretId("hr")).deletedDate()).isNull();
    assertThat(secrets.getSecretValue(r -> r.secretId("hr")).secretString()).isEqualTo("one");
  }

  @Test
  void deletesWithoutRecoveryAMomentLater() throws InterruptedException {
    create("hr");
    secrets.deleteSecret(r -> r.secretId("hr").recoveryWindowInDays(7L));
    secrets.deleteSecret(r -> r.secretId("hr").forceDeleteWithoutRecovery(true));
    assertRefused("InvalidRequestException", BLOCKED, () -> create("hr"));

    aws.timeline().sleep(Duration.ofSeconds(5));

    assertThat(create("hr").versionId()).isNotNull();
    assertThat(
            secrets
                .deleteSecret(r -> r.secretId("never/there").forceDeleteWithoutRecovery(true))
                .name())
        .isEqualTo("never/there");
  }

  @Test
  void refusesRecoveryWindowsThatAwsRefuses() {
    create("hr");
    for (long days : new long[] {6, 31}) {
      assertRefused(
          "InvalidParameterException",
          "between 7 and 30 days",
          () -> secrets.deleteSecret(r -> r.secretId("hr").recoveryWindowInDays(days)));
    }
    assertRefused(
        "InvalidParameterException",
        "in conjunction with",
        () ->
            secrets.deleteSecret(
                r -> r.secretId("hr").recoveryWindowInDays(7L).forceDeleteWithoutRecovery(true)));
    assertRefused(
        "ResourceNotFoundException", "find", () -> secrets.deleteSecret(r -> r.secretId("other")));
  }

  @Test
  void changesTags() {
    create("hr");
    secrets.tagResource(r -> r.secretId("hr").tags(tag("a", "1"), tag("b", "2")));
    secrets.untagResource(r -> r.secretId("hr").tagKeys("a", "unknown"));

    assertThat(secrets.describeSecret(r -> r.secretId("hr")).tags()).containsExactly(tag("b", "2"));
  }

  @Test
  void makesUpPasswordsByTheRules() {
    String usual = secrets.getRandomPassword().randomPassword();
    assertThat(usual)
        .hasSize(32)
        .containsPattern("[a-z]")
        .containsPattern("[A-Z]")
        .containsPattern("[0-9]")
        .containsPattern("[^A-Za-z0-9]")
        .isNotEqualTo(secrets.getRandomPassword().randomPassword());
    assertThat(
            secrets
                .getRandomPassword(
                    r ->
                        r.passwordLength(200L)
                            .excludePunctuation(true)
                            .excludeUppercase(true)
                            .excludeCharacters("0123"))
                .randomPassword())
        .matches("[a-z4-9]{200}");
    assertRefused(
        "InvalidParameterException",
        "no possible password",
        () -> secrets.getRandomPassword(r -> r.passwordLength(3L)));
    assertRefused(
        "ValidationException",
        "4096",
        () -> secrets.getRandomPassword(r -> r.passwordLength(5000L)));
  }

  @Test
  void keepsAResourcePolicy() {
    create("hr");
    assertThat(secrets.getResourcePolicy(r -> r.secretId("hr")).resourcePolicy()).isNull();
    secrets.putResourcePolicy(r -> r.secretId("hr").resourcePolicy("{\"Version\":\"2012-10-17\"}"));
    assertThat(secrets.getResourcePolicy(r -> r.secretId("hr")).resourcePolicy())
        .isEqualTo("{\"Version\":\"2012-10-17\"}");
    assertRefused(
        "MalformedPolicyDocumentException",
        "invalid Json",
        () -> secrets.putResourcePolicy(r -> r.secretId("hr").resourcePolicy("{")));

    secrets.deleteResourcePolicy(r -> r.secretId("hr"));

    assertThat(secrets.getResourcePolicy(r -> r.secretId("hr")).resourcePolicy()).isNull();
  }

  @Test
  void remembersSecretsAcrossProcesses(@TempDir Path folder) throws Exception {
    String arn;
    try (SimulatedAws first = SimulatedAws.open(folder)) {
      SecretsManagerClient client = Clients.client(SecretsManagerClient.builder(), first);
      arn = client.createSecret(r -> r.name("hr").secretString("one")).arn();
      client.deleteSecret(r -> r.secretId("hr").recoveryWindowInDays(7L));
    }
    try (SimulatedAws second = SimulatedAws.open(folder)) {
      SecretsManagerClient client = Clients.client(SecretsManagerClient.builder(), second);
      client.restoreSecret(r -> r.secretId(arn));
      assertThat(client.getSecretValue(r -> r.secretId(arn)).secretString()).isEqualTo("one");
      client.deleteSecret(r -> r.secretId("hr").recoveryWindowInDays(7L));
    }
    try (SimulatedAws third = SimulatedAws.open(folder)) {
      third.timeline().sleep(Duration.ofDays(7));
      SecretsManagerClient client = Clients.client(SecretsManagerClient.builder(), third);
      assertRefused(
          "ResourceNotFoundException", "find", () -> client.describeSecret(r -> r.secretId("hr")));
    }
  }

  private CreateSecretResponse create(String name) {
    return secrets.createSecret(r -> r.name(name).secretString("one"));
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
