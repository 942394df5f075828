package dev.pgbound.aws;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Operation;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.CreateEndpointRequest;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;

/**
 * How DMS reaches a database, and how it treats it: every setting that the API has for Oracle and
 * for PostgreSQL.
 *
 * <p>Only what is declared is sent. {@code ModifyEndpoint} merges it with what is there, so that a
 * setting that leaves the file stays on the endpoint as it is: it is no longer managed. A setting
 * that is declared as {@code null} is taken off, for which {@code ModifyEndpoint} has to be told
 * all settings that stay ({@code ExactSettings}).
 *
 * <p>DMS never returns passwords, so that a new one behind the same reference is noticed by nobody.
 * It is sent along with every other change. A secret has a version, which pgbound keeps in a tag: a
 * new one is shown, has the connection tested, and running tasks take it when they are resumed.
 */
final class DmsEndpointType implements AwsType {

  private static final String NAME = "endpointIdentifier";
  private static final Remembered SECRET = Remembered.SECRET_VERSION;
  private static final ArnKind ARN = new ArnKind("dms", "endpoint:");
  private static final String ECA = "extraConnectionAttributes";
  private static final String STAND_STILL =
      "Tasks that use the endpoint stand still while it changes.";
  private static final String NEW_ENDPOINT =
      "A new endpoint takes its place, and every task that uses it is made anew.";

  private static final Lifecycle<Endpoint> LIFECYCLE =
      Lifecycle.of(
          Endpoint::status,
          Set.of("active"),
          Set.of("creating", "modifying", "testing"),
          Set.of("deleting"));

  private final Aws aws;
  private final DmsObjects<Endpoint> objects;
  private final ResourceSchema schema = schemaBuilder().build();

