package dev.pgbound.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.apply.Outcome.Status;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.PlanJson;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MovedWorldTest {

  private final Lab lab = new Lab();

  @Test
  void writesNothingWhenAnObjectWasChangedSinceThePlan() {
    lab.given("network.a: {size: 1}", "network.b: {size: 1}");
    Plan plan = lab.plan("network.a: {size: 2}", "network.b: {size: 2}");
    lab.world.change("network.b", live -> live.with("size", Value.of(7)));

    assertRefused(plan, "network.b was changed: size was 1 and is 7 now");
  }

  @Test
  void namesAValueThatWasAsDeclaredAndOneThatIsNow() {
    lab.given("network.a: {size: 1}", "network.b: {size: 1}");
    Plan plan = lab.plan("network.a: {size: 1}", "network.b: {size: 2}");
    lab.world.change("network.a", live -> live.with("size", Value.of(7)));
    lab.world.change("network.b", live -> live.with("size", Value.of(2)));

    assertThat(lab.bench.apply(plan).moved())
        .containsExactlyInAnyOrder(
            "network.a was changed: size was as declared and is 7 now",
            "network.b was changed: size was 1 and is as declared now");
  }

  @Test
  void writesNothingWhenAnObjectWasDeletedSinceThePlan() {
    lab.given("network.a: {size: 1}", "network.b: {}");
    Plan plan = lab.plan("network.a: {size: 2}", "network.b: {}");
    lab.world.remove("network.b");

    assertRefused(plan, "network.b no longer exists");
  }

  @Test
  void writesNothingWhenAnObjectAppearedSinceThePlan() {
    Plan plan = lab.plan("network.a: {}", "network.b: {}");
    lab.world.put("network", "x", Fields.NONE.with("name", "hr-b"), Map.of());

    assertRefused(plan, "network.b exists now");
  }

  @Test
  void writesNothingWhenAnOrphanWasDeletedSinceThePlan() {
    lab.given("network.a: {size: 1}", "network.b: {}");
    Plan plan = lab.plan("network.a: {size: 2}");
    lab.world.remove("network.b");

    assertRefused(plan, "network.b no longer exists");
  }

  @Test
  void doesNotMindAChangeOfWhatIsNotDeclared() {
    lab.given("network.a: {size: 1}");
    Plan plan = lab.plan("network.a: {size: 2}");
    lab.world.change("network.a", live -> live.with("label", "by hand"));

    lab.bench.applyFully(plan);
  }

  @Test
  void leavesAnObjectAloneThatMovesWhileThePlanIsApplied() {
    lab.given("network.a: {size: 1}", "network.b: {size: 1, uses: ['${network.a}']}");
    Plan plan = lab.plan("network.a: {size: 2}", "network.b: {size: 2, uses: ['${network.a}']}");
    lab.world.during(
        "update network.a",
        () -> lab.world.change("network.b", live -> live.with("size", Value.of(7))));

    ApplyResult result = lab.bench.apply(plan);

    assertThat(Lab.outcome(result, "update network.b").status()).isEqualTo(Status.FAILED);
    assertThat(Lab.outcome(result, "update network.b").message())
        .startsWith("network.b is not as it was planned against: it was changed");
    assertThat(lab.world.value("network.b", "size")).contains(Value.of(7));
  }

  @Test
  void readsASavedPlanBackAsItWas() {
    Plan plan = richPlan();

    assertThat(PlanJson.read(PlanJson.write(plan))).usingRecursiveComparison().isEqualTo(plan);
    assertThat(PlanJson.write(PlanJson.read(PlanJson.write(plan)))).isEqualTo(PlanJson.write(plan));
  }

  @Test
  void appliesASavedPlan() {
    Plan plan = richPlan();

    lab.bench.applyFully(PlanJson.read(PlanJson.write(plan)));

    assertThat(lab.world.takeCalls())
        .containsExactlyInAnyOrder(
            "update network.a",
            "delete network.b",
            "create network.b",
            "delete network.c",
            "create store.s");
  }

  @Test
  void plansTheSameBytesTwice() {
    assertThat(PlanJson.write(richPlan()))
        .isEqualTo(PlanJson.write(new MovedWorldTest().richPlan()));
  }

  private Plan richPlan() {
    lab.given("network.a: {size: 1}", "network.b: {zone: east}", "network.c: {}");
    return lab.plan(
        "network.a: {size: 2, timeouts: {update: 3m}}",
        "network.b: {zone: west, dependsOn: [network.a]}",
        "store.s: {network: '${network.b}', password: '${env.PW}'}");
  }

  private void assertRefused(Plan plan, String moved) {
    ApplyResult result = lab.bench.apply(plan);

    assertThat(result.isRefused()).isTrue();
    assertThat(result.moved()).containsExactly(moved);
    assertThat(lab.world.takeCalls()).isEmpty();
  }
}
