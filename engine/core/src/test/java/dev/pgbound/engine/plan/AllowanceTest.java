package dev.pgbound.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.Impact;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AllowanceTest {

  private static final Address CLUSTER = new Address("db-cluster", "target");
  private static final Address OTHER = new Address("db-cluster", "other");

  @ParameterizedTest
  @ValueSource(strings = {"destroys-data", "reloads-data:dms-task.hr"})
  void readsBackWhatItWrites(String text) {
    assertThat(Allowance.parse(text)).get().hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "interrupts", "none", "DESTROYS-DATA", "destroys-data:", "destroys-data:x"})
  void refusesWhatNeedsNoAllowanceOrNamesNothing(String text) {
    assertThat(Allowance.parse(text)).isEmpty();
  }

  @Test
  void coversTheNamedResourceOnly() {
    assertThat(covers("destroys-data:db-cluster.target", Impact.DESTROYS_DATA, CLUSTER)).isTrue();
    assertThat(covers("destroys-data:db-cluster.target", Impact.DESTROYS_DATA, OTHER)).isFalse();
  }

  @Test
  void coversEveryResourceWithoutAnAddress() {
    assertThat(covers("destroys-data", Impact.DESTROYS_DATA, OTHER)).isTrue();
  }

  @Test
  void coversLesserImpactsButNotWorseOnes() {
    assertThat(covers("destroys-data", Impact.RELOADS_DATA, CLUSTER)).isTrue();
    assertThat(covers("reloads-data", Impact.DESTROYS_DATA, CLUSTER)).isFalse();
  }

  @Test
  void isNotNeededForWhatThePlanIsApprovedFor() {
    assertThat(Allowance.covers(List.of(), Impact.STOPS_REPLICATION, CLUSTER)).isTrue();
    assertThat(Allowance.covers(List.of(), Impact.RELOADS_DATA, CLUSTER)).isFalse();
  }

  private static boolean covers(String given, Impact impact, Address address) {
    return Allowance.covers(List.of(Allowance.parse(given).orElseThrow()), impact, address);
  }
}
