package dev.pgbound.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.simulator.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Vpc;

class StoredTest {

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final World world = new World(time);
  private final Stored<Vpc, Vpc.Builder> stored =
      world
          .table(Kind.regional("test/vpc", Vpc::builder))
          .add("vpc", "", Vpc.builder().state("pending").build(), Map.of());

  @Test
  void comesBackFromAStateThatALaterTransitionEntersAgain() throws InterruptedException {
    stored.after(Duration.ofDays(1), vpc -> vpc.state("available"));
    stored.after(Duration.ofMinutes(2), vpc -> vpc.state("available").cidrBlock("10.0.0.0/16"));
    assertThat(stored.model().stateAsString()).isEqualTo("pending");

    time.sleep(Duration.ofMinutes(2));
    world.begin("us-east-1");

    assertThat(stored.model().stateAsString()).isEqualTo("available");
    assertThat(stored.model().cidrBlock()).isEqualTo("10.0.0.0/16");
  }
}
