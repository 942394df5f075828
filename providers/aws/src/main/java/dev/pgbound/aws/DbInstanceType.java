package dev.pgbound.aws;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Operation;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** An instance of an Aurora cluster. The data and the engine version are the cluster's. */
final class DbInstanceType implements AwsType {

  private static final String NAME = "dbInstanceIdentifier";
  private static final String INTERVAL = "monitoringInterval";
  private static final String ROLE = "monitoringRoleArn";
  private static final String INSIGHTS = "enablePerformanceInsights";
  private static final String RETENTION = "performanceInsightsRetentionPeriod";
  private static final Set<Long> INTERVALS = Set.of(0L, 1L, 5L, 10L, 15L, 30L, 60L);
  private static final String RESTARTS = "The instance restarts; the cluster may fail over.";
  private static final String NEW = "A new instance takes the place of this one.";
  private static final Lifecycle<DBInstance> LIFECYCLE =
      Lifecycle.of(
          DBInstance::dbInstanceStatus,
          Set.of("available", "storage-optimization"),
          Set.of(
              "backing-up",
              "configuring-enhanced-monitoring",
              "configuring-iam-database-auth",
              "configuring-log-exports",
              "creating",
              "maintenance",
              "modifying",
              "rebooting",
              "renaming",
              "resetting-master-credentials",
              "starting",
              "upgrading"),
          Set.of("deleting"));
  private static final Lifecycle<DBInstance> DELETION =
      Lifecycle.of(
          DBInstance::dbInstanceStatus,
          LIFECYCLE.ready(),
          Set.of(),
          Set.of("configuring-log-exports", "delete-precheck", "deleting", "modifying"));

  private final Aws aws;
  private final ResourceSchema schema =
      AwsSchema.of(
              "db-instance", "An instance of an Aurora cluster.", CreateDbInstanceRequest.class)
          .only(
              NAME,
              "engine",
              "dbInstanceClass",
              "dbClusterIdentifier",
              "availabilityZone",
              "publiclyAccessible",
              "promotionTier",
              "dbParameterGroupName",
              "caCertificateIdentifier",
              "autoMinorVersionUpgrade",
              "preferredMaintenanceWindow",
              INTERVAL,
              ROLE,
              INSIGHTS,
              "performanceInsightsKMSKeyId",
              RETENTION)
          .namedBy(NAME, Normalizers::lowerCase)
          .describe(NAME, "Name of the instance; RDS keeps it in lower case.")
          .describe("engine", "`aurora-postgresql`; the version is the cluster's.")
          .describe("dbClusterIdentifier", "The cluster.")
          .describe("publiclyAccessible", "Whether the instance has a public address.")
          .describe(INTERVAL, "Seconds between two samples of enhanced monitoring; 0 for none.")
          .describe(ROLE, "The role under which RDS writes enhanced monitoring.")
          .required("engine", "dbInstanceClass", "dbClusterIdentifier")
          .normalized(Normalizers::lowerCase, "engine", "dbClusterIdentifier")
          .normalized(Normalizers::lowerCase, "dbParameterGroupName", "preferredMaintenanceWindow")
          .normalized(Normalizers::kmsKey, "performanceInsightsKMSKeyId")
          .immutable(Impact.INTERRUPTS, NEW, "engine", "dbClusterIdentifier", "availabilityZone")
          .inPlace(Impact.INTERRUPTS, RESTARTS, "dbInstanceClass", "caCertificateIdentifier")
          .inPlace(
              Impact.NONE,
              "Static parameters of the new group count after the next restart of the instance.",
              "dbParameterGroupName")
          .inPlace(
              Impact.INTERRUPTS,
              "The address of the instance changes; connections may be lost.",
              "publiclyAccessible")
          .inPlace(Impact.NONE, "", "promotionTier", "autoMinorVersionUpgrade")
          .inPlace(Impact.NONE, "", "preferredMaintenanceWindow", INTERVAL, ROLE, INSIGHTS)
          .inPlace(Impact.NONE, "", "performanceInsightsKMSKeyId", RETENTION)
          .output("endpoint", "Host name of the instance.")
          .output("vpcId", "The VPC that it stands in.")
          .alsoNamedBy("endpoint")
          .partOf("dbClusterIdentifier")
          .output("arn", "The ARN.")
          .deletion(Impact.INTERRUPTS, "Connections to the instance are lost.")
          .takes(Operation.CREATE, Duration.ofMinutes(8), Duration.ofMinutes(90))
          .takes(Operation.UPDATE, Duration.ofMinutes(5), Duration.ofMinutes(90))
          .takes(Operation.DELETE, Duration.ofMinutes(5), Duration.ofMinutes(90))
          .build();
  private final RdsChange<DBInstance> change =
      new RdsChange<>(
          LIFECYCLE, instance -> live(instance).attributes(), DbInstanceType::hasPendingChanges);

