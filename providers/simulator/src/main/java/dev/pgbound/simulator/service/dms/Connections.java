package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.service.dms.Reachability.ConnectionFailure;
import dev.pgbound.simulator.world.Stored;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.databasemigration.model.Connection;
import software.amazon.awssdk.services.databasemigration.model.DeleteConnectionRequest;
import software.amazon.awssdk.services.databasemigration.model.DeleteConnectionResponse;
import software.amazon.awssdk.services.databasemigration.model.DescribeConnectionsRequest;
import software.amazon.awssdk.services.databasemigration.model.DescribeConnectionsResponse;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.awssdk.services.databasemigration.model.ReplicationInstance;
import software.amazon.awssdk.services.databasemigration.model.TestConnectionRequest;
import software.amazon.awssdk.services.databasemigration.model.TestConnectionResponse;

/** Connection tests: the last one of each instance and endpoint is kept. */
final class Connections {

  static final String SUCCESSFUL = "successful";
  static final String TESTING = "testing";

  private static final String FAILED = "failed";
  private static final String DELETING = "deleting";

  private static final Duration UNTIL_TESTED = Duration.ofSeconds(20);
  private static final Duration UNTIL_GONE = Duration.ofSeconds(5);

  private final DmsStore store;
  private final Logins logins;
  private final Reachability reachability;

  Connections(DmsStore store, Logins logins, Reachability reachability) {
    this.store = store;
    this.logins = logins;
    this.reachability = reachability;
  }

  void register(Operations operations) {
    operations
        .on("TestConnection", TestConnectionRequest::builder, this::test)
        .on("DescribeConnections", DescribeConnectionsRequest::builder, this::describe)
        .on("DeleteConnection", DeleteConnectionRequest::builder, this::delete);
  }

  /** Tests anew the connections that an endpoint has. */
  void retest(Stored<Endpoint, Endpoint.Builder> endpoint) {
    of(endpoint.arn()).stream()
        .filter(connection -> !connection.model().status().equals(DELETING))
        .forEach(connection -> begin(connection, endpoint));
  }

  /** Forgets the connections of an endpoint once it is gone. */
  void removeAfter(Duration delay, Stored<Endpoint, Endpoint.Builder> endpoint) {
    of(endpoint.arn()).forEach(connection -> connection.removeAfter(delay));
  }

  /** Refuses to go on without a successful test from the instance to the endpoint. */
  void requireSuccess(String instanceArn, String endpointArn) {
    boolean isSuccessful =
        store
            .connections()
            .find(key(instanceArn, endpointArn))
            .map(connection -> connection.model().status().equals(SUCCESSFUL))
            .orElse(false);
    if (!isSuccessful) {
      throw Refusals.invalidState(
          "Test connection for replication instance %s and endpoint %s should be successful for"
              + " starting the replication task",
          instance(instanceArn), endpoint(endpointArn));
    }
  }

  private TestConnectionResponse test(TestConnectionRequest request) {
    Stored<ReplicationInstance, ReplicationInstance.Builder> instance =
        store.instances().get(request.replicationInstanceArn(), "ReplicationInstanceArn");
    Stored<Endpoint, Endpoint.Builder> endpoint =
        store.endpoints().get(request.endpointArn(), "EndpointArn");
    Instances.requireAvailable(instance.model());
    Endpoints.requireUsable(endpoint.model());
    Stored<Connection, Connection.Builder> connection = connection(instance.arn(), endpoint.arn());
    if (TESTING.equals(connection.model().status())) {
      throw Refusals.invalidState(
          "Connection between replication instance %s and endpoint %s is already being tested",
          instance(instance.arn()), endpoint(endpoint.arn()));
    }
    begin(connection, endpoint);
    return TestConnectionResponse.builder().connection(view(connection)).build();
  }

  private Stored<Connection, Connection.Builder> connection(String instance, String endpoint) {
    String key = key(instance, endpoint);
    Connection untested =
        Connection.builder().replicationInstanceArn(instance).endpointArn(endpoint).build();
    return store
        .connections()
        .find(key)
        .orElseGet(() -> store.connections().add(key, "", untested, List.of()));
  }

  private void begin(
      Stored<Connection, Connection.Builder> connection,
      Stored<Endpoint, Endpoint.Builder> endpoint) {
    connection.cancel();
    connection.update(builder -> builder.status(TESTING).lastFailureMessage(null));
    String failure = failure(endpoint);
    connection.after(
        UNTIL_TESTED,
        builder ->
            builder.status(failure == null ? SUCCESSFUL : FAILED).lastFailureMessage(failure));
  }

  /** Why nobody can connect to an endpoint now; null when one can. */
  @Nullable String failure(Stored<Endpoint, Endpoint.Builder> endpoint) {
    if (!EndpointEngine.named(endpoint.model().engineName()).isDatabase()) {
      return null;
    }
    try {
      reachability.connect(endpoint.model(), logins.of(endpoint));
      return null;
    } catch (ConnectionFailure e) {
      return e.text();
    }
  }

  private DescribeConnectionsResponse describe(DescribeConnectionsRequest request) {
    Page<Connection> page =
        store
            .connections()
            .describe(
                new PageRequest(request.filters(), request.maxRecords(), request.marker()),
                this::view);
    return DescribeConnectionsResponse.builder()
        .connections(page.items())
        .marker(page.next())
        .build();
  }

  private DeleteConnectionResponse delete(DeleteConnectionRequest request) {
    String instance = Refusals.required(request.replicationInstanceArn(), "ReplicationInstanceArn");
    Stored<Connection, Connection.Builder> connection =
        store.connections().get(key(instance, request.endpointArn()), "EndpointArn");
    if (TESTING.equals(connection.model().status())) {
      throw Refusals.invalidState("A connection that is being tested cannot be deleted");
    }
    connection.update(builder -> builder.status(DELETING));
    connection.removeAfter(UNTIL_GONE);
    return DeleteConnectionResponse.builder().connection(view(connection)).build();
  }

  private List<Stored<Connection, Connection.Builder>> of(String endpointArn) {
    return store.connections().where(c -> c.endpointArn().equals(endpointArn)).toList();
  }

  /** Both ends may have been renamed since the test. */
  private Connection view(Stored<Connection, Connection.Builder> connection) {
    Connection model = connection.view();
    return model.copy(
        builder ->
            builder
                .replicationInstanceIdentifier(instance(model.replicationInstanceArn()))
                .endpointIdentifier(endpoint(model.endpointArn())));
  }

  private String instance(String arn) {
    return store
        .instances()
        .get(arn, "ReplicationInstanceArn")
        .model()
        .replicationInstanceIdentifier();
  }

  private String endpoint(String arn) {
    return store.endpoints().get(arn, "EndpointArn").model().endpointIdentifier();
  }

  private static String key(String instance, String endpoint) {
    return instance + " " + endpoint;
  }
}
