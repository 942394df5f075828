package dev.pgbound.simulator.service.rds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.World;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DBCluster;

class DatabasesTest {

  private static final String ARN = "arn:aws:rds:us-east-1:123456789012:cluster:db";

  private final World world = new World(() -> Instant.parse("2026-01-01T00:00:00Z"));
  private final Databases databases = new Databases(world);
  private final Stored<DBCluster, DBCluster.Builder> cluster =
      databases.clusters().add("db", ARN, DBCluster.builder().build(), Map.of());

  @Test
  void knowsThePasswordThatWasGiven() {
    cluster.hide(MasterUser.PASSWORD, "given");

    assertThat(databases.masterUserPassword("db")).hasValue("given");
    assertThat(databases.masterUserPassword("other")).isEmpty();
  }

  @Test
  void knowsThePasswordThatRdsKeeps() {
    MasterUser user = new MasterUser(world);
    cluster.update(c -> c.masterUserSecret(user.createSecret(ARN, "postgres", null)));

    assertThat(databases.masterUserPassword("db")).get().asString().hasSizeGreaterThan(20);
  }
}
