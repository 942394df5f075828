package dev.pgbound.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.apply.Outcome;
import dev.pgbound.engine.apply.Outcome.Status;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.Step;
import dev.pgbound.spi.ResourceException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every graph and every failure. */
@Timeout(60)
final class RandomGraphTest {

  static IntStream seeds() {
    return IntStream.range(0, 50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void respectsOrderAndBoundSkipsWhatItMustAndConvergesAfterwards(int seed) {
    Random random = new Random(seed);
    Lab lab = new Lab();
    int nodes = 2 + random.nextInt(14);
    String[] file = graph(random, nodes);
    for (int i = 0; i < nodes; i++) {
      lab.world.slow("create network.n" + i, random.nextInt(4));
      if (random.nextInt(5) == 0) {
        FakeFault fault = FakeFault.once(Kind.CONFLICT, "Not now.");
        lab.world.fail(
            "create network.n" + i, random.nextBoolean() ? fault : fault.afterTheEffect());
      }
    }
    int bound = 1 + random.nextInt(4);
    lab.bench.sideBySide(bound);

    Plan plan = lab.plan(file);
    ApplyResult result = lab.bench.apply(plan);

    assertThat(lab.world.mostAtOnce()).isLessThanOrEqualTo(bound);
    assertOrderAndSkips(plan, result, lab.world.takeCalls());
    IntStream.range(0, nodes).forEach(i -> lab.world.repair("create network.n" + i));
    lab.converge(file);
    lab.bench.applyFully(lab.bench.planDestroy(Lab.file(file)));
    assertThat(lab.world.addresses()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void convergesFromAnyGraphToAnyOther(int seed) {
    Random random = new Random(seed);
    Lab lab = new Lab();
    lab.given(graph(random, 2 + random.nextInt(8)));

    // The world refuses to delete what is still in use: a wrong order cannot pass.
    lab.converge(graph(random, 2 + random.nextInt(8)));
  }

  /** Every resource may refer to those before it. */
  private static String[] graph(Random random, int nodes) {
    List<String> file = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      String uses =
          IntStream.range(0, i)
              .filter(j -> random.nextInt(3) == 0)
              .mapToObj(j -> String.format(Locale.ROOT, "'${network.n%d}'", j))
              .collect(Collectors.joining(", "));
      file.add(
          String.format(
              Locale.ROOT, "network.n%d: {size: %d, uses: [%s]}", i, 1 + random.nextInt(3), uses));
    }
    return file.toArray(String[]::new);
  }

  private static void assertOrderAndSkips(Plan plan, ApplyResult result, List<String> calls) {
    Map<String, Outcome> outcomes =
        result.outcomes().entrySet().stream()
            .collect(Collectors.toMap(entry -> entry.getKey().id(), Map.Entry::getValue));
    for (Step step : plan.steps().steps()) {
      List<String> before = List.copyOf(plan.steps().before(step.id()));
      boolean allWell =
          before.stream()
              .map(outcomes::get)
              .allMatch(outcome -> outcome != null && outcome.isSuccess());
      Status status = java.util.Objects.requireNonNull(outcomes.get(step.id())).status();
      assertThat(status == Status.SKIPPED).as("%s is skipped", step).isEqualTo(!allWell);
      assertThat(calls.contains(step.id())).as("%s was called", step).isEqualTo(allWell);
      if (allWell) {
        assertThat(calls.subList(0, calls.indexOf(step.id()))).containsAll(before);
      }
    }
  }
}
