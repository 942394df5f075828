package dev.pgbound.aws;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Poll;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Operation;
import dev.pgbound.spi.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.Connection;
import software.amazon.awssdk.services.databasemigration.model.TestConnectionRequest;

/**
 * The proof that a replication instance reaches the database of an endpoint. DMS keeps the result
 * of the last test, and starts a task only after a good one.
 *
 * <p>A result says nothing about an endpoint that has been changed since: this resource runs again
 * whenever the endpoint or the instance changes, and whenever the last test failed. DMS tests a
 * changed endpoint by itself: that test is joined, since a second one would be refused.
 */
final class DmsConnectionTestType implements AwsType {

  private static final String ENDPOINT = "endpointArn";
  private static final String INSTANCE = "replicationInstanceArn";
  private static final String WHAT_TO_CHECK =
      "Check that the database listens on that host and port, that its firewall and the security"
          + " groups admit the replication instance, that user, password and database are right"
          + " (in the secret, too), that a private instance has a way to Secrets Manager, and that"
          + " sslMode fits the server. Then apply again: only the test is repeated.";

  private static final Lifecycle<Connection> LIFECYCLE =
      Lifecycle.of(Connection::status, Set.of("successful"), Set.of("testing"), Set.of("deleting"))
          .explainedBy(DmsConnectionTestType::reason);

  private final Aws aws;
  private final ResourceSchema schema =
      AwsSchema.of(
              "dms-connection-test",
              "The proof that a replication instance reaches the database of an endpoint.",
              TestConnectionRequest.class)
          .describe(ENDPOINT, "The dms-endpoint.")
          .describe(INSTANCE, "The dms-instance.")
          .required(ENDPOINT, INSTANCE)
          .immutable(Impact.NONE, "", ENDPOINT, INSTANCE)
          .output("status", "What came of the last test: `successful`.")
          .output("id", "Endpoint and instance in one text.")
          .identifiedBy("id")
          .ownedByParent()
          .partOf(ENDPOINT, INSTANCE)
          .retriggeredBy(ENDPOINT, INSTANCE)
          .takes(Operation.CREATE, Duration.ofMinutes(1), Duration.ofMinutes(10))
          .takes(Operation.UPDATE, Duration.ofMinutes(1), Duration.ofMinutes(10))
          .takes(Operation.DELETE, Duration.ofSeconds(10), Duration.ofMinutes(10))
          .build();

  DmsConnectionTestType(Aws aws) {
    this.aws = aws;
  }

  /** The last tests of endpoints, on all instances, by one paged call. */
  static List<Connection> describe(DatabaseMigrationClient dms, Collection<String> endpointArns) {
    var filter = DmsObjects.filter("endpoint-arn", endpointArns.toArray(String[]::new));
    return Absence.asEmpty(
        () ->
            dms.describeConnectionsPaginator(r -> r.filters(filter)).stream()
                .flatMap(page -> page.connections().stream()));
  }

