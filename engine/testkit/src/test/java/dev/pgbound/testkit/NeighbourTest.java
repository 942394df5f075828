package dev.pgbound.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.Plan.Neighbour;
import dev.pgbound.engine.plan.PlanJson;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Objects of others in the same setup: named by the plan, and never touched. Only types that the
 * plan asks for anyway are seen, because neighbours cost no call.
 */
final class NeighbourTest {

  private final Lab lab = new Lab();

  @Test
  void listsWhatUsesAnObjectOfTheMigration() {
    lab.given("network.a: {}", "task.own: {}");
    put("task", "by-hand", Fields.NONE.with("network", "hr-a#1"), Map.of());

    Plan plan = lab.plan("network.a: {}", "task.own: {}");

    assertThat(plan.neighbours())
        .containsExactly(
            new Neighbour(
                "task",
                "by-hand",
                List.of(new Address("network", "a")),
                List.of(),
                Optional.empty()));
    assertThat(plan.hasChanges()).isFalse();
  }

  @Test
  void listsWhatANeighbourUsesItself() {
    lab.given("network.a: {}", "task.own: {}");
    put("task", "by-hand", Fields.NONE.with("network", "hr-a#1").with("note", "theirs"), Map.of());
    put("network", "theirs", Fields.NONE, Map.of());
    put("network", "unrelated", Fields.NONE, Map.of());

    assertThat(lab.plan("network.a: {}", "task.own: {}").neighbours())
        .extracting(Neighbour::identifier, Neighbour::usedBy)
        .containsExactly(tuple("theirs", List.of("task by-hand")), tuple("by-hand", List.of()));
  }

  @Test
  void listsWhatAnObjectOfTheMigrationUsesWithoutTheFileKnowing() {
    put("network", "theirs", Fields.NONE, Map.of());
    lab.given("network.a: {}", "task.own: {}");
    lab.world.change("network.a", live -> live.with("label", "theirs"));

    assertThat(lab.plan("network.a: {}", "task.own: {}").neighbours())
        .extracting(Neighbour::identifier, Neighbour::usedBy)
        .containsExactly(tuple("theirs", List.of("network.a")));
  }

  @Test
  void saysWhichMigrationANeighbourBelongsTo() {
    lab.given("network.a: {}", "task.own: {}");
    put(
        "task",
        "other",
        Fields.NONE.with("network", "hr-a#1"),
        Map.of(Live.MIGRATION_TAG, "crm", Live.ADDRESS_TAG, "task.x"));

    assertThat(lab.plan("network.a: {}", "task.own: {}").neighbours())
        .extracting(Neighbour::migration)
        .containsExactly(Optional.of("crm"));
  }

  @Test
  void listsNeitherExistingNorSharedNorOrphanedObjects() {
    put("network", "theirs", Fields.NONE, Map.of());
    String[] file = {
      "network.theirs: {existing: {id: theirs}}",
      "network.account: {name: account, shared: true}",
      "network.a: {uses: ['${network.theirs}', '${network.account}']}"
    };
    lab.given(file[0], file[1], file[2], "network.b: {uses: ['${network.a}']}");

    assertThat(lab.plan(file).neighbours()).isEmpty();
  }

  @Test
  void takesAnEqualNameForNoUse() {
    lab.given("network.a: {name: hr}", "task.own: {}");
    put("task", "by-hand", Fields.NONE.with("note", "hr"), Map.of());

    assertThat(lab.plan("network.a: {name: hr}", "task.own: {}").neighbours()).isEmpty();
  }

  @Test
  void destroysNoNeighbour() {
    lab.given("network.a: {}", "task.own: {}");
    put("task", "by-hand", Fields.NONE.with("network", "hr-a#1"), Map.of());
    lab.world.toleratesDanglingReferences();

    Plan plan = lab.bench.planDestroy(Lab.file("network.a: {}", "task.own: {}"));
    lab.bench.applyFully(plan);

    assertThat(plan.neighbours()).hasSize(1);
    assertThat(lab.world.addresses()).containsExactly("task.by-hand");
  }

  @Test
  void isPartOfTheSavedPlan() {
    lab.given("network.a: {}", "task.own: {}");
    put("task", "by-hand", Fields.NONE.with("network", "hr-a#1"), Map.of(Live.MIGRATION_TAG, "x"));

    Plan plan = lab.plan("network.a: {}", "task.own: {}");
    String saved = PlanJson.write(plan);

    assertThat(PlanJson.read(saved).neighbours()).isEqualTo(plan.neighbours());
    assertThat(saved).contains("\"formatVersion\" : \"1.3\"");
  }

  private void put(String type, String identifier, Fields attributes, Map<String, String> tags) {
    lab.world.put(type, identifier, attributes.with("id", Value.of(identifier)), tags);
  }
}
