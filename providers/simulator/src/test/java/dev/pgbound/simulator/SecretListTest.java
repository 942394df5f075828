package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SortOrderType;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

class SecretListTest {

  private final SimulatedAws aws = SimulatedAws.inMemory();
  private final SecretsManagerClient secrets = Clients.client(SecretsManagerClient.builder(), aws);

  @Test
  void listsByFilterAndOrder() throws InterruptedException {
    secrets.createSecret(r -> r.name("hr/one").description("Payroll data").tags(tag("t", "x")));
    aws.timeline().sleep(Duration.ofSeconds(1));
    secrets.createSecret(r -> r.name("hr/two").tags(tag("other", "x")));
    aws.timeline().sleep(Duration.ofSeconds(1));
    secrets.createSecret(r -> r.name("it/three"));

    assertThat(list(FilterNameStringType.NAME, "hr/")).containsExactly("hr/two", "hr/one");
    assertThat(list(FilterNameStringType.NAME, "!hr/")).containsExactly("it/three");
    assertThat(list(FilterNameStringType.NAME, "it", "hr/o")).containsExactly("it/three", "hr/one");
    assertThat(list(FilterNameStringType.TAG_KEY, "t")).containsExactly("hr/one");
    assertThat(list(FilterNameStringType.TAG_VALUE, "x")).containsExactly("hr/two", "hr/one");
    assertThat(list(FilterNameStringType.DESCRIPTION, "payroll")).containsExactly("hr/one");
    assertThat(list(FilterNameStringType.ALL, "three")).containsExactly("it/three");
    assertThat(list(FilterNameStringType.OWNING_SERVICE, "rds")).isEmpty();
    assertThat(secrets.listSecrets(r -> r.sortOrder(SortOrderType.ASC)).secretList())
        .extracting(SecretListEntry::name)
        .containsExactly("hr/one", "hr/two", "it/three");
  }

  @Test
  void listsSecretsScheduledForDeletionOnlyOnRequest() {
    String version = create("hr").versionId();
    secrets.deleteSecret(r -> r.secretId("hr"));

    assertThat(secrets.listSecrets().secretList()).isEmpty();
    assertThat(secrets.listSecrets(r -> r.includePlannedDeletion(true)).secretList())
        .singleElement()
        .satisfies(
            secret -> {
              assertThat(secret.deletedDate()).isNotNull();
              assertThat(secret.secretVersionsToStages())
                  .isEqualTo(Map.of(version, List.of("AWSCURRENT")));
            });
  }

  @Test
  void listsInPages() {
    List.of("a", "b", "c", "d", "e").forEach(this::create);

    assertThat(secrets.listSecretsPaginator(r -> r.maxResults(2)))
        .flatExtracting(ListSecretsResponse::secretList)
        .extracting(SecretListEntry::name)
        .containsExactly("a", "b", "c", "d", "e");
    assertThat(aws.calls().count("secretsmanager", "ListSecrets")).isEqualTo(3);
    assertRefused(
        "InvalidNextTokenException",
        "nonsense",
        () -> secrets.listSecrets(r -> r.nextToken("nonsense")));
    assertRefused(
        "ValidationException", "maxResults", () -> secrets.listSecrets(r -> r.maxResults(101)));
  }

  private CreateSecretResponse create(String name) {
    return secrets.createSecret(r -> r.name(name).secretString("one"));
  }

  private List<String> list(FilterNameStringType key, String... values) {
    return secrets
        .listSecrets(r -> r.filters(Filter.builder().key(key).values(values).build()))
        .secretList()
        .stream()
        .map(SecretListEntry::name)
        .toList();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