  DbInstanceType(Aws aws) {
    this.aws = aws;
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public Optional<ArnKind> arnKind() {
    return Optional.of(new ArnKind("rds", "db:"));
  }

  @Override
  public List<Live> discover(Query query, Context context) {
    return aws.discovery().tagged(query, schema, this::lives);
  }

  @Override
  public List<Live> lookup(Fields selector, Context context) {
    return Discovery.lookup(selector, schema, this::lives);
  }

  @Override
  public Fields describe(Live live) {
    Description said =
        Description.of(schema, live)
            .without("availabilityZone", "preferredMaintenanceWindow")
            .unless("publiclyAccessible", false)
            .unless("promotionTier", 1)
            .unlessText("dbParameterGroupName", name -> name.startsWith("default."))
            .unless("caCertificateIdentifier", "rds-ca-rsa2048-g1")
            .unless("autoMinorVersionUpgrade", true)
            .unless(INTERVAL, 0)
            .unlessText("performanceInsightsKMSKeyId", aws.keys()::isOfAws)
            .unless(RETENTION, 7);
    return live.attributes().flag(INSIGHTS).orElse(false)
        ? said.fields()
        : said.without(INSIGHTS, RETENTION).fields();
  }

  @Override
  public Live create(Fields desired, Context context) {
    Fields request = Tags.forCreation(desired, context);
    DBInstance created =
        context
            .retrying(
                "the monitoring role to become visible to RDS",
                roleIsComing(),
                () -> rds().createDBInstance(r -> Shapes.fill(r, request)))
            .dbInstance();
    return awaitReady(created.dbInstanceIdentifier(), context);
  }

  @Override
  public Live update(Live prior, Fields desired, Set<String> changed, Context context) {
    String name = prior.identifier();
    Set<String> changes = new HashSet<>(changed);
    changes.remove("tags");
    if (!changes.isEmpty()) {
      awaitReady(name, context);
      Fields request = desired.only(together(changes));
      context.retrying(
          "db-instance " + name + " to accept changes",
          roleIsComing().or(Patience.brief(AwsErrors.code("InvalidDBInstanceState"))),
          () ->
              rds()
                  .modifyDBInstance(
                      r ->
                          Shapes.fill(
                              r.dbInstanceIdentifier(name).applyImmediately(true), request)));
      change.await(context, "db-instance " + name, prior.attributes(), changes, () -> find(name));
    }
    String arn = prior.attributes().text("arn").orElseThrow();
    aws.tags().rds().complete(arn, prior, desired, context);
    return awaitReady(name, context);
  }

  @Override
  public void delete(Live prior, Optional<Fields> desired, Context context) {
    String name = prior.identifier();
    Optional<DBInstance> instance = find(name);
    if (instance.filter(i -> !"deleting".equals(i.dbInstanceStatus())).isPresent()) {
      Removal.retrying(
          context,
          "db-instance " + name,
          AwsErrors.code("InvalidDBInstanceState", "InvalidDBClusterStateFault")
              .and(e -> e.getMessage().contains("available")),
          () -> rds().deleteDBInstance(r -> r.dbInstanceIdentifier(name).skipFinalSnapshot(true)));
    }
    DELETION.awaitGone(context, "db-instance " + name, () -> find(name));
  }

  @Override
  public Live settle(Live live, Context context) {
    return awaitReady(live.identifier(), context);
  }

  @Override
  public void check(Declared resource, Problems problems) {
    Fields instance = resource.attributes();
    instance
        .number(INTERVAL)
        .ifPresent(
            interval -> {
              if (!INTERVALS.contains(interval.longValue())) {
                RdsFinding.MONITORING_INTERVAL.report(problems, INTERVAL);
              } else if (interval.signum() != 0 && !instance.has(ROLE)) {
                RdsFinding.MONITORING_WITHOUT_ROLE.report(problems, INTERVAL);
              }
            });
    boolean insightsOff =
        !instance.has(INSIGHTS) || instance.flag(INSIGHTS).filter(on -> !on).isPresent();
    if (instance.has(RETENTION) && insightsOff) {
      RdsFinding.RETENTION_WITHOUT_INSIGHTS.report(problems, RETENTION);
    }
    if (instance.flag("publiclyAccessible").orElse(false)) {
      RdsFinding.PUBLIC.report(problems, "publiclyAccessible");
    }
  }

  /** What changed, and what RDS wants to be told beside it. */
  private static Set<String> together(Set<String> changes) {
    Set<String> together = new HashSet<>(changes);
    if (changes.contains(INTERVAL) || changes.contains(ROLE)) {
      together.addAll(Set.of(INTERVAL, ROLE));
    }
    if (changes.contains(RETENTION) || changes.contains("performanceInsightsKMSKeyId")) {
      together.add(INSIGHTS);
    }
    return together;
  }

  /** A role takes a while from IAM to RDS. */
  private static Predicate<ResourceException> roleIsComing() {
    return Patience.brief(
        e ->
            e.code().equals("InvalidParameterValue")
                && e.getMessage().contains("IAM role ARN value is invalid"));
  }

  private static boolean hasPendingChanges(DBInstance instance) {
    return instance.pendingModifiedValues() != null
        && !Shapes.read(instance.pendingModifiedValues()).fields().isEmpty();
  }

  private Live awaitReady(String name, Context context) {
    return live(LIFECYCLE.awaitReady(context, "db-instance " + name, () -> find(name)));
  }

  private Optional<DBInstance> find(String name) {
    return describe(Optional.of(name)).stream().findFirst();
  }

  private List<Live> lives(Optional<String> name) {
    return describe(name).stream().map(this::live).toList();
  }

  private List<DBInstance> describe(Optional<String> name) {
    return Absence.asEmpty(
        () ->
            rds()
                .describeDBInstancesPaginator(r -> name.ifPresent(n -> r.dbInstanceIdentifier(n)))
                .stream()
                .flatMap(page -> page.dbInstances().stream()));
  }

  /** Some members are called otherwise in answers than in requests. */
  private Live live(DBInstance instance) {
    Fields answer = Shapes.read(instance);
    Fields read = answer.without("endpoint").with("arn", instance.dbInstanceArn());
    if (instance.endpoint() != null && instance.endpoint().address() != null) {
      read = read.with("endpoint", instance.endpoint().address());
    }
    if (instance.dbSubnetGroup() != null && instance.dbSubnetGroup().vpcId() != null) {
      read = read.with("vpcId", instance.dbSubnetGroup().vpcId());
    }
    if (instance.performanceInsightsEnabled() != null) {
      read = read.with(INSIGHTS, Value.of(instance.performanceInsightsEnabled().booleanValue()));
    }
    if (!instance.dbParameterGroups().isEmpty()) {
      read =
          read.with(
              "dbParameterGroupName", instance.dbParameterGroups().get(0).dbParameterGroupName());
    }
    return Lives.of(schema, read, Tags.read(instance.tagList()), LIFECYCLE.health(instance));
  }

  private RdsClient rds() {
    return aws.clients().rds();
  }
}
