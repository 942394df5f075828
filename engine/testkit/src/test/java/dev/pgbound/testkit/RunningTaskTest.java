package dev.pgbound.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.apply.Outcome.Status;
import dev.pgbound.engine.plan.Cancellation;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.ResourceException.Kind;
import dev.pgbound.spi.Value;
import org.junit.jupiter.api.Test;

final class RunningTaskTest {

  private static final String ON_NETWORK = "task.t: {network: '${network.a}', run: running}";

  private final Lab lab = new Lab();

  @Test
  void stopsChangesAndResumesInVisibleSteps() {
    lab.given("task.t: {settings: one, run: running}");

    Plan plan = lab.plan("task.t: {settings: two, run: running}");

    assertThat(Lab.steps(plan)).containsExactly("stop task.t", "update task.t", "resume task.t");
    assertThat(Lab.change(plan, "task.t").impact()).isEqualTo(Impact.STOPS_REPLICATION);
    assertThat(lab.converge("task.t: {settings: two, run: running}"))
        .containsExactly("stop task.t", "update task.t", "resume task.t");
    assertRuns();
  }

  @Test
  void startsWhatItCreatesInAStepOfItsOwn() {
    Plan plan = lab.plan("task.t: {run: running}");

    assertThat(Lab.steps(plan)).containsExactly("create task.t", "start task.t");
    assertThat(lab.converge("task.t: {run: running}"))
        .containsExactly("create task.t", "resume task.t");
    assertRuns();
  }

  @Test
  void startsItsDependentsOnlyOnceItRuns() {
    Plan plan = lab.plan("task.t: {run: running}", "network.n: {label: '${task.t}'}");

    assertThat(plan.steps().before("create network.n")).contains("start task.t");
  }

  @Test
  void createsButDoesNotStartWhatIsToStand() {
    assertThat(lab.converge("task.t: {run: stopped}")).containsExactly("create task.t");
  }

  @Test
  void startsWithoutAnImpactWhatStands() {
    lab.given("task.t: {run: stopped}");

    Plan plan = lab.plan("task.t: {run: running}");

    assertThat(Lab.change(plan, "task.t").impact()).isEqualTo(Impact.NONE);
    assertThat(Lab.steps(plan)).containsExactly("update task.t", "start task.t");
    lab.converge("task.t: {run: running}");
    assertRuns();
  }

  @Test
  void stopsWhatTheFileNoLongerWantsToRun() {
    lab.given("task.t: {run: running}");

    Plan plan = lab.plan("task.t: {run: stopped}");

    assertThat(Lab.change(plan, "task.t").impact()).isEqualTo(Impact.STOPS_REPLICATION);
    assertThat(Lab.steps(plan)).containsExactly("stop task.t", "update task.t");
    lab.converge("task.t: {run: stopped}");
    assertThat(lab.world.value("task.t", "run")).contains(Value.of("stopped"));
  }

  @Test
  void startsAfterAReplacementWhatRanBeforeAlthoughTheFileIsSilent() {
    lab.world.toleratesDanglingReferences();
    lab.given("network.a: {zone: east}", "task.t: {home: '${network.a}', run: running}");

    assertThat(lab.converge("network.a: {zone: west}", "task.t: {home: '${network.a}'}"))
        .endsWith("create task.t", "resume task.t");
    assertRuns();
  }

  @Test
  void loadsEverythingAgainOnlyWhenThatIsAllowed() {
    lab.given("task.t: {reload: once, run: running}");

    Plan plan = lab.plan("task.t: {reload: twice, run: running}");

    assertThat(Lab.change(plan, "task.t").impact()).isEqualTo(Impact.RELOADS_DATA);
    assertThat(plan.refusals()).extracting(Plan.Refusal::code).containsExactly("PLAN-003");
  }

  @Test
  void loadsEverythingAgainInAVisibleStep() {
    lab.given("task.t: {reload: once, settings: one, run: running}");
    String changed = "task.t: {reload: twice, settings: two, run: running}";

    Plan plan = lab.bench.planAllowingAll(Lab.file(changed));

    assertThat(Lab.steps(plan)).containsExactly("stop task.t", "update task.t", "reload task.t");
    lab.bench.applyFully(plan);
    assertThat(lab.world.takeCalls())
        .containsExactly("stop task.t", "update task.t", "reload task.t");
    assertThat(lab.plan(changed).hasChanges()).isFalse();
    assertRuns();
  }

  @Test
  void resumesInsteadOfLoadingAgainWhenTheChangeFails() {
    lab.given("task.t: {reload: once, run: running}");
    lab.world.fail("update task.t", FakeFault.once(Kind.INVALID_REQUEST, "No."));

    ApplyResult result =
        lab.bench.apply(
            lab.bench.planAllowingAll(Lab.file("task.t: {reload: twice, run: running}")));

    assertThat(Lab.outcome(result, "reload task.t").status()).isEqualTo(Status.SKIPPED);
    assertThat(lab.world.takeCalls())
        .containsExactly("stop task.t", "update task.t", "resume task.t");
    assertThat(result.standing()).isEmpty();
    assertRuns();
  }

  @Test
  void doesNotLoadAgainWhatIsToStand() {
    lab.given("task.t: {reload: once, run: stopped}");

    Plan plan = lab.bench.planAllowingAll(Lab.file("task.t: {reload: twice, run: stopped}"));

    assertThat(plan.refusals()).extracting(Plan.Refusal::code).containsExactly("PLAN-020");
  }

