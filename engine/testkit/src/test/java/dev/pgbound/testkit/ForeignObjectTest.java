package dev.pgbound.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.Reason;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ForeignObjectTest {

  private final Lab lab = new Lab();

  @Test
  void refusesAnObjectOfTheSameNameWithAdvice() {
    put(Map.of("team", "dba"));

    Plan plan = lab.plan("network.a: {}");

    assertThat(plan.refusals())
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo("PLAN-002");
              assertThat(refusal.text())
                  .startsWith("theirs exists, but it was not made by this migration.")
                  .contains("adopt: true");
            });
    assertThat(plan.steps().steps()).isEmpty();
  }

  @Test
  void adoptsItWhenTheFileSaysSo() {
    put(Map.of("team", "dba"));

    Plan plan = lab.plan("network.a: {adopt: true, size: 2}");
    assertThat(Lab.change(plan, "network.a").reason()).isEqualTo(Reason.ADOPTED);

    assertThat(lab.converge("network.a: {adopt: true, size: 2}"))
        .containsExactly("update network.a");
    Live live = lab.world.find("network.a").orElseThrow();
    assertThat(live.identifier()).isEqualTo("theirs");
    assertThat(live.tags()).containsEntry("team", "dba").containsEntry(Live.MIGRATION_TAG, "hr");
    assertThat(live.attributes().get("size")).contains(Value.of(2));
  }

  @Test
  void neverAdoptsAnObjectOfAnotherMigration() {
    put(Map.of(Live.MIGRATION_TAG, "crm", Live.ADDRESS_TAG, "network.a"));

    Plan plan = lab.plan("network.a: {adopt: true}");

    assertThat(plan.refusals())
        .singleElement()
        .satisfies(
            refusal -> assertThat(refusal.text()).contains("it belongs to the migration crm"));
  }

  @Test
  void refusesWhenNothingFitsAnExistingResource() {
    assertThat(lab.plan("network.a: {existing: {id: none}}").refusals())
        .extracting(Plan.Refusal::code)
        .containsExactly("PLAN-005");
  }

  private void put(Map<String, String> tags) {
    Fields attributes = Fields.NONE.with("name", "hr-a").with("id", "theirs");
    lab.world.put("network", "theirs", attributes, tags);
  }
}
