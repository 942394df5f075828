package dev.pgbound.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.apply.Outcome;
import dev.pgbound.engine.apply.Outcome.Status;
import dev.pgbound.engine.plan.Cancellation;
import dev.pgbound.spi.ResourceException.Kind;
import dev.pgbound.spi.Value;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A call without an answer may have had its effect: the same run looks, and takes it up again. */
final class UnansweredCallTest {

  private static final FakeFault LOST = FakeFault.once(Kind.UNAVAILABLE, "Connection reset.");

  private final Lab lab = new Lab();

  @Test
  void isMadeAgainWhereNothingHasCome() {
    lab.world.fail("create network.a", LOST);

    assertThat(lab.converge("network.a: {}"))
        .containsExactly("create network.a", "create network.a");
    assertThat(lab.world.addresses()).containsExactly("network.a");
  }

  @Test
  void isNotMadeAgainWhereItsObjectIsThere() {
    lab.world.fail("create network.a", LOST.afterTheEffect());

    assertThat(lab.converge("network.a: {size: 3}"))
        .containsExactly("create network.a", "update network.a");
    assertThat(lab.world.addresses()).containsExactly("network.a");
  }

  @Test
  void leavesAnObjectAloneThatSomebodyElseMadeMeanwhile() {
    lab.world
        .during(
            "create network.a",
            () ->
                lab.world.put(
                    "network", "hr-a#9", Value.Fields.NONE.with("name", "hr-a"), Map.of()))
        .fail("create network.a", LOST);

    Outcome outcome = Lab.outcome(lab.apply("network.a: {}"), "create network.a");

    assertThat(outcome.status()).isEqualTo(Status.FAILED);
    assertThat(outcome.message()).contains("it exists now. Nothing was done to it; plan again.");
    assertThat(lab.world.calls()).containsExactly("create network.a");
  }

  @Test
  void isRepeatedForChangesAndDeletionsToo() {
    lab.given("network.a: {size: 1}", "network.b: {}");
    lab.world
        .fail("update network.a", LOST.afterTheEffect())
        .fail("delete network.b", LOST.afterTheEffect());

    lab.converge("network.a: {size: 2}");

    assertThat(lab.world.addresses()).containsExactly("network.a");
  }

  @Test
  void isGivenUpAfterAWhileInTheWordsOfTheService() {
    lab.world.fail("create network.a", LOST.always());

    Outcome outcome = Lab.outcome(lab.apply("network.a: {}"), "create network.a");

    assertThat(outcome.status()).isEqualTo(Status.FAILED);
    assertThat(outcome.message()).isEqualTo("Connection reset.");
    assertThat(lab.world.calls()).isEqualTo(Collections.nCopies(6, "create network.a"));
  }

  @Test
  void isNotRepeatedInARunThatIsInterrupted() {
    Cancellation cancellation = new Cancellation();
    lab.bench.cancelledBy(cancellation);
    lab.world.fail("create network.a", LOST).during("create network.a", cancellation::request);

    lab.apply("network.a: {}");

    assertThat(lab.world.calls()).containsExactly("create network.a");
  }

  @Test
  void setsATaskGoingAgainAlsoInARunThatIsInterrupted() {
    Cancellation cancellation = new Cancellation();
    lab.given("task.t: {settings: one, run: running}");
    lab.bench.cancelledBy(cancellation);
    lab.world.fail("resume task.t", LOST).during("stop task.t", cancellation::request);

    lab.apply("task.t: {settings: two, run: running}");

    assertThat(lab.world.calls()).endsWith("resume task.t", "resume task.t");
  }

  @Test
  void neverHasDataLoadedTwice() {
    lab.given("task.t: {reload: once, run: running}");
    lab.world.fail("reload task.t", LOST.afterTheEffect());

    ApplyResult result =
        lab.bench.apply(
            lab.bench.planAllowingAll(Lab.file("task.t: {reload: twice, run: running}")));

    assertThat(Lab.outcome(result, "reload task.t").status()).isEqualTo(Status.FAILED);
    assertThat(Collections.frequency(lab.world.calls(), "reload task.t")).isEqualTo(1);
  }
}
