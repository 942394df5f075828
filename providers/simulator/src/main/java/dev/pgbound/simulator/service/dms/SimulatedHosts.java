package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.postgres.AuroraServers;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.World;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.awssdk.services.databasemigration.model.ReplicationEndpointTypeValue;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;

/**
 * Knows the databases of the simulated account by their host names. A target must be one of them; a
 * source may be anywhere, and whoever says where it is, is believed. Where real servers stand
 * behind the host names, whoever connects has to log in there.
 */
public final class SimulatedHosts implements Reachability {

  private static final Set<String> NOT_SERVING =
      Set.of("creating", "deleting", "starting", "stopping", "stopped", "failed");

  private final World world;
  private @Nullable AuroraServers servers;

  /** The databases in {@code world}. */
  public SimulatedHosts(World world) {
    this.world = world;
  }

  /** From now on a target is a database of {@code newServers}. */
  public void logInTo(AuroraServers newServers) {
    servers = newServers;
  }

  @Override
  public void connect(Endpoint endpoint, Login login) throws ConnectionFailure {
    boolean isTarget =
        ReplicationEndpointTypeValue.TARGET
            .toString()
            .equalsIgnoreCase(endpoint.endpointTypeAsString());
    if (!isTarget) {
      return;
    }
    if (hosts().noneMatch(login.host()::equalsIgnoreCase)) {
      throw failure(
          "08001",
          "could not translate host name \""
              + login.host()
              + "\" to address: Name or service not known");
    }
    if (servers != null) {
      logIn(servers, endpoint, login);
    }
  }

  private static void logIn(AuroraServers servers, Endpoint endpoint, Login login)
      throws ConnectionFailure {
    try {
      open(servers, endpoint, login).close();
    } catch (SQLException e) {
      throw failure(e.getSQLState(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw failure("08001", String.valueOf(e.getMessage()));
    }
  }

  /**
   * A connection to the real database behind an endpoint.
   *
   * @throws SQLException when the database turns the login down
   * @throws IOException when no database answers there
   */
  Connection open(Endpoint endpoint, Login login) throws SQLException, IOException {
    if (servers == null) {
      throw new IOException("No databases are served");
    }
    return open(servers, endpoint, login);
  }

  private static Connection open(AuroraServers servers, Endpoint endpoint, Login login)
      throws SQLException, IOException {
    OptionalInt port = servers.port(login.host());
    if (port.isEmpty()) {
      throw new IOException("could not connect to server: Connection refused");
    }
    Properties properties = new Properties();
    properties.setProperty("user", login.user());
    properties.setProperty("password", login.password());
    properties.setProperty("sslmode", "disable");
    String url =
        String.format(
            Locale.ROOT,
            "jdbc:postgresql://127.0.0.1:%d/%s",
            port.getAsInt(),
            URLEncoder.encode(endpoint.databaseName(), StandardCharsets.UTF_8));
    return DriverManager.getConnection(url, properties);
  }

  private static ConnectionFailure failure(@Nullable String state, String message) {
    return new ConnectionFailure(
        "Failed to connect Network error has occurred",
        String.format(
            Locale.ROOT,
            "RetCode: SQL_ERROR SqlState: %s NativeError: 101 Message: [unixODBC]%s",
            state == null ? "08001" : state,
            message));
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
