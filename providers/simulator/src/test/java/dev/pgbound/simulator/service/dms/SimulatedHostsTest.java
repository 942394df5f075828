package dev.pgbound.simulator.service.dms;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.simulator.VirtualTime;
import dev.pgbound.simulator.service.dms.Reachability.ConnectionFailure;
import dev.pgbound.simulator.service.dms.Reachability.Login;
import dev.pgbound.simulator.world.Kind;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.World;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;

class SimulatedHostsTest {

  private static final String WRITER = "hr.cluster-x.us-east-1.rds.amazonaws.com";

  private final World world = new World(new VirtualTime(Instant.EPOCH));
  private final Reachability hosts = new SimulatedHosts(world);

  private ThrowingCallable connect(String type, String host) {
    Endpoint endpoint = Endpoint.builder().endpointType(type).engineName("postgres").build();
    return () -> hosts.connect(endpoint, new Login(host, 5432, "dms", "secret"));
  }

  private void addCluster() {
    DBCluster cluster =
        DBCluster.builder().dbClusterIdentifier("hr").endpoint(WRITER).status("available").build();
    world.table(Kind.regional("test/cluster", DBCluster::builder)).add("hr", "", cluster, Map.of());
  }

  private Stored<DBInstance, DBInstance.Builder> addInstance(String status) {
    DBInstance instance =
        DBInstance.builder()
            .dbInstanceIdentifier("hr-1")
            .dbClusterIdentifier("hr")
            .dbInstanceStatus(status)
            .endpoint(e -> e.address("hr-1.x.us-east-1.rds.amazonaws.com"))
            .build();
    return world
        .table(Kind.regional("test/instance", DBInstance::builder))
        .add("hr-1", "", instance, Map.of());
  }

  @Test
  void believesInEverySource() {
    assertThatCode(connect("SOURCE", "anywhere.example.com")).doesNotThrowAnyException();
  }

  @Test
  void knowsNoTargetOutsideOfTheAccount() {
    assertThatThrownBy(connect("TARGET", "anywhere.example.com"))
        .isInstanceOf(ConnectionFailure.class)
        .hasMessageContaining("anywhere.example.com");
  }

  @Test
  void reachesAClusterOnceAnInstanceOfItServes() {
    addCluster();
    assertThatThrownBy(connect("TARGET", WRITER)).isInstanceOf(ConnectionFailure.class);

    Stored<DBInstance, DBInstance.Builder> instance = addInstance("creating");
    assertThatThrownBy(connect("TARGET", WRITER)).isInstanceOf(ConnectionFailure.class);

    instance.update(builder -> builder.dbInstanceStatus("available"));
    assertThatCode(connect("TARGET", WRITER)).doesNotThrowAnyException();
    assertThatCode(connect("TARGET", "HR-1.x.us-east-1.rds.amazonaws.com"))
        .doesNotThrowAnyException();
  }
}
