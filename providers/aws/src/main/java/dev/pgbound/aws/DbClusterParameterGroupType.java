package dev.pgbound.aws;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.CreateDbClusterParameterGroupRequest;
import software.amazon.awssdk.services.rds.model.DBClusterParameterGroup;

/** Settings of PostgreSQL for the clusters that name the group. */
final class DbClusterParameterGroupType implements AwsType {

  private static final String NAME = "dbClusterParameterGroupName";
  private static final String PARAMETERS = "parameters";
  private static final ArnKind ARN = new ArnKind("rds", "cluster-pg:");
  private static final String MOVES =
      "The clusters take the new group; its static parameters count after their next restart.";

  private final Aws aws;
  private final ResourceSchema schema =
      AwsSchema.of(
              "db-cluster-parameter-group",
              "Settings of PostgreSQL for the clusters that name the group.",
              CreateDbClusterParameterGroupRequest.class)
          .namedBy(NAME, Normalizers::lowerCase)
          .describe(NAME, "Name of the group; RDS keeps it in lower case.")
          .describe("dbParameterGroupFamily", "Engine and version, as `aurora-postgresql16`.")
          .normalized(Normalizers::lowerCase, "dbParameterGroupFamily")
          .describe("description", "What the group is for.")
          .required("dbParameterGroupFamily", "description")
          .immutable(Impact.NONE, MOVES, NAME, "dbParameterGroupFamily", "description")
          .add(
              Attribute.named(
                      PARAMETERS,
                      Type.map(Type.text()),
                      "Values by parameter name; what is not declared is left alone.")
                  .impact(
                      Impact.NONE,
                      "Dynamic parameters count at once, static ones after the next reboot.")
                  .normalizedBy(DbClusterParameterGroupType::lowerCaseNames))
          .output("arn", "The ARN.")
          .takes(ResourceSchema.Operation.DELETE, Duration.ofSeconds(2), Duration.ofMinutes(5))
          .build();

  DbClusterParameterGroupType(Aws aws) {
    this.aws = aws;
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public Optional<ArnKind> arnKind() {
    return Optional.of(ARN);
  }

  /** Parameters are read only of the groups for which the file declares some. */
  @Override
  public List<Live> discover(Query query, Context context) {
    Set<String> withParameters =
        query.wanted().stream()
            .filter(wanted -> wanted.desired().has(PARAMETERS))
            .flatMap(w -> w.identifier().or(() -> w.desired().text(NAME)).stream())
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return aws.discovery().untagged(query, schema, ARN, aws.tags().rds(), this::describe).stream()
        .map(live -> withParameters.contains(live.identifier()) ? withParameters(live) : live)
        .toList();
  }

  @Override
  public List<Live> lookup(Fields selector, Context context) {
    return Discovery.lookup(
        selector, schema, name -> Discovery.withTags(describe(name), aws.tags().rds()));
  }

  @Override
  public Optional<String> objection(Live live, Context context) {
    return Optional.of(live.identifier())
        .filter(name -> name.startsWith("default."))
        .map(name -> "it is a default of RDS");
  }

  @Override
  public Live create(Fields desired, Context context) {
    Fields request = Tags.forCreation(desired, context).without(PARAMETERS);
    DBClusterParameterGroup created =
        rds().createDBClusterParameterGroup(r -> Shapes.fill(r, request)).dbClusterParameterGroup();
    return write(created.dbClusterParameterGroupName(), desired.fields(PARAMETERS));
  }

  @Override
  public Live update(Live prior, Fields desired, Set<String> changed, Context context) {
    String arn = prior.attributes().text("arn").orElseThrow();
    aws.tags().rds().complete(arn, prior, desired, context);
    Fields parameters = changed.contains(PARAMETERS) ? desired.fields(PARAMETERS) : Fields.NONE;
    return write(prior.identifier(), parameters);
  }

  @Override
  public void delete(Live prior, Optional<Fields> desired, Context context) {
    String name = prior.identifier();
    Removal.retrying(
        context,
        "db-cluster-parameter-group " + name,
        AwsErrors.code("InvalidDBParameterGroupState", "InvalidDBParameterGroupStateFault")
            .and(e -> usersAreGoing(name)),
        () -> rds().deleteDBClusterParameterGroup(r -> r.dbClusterParameterGroupName(name)));
  }

  @Override
  public List<Blocker> blockers(List<Deletion> deletions, Context context) {
    return aws.users()
        .clusters(
            deletions,
            (group, user) -> group.live().identifier().equals(user.dbClusterParameterGroup()));
  }

  /** Sets the parameters that have another value and reads the group again. */
  private Live write(String name, Fields parameters) {
    if (!parameters.fields().isEmpty()) {
      Map<String, Value> different = new TreeMap<>(names(parameters).fields());
      different.values().removeIf(Value.Null.class::isInstance);
      different.entrySet().removeAll(parameters().set(name).fields().entrySet());
      if (!different.isEmpty()) {
        parameters().set(name, new Fields(different));
      }
    }
    return withParameters(Discovery.read(name, schema, aws.tags().rds(), this::describe));
  }

  private Live withParameters(Live live) {
    Fields attributes = live.attributes().with(PARAMETERS, parameters().set(live.identifier()));
    return new Live(live.identifier(), attributes, live.tags(), live.health());
  }

  private List<Live> describe(Optional<String> name) {
    return Absence.asEmpty(
            () ->
                rds()
                    .describeDBClusterParameterGroupsPaginator(
                        r -> name.ifPresent(n -> r.dbClusterParameterGroupName(n)))
                    .stream()
                    .flatMap(page -> page.dbClusterParameterGroups().stream()))
        .stream()
        .map(this::live)
        .toList();
  }

  private Live live(DBClusterParameterGroup group) {
    Fields read = Shapes.read(group).with("arn", group.dbClusterParameterGroupArn());
    return Lives.of(schema, read, Map.of(), Live.Health.READY);
  }

  private boolean usersAreGoing(String name) {
    return rds().describeDBClustersPaginator().dbClusters().stream()
        .filter(cluster -> name.equals(cluster.dbClusterParameterGroup()))
        .allMatch(cluster -> "deleting".equals(cluster.status()));
  }

  private static Value lowerCaseNames(Value parameters) {
    return parameters instanceof Fields fields ? names(fields) : parameters;
  }

  private static Fields names(Fields parameters) {
    Map<String, Value> lower = new TreeMap<>();
    parameters
        .fields()
        .forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), text(value)));
    return new Fields(lower);
  }

  private static Value text(Value value) {
    boolean isScalar = value instanceof Value.Num || value instanceof Value.Bool;
    return isScalar ? Value.of(value.toString()) : value;
  }

  private DbClusterParameters parameters() {
    return new DbClusterParameters(rds());
  }

  private RdsClient rds() {
    return aws.clients().rds();
  }
}