  DmsEndpointType(Aws aws) {
    this.aws = aws;
    objects =
        new DmsObjects<>(
            aws,
            schema,
            ARN,
            "endpoint-id",
            filters ->
                dms().describeEndpointsPaginator(r -> r.filters(filters)).stream()
                    .flatMap(page -> page.endpoints().stream()));
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public Optional<ArnKind> arnKind() {
    return Optional.of(ARN);
  }

  @Override
  public List<Live> discover(Query query, Context context) {
    return objects.discover(query, this::live);
  }

  @Override
  public List<Live> lookup(Value.Fields selector, Context context) {
    return objects.lookup(selector, this::live);
  }

  @Override
  public Value.Fields describe(Live live) {
    Description said =
        Description.of(schema, live)
            .unless("sslMode", "none")
            .unlessText("kmsKeyId", aws.keys()::isOfAws)
            .unlessText("resourceIdentifier", DmsObjects::isChosenByAws);
    return DmsEndpointAnswer.described(said, live);
  }

  /**
   * Where host and port stand in a secret, which nobody reads, the database leads to the cluster:
   * the only one that has a database of this name.
   */
  @Override
  public List<Implied> worksWith(Declared object, Collection<Declared> all) {
    Optional<String> database = object.attributes().text("databaseName");
    List<Declared> clusters =
        all.stream()
            .filter(other -> other.address().type().equals("db-cluster"))
            .filter(cluster -> database.isPresent())
            .filter(cluster -> cluster.attributes().text("databaseName").equals(database))
            .toList();
    boolean isHidden =
        !object.attributes().has("serverName")
            && !object.attributes().text("engineName").equals(Optional.of("oracle"));
    return clusters.size() == 1 && isHidden
        ? List.of(new Implied(clusters.get(0).address(), "it has the database of the endpoint"))
        : List.of();
  }

  @Override
  public Live create(Value.Fields desired, Context context) {
    Value.Fields request =
        objects.creation(SECRET.tagged(desired), context).without(SECRET.attribute);
    String name =
        withSecret(desired, context, () -> dms().createEndpoint(r -> Shapes.fill(r, request)))
            .endpoint()
            .endpointIdentifier();
    return awaitReady(name, context);
  }

  @Override
  public Live update(Live prior, Value.Fields desired, Set<String> changed, Context context) {
    Set<String> members = new TreeSet<>(changed);
    members.removeAll(List.of("tags", SECRET.attribute));
    if (!members.isEmpty()) {
      members.addAll(List.of("engineName", "password"));
      modify(prior, exact(prior, desired.only(members)), context);
    }
    Value.Fields tagged = SECRET.tagged(desired);
    aws.tags().dms().complete(DmsObjects.arn(prior), prior, tagged, context);
    return awaitReady(prior.identifier(), context);
  }

  /** Which version DMS has read last is not told; the present one as far as anybody knows. */
  @Override
  public Live assuming(Live live, Value.Fields desired) {
    return live.attributes().has(SECRET.attribute)
        ? live
        : Lives.withMoreTags(live, SECRET.tag(desired));
  }

  @Override
  public List<Blocker> blockers(List<Deletion> deletions, Context context) {
    List<Blocker> blockers =
        new ArrayList<>(
            aws.users()
                .tasks(
                    deletions,
                    (endpoint, task) ->
                        isOneOf(endpoint, task.sourceEndpointArn(), task.targetEndpointArn())));
    blockers.addAll(
        aws.users()
            .serverless(
                deletions,
                (endpoint, config) ->
                    isOneOf(endpoint, config.sourceEndpointArn(), config.targetEndpointArn())));
    return blockers;
  }

  private static boolean isOneOf(Deletion endpoint, String... arns) {
    return List.of(arns).contains(DmsObjects.arn(endpoint.live()));
  }

  @Override
  public void delete(Live prior, Optional<Value.Fields> desired, Context context) {
    String name = "dms-endpoint " + prior.identifier();
    String arn = DmsObjects.arn(prior);
    Removal.retrying(
        context,
        name,
        Patience.brief(
            AwsErrors.code("InvalidResourceStateFault")
                .and(e -> DmsObjects.tasksAreGoing(dms(), "endpoint-arn", arn))),
        () -> dms().deleteEndpoint(r -> r.endpointArn(arn)));
    LIFECYCLE.awaitGone(context, name, () -> objects.find(prior.identifier()));
  }

  @Override
  public Live settle(Live live, Context context) {
    return awaitReady(live.identifier(), context);
  }

  @Override
  public void check(Declared resource, Problems problems) {
    DmsEndpointCheck.run(resource.attributes(), problems);
  }

  private static AwsSchema schemaBuilder() {
    AwsSchema built =
        AwsSchema.of(
            "dms-endpoint",
            "How DMS reaches a database, and how it treats it.",
            CreateEndpointRequest.class);
    List<String> otherEngines =
        built.attributes().stream()
            .map(Attribute::name)
            .filter(name -> name.endsWith("Settings"))
            .filter(name -> !name.equals(DmsEndpointSettings.ORACLE))
            .filter(name -> !name.equals(DmsEndpointSettings.POSTGRESQL))
            .toList();
    built
        .without(otherEngines.toArray(String[]::new))
        .without("serviceAccessRoleArn", "externalTableDefinition");
    built.attributes().stream()
        .filter(attribute -> attribute.impact().isEmpty())
        .forEach(
            attribute -> built.inPlace(Impact.STOPS_REPLICATION, STAND_STILL, attribute.name()));
    return DmsEndpointSettings.describe(withFacts(built));
  }

  private static AwsSchema withFacts(AwsSchema built) {
    return built
        .namedBy(NAME, Normalizers::lowerCase)
        .describe(NAME, "Name of the endpoint; DMS keeps it in lower case.")
        .type(
            Type.text(
                "(?=.{1,255}$)[A-Za-z](-?[A-Za-z0-9])*",
                "letters, digits and single hyphens, a letter first"),
            NAME)
        .describe("endpointType", "Whether DMS reads from the database or writes into it.")
        .describe("engineName", "The kind of database.")
        .type(Type.words("oracle", "aurora-postgresql", "postgres"), "engineName")
        .required("endpointType", "engineName")
        .describe("serverName", "Host of the database; not beside a secret.")
        .describe("port", "Port of the database; not beside a secret.")
        .type(Type.integer(1, 65535), "port")
        .describe("username", "User name; not beside a secret.")
        .describe("password", "Password; not beside a secret. A new one alone is not noticed.")
        .sensitive("password")
        .writeOnly("password")
        .describe("databaseName", "The database; for Oracle the SID or service name.")
        .describe("sslMode", "How the connection is encrypted; not at all if not said.")
        .holds("certificateArn")
        .describe("certificateArn", "The dms-certificate that the server's is checked against.")
        .describe(ECA, "Settings the API has no member for: `key=value;key=value`.")
        .normalized(ConnectionAttributes::normalize, ECA)
        .describe(DmsEndpointSettings.ORACLE, "Settings of an Oracle endpoint.")
        .describe(DmsEndpointSettings.POSTGRESQL, "Settings of a PostgreSQL endpoint.")
        .describe("kmsKeyId", "KMS key, by id or ARN, that encrypts the password.")
        .describe("resourceIdentifier", "Last part of the ARN; AWS chooses it if not said.")
        .normalized(Normalizers::lowerCase, "endpointType", "engineName")
        .normalized(Normalizers::kmsKey, "kmsKeyId")
        .immutable(Impact.STOPS_REPLICATION, NEW_ENDPOINT, NAME, "endpointType", "engineName")
        .immutable(Impact.STOPS_REPLICATION, NEW_ENDPOINT, "kmsKeyId", "resourceIdentifier")
        .add(
            Attribute.named(
                    SECRET.attribute,
                    Type.text(Remembered.PATTERN, "the id of a version"),
                    "Version of the secret, as `${secret.NAME.versionId}`: a rotation is noticed.")
                .impact(
                    Impact.STOPS_REPLICATION,
                    "Tasks stop, the connection is tested with the new secret, and they go on."))
        .output("arn", "The ARN.")
        .naming("serverName", "db-cluster", "db-instance")
        .naming("secretsManagerSecretId", "secret", "db-cluster")
        .naming("secretsManagerOracleAsmSecretId", "secret")
        .takes(Operation.CREATE, Duration.ofSeconds(10), Duration.ofMinutes(10))
        .takes(Operation.UPDATE, Duration.ofMinutes(1), Duration.ofMinutes(10))
        .takes(Operation.DELETE, Duration.ofSeconds(20), Duration.ofMinutes(10));
  }

  /** With all settings that stay where one is to go; unchanged where none is. */
  private Value.Fields exact(Live prior, Value.Fields change) {
    for (String name : List.of(DmsEndpointSettings.ORACLE, DmsEndpointSettings.POSTGRESQL)) {
      Map<String, Value> declared = change.fields(name).fields();
      if (declared.values().stream().anyMatch(Value.Null.class::isInstance)) {
        Map<String, Value> settings = new LinkedHashMap<>(settings(prior.identifier(), name));
        settings.putAll(declared);
        settings.values().removeIf(Value.Null.class::isInstance);
        return change.with(name, new Value.Fields(settings)).with("exactSettings", Value.of(true));
      }
    }
    return change;
  }

  /** The settings as DMS has them now, the values that only pgbound declares left out. */
  private Map<String, Value> settings(String endpoint, String name) {
    return objects
        .find(endpoint)
        .map(found -> Shapes.read(found).fields(name).fields())
        .orElse(Map.of());
  }

  /**
   * DMS refuses a change while it tests a connection of the endpoint. It also begins a test by
   * itself after a change; the resource for that test joins it.
   */
  private void modify(Live prior, Value.Fields members, Context context) {
    context.retrying(
        "dms-endpoint " + prior.identifier() + " to take the change",
        AwsErrors.code("InvalidResourceStateFault").and(e -> isTested(DmsObjects.arn(prior))),
        () ->
            withSecret(
                members,
                context,
                () ->
                    dms()
                        .modifyEndpoint(
                            r -> Shapes.fill(r.endpointArn(DmsObjects.arn(prior)), members))));
  }

  private boolean isTested(String arn) {
    return DmsConnectionTestType.describe(dms(), List.of(arn)).stream()
        .anyMatch(connection -> connection.status().equals("testing"));
  }

  private static <T> T withSecret(Value.Fields members, Context context, Supplier<T> call) {
    Optional<String> role =
        Stream.of(DmsEndpointSettings.ORACLE, DmsEndpointSettings.POSTGRESQL)
            .flatMap(
                settings -> members.fields(settings).text("secretsManagerAccessRoleArn").stream())
            .findFirst();
    return role.isPresent() ? DmsRoles.awaitSecretsRole(context, role.get(), call) : call.get();
  }

  private Live awaitReady(String name, Context context) {
    LIFECYCLE.awaitReady(context, "dms-endpoint " + name, () -> objects.find(name));
    return objects.read(name, this::live);
  }

  private Live live(Endpoint endpoint) {
    Value.Fields read =
        DmsEndpointAnswer.complete(Shapes.read(endpoint), schema)
            .with("resourceIdentifier", DmsObjects.lastPart(endpoint.endpointArn()))
            .with("arn", endpoint.endpointArn());
    return Lives.of(schema, read, Map.of(), LIFECYCLE.health(endpoint));
  }

  private DatabaseMigrationClient dms() {
    return aws.clients().dms();
  }
}
