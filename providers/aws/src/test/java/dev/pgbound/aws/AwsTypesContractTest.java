package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.ResourceType;
import dev.pgbound.testkit.ResourceTypeContract;
import dev.pgbound.testkit.ResourceTypeContract.Case;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every type of the provider, through the whole engine, against the simulated AWS. */
final class AwsTypesContractTest {

  private static List<Case> cases() {
    return Stream.of(NetworkCases.all(), DatabaseCases.all(), DmsCases.all(), OtherCases.all())
        .flatMap(List::stream)
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> keepsTheContract() {
    return cases().stream().flatMap(one -> ResourceTypeContract.tests(one, SimulatedWorld::new));
  }

  @Test
  void everyTypeHasACase() {
    try (SimulatedWorld world = new SimulatedWorld()) {
      assertThat(cases().stream().map(one -> one.subject().type()).collect(inOrder()))
          .isEqualTo(
              world.provider().types().stream()
                  .map(ResourceType::schema)
                  .map(schema -> schema.type())
                  .collect(inOrder()));
    }
  }

  private static Collector<String, ?, TreeSet<String>> inOrder() {
    return Collectors.toCollection(TreeSet::new);
  }
}