  private List<Connection> all() {
    return Absence.asEmpty(
        () ->
            dms().describeConnectionsPaginator().stream()
                .flatMap(page -> page.connections().stream()));
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public Optional<ArnKind> arnKind() {
    return Optional.empty();
  }

  @Override
  public List<Live> discover(Query query, Context context) {
    if (query.scope() == Query.Scope.ACCOUNT) {
      return all().stream().map(connection -> live(connection, Map.of())).toList();
    }
    List<String> endpoints =
        query.wanted().stream()
            .flatMap(wanted -> wanted.desired().text(ENDPOINT).stream())
            .distinct()
            .toList();
    if (endpoints.isEmpty()) {
      return List.of();
    }
    List<Connection> connections = describe(dms(), endpoints);
    List<Live> found = new ArrayList<>();
    for (Query.Wanted wanted : query.wanted()) {
      Map<String, String> owner =
          Map.of(
              Live.MIGRATION_TAG, query.migration(), Live.ADDRESS_TAG, wanted.address().toString());
      connections.stream()
          .filter(connection -> isOf(connection, wanted.desired()))
          .forEach(connection -> found.add(live(connection, owner)));
    }
    return found;
  }

  @Override
  public Live create(Value.Fields desired, Context context) {
    return live(test(desired, context), Map.of());
  }

  @Override
  public Live update(Live prior, Value.Fields desired, Set<String> changed, Context context) {
    return live(test(desired, context), prior.tags());
  }

  @Override
  public void delete(Live prior, Optional<Value.Fields> desired, Context context) {
    Value.Fields ends = prior.attributes().only(List.of(ENDPOINT, INSTANCE));
    Removal.retrying(
        context,
        name(ends),
        AwsErrors.code("InvalidResourceStateFault").and(e -> isTesting(ends)),
        () -> dms().deleteConnection(r -> Shapes.fill(r, ends)));
    context.await(
        name(ends) + " to be deleted",
        () ->
            find(ends)
                .map(connection -> Poll.<String>pending(connection.status()))
                .orElseGet(() -> Poll.done(name(ends))));
  }

  /** Runs a test, or joins the one that is running, and waits for what comes of it. */
  private Connection test(Value.Fields desired, Context context) {
    Value.Fields ends = desired.only(List.of(ENDPOINT, INSTANCE));
    // DMS refuses while the instance is busy, and while somebody else has just begun a test
    context.retrying(
        name(ends) + " to begin",
        Patience.brief(AwsErrors.code("InvalidResourceStateFault")),
        () -> isTesting(ends) || start(ends));
    return context.await(name(ends), () -> result(find(ends)));
  }

  private boolean start(Value.Fields ends) {
    dms().testConnection(r -> Shapes.fill(r, ends));
    return true;
  }

  private static Poll<Connection> result(Optional<Connection> found) {
    if (found.isEmpty()) {
      return Poll.pending("not visible yet");
    }
    Connection connection = found.get();
    Live.Health health = LIFECYCLE.health(connection);
    return switch (health.state()) {
      case READY -> Poll.done(connection);
      case PENDING -> Poll.pending(health.detail());
      case FAILED, GOING -> throw failure(connection, health.detail());
    };
  }

  /** The message of an earlier failure stays behind when a test begins. */
  private static Optional<String> reason(Connection connection) {
    return Optional.ofNullable(connection.lastFailureMessage())
        .filter(message -> connection.status().equals("failed") && !message.isBlank());
  }

  private static ResourceException failure(Connection connection, String detail) {
    return new ResourceException(
        Kind.NOT_STABILIZED,
        "ConnectionTestFailed",
        String.format(
            Locale.ROOT,
            "The instance %s does not reach the database of the endpoint %s (%s). %s",
            connection.replicationInstanceIdentifier(),
            connection.endpointIdentifier(),
            detail.strip(),
            WHAT_TO_CHECK));
  }

  private Optional<Connection> find(Value.Fields ends) {
    return describe(dms(), ends.text(ENDPOINT).stream().toList()).stream()
        .filter(connection -> isOf(connection, ends))
        .findFirst();
  }

  private boolean isTesting(Value.Fields ends) {
    return find(ends).filter(connection -> connection.status().equals("testing")).isPresent();
  }

  private static boolean isOf(Connection connection, Value.Fields ends) {
    return ends.text(ENDPOINT).equals(Optional.of(connection.endpointArn()))
        && ends.text(INSTANCE).equals(Optional.of(connection.replicationInstanceArn()));
  }

  private Live live(Connection connection, Map<String, String> owner) {
    Value.Fields read =
        Shapes.read(connection)
            .with("id", connection.endpointArn() + " " + connection.replicationInstanceArn());
    return Lives.of(schema, read, owner, LIFECYCLE.health(connection));
  }

  private static String name(Value.Fields ends) {
    return String.format(
        Locale.ROOT,
        "the connection test of %s on %s",
        ends.text(ENDPOINT).orElse(""),
        ends.text(INSTANCE).orElse(""));
  }

  private DatabaseMigrationClient dms() {
    return aws.clients().dms();
  }
}
