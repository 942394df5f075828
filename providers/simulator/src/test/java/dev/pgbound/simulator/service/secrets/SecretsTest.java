package dev.pgbound.simulator.service.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SecretsTest {

  private static final String CLUSTER = "arn:aws:rds:us-east-1:123456789012:cluster:hr";
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final World world = new World(InstantSource.fixed(NOW));
  private final Secrets secrets = new Secrets(world);

  @Test
  void keepsTheMasterPasswordOfACluster() {
    DescribeSecretResponse secret = secrets.createForRds(CLUSTER, "postgres", null).view();

    assertThat(secret.name()).matches("rds!cluster-[0-9a-f-]{36}");
    assertThat(secret.arn())
        .matches("arn:aws:secretsmanager:us-east-1:123456789012:secret:" + secret.name() + "-.{6}");
    assertThat(secret.owningService()).isEqualTo("rds");
    assertThat(secret.rotationEnabled()).isTrue();
    assertThat(secret.nextRotationDate()).isEqualTo(NOW.plus(Duration.ofDays(7)));
    assertThat(secret.tags()).hasSize(2).anyMatch(tag -> tag.value().equals(CLUSTER));
    assertThat(value(secret.arn()).propertyNames()).containsExactly("username", "password");
    assertThat(value(secret.arn()).path("username").asString()).isEqualTo("postgres");
    assertThat(value(secret.arn()).path("password").asString()).hasSize(32);
  }

  @Test
  void renewsThePasswordOfACluster() {
    Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret =
        secrets.createForRds(CLUSTER, "postgres", null);
    JsonNode before = value(secret.arn());

    secrets.renewForRds(secret, "postgres");

    assertThat(value(secret.arn())).isNotEqualTo(before);
    assertThat(secret.model().versionIdsToStages()).hasSize(2);
  }

  @Test
  void findsASecretByNameArnAndPartialArn() {
    String arn = secrets.createForRds(CLUSTER, "postgres", null).arn();
    String name = secrets.find(arn).orElseThrow().key();

    assertThat(secrets.find(name).map(Stored::arn)).contains(arn);
    assertThat(secrets.find(arn.substring(0, arn.length() - 7))).isPresent();
    assertThat(secrets.find(arn.substring(0, arn.length() - 6))).isEmpty();
    assertThat(secrets.find("rds!cluster")).isEmpty();
  }

  @Test
  void forgetsARemovedSecretWithItsValue() {
    Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret =
        secrets.createForRds(CLUSTER, "postgres", null);

    secrets.removeAfter(secret, Duration.ZERO);
    world.begin("us-east-1");

    assertThat(secrets.find(secret.arn())).isEmpty();
    assertThat(world.visible()).isEmpty();
  }

  @Test
  void readsNothingFromASecretThatIsScheduledForDeletion() {
    Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret =
        secrets.createForRds(CLUSTER, "postgres", null);

    secret.update(builder -> builder.deletedDate(NOW));

    assertThat(secrets.currentString(secret.arn())).isEmpty();
  }

  private JsonNode value(String id) {
    return new JsonMapper().readTree(secrets.currentString(id).orElseThrow());
  }
}
