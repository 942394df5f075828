package dev.pgbound.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.Plan.Refusal;
import dev.pgbound.engine.plan.PlanJson;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rules of a team over a plan's document. */
final class PolicyTest {

  private final Lab lab = new Lab();

  /** The refusals of a plan of two networks under these policies, by name. */
  private List<String> refusals(Map<String, String> policies, String... resources) {
    String section =
        policies.entrySet().stream()
            .map(one -> one.getKey() + ": {rule: '" + one.getValue() + "', message: Ask Ada.}")
            .collect(Collectors.joining("\n  ", "policies:\n  ", "\n"));
    Plan plan = lab.bench.plan(Lab.file(resources) + section);
    return plan.refusals().stream().map(one -> one.subject() + ": " + one.text()).toList();
  }

  @Test
  void letsAPlanPassThatMeetsAll() {
    assertThat(
            refusals(
                Map.of(
                    "few", "plan.summary.create <= 2",
                    "named", "change.address.startsWith(\"network.\")",
                    "sized", "!has(change.desired.size) || change.desired.size < 10"),
                "network.a: {size: 9}",
                "network.b: {}"))
        .isEmpty();
  }

  @Test
  void refusesThePlanForARuleAboutThePlan() {
    assertThat(
            refusals(
                Map.of("few", "plan.changes.all(c, c.action != \"create\")"),
                "network.a: {}",
                "network.b: {}"))
        .containsExactly("plan: Policy few: Ask Ada.");
  }

  @Test
  void refusesEachChangeForARuleAboutChanges() {
    assertThat(
            refusals(
                Map.of("small", "change.desired.size < 10"),
                "network.a: {size: 10}",
                "network.b: {size: 9}",
                "network.c: {size: 11}"))
        .containsExactly("network.a: Policy small: Ask Ada.", "network.c: Policy small: Ask Ada.");
  }

  @Test
  void countsARuleThatCannotBeWorkedOutAsNotMetOnce() {
    assertThat(
            refusals(Map.of("sized", "change.desired.size < 10"), "network.a: {}", "network.b: {}"))
        .containsExactly(
            "network.a: Policy sized: Ask Ada. (its rule cannot be worked out: key 'size' is not"
                + " present in map; ask with has() for what may be absent)");
  }

  @Test
  void seesUnchangedResourcesToo() {
    lab.given("network.a: {size: 12}");

    assertThat(refusals(Map.of("small", "change.desired.size < 10"), "network.a: {size: 12}"))
        .containsExactly("network.a: Policy small: Ask Ada.");
  }

  @Test
  void standsInTheSavedPlan() {
    Plan plan =
        lab.bench.plan(
            Lab.file("network.a: {}") + "policies: {no: {rule: 'false', message: Never.}}\n");
    Plan read = PlanJson.read(PlanJson.write(plan));

    assertThat(read.refusals()).isEqualTo(plan.refusals());
    assertThat(read.refusals()).extracting(Refusal::code).containsExactly("PLAN-030");
  }
}
