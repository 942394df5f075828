package dev.pgbound.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.engine.plan.Step.Kind;
import dev.pgbound.spi.Address;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StepGraphTest {

  @Test
  void takesAsLongAsItsLongestChain() {
    Step vpc = create("vpc", 1);
    Step cluster = create("cluster", 10);
    Step role = create("role", 3);
    Step instance = create("instance", 7);
    Step task = create("task", 2);
    StepGraph graph =
        new StepGraph(
            List.of(vpc, cluster, role, instance, task),
            Map.of(
                cluster.id(), Set.of(vpc.id()),
                instance.id(), Set.of(vpc.id(), role.id()),
                task.id(), Set.of(cluster.id(), instance.id())));

    assertThat(graph.estimate()).isEqualTo(Duration.ofMinutes(1 + 10 + 2));
  }

  @Test
  void takesNoTimeWithoutSteps() {
    assertThat(StepGraph.EMPTY.estimate()).isZero();
  }

  @Test
  void takesAsLongAsTheLongestOfIndependentSteps() {
    StepGraph graph = new StepGraph(List.of(create("a", 4), create("b", 9)), Map.of());

    assertThat(graph.estimate()).isEqualTo(Duration.ofMinutes(9));
  }

  @Test
  void refusesAStepBeforeWhatItWaitsFor() {
    Step first = create("a", 1);
    Step second = create("b", 1);

    assertThatThrownBy(
            () -> new StepGraph(List.of(first, second), Map.of(first.id(), Set.of(second.id()))))
        .hasMessage("create box.a stands before what it waits for");
  }

  private static Step create(String name, int minutes) {
    return new Step(new Address("box", name), Kind.CREATE, Duration.ofMinutes(minutes));
  }
}
