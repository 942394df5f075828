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
    assertThat(plan.worst()).isEqualTo(Impact.STOPS_REPLICATION);
    assertThat(lab.converge("task.t: {settings: two, run: running}"))
        .startsWith("stop task.t", "update task.t");
    assertRuns();
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
  void stopsBeforeWhatItDependsOnIsDeletedForAReplacement() {
    lab.world.toleratesDanglingReferences();
    lab.given("network.a: {mtu: 1, zone: east}", ON_NETWORK);

    assertThat(lab.converge("network.a: {mtu: 2, zone: west}", ON_NETWORK))
        .startsWith("stop task.t", "delete network.a", "create network.a", "update task.t");
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
  void changesNothingWhenItCannotBeStopped() {
    lab.given("network.a: {mtu: 1}", ON_NETWORK);
    lab.world.fail("stop task.t", FakeFault.once(Kind.CONFLICT, "Busy."));

    ApplyResult result = lab.apply("network.a: {mtu: 2}", ON_NETWORK);

    assertThat(Lab.outcome(result, "update network.a").status()).isEqualTo(Status.SKIPPED);
    assertThat(Lab.outcome(result, "resume task.t").message()).isEqualTo("it was not stopped");
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