  @Test
  void namesWhatRanAndStandsStillNow() {
    lab.given("task.t: {settings: one, run: running}");
    lab.world.fail("resume task.t", FakeFault.once(Kind.CONFLICT, "Busy."));

    ApplyResult result = lab.apply("task.t: {settings: two, run: running}");

    assertThat(result.standing()).extracting(Object::toString).containsExactly("task.t");
    lab.world.takeCalls();
    assertThat(lab.converge("task.t: {settings: two, run: running}"))
        .containsExactly("update task.t", "resume task.t");
  }

  @Test
  void doesNotStopForAHarmlessChange() {
    lab.given("task.t: {note: one, run: running}");

    assertThat(lab.converge("task.t: {note: two, run: running}")).containsExactly("update task.t");
  }

  @Test
  void stopsWhileWhatItDependsOnIsChanged() {
    lab.given("network.a: {mtu: 1}", ON_NETWORK);

    assertThat(lab.converge("network.a: {mtu: 2}", ON_NETWORK))
        .containsExactly("stop task.t", "update network.a", "resume task.t");
    assertRuns();
  }

  @Test
  void stopsNotBeforeWhatTheChangeHasToWaitFor() {
    lab.given("network.a: {mtu: 1}", ON_NETWORK);

    Plan plan = lab.plan("network.z: {}", "network.a: {mtu: 2, label: '${network.z}'}", ON_NETWORK);

    assertThat(Lab.steps(plan))
        .containsExactly("create network.z", "stop task.t", "update network.a", "resume task.t");
    assertThat(plan.steps().before("stop task.t")).containsExactly("create network.z");
  }

  @Test
  void doesNotStopWhenWhatTheChangeNeedsCannotBeHad() {
    lab.given("network.a: {mtu: 1}", ON_NETWORK);
    lab.world.fail("create network.z", FakeFault.once(Kind.INVALID_REQUEST, "No."));

    lab.apply("network.z: {}", "network.a: {mtu: 2, label: '${network.z}'}", ON_NETWORK);

    assertThat(lab.world.takeCalls()).containsExactly("create network.z");
    assertRuns();
  }

  @Test
  void stopsBeforeWhatItDependsOnIsDeletedForAReplacement() {
    lab.world.toleratesDanglingReferences();
    lab.given("network.a: {mtu: 1, zone: east}", ON_NETWORK);

    assertThat(lab.converge("network.a: {mtu: 2, zone: west}", ON_NETWORK))
        .containsExactly(
            "stop task.t",
            "delete network.a",
            "create network.a",
            "update task.t",
            "resume task.t");
    assertRuns();
  }

  @Test
  void resumesAlsoWhenTheUpdateFails() {
    lab.given("network.a: {mtu: 1}", ON_NETWORK);
    lab.world.fail("update network.a", FakeFault.once(Kind.CONFLICT, "Busy."));

    ApplyResult result = lab.apply("network.a: {mtu: 2}", ON_NETWORK);

    assertThat(Lab.outcome(result, "update network.a").status()).isEqualTo(Status.FAILED);
    assertThat(Lab.outcome(result, "resume task.t").isSuccess()).isTrue();
    assertRuns();
  }

  @Test
  void resumesAlsoWhenItsOwnUpdateFails() {
    lab.given("task.t: {settings: one, run: running}");
    lab.world.fail("update task.t", FakeFault.once(Kind.INVALID_REQUEST, "No."));

    lab.apply("task.t: {settings: two, run: running}");

    assertRuns();
  }

  @Test
  void changesNothingWhenItCannotBeStoppedAndMakesSureThatItRuns() {
    lab.given("network.a: {mtu: 1}", ON_NETWORK);
    lab.world.fail("stop task.t", FakeFault.once(Kind.CONFLICT, "Busy."));

    ApplyResult result = lab.apply("network.a: {mtu: 2}", ON_NETWORK);

    assertThat(Lab.outcome(result, "update network.a").status()).isEqualTo(Status.SKIPPED);
    assertThat(Lab.outcome(result, "resume task.t").isSuccess()).isTrue();
    assertRuns();
  }

  @Test
  void doesNotResumeWhatTheFileWantsStopped() {
    lab.given("task.t: {settings: one, run: running}");

    assertThat(lab.converge("task.t: {settings: two, run: stopped}"))
        .containsExactly("stop task.t", "update task.t");
    assertThat(lab.world.value("task.t", "run")).contains(Value.of("stopped"));
  }

  @Test
  void doesNotStopWhatDoesNotRun() {
    lab.given("task.t: {settings: one, run: stopped}");

    assertThat(lab.converge("task.t: {settings: two, run: stopped}"))
        .containsExactly("update task.t");
  }

  @Test
  void resumesAfterAnInterruption() {
    lab.given("network.a: {mtu: 1}", ON_NETWORK);
    Cancellation cancellation = new Cancellation();
    lab.bench.cancelledBy(cancellation);
    lab.world.during("stop task.t", cancellation::request);

    ApplyResult result = lab.apply("network.a: {mtu: 2}", ON_NETWORK);

    assertThat(Lab.outcome(result, "update network.a").status()).isEqualTo(Status.NOT_STARTED);
    assertThat(Lab.outcome(result, "resume task.t").isSuccess()).isTrue();
    assertRuns();
  }

  private void assertRuns() {
    assertThat(lab.world.value("task.t", "run")).contains(Value.of("running"));
  }
}
