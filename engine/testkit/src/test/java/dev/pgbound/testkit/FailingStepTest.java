package dev.pgbound.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.apply.Outcome;
import dev.pgbound.engine.apply.Outcome.Status;
import dev.pgbound.spi.ResourceException.Kind;
import dev.pgbound.spi.Value;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class FailingStepTest {

  private static final String[] CHAIN = {
    "network.a: {}",
    "network.b: {parent: '${network.a}'}",
    "network.c: {parent: '${network.b}'}",
    "network.other: {}"
  };

  private final Lab lab = new Lab();

  @Test
  void skipsWhatDependsOnAFailedStepAndSaysWhy() {
    lab.world.fail("create network.a", FakeFault.once(Kind.QUOTA_EXCEEDED, "No network left."));

    ApplyResult result = lab.apply(CHAIN);

    Outcome failed = Lab.outcome(result, "create network.a");
    assertThat(failed.status()).isEqualTo(Status.FAILED);
    assertThat(failed.message()).isEqualTo("No network left.");
    assertThat(failed.kind()).contains(Kind.QUOTA_EXCEEDED);
    for (String skipped : new String[] {"create network.b", "create network.c"}) {
      assertThat(Lab.outcome(result, skipped).status()).isEqualTo(Status.SKIPPED);
      assertThat(Lab.outcome(result, skipped).message())
          .isEqualTo("\"create network.a\" did not succeed");
    }
    assertThat(Lab.outcome(result, "create network.other").isSuccess()).isTrue();
    assertThat(result.isComplete()).isFalse();
  }

  @Test
  void continuesWithTheNextApply() {
    lab.world.fail("create network.b", FakeFault.once(Kind.ACCESS_DENIED, "Not allowed."));
    lab.apply(CHAIN);
    lab.world.takeCalls();

    assertThat(lab.converge(CHAIN)).containsExactly("create network.b", "create network.c");
  }

  @Test
  void findsAgainWhatWasMadeBeforeTheCallFailed() {
    lab.world.fail(
        "create network.a", FakeFault.once(Kind.CONFLICT, "Too early to tag it.").afterTheEffect());
    lab.apply("network.a: {}");
    lab.world.takeCalls();

    assertThat(lab.converge("network.a: {}")).doesNotContain("create network.a");
    assertThat(lab.world.addresses()).containsExactly("network.a");
  }

  @Test
  void waitsInTheNextApplyForWhatIsHalfMade() {
    lab.world.slow("create network.a", 1000);
    String[] file = {"network.a: {timeouts: {create: 1m}}", "network.b: {parent: '${network.a}'}"};
    assertThat(Lab.outcome(lab.apply(file), "create network.a").kind()).contains(Kind.TIMED_OUT);

    lab.world.takeCalls();
    lab.world.look("network.a", 1000);

    assertThat(lab.converge(file)).containsExactly("update network.a", "create network.b");
  }

  @Test
  void namesTheValueThatTheServiceDroppedSilently() {
    lab.world.drop("network.a", "size");

    Outcome outcome = Lab.outcome(lab.apply("network.a: {size: 3, label: x}"), "create network.a");

    assertThat(outcome.status()).isEqualTo(Status.FAILED);
    assertThat(outcome.message())
        .contains("size: declared 3, live nothing")
        .doesNotContain("label");
  }

  @Test
  @Timeout(30)
  void takesAnExceptionOfATypeForAnInternalErrorAndGoesOn() {
    lab.world.fail("create network.a", FakeFault.of(new IllegalStateException("no such luck.")));

    ApplyResult result = lab.apply(CHAIN);

    assertThat(Lab.outcome(result, "create network.a").message())
        .contains("Internal error in the resource type network", "no such luck. Please report it.");
    assertThat(Lab.outcome(result, "create network.other").isSuccess()).isTrue();
  }

  @Test
  @Timeout(30)
  void finishesTheRunAlthoughAListenerThrows() {
    lab.bench.listen(
        event -> {
          throw new IllegalStateException("broken terminal");
        });

    assertThatThrownBy(() -> lab.apply(CHAIN)).hasMessage("broken terminal");

    assertThat(lab.world.addresses()).hasSize(4);
  }

  @Test
  void endsAWaitWithTheServicesOwnWords() {
    lab.world.breakDuring("create network.a", "No capacity left in the zone.");

    Outcome outcome = Lab.outcome(lab.apply("network.a: {}"), "create network.a");

    assertThat(outcome.kind()).contains(Kind.NOT_STABILIZED);
    assertThat(outcome.message())
        .isEqualTo("Waited for hr-a#1 to become available: No capacity left in the zone.");
  }

  @Test
  void repairsWhatIsInAFailedState() {
    lab.world.breakDuring("create network.a", "No capacity left in the zone.");
    lab.apply("network.a: {}");
    lab.world.takeCalls();

    assertThat(lab.converge("network.a: {}")).containsExactly("update network.a");
  }

  @Test
  void saysHowLongItWaitedAndForWhat() {
    lab.world.slow("create network.a", 1000);

    Outcome outcome =
        Lab.outcome(lab.apply("network.a: {timeouts: {create: 2m}}"), "create network.a");

    assertThat(outcome.message())
        .isEqualTo(
            "Waited 2 min without progress for hr-a#1 to become available; it is still: modifying."
                + " The same command goes on waiting.");
  }

  @Test
  void leavesAnUpdateThatFailedToTheNextApply() {
    lab.given("network.a: {size: 1}");
    lab.world.fail("update network.a", FakeFault.once(Kind.CONFLICT, "Busy."));
    lab.apply("network.a: {size: 2}");
    assertThat(lab.world.value("network.a", "size")).isEqualTo(Optional.of(Value.of(1)));

    assertThat(lab.converge("network.a: {size: 2}")).contains("update network.a");
  }

  @Test
  void createsWhatWasDeletedForAReplacementThatFailed() {
    lab.given("network.a: {zone: east}");
    lab.world.fail("create network.a", FakeFault.once(Kind.QUOTA_EXCEEDED, "No network left."));
    lab.apply("network.a: {zone: west}");
    lab.world.takeCalls();

    assertThat(lab.converge("network.a: {zone: west}")).containsExactly("create network.a");
  }
}
