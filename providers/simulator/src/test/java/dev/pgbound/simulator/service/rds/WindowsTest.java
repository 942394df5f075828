package dev.pgbound.simulator.service.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.simulator.wire.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowsTest {

  @Test
  void picksWindowsThatDoNotOverlap() {
    IntStream.range(0, 500)
        .mapToObj(seed -> "cluster-" + seed)
        .forEach(
            seed -> {
              String backup = Windows.backup(null, seed);
              String maintenance = Windows.maintenance(null, backup, seed);
              assertThat(Windows.backup(backup, "")).isEqualTo(backup);
              assertThat(Windows.maintenance(maintenance, backup, "")).isEqualTo(maintenance);
            });
  }

  @Test
  void seesWindowsOverlapAroundMidnight() {
    assertThatThrownBy(() -> Windows.maintenance("sun:23:50-mon:00:20", "00:10-00:40", ""))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("overlap");
    assertThatThrownBy(() -> Windows.maintenance("mon:00:10-mon:00:40", "23:50-00:20", ""))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("overlap");
    assertThat(Windows.maintenance("mon:00:20-mon:00:50", "23:50-00:20", "")).isNotEmpty();
  }

  @Test
  void countsTheTimeUntilAWindowBegins() {
    Instant thursdayNoon = Instant.parse("2026-01-01T12:00:00Z");

    assertThat(Windows.untilBegin("thu:13:00-thu:13:30", thursdayNoon))
        .isEqualTo(Duration.ofHours(1));
    assertThat(Windows.untilBegin("thu:12:00-thu:12:30", thursdayNoon))
        .isEqualTo(Duration.ofDays(7));
    assertThat(Windows.untilBegin("mon:00:00-mon:00:30", thursdayNoon))
        .isEqualTo(Duration.ofDays(3).plusHours(12));
  }
}
