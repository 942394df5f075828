package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.World;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.awssdk.services.databasemigration.model.ReplicationEndpointTypeValue;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;

/**
 * Knows the databases of the simulated account by their host names. A target must be one of them; a
 * source may be anywhere, and whoever says where it is, is believed.
 */
final class SimulatedHosts implements Reachability {

  private static final Set<String> NOT_SERVING =
      Set.of("creating", "deleting", "starting", "stopping", "stopped", "failed");

  private final World world;

  /** The databases in {@code world}. */
  SimulatedHosts(World world) {
    this.world = world;
  }

  @Override
  public void connect(Endpoint endpoint, Login login) throws ConnectionFailure {
    boolean isTarget =
        ReplicationEndpointTypeValue.TARGET
            .toString()
            .equalsIgnoreCase(endpoint.endpointTypeAsString());
    if (isTarget && hosts().noneMatch(login.host()::equalsIgnoreCase)) {
      throw new ConnectionFailure(
          "Failed to connect Network error has occurred",
          "RetCode: SQL_ERROR SqlState: 08001 NativeError: 101 Message: [unixODBC]could not"
              + " translate host name \""
              + login.host()
              + "\" to address: Name or service not known");
    }
  }

  /** The host names behind which a database answers now. */
  private Stream<String> hosts() {
    List<DBInstance> serving =
        models(DBInstance.class)
            .filter(instance -> !NOT_SERVING.contains(instance.dbInstanceStatus()))
            .toList();
    Stream<String> clusters =
        models(DBCluster.class)
            .filter(cluster -> serving.stream().anyMatch(instance -> isIn(instance, cluster)))
            .flatMap(cluster -> Stream.of(cluster.endpoint(), cluster.readerEndpoint()));
    Stream<String> instances =
        serving.stream()
            .map(DBInstance::endpoint)
            .filter(Objects::nonNull)
            .map(endpoint -> endpoint.address());
    return Stream.concat(clusters, instances).filter(Objects::nonNull);
  }

  private static boolean isIn(DBInstance instance, DBCluster cluster) {
    return cluster.dbClusterIdentifier().equals(instance.dbClusterIdentifier());
  }

  private <M> Stream<M> models(Class<M> type) {
    return world.visible().stream().map(Stored::model).filter(type::isInstance).map(type::cast);
  }
}
