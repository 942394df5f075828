package dev.pgbound.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.Reason;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DeletingTest {

  private final Lab lab = new Lab();

  @Test
  void deletesWhatLeftTheFileAfterNothingRefersToItAnyMore() {
    lab.given("network.a: {uses: ['${network.b}']}", "network.b: {}");

    Plan plan = lab.plan("network.a: {uses: []}");

    assertThat(Lab.change(plan, "network.b").reason()).isEqualTo(Reason.ORPHANED);
    assertThat(lab.converge("network.a: {uses: []}"))
        .containsExactly("update network.a", "delete network.b");
  }

  @Test
  void deletesOrphansBeforeTheOrphansThatTheyReferTo() {
    lab.given(
        "network.a: {}",
        "network.b: {parent: '${network.c}'}",
        "network.c: {uses: ['${network.a}']}");

    assertThat(lab.converge("network.a: {}"))
        .containsExactly("delete network.b", "delete network.c");
  }

  @Test
  void deletesAnOrphanBeforeWhatItRefersToIsReplaced() {
    lab.given("network.a: {zone: east}", "network.b: {parent: '${network.a}'}");

    assertThat(lab.converge("network.a: {zone: west}"))
        .containsExactly("delete network.b", "delete network.a", "create network.a");
  }

  @Test
  void keepsAnOrphanThatHoldsDataUntilItsDeletionIsAllowed() {
    lab.given("store.a: {}", "network.b: {}");

    Plan plan = lab.plan("network.b: {}");

    assertThat(plan.hasChanges()).isFalse();
    assertThat(plan.kept())
        .singleElement()
        .satisfies(
            kept -> assertThat(kept.text()).contains("--allow destroys-data:store.a", "kept: "));
    lab.bench.applyFully(lab.bench.planAllowingAll(Lab.file("network.b: {}")));
    assertThat(lab.world.addresses()).containsExactly("network.b");
  }

  @Test
  void keepsWhatAKeptOrphanNeeds() {
    lab.given("network.n: {}", "store.a: {network: '${network.n}'}", "network.b: {}");

    Plan plan = lab.plan("network.b: {}");

    assertThat(plan.hasChanges()).isFalse();
    assertThat(plan.kept())
        .extracting(kept -> kept.address().toString())
        .containsExactly("network.n", "store.a");
  }

  @Test
  void replacesWhatIsBoundToAReplacementAlthoughTheNameStays() {
    lab.given("network.a: {zone: east}", "network.b: {parent: '${network.a.name}'}");

    assertThat(lab.converge("network.a: {zone: west}", "network.b: {parent: '${network.a.name}'}"))
        .containsExactly(
            "delete network.b", "delete network.a", "create network.a", "create network.b");
  }

  @Test
  void refusesToReplaceWhatHoldsDataUntilThatIsAllowed() {
    lab.given("store.a: {name: one}");
    lab.world.change("store.a", live -> live.with("name", "other"));

    Plan plan = lab.plan("store.a: {name: one}");

    assertThat(plan.refusals())
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo("PLAN-003");
              assertThat(refusal.text())
                  .isEqualTo("All rows are lost. Allow it with --allow destroys-data:store.a");
            });
  }

  @Test
  void destroysInReverseOrder() {
    lab.given(
        "network.a: {parent: '${network.b}'}",
        "network.b: {parent: '${network.c}'}",
        "network.c: {}");

    lab.bench.applyFully(
        lab.bench.planDestroy(
            Lab.file(
                "network.a: {parent: '${network.b}'}",
                "network.b: {parent: '${network.c}'}",
                "network.c: {}")));

    assertThat(lab.world.takeCalls())
        .containsExactly("delete network.a", "delete network.b", "delete network.c");
    assertThat(lab.world.addresses()).isEmpty();
  }

  @Test
  void destroysOrphansToo() {
    lab.given("network.a: {}", "network.b: {uses: ['${network.a}']}");

    lab.bench.applyFully(lab.bench.planDestroy(Lab.file("network.a: {}")));

    assertThat(lab.world.addresses()).isEmpty();
  }

  @Test
  void leavesSharedAndExistingObjectsWhenItDestroys() {
    lab.world.put("network", "theirs", Fields.NONE.with("id", "theirs"), Map.of());
    String[] file = {
      "network.account: {name: account, shared: true}",
      "network.theirs: {existing: {id: theirs}}",
      "network.own: {uses: ['${network.account}', '${network.theirs}']}"
    };
    lab.given(file);
    assertThat(lab.world.value("network.own", "uses"))
        .contains(Value.of(java.util.List.of("account#1", "theirs")));

    lab.bench.applyFully(lab.bench.planDestroy(Lab.file(file)));

    assertThat(lab.world.addresses()).containsExactly("network.theirs", "network.account#1");
    assertThat(lab.world.takeCalls()).containsExactly("delete network.own");
  }

  @Test
  void refusesToDeleteOrReplaceWhatIsProtected() {
    lab.given("network.a: {zone: east, protect: true}");

    Plan replacing = lab.plan("network.a: {zone: west, protect: true}");
    Plan destroying = lab.bench.planDestroy(Lab.file("network.a: {zone: east, protect: true}"));

    for (Plan plan : new Plan[] {replacing, destroying}) {
      assertThat(plan.refusals()).extracting(Plan.Refusal::code).containsExactly("PLAN-004");
    }
    assertThat(lab.plan("network.a: {zone: east, size: 2, protect: true}").refusals()).isEmpty();
  }

  @Test
  void neverDeletesWhatAnotherMigrationOwns() {
    lab.world.put(
        "network", "x", Fields.NONE.with("name", "hr-b"), Map.of(Live.MIGRATION_TAG, "crm"));
    lab.given("network.a: {}");

    lab.bench.applyFully(lab.bench.planDestroy(Lab.file("network.a: {}", "network.b: {}")));

    assertThat(lab.world.addresses()).containsExactly("network.x");
  }
}
