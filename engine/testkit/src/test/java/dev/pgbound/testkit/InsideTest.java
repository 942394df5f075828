package dev.pgbound.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.engine.plan.Action;
import dev.pgbound.engine.plan.DiscoveryException;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.Reason;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.Value;
import org.junit.jupiter.api.Test;

/** Objects inside others, as the schemas of a database: they come after it and go with it. */
final class InsideTest {

  private static final String IN_A = "{place: {network: '${network.a}'}}";

  private final Lab lab = new Lab();

  @Test
  void arePlannedBeforeWhatTheyAreInIsThere() {
    Plan plan = lab.plan("network.a: {}", "room.r: " + IN_A);

    assertThat(Lab.change(plan, "room.r").action()).isEqualTo(Action.CREATE);
    assertThat(Lab.change(plan, "room.r").reason()).isEqualTo(Reason.PLACE_MISSING);
    assertThat(lab.converge("network.a: {}", "room.r: " + IN_A))
        .containsExactly("create network.a", "create room.r");
  }

  @Test
  void aBatchOfTypesIsReadWhenTheirPlaceIsKnown() {
    lab.given("network.a: {}", "room.r: " + IN_A, "shelf.s: " + IN_A);

    assertThat(
            lab.converge(
                "network.a: {}",
                "room.r: {place: {network: '${network.a}'}, label: x}",
                "shelf.s: " + IN_A))
        .containsExactly("update room.r");
  }

  @Test
  void goWithWhatTheyAreInWithoutBeingTouched() {
    lab.given("network.a: {}", "room.r: " + IN_A);
    lab.world.toleratesDanglingReferences();

    lab.bench.applyFully(lab.bench.planDestroy(Lab.file("network.a: {}", "room.r: " + IN_A)));

    assertThat(lab.world.takeCalls()).containsExactly("delete network.a");
  }

  @Test
  void areDeletedWhenWhatTheyAreInStays() {
    lab.given("network.a: {}");
    String elsewhere = "room.r: {place: {network: 'network#77'}}";
    lab.world.toleratesDanglingReferences();
    lab.bench.applyFully(lab.bench.plan(Lab.file(elsewhere)));
    lab.world.takeCalls();

    lab.bench.applyFully(lab.bench.planDestroy(Lab.file(elsewhere)));

    assertThat(lab.world.takeCalls()).contains("delete room.r");
  }

  @Test
  void areMadeAnewInWhatTakesThePlaceOfTheOldOne() {
    lab.given("network.a: {zone: east}", "room.r: " + IN_A);
    lab.world.toleratesDanglingReferences();

    Plan plan = lab.plan("network.a: {zone: west}", "room.r: " + IN_A);

    assertThat(Lab.change(plan, "room.r").reason()).isEqualTo(Reason.DEPENDENCY_REPLACED);
    assertThat(lab.converge("network.a: {zone: west}", "room.r: " + IN_A))
        .containsExactly("delete network.a", "create network.a", "create room.r");
  }

  @Test
  void areDeletedWhenTheyLeaveTheFileAlsoTheLastOneOfTheirType() {
    lab.given("network.a: {}", "room.r: " + IN_A, "room.t: " + IN_A, "shelf.s: " + IN_A);

    assertThat(lab.converge("network.a: {}", "shelf.s: " + IN_A))
        .containsExactlyInAnyOrder("delete room.r", "delete room.t");
  }

  @Test
  void areLeftAloneWhereTheFileLooksNoMore() {
    lab.given("network.a: {}", "room.r: " + IN_A);

    assertThat(lab.plan("network.a: {}").hasChanges()).isFalse();
  }

  @Test
  void areCompletedWhenNobodyCouldLookBeforeWhatTheyNeedWasThere() {
    String room = "room.r: {place: {network: '${network.a}'}, label: x, dependsOn: [store.door]}";
    lab.given("network.a: {}", "store.door: {}", room.replace("label: x", "label: w"));
    lab.world.toleratesDanglingReferences();
    FakeFault silence = FakeFault.once(ResourceException.Kind.UNAVAILABLE, "no answer").always();
    lab.world.fail("discover room", silence);
    assertThatThrownBy(() -> lab.plan("network.a: {}", "store.door: {}", room))
        .as("the door is open, so something else is wrong")
        .isInstanceOf(DiscoveryException.class);
    lab.world.remove("store.door");

    Plan plan = lab.plan("network.a: {}", "store.door: {}", room);

    assertThat(Lab.steps(plan)).containsExactly("create store.door", "create room.r");
    lab.world.during("create store.door", () -> lab.world.repair("discover room"));
    lab.bench.applyFully(plan);
    assertThat(lab.world.takeCalls()).containsExactly("create store.door", "update room.r");
    assertThat(lab.world.value("room.r", "label")).contains(Value.of("x"));
  }

  @Test
  void mayHaveOneNameInTwoPlaces() {
    String[] file = {
      "network.a: {}",
      "network.b: {}",
      "room.r: {name: same, place: {network: '${network.a}'}}",
      "room.t: {name: same, place: {network: '${network.b}'}}"
    };
    lab.given(file);

    assertThat(lab.plan(file).hasChanges()).isFalse();
    lab.world.remove("room.t");
    Plan plan = lab.plan(file);
    assertThat(plan.changes().stream().filter(change -> change.isChange()).map(c -> c.address()))
        .containsExactly(new Address("room", "t"));
  }
}
