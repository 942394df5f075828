package dev.pgbound.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.plan.Plan;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Value.Fields;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tags are copied by people and by AWS; they alone never decide what is changed or deleted. */
final class CopiedTagsTest {

  private final Lab lab = new Lab();

  @Test
  void leavesAnObjectOfAnotherTypeThatCarriesTheTagsAlone() {
    lab.given("network.a: {}");
    copy("store", "backup", "network.a", Fields.NONE.with("name", "backup"));

    Plan plan = lab.plan("network.a: {}");

    assertThat(plan.hasChanges()).isFalse();
    assertThat(plan.kept())
        .singleElement()
        .satisfies(
            kept -> assertThat(kept.text()).contains("a store that carries the tags of network.a"));
    lab.bench.applyFully(lab.bench.planDestroy(Lab.file("network.a: {}")));
    assertThat(lab.world.addresses()).containsExactly("network.a");
  }

  @Test
  void letsTheNameDecideBetweenAnObjectAndItsCopy() {
    lab.given("store.a: {}");
    copy("store", "copy", "store.a", Fields.NONE.with("name", "restored"));

    Plan plan = lab.plan("store.a: {size: 2}");

    assertThat(plan.refusals()).isEmpty();
    assertThat(Lab.change(plan, "store.a").identifier()).contains("hr-a#1");
    assertThat(plan.kept()).extracting(Plan.Kept::identifier).containsExactly("copy");
    lab.bench.applyFully(lab.bench.planDestroy(Lab.file("store.a: {}")));
    assertThat(lab.world.find("store.a"))
        .hasValueSatisfying(live -> assertThat(live.identifier()).isEqualTo("copy"));
  }

  @Test
  void refusesWhereTwoObjectsCarryOneAddressAndNoNameDecides() {
    lab.given("network.a: {name: one}");
    lab.world.change("network.a", live -> live.with("name", "two"));
    copy("network", "copy", "network.a", Fields.NONE.with("name", "three"));

    for (Plan plan :
        new Plan[] {
          lab.plan("network.a: {name: one}"),
          lab.bench.planDestroy(Lab.file("network.a: {name: one}"))
        }) {
      assertThat(plan.refusals())
          .singleElement()
          .satisfies(
              refusal -> {
                assertThat(refusal.code()).isEqualTo("PLAN-006");
                assertThat(refusal.text()).contains("one#1, copy", "pgbound:");
              });
      assertThat(plan.steps().steps()).isEmpty();
    }
  }

  @Test
  void keepsBothOfTwoOrphansThatCarryOneAddress() {
    lab.given("network.a: {}", "network.b: {}");
    copy("network", "copy", "network.b", Fields.NONE.with("name", "copy"));

    Plan plan = lab.bench.planAllowingAll(Lab.file("network.a: {}"));

    assertThat(plan.hasChanges()).isFalse();
    assertThat(plan.kept())
        .singleElement()
        .satisfies(kept -> assertThat(kept.text()).contains("hr-b#1, copy"));
    assertThat(lab.bench.planDestroy(Lab.file("network.a: {}")).refusals())
        .extracting(Plan.Refusal::code)
        .containsExactly("PLAN-006");
  }

  private void copy(String type, String identifier, String address, Fields attributes) {
    lab.world.put(
        type,
        identifier,
        attributes.with("id", identifier),
        Map.of(Live.MIGRATION_TAG, "hr", Live.ADDRESS_TAG, address));
  }
}
