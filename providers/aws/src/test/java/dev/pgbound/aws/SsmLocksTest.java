package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgbound.spi.LockStore;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import org.junit.jupiter.api.Test;

final class SsmLocksTest {

  @Test
  void isAParameterThatIsCreatedOnlyOnce() {
    try (SimulatedWorld world = new SimulatedWorld()) {
      LockStore locks = world.provider().locks().orElseThrow();

      assertThat(locks.get("hr")).isEmpty();
      assertThat(locks.put("hr", "one")).isTrue();
      assertThat(locks.put("hr", "two")).isFalse();
      assertThat(locks.put("crm", "two")).isTrue();
      assertThat(locks.get("hr")).contains("one");
      locks.remove("hr");
      locks.remove("hr");
      assertThat(locks.get("hr")).isEmpty();
      assertThat(locks.get("crm")).contains("two");
    }
  }

  @Test
  void namesTheParameterAfterTheMigration() {
    withAnswers(
        aws -> aws.answer("PutParameter", "{\"Version\": 1}"),
        (aws, locks) -> {
          locks.put("hr", "{\"who\": \"anna\"}");

          assertThat(aws.lastBody("PutParameter"))
              .contains("\"Name\":\"/pgbound/hr/lock\"")
              .contains("\"Type\":\"String\"")
              .contains("\"Overwrite\":false")
              .contains("\"Value\":\"{\\\"who\\\": \\\"anna\\\"}\"")
              .doesNotContain("Tags");
        });
  }

  @Test
  void isNotTakenWhileSomebodyElseWritesIt() {
    withAnswers(
        aws -> aws.refuseJson("PutParameter", "TooManyUpdates", "There are concurrent updates."),
        (aws, locks) -> assertThat(locks.put("hr", "one")).isFalse());
  }

  @Test
  void saysWhatTheMissingPermissionIsFor() {
    withAnswers(
        aws ->
            aws.refuseJson(
                "PutParameter",
                "AccessDeniedException",
                "User: anna is not authorized to perform: ssm:PutParameter on resource: x"),
        (aws, locks) ->
            assertThatExceptionOfType(ResourceException.class)
                .isThrownBy(() -> locks.put("hr", "one"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.ACCESS_DENIED))
                .withMessage(
                    "ssm:PutParameter: User: anna is not authorized to perform: ssm:PutParameter on"
                        + " resource: x. The parameter /pgbound/hr/lock is the lock that keeps two"
                        + " runs of the migration apart: apply, destroy and unlock need"
                        + " ssm:GetParameter, ssm:PutParameter and ssm:DeleteParameter on it."));
  }

  private interface Answers {
    void prepare(CannedAws aws);
  }

  private interface Use {
    void of(CannedAws aws, LockStore locks);
  }

  private static void withAnswers(Answers answers, Use use) {
    try (CannedAws aws = new CannedAws();
        AwsProvider provider = new AwsProvider(aws.settings(), CallListener.NONE)) {
      answers.prepare(aws);
      use.of(aws, provider.locks().orElseThrow());
    }
  }
}
