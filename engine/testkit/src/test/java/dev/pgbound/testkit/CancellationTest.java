package dev.pgbound.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.apply.Outcome;
import dev.pgbound.engine.apply.Outcome.Status;
import dev.pgbound.engine.plan.Cancellation;
import dev.pgbound.spi.ResourceException.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CancellationTest {

  private static final String[] FILE = {
    "network.a: {}", "network.b: {parent: '${network.a}'}", "network.c: {parent: '${network.b}'}"
  };

  private final Lab lab = new Lab();
  private final Cancellation cancellation = new Cancellation();

  @BeforeEach
  void listen() {
    lab.bench.cancelledBy(cancellation);
  }

  @Test
  void startsNothingNew() {
    lab.world.slow("create network.a", 0).during("create network.a", cancellation::request);

    ApplyResult result = lab.apply(FILE);

    assertThat(lab.world.takeCalls()).containsExactly("create network.a");
    assertThat(result.count(Status.NOT_STARTED)).isEqualTo(2);
  }

  @Test
  void endsTheWaitsOfWhatIsRunning() {
    lab.world.slow("create network.a", 1000).during("create network.a", cancellation::request);

    Outcome outcome = Lab.outcome(lab.apply(FILE), "create network.a");

    assertThat(outcome.status()).isEqualTo(Status.INTERRUPTED);
    assertThat(outcome.kind()).contains(Kind.INTERRUPTED);
    assertThat(outcome.message())
        .isEqualTo(
            "Interrupted while waiting for hr-a#1 to become available. The same command goes on"
                + " waiting.");
  }

  @Test
  void takesWhatWaitsForAnInterruptedStepForNotStarted() {
    lab.world.slow("create network.a", 1000).during("create network.a", cancellation::request);

    ApplyResult result = lab.apply(FILE);

    assertThat(Lab.outcome(result, "create network.b").status()).isEqualTo(Status.NOT_STARTED);
    assertThat(Lab.outcome(result, "create network.c").status()).isEqualTo(Status.NOT_STARTED);
  }

  @Test
  void isContinuedByTheNextApply() {
    lab.world.slow("create network.a", 3).during("create network.a", cancellation::request);
    lab.apply(FILE);
    lab.world.takeCalls();
    lab.bench.cancelledBy(new Cancellation());

    assertThat(lab.converge(FILE))
        .containsExactly("update network.a", "create network.b", "create network.c");
  }
}
