package dev.pgbound.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.plan.Action;
import dev.pgbound.engine.plan.AttributeChange;
import dev.pgbound.engine.plan.Origin;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.Reason;
import dev.pgbound.engine.plan.ResourceChange;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Value;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ChangingTest {

  private final Lab lab = new Lab();

  @Test
  void updatesInPlaceWhatCanBeChanged() {
    lab.given("network.a: {size: 1}");

    assertThat(lab.converge("network.a: {size: 2}")).containsExactly("update network.a");
    assertThat(lab.world.value("network.a", "size")).contains(Value.of(2));
    assertThat(lab.world.value("network.a", "id")).contains(Value.of("hr-a#1"));
  }

  @Test
  void leavesAloneWhatTheFileDoesNotDeclare() {
    lab.given("network.a: {size: 1}");
    lab.world.change("network.a", live -> live.with("label", "by hand"));

    assertThat(lab.converge("network.a: {size: 1}")).isEmpty();
  }

  @Test
  void replacesWhatCannotBeChanged() {
    lab.given("network.a: {zone: east}");

    assertThat(lab.converge("network.a: {zone: west}"))
        .containsExactly("delete network.a", "create network.a");
    assertThat(lab.world.value("network.a", "id")).contains(Value.of("hr-a#2"));
  }

  @Test
  void replacesWhatRefersImmutablyToAReplacedResource() {
    String b = "network.b: {parent: '${network.a}'}";
    lab.given("network.a: {zone: east}", b);

    Plan plan = lab.plan("network.a: {zone: west}", b);

    assertThat(Lab.change(plan, "network.b").action()).isEqualTo(Action.REPLACE);
    assertThat(Lab.change(plan, "network.b").reason()).isEqualTo(Reason.IMMUTABLE_CHANGED);
    assertThat(lab.converge("network.a: {zone: west}", b))
        .containsExactly(
            "delete network.b", "delete network.a", "create network.a", "create network.b");
  }

  @Test
  void updatesWhatRefersToAReplacedResourceAfterIt() {
    lab.world.toleratesDanglingReferences();
    String b = "network.b: {uses: ['${network.a}']}";
    lab.given("network.a: {zone: east}", b);

    assertThat(lab.converge("network.a: {zone: west}", b))
        .containsExactly("delete network.a", "create network.a", "update network.b");
  }

  @Test
  void letsGoOfAReplacedResourceBeforeItIsDeletedWhereTheFileDropsTheReference() {
    lab.given("network.a: {zone: east}", "network.b: {uses: ['${network.a}']}");

    assertThat(lab.converge("network.a: {zone: west}", "network.b: {uses: []}"))
        .containsExactly("update network.b", "delete network.a", "create network.a");
  }

  @Test
  void namesAChangeOfTheFile() {
    lab.given("network.a: {size: 1}");

    ResourceChange change = Lab.change(lab.plan("network.a: {size: 2}"), "network.a");

    assertThat(change.origin()).contains(Origin.FILE);
    assertThat(change.reason()).isEqualTo(Reason.CONFIGURATION_CHANGED);
    assertThat(change.changes())
        .extracting(AttributeChange::path, AttributeChange::before, AttributeChange::after)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "size", Optional.of(Value.of(1)), Optional.of(Value.of(2))));
  }

  @Test
  void namesDrift() {
    lab.given("network.a: {size: 1}");
    lab.world.change("network.a", live -> live.with("size", Value.of(9)));

    ResourceChange change = Lab.change(lab.plan("network.a: {size: 1}"), "network.a");

    assertThat(change.origin()).contains(Origin.DRIFT);
    assertThat(change.reason()).isEqualTo(Reason.DRIFTED);
    assertThat(lab.converge("network.a: {size: 1}")).containsExactly("update network.a");
  }

  @Test
  void namesAChangeOfBothSides() {
    lab.given("network.a: {size: 1, label: x}");
    lab.world.change("network.a", live -> live.with("size", Value.of(9)));

    assertThat(origin("network.a: {size: 1, label: y}")).contains(Origin.BOTH);
    assertThat(origin("network.a: {size: 2, label: x}")).contains(Origin.BOTH);
  }

  @Test
  void doesNotKnowWhoMovedWithoutTheDigest() {
    lab.given("network.a: {size: 1}");
    lab.world.retag("network.a", tags -> tags.remove(Live.DIGEST_TAG));

    assertThat(origin("network.a: {size: 2}")).contains(Origin.UNKNOWN);
  }

  @Test
  void seesANewValueThatCannotBeReadBack() {
    lab.given("store.a: {seed: one}");
    assertThat(lab.converge("store.a: {seed: one}")).isEmpty();

    assertThat(lab.converge("store.a: {seed: two}")).containsExactly("update store.a");
    assertThat(lab.world.received("store.a").text("seed")).contains("two");
  }

  @Test
  void createsAgainWhatSomebodyDeleted() {
    lab.given("network.a: {}");
    lab.world.remove("network.a");

    assertThat(lab.converge("network.a: {}")).containsExactly("create network.a");
  }

  @Test
  void runsAgainWhatIsRetriggeredByAChange() {
    String probe = "probe.p: {target: '${network.a}'}";
    lab.given("network.a: {size: 1}", probe);

    Plan plan = lab.plan("network.a: {size: 2}", probe);

    assertThat(Lab.change(plan, "probe.p").reason()).isEqualTo(Reason.DEPENDENCY_CHANGED);
    assertThat(lab.converge("network.a: {size: 2}", probe))
        .containsExactly("update network.a", "update probe.p");
  }

  private Optional<Origin> origin(String resource) {
    return Lab.change(lab.plan(resource), "network.a").origin();
  }
}
