package dev.pgbound.simulator.postgres;

import java.util.List;
import java.util.Optional;

/**
 * What PostgreSQL has to know of a simulated Aurora cluster.
 *
 * @param resourceId tells a cluster from an earlier one of the same name
 * @param hosts the host names of the cluster and of its instances
 * @param isServing whether an instance answers behind them
 * @param masterPassword empty while the cluster has none yet
 * @param database the database that the cluster begins with; empty for none of its own
 */
public record AuroraCluster(
    String identifier,
    String resourceId,
    List<String> hosts,
    boolean isServing,
    String masterUser,
    Optional<String> masterPassword,
    Optional<String> database) {

  public AuroraCluster {
    hosts = List.copyOf(hosts);
  }
}
