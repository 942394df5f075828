package dev.pgbound.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.Engine.PlanOptions;
import dev.pgbound.engine.plan.Action;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.ResourceException.Kind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The world refuses to delete what another object names, as AWS does. */
final class ReplacingTest {

  private static final String USER = "network.b: {holds: '${network.a}'}";

  private final Lab lab = new Lab();

  @Test
  void makesTheNewOneFirstWhereTheOldOneIsInUse() {
    lab.given("network.a: {name: one, zone: east}", USER);

    Plan plan = lab.plan("network.a: {name: two, zone: west}", USER);

    assertThat(Lab.change(plan, "network.a").action()).isEqualTo(Action.REPLACE_CREATE_FIRST);
    assertThat(Lab.steps(plan))
        .containsExactly("create network.a", "update network.b", "delete network.a");
    assertThat(lab.converge("network.a: {name: two, zone: west}", USER))
        .containsExactly(
            "update network.a--replaced",
            "create network.a",
            "update network.b",
            "delete network.a");
    assertThat(lab.world.addresses()).containsExactlyInAnyOrder("network.a", "network.b");
  }

  @Test
  void refusesWhatIsInUseAndKeepsTheNameThatTwoCannotHave() {
    lab.given("network.a: {zone: east}", USER);

    Plan plan = lab.plan("network.a: {zone: west}", USER);

    assertThat(plan.refusals()).extracting(Plan.Refusal::code).containsExactly("PLAN-022");
    assertThat(plan.refusals().get(0).text())
        .contains("in use by network.b", "Change name as well");
  }

  @Test
  void refusesWhatItsUserNeverLetsGo() {
    String user = "network.b: {home: '${network.a}'}";
    lab.given("network.a: {name: one, zone: east}", user);

    Plan plan = lab.plan("network.a: {name: two, zone: west}", user);

    assertThat(plan.refusals()).extracting(Plan.Refusal::code).containsExactly("PLAN-022");
    assertThat(plan.refusals().get(0).text())
        .contains("in use by network.b, which cannot let go of it");
  }

  @Test
  void refusesWhatIsUsedByAResourceThatThePlanLeavesOut() {
    lab.given("network.a: {zone: east}", USER);
    String file = Lab.file("network.a: {zone: west}", USER);

    Plan plan =
        lab.bench.plan(
            file,
            new PlanOptions(Plan.Goal.CONVERGE, Set.of(new Address("network", "a")), List.of()));

    assertThat(plan.refusals()).extracting(Plan.Refusal::code).containsExactly("PLAN-022");
  }

  @Test
  void deletesFirstWhereTheUserLetsGoOrGoesItself() {
    lab.given("network.a: {name: one, zone: east}", USER);

    assertThat(lab.converge("network.a: {name: two, zone: west}", "network.b: {holds: ''}"))
        .containsExactly("update network.b", "delete network.a", "create network.a");
  }

  @Test
  void keepsWhatTheOldHalfIsMadeOf() {
    String[] before = {
      "network.deep: {name: d1, zone: east}",
      "network.a: {name: one, parent: '${network.deep}'}",
      USER
    };
    lab.given(before);

    assertThat(
            lab.converge(
                "network.deep: {name: d2, zone: west}",
                "network.a: {name: two, parent: '${network.deep}'}",
                USER))
        .containsExactly(
            "update network.deep--replaced",
            "create network.deep",
            "update network.a--replaced",
            "create network.a",
            "update network.b",
            "delete network.a",
            "delete network.deep");
  }

  @Test
  void finishesAReplacementThatStoppedHalfWay() {
    lab.given("network.a: {name: one, zone: east}", USER);
    lab.world.fail("update network.b", FakeFault.once(Kind.CONFLICT, "Busy."));

    lab.apply("network.a: {name: two, zone: west}", USER);

    assertThat(lab.world.addresses())
        .containsExactlyInAnyOrder("network.a--replaced", "network.a", "network.b");
    lab.world.takeCalls();
    assertThat(lab.converge("network.a: {name: two, zone: west}", USER))
        .containsExactly("update network.b", "delete network.a--replaced");
    assertThat(lab.world.addresses()).containsExactlyInAnyOrder("network.a", "network.b");
  }

  @Test
  void finishesAReplacementThatStoppedBeforeTheNewOneWasMade() {
    lab.given("network.a: {name: one, zone: east}", USER);
    lab.world.fail("create network.a", FakeFault.once(Kind.QUOTA_EXCEEDED, "Full."));

    lab.apply("network.a: {name: two, zone: west}", USER);
    lab.world.takeCalls();

    assertThat(lab.converge("network.a: {name: two, zone: west}", USER))
        .containsExactly("create network.a", "update network.b", "delete network.a--replaced");
  }
}
