package dev.pgbound.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.Plan.Refusal;
import dev.pgbound.spi.ResourceException.Kind;
import dev.pgbound.spi.Value.Fields;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What would stop a deletion half-way is found before the first one. */
final class BlockerTest {

  private static final String FOREIGN = "network theirs uses it. Delete or change that first.";

  private final Lab lab = new Lab();

  @Test
  void isFoundForEveryDeletionOfADestroyAtOnce() {
    lab.given("network.a: {parent: '${network.b}'}", "network.b: {}", "store.s: {}");
    lab.world.obstruct("store.s", "Its protection is on.");
    foreignUserOf("network.a");
    foreignUserOf("network.b");

    Plan plan =
        lab.bench.planDestroy(
            Lab.file("network.a: {parent: '${network.b}'}", "network.b: {}", "store.s: {}"));

    assertThat(plan.refusals())
        .extracting(Refusal::code, Refusal::subject, Refusal::text)
        .containsExactly(
            tuple("PLAN-010", "network.a", FOREIGN),
            tuple("PLAN-010", "network.b", FOREIGN),
            tuple("PLAN-010", "store.s", "Its protection is on."));
  }

  @Test
  void isFoundForOrphansAndReplacements() {
    lab.given("network.a: {zone: east}", "network.b: {}");
    foreignUserOf("network.a");
    foreignUserOf("network.b");

    Plan plan = lab.plan("network.a: {zone: west}");

    assertThat(plan.refusals())
        .extracting(Refusal::subject)
        .containsExactly("network.a", "network.b");
  }

  @Test
  void isNotWhatThePlanDeletesOrChangesFirst() {
    lab.given(
        "network.a: {}",
        "network.b: {parent: '${network.a}'}",
        "network.c: {uses: ['${network.a}']}");

    Plan plan = lab.plan("network.c: {uses: []}");

    assertThat(plan.refusals()).isEmpty();
    lab.bench.applyFully(plan);
    assertThat(lab.world.takeCalls())
        .containsExactlyInAnyOrder("delete network.b", "update network.c", "delete network.a")
        .endsWith("delete network.a");
  }

  @Test
  void isWhatStaysAndIsChangedOnlyAfterwards() {
    lab.given("network.a: {zone: east}", "network.b: {uses: ['${network.a}']}");

    Plan plan = lab.plan("network.a: {zone: west}", "network.b: {uses: ['${network.a}']}");

    assertThat(plan.refusals())
        .extracting(Refusal::text)
        .containsExactly("network hr-b#1 uses it. Delete or change that first.");
  }

  @Test
  void isNotNamedAgainWhereTheReplacementIsRefusedBecauseOfIt() {
    lab.given("network.a: {zone: east}", "network.b: {holds: '${network.a}'}");
    foreignUserOf("network.a");

    Plan plan = lab.plan("network.a: {zone: west}", "network.b: {holds: '${network.a}'}");

    assertThat(plan.refusals()).extracting(Refusal::code).containsExactly("PLAN-022");
  }

  @Test
  void isWhatCanGoOnlyAfterwards() {
    // They name each other: whichever goes first, the other one is in its way.
    lab.given("network.a: {}", "network.b: {uses: ['${network.a}']}");
    lab.world.change("network.a", live -> live.with("label", "hr-b#1"));

    Plan plan = lab.bench.planDestroy(Lab.file("network.a: {}", "network.b: {}"));

    assertThat(plan.refusals()).extracting(Refusal::subject).containsExactly("network.a");
  }

  @Test
  void isNotAskedForWithoutADeletion() {
    lab.given("network.a: {}");
    lab.world.obstruct("network.a", "Its protection is on.");

    assertThat(lab.plan("network.a: {size: 2}").refusals()).isEmpty();
  }

  @Test
  void isNotAskedForWhatIsGoingAlready() {
    lab.given("network.a: {}");
    lab.world
        .slow("delete network.a", 1000)
        .fail("delete network.a", FakeFault.once(Kind.UNAVAILABLE, "reset").afterTheEffect());
    lab.bench.apply(lab.bench.planDestroy(Lab.file("network.a: {}")));
    foreignUserOf("network.a");

    assertThat(lab.bench.planDestroy(Lab.file("network.a: {}")).refusals()).isEmpty();
  }

  @Test
  void thatCameAfterThePlanKeepsApplyFromBeginning() {
    lab.given("network.a: {}", "network.b: {}");
    Plan plan = lab.bench.planDestroy(Lab.file("network.a: {}", "network.b: {}"));
    foreignUserOf("network.b");

    ApplyResult result = lab.bench.apply(plan);

    assertThat(result.moved()).containsExactly("network.b: " + FOREIGN);
    assertThat(lab.world.takeCalls()).isEmpty();
  }

  private void foreignUserOf(String address) {
    String used = lab.world.find(address).orElseThrow().identifier();
    lab.world.put(
        "network", "theirs", Fields.NONE.with("id", "theirs").with("parent", used), Map.of());
  }
}
