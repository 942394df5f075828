package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.spi.Live;
import dev.pgbound.spi.Value.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SecretTypeTest {

  private static final String ADDRESS = "secret.target";
  private static final Fields DESIRED = Fields.NONE.with("name", "hr-target");
  private static final String SECRET =
      "{\"ARN\":\"arn:aws:secretsmanager:eu-central-1:123456789012:secret:hr-target-a1b2c3\","
          + "\"Name\":\"hr-target\"%s}";
  private static final String PRESENT = String.format(Locale.ROOT, SECRET, "");
  private static final String WAITING =
      String.format(Locale.ROOT, SECRET, ",\"DeletedDate\":1767225600");

  private final TypeFixture secret = new TypeFixture("secret");

  @AfterEach
  void stop() {
    secret.close();
  }

  @Test
  void findsYoungSecretThatTheListLacks() {
    secret.aws.answer("ListSecrets", "{\"SecretList\":[]}").answer("DescribeSecret", PRESENT);

    List<Live> found =
        secret.type.discover(TypeFixture.plan(ADDRESS, DESIRED), TestContext.step(ADDRESS));

    assertThat(found).extracting(Live::identifier).containsExactly("hr-target");
  }

  @Test
  void listsSecretsOnceForLookupsAndDiscovery() {
    secret.aws.answer("ListSecrets", "{\"SecretList\":[" + PRESENT + "]}");

    secret.type.lookup(DESIRED, TestContext.step(ADDRESS));
    secret.type.lookup(DESIRED, TestContext.step(ADDRESS));
    secret.type.discover(TypeFixture.plan(ADDRESS, DESIRED), TestContext.step(ADDRESS));

    assertThat(secret.aws.operations()).containsExactly("ListSecrets");
  }

  @Test
  void listsAnewAfterItHasWritten() {
    secret
        .aws
        .answer("ListSecrets", "{\"SecretList\":[" + PRESENT + "]}")
        .answer("ListSecrets", "{\"SecretList\":[]}")
        .answer("DescribeSecret", PRESENT)
        .answer("DescribeSecret", WAITING)
        .answer("DeleteSecret", PRESENT);
    Live live = secret.type.lookup(DESIRED, TestContext.step(ADDRESS)).get(0);

    secret.type.delete(live, Optional.empty(), TestContext.step(ADDRESS));

    assertThat(secret.type.lookup(DESIRED, TestContext.step(ADDRESS))).isEmpty();
  }

  @Test
  void doesNotDeleteSecretThatWaitsForItsDeletion() {
    secret
        .aws
        .answer("ListSecrets", "{\"SecretList\":[" + PRESENT + "]}")
        .answer("DescribeSecret", WAITING);
    Live live = secret.type.lookup(DESIRED, TestContext.step(ADDRESS)).get(0);

    secret.type.delete(live, Optional.empty(), TestContext.step(ADDRESS));

    assertThat(secret.aws.operations()).doesNotContain("DeleteSecret");
  }

  @Test
  void doesNotBringBackTheSecretOfSomebodyElse() {
    secret.aws.answer("DescribeSecret", WAITING);
    Fields desired = DESIRED.with("values", Fields.NONE.with("user", "dms"));

    assertThatThrownBy(() -> secret.type.create(desired, TestContext.step(ADDRESS)))
        .hasMessageContaining("A secret hr-target that this migration did not make waits for its");
    assertThat(secret.aws.operations()).doesNotContain("RestoreSecret", "UpdateSecret");
  }
}
