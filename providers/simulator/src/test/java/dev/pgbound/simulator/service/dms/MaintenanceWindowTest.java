package dev.pgbound.simulator.service.dms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Ids;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaintenanceWindowTest {

  private static final Instant THURSDAY = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void opensNextWeekWhenItHasOpenedThisWeek() {
    MaintenanceWindow window = MaintenanceWindow.parse("thu:08:20-thu:08:50");

    assertThat(window.from(THURSDAY)).isEqualTo(Duration.ofMinutes(500));
    assertThat(window.from(THURSDAY.plus(Duration.ofMinutes(500)))).isEqualTo(Duration.ofDays(7));
    assertThat(MaintenanceWindow.parse("Wed:23:45-thu:00:15").from(THURSDAY))
        .isEqualTo(Duration.ofDays(6).plus(Duration.ofMinutes(1425)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "thu:08:20",
        "thu:08:20-thu:08:49",
        "thu:24:00-fri:01:00",
        "thu:08:60-thu:09:30",
        "day:08:20-day:08:50",
        "thu:08:50-thu:08:20 "
      })
  void refusesWhatIsNoWindow(String text) {
    assertThatThrownBy(() -> MaintenanceWindow.parse(text)).isInstanceOf(Fault.class);
  }

  @Test
  void isChosenWhenNoneIsSent() {
    String chosen = MaintenanceWindow.checked(null, new Ids());

    assertThat(MaintenanceWindow.parse(chosen).from(THURSDAY)).isPositive();
    assertThat(MaintenanceWindow.checked("SUN:06:00-SUN:14:00", new Ids()))
        .isEqualTo("sun:06:00-sun:14:00");
  }
}
