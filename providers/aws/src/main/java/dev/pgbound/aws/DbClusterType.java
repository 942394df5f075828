package dev.pgbound.aws;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/** An Aurora cluster. RDS changes it only while it is available; all changes are made at once. */
final class DbClusterType implements AwsType {

  private static final String LOGS = "enableCloudwatchLogsExports";
  private static final String MANAGED = "manageMasterUserPassword";
  private static final String PARAMETER_GROUP = "dbClusterParameterGroupName";
  private static final Set<String> BUSY =
      Set.of(
          "backing-up",
          "configuring-enhanced-monitoring",
          "configuring-iam-database-auth",
          "creating",
          "failing-over",
          "maintenance",
          "migrating",
          "modifying",
          "preparing-data-migration",
          "promoting",
          "rebooting",
          "renaming",
          "resetting-master-credentials",
          "scaling-compute",
          "scaling-storage",
          "starting",
          "storage-optimization",
          "update-iam-db-auth",
          "upgrading");

  /** What is off unless somebody switches it on. */
  private static final List<String> OFF =
      List.of(
          MANAGED,
          "storageEncrypted",
          "copyTagsToSnapshot",
          "deletionProtection",
          "enableIAMDatabaseAuthentication",
          "enableHttpEndpoint");

  private static final Lifecycle<DBCluster> LIFECYCLE =
      Lifecycle.of(DBCluster::status, Set.of("available"), BUSY, Set.of("deleting"));

  /** A final snapshot is taken on the way. */
  private static final Lifecycle<DBCluster> DELETION =
      Lifecycle.of(
          DBCluster::status,
          Set.of("available"),
          Set.of(),
          Set.of("backing-up", "deleting", "modifying", "promoting", "scaling-compute"));

  private final Aws aws;
  private final ResourceSchema schema = DbClusterSchema.build();
  private final RdsChange<DBCluster> change =
      new RdsChange<>(
          LIFECYCLE, cluster -> live(cluster).attributes(), DbClusterType::hasPendingChanges);

  DbClusterType(Aws aws) {
    this.aws = aws;
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public Optional<ArnKind> arnKind() {
    return Optional.of(new ArnKind("rds", "cluster:"));
  }

  @Override
  public List<Live> discover(Query query, Context context) {
    return aws.discovery().tagged(query, schema, this::lives);
  }

  @Override
  public List<Live> lookup(Fields selector, Context context) {
    return Discovery.lookup(selector, schema, this::lives);
  }

  /** The password is known to whoever set it, unless RDS keeps it. */
  @Override
  public Fields describe(Live live) {
    Description said =
        Description.of(schema, live)
            .without("preferredBackupWindow", "preferredMaintenanceWindow")
            .unless("port", 5432)
            .unless("backupRetentionPeriod", 1)
            .unless("storageType", "aurora")
            .unless("networkType", "IPV4")
            .unless("engineLifecycleSupport", "open-source-rds-extended-support")
            .unlessText(PARAMETER_GROUP, name -> name.startsWith("default."))
            .unlessText("kmsKeyId", aws.keys()::isOfAws)
            .unlessText("masterUserSecretKmsKeyId", aws.keys()::isOfAws);
    for (String name : OFF) {
      said.unless(name, false);
    }
    return said.has(MANAGED, Value.of(true))
        ? said.fields()
        : said.with("masterUserPassword", Description.secret(live.identifier(), "MASTER_PASSWORD"))
            .fields();
  }

  @Override
  public Live create(Fields desired, Context context) {
    Fields request = Tags.forCreation(desired, context).without(DbClusterSchema.FINAL_SNAPSHOT);
    String name =
        rds().createDBCluster(r -> Shapes.fill(r, request)).dbCluster().dbClusterIdentifier();
    return awaitReady(name, context);
  }

  @Override
  public Live update(Live prior, Fields desired, Set<String> changed, Context context) {
    String name = prior.identifier();
    Fields request = modification(prior, desired, changed);
    if (!request.fields().isEmpty()) {
      awaitReady(name, context);
      context.retrying(
          "db-cluster " + name + " to accept changes",
          Patience.brief(AwsErrors.code("InvalidDBClusterStateFault")),
          () ->
              rds()
                  .modifyDBCluster(
                      r ->
                          Shapes.fill(
                              r.dbClusterIdentifier(name).applyImmediately(true), request)));
      change.await(
          context, "db-cluster " + name, prior.attributes(), changes(changed), () -> find(name));
    }
    String arn = prior.attributes().text("arn").orElseThrow();
    aws.tags().rds().complete(arn, prior, desired, context);
    return awaitReady(name, context);
  }

  @Override
  public void delete(Live prior, Optional<Fields> desired, Context context) {
    String name = prior.identifier();
    Optional<DBCluster> cluster = find(name);
    if (cluster.isEmpty()) {
      return;
    }
    if (Boolean.TRUE.equals(cluster.get().deletionProtection())) {
      throw new ResourceException(
          Kind.CONFLICT,
          "DeletionProtection",
          "db-cluster " + name + ": " + DbClusterBlockers.PROTECTED);
    }
    if (!"deleting".equals(cluster.get().status())) {
      Optional<String> snapshot = desired.flatMap(d -> d.text(DbClusterSchema.FINAL_SNAPSHOT));
      Removal.retrying(
          context,
          "db-cluster " + name,
          AwsErrors.code("InvalidDBClusterStateFault").and(DbClusterType::isBusy),
          () -> deleteNow(name, snapshot));
    }
    DELETION.awaitGone(context, "db-cluster " + name, () -> find(name));
  }

  @Override
  public List<Blocker> blockers(List<Deletion> deletions, Context context) {
    return new DbClusterBlockers(rds(), aws.users()).find(deletions);
  }

  @Override
  public Live settle(Live live, Context context) {
    return awaitReady(live.identifier(), context);
  }

  @Override
  public void check(Declared resource, Problems problems) {
    DbClusterCheck.run(resource.attributes(), problems);
  }

  /** What ModifyDBCluster is told; nothing when only tags or local values changed. */
  private static Fields modification(Live prior, Fields desired, Set<String> changed) {
    Fields request = desired.only(changes(changed));
    if (request.has(LOGS)) {
      request =
          request
              .without(LOGS)
              .with(
                  "cloudwatchLogsExportConfiguration",
                  logs(prior.attributes().texts(LOGS), desired.texts(LOGS)));
    }
    if (request.has(MANAGED) && desired.has("masterUserPassword")) {
      // whoever no longer lets RDS keep the password has to set one
      request = request.with("masterUserPassword", desired.get("masterUserPassword").orElseThrow());
    }
    if (request.has("engineVersion") && isMajorUpgrade(prior, desired)) {
      request = request.with("allowMajorVersionUpgrade", Value.of(true));
      if (desired.has(PARAMETER_GROUP)) {
        request = request.with(PARAMETER_GROUP, desired.get(PARAMETER_GROUP).orElseThrow());
      }
    }
    return request;
  }

  private static Set<String> changes(Set<String> changed) {
    Set<String> changes = new HashSet<>(changed);
    changes.removeAll(Set.of("tags", DbClusterSchema.FINAL_SNAPSHOT));
    return changes;
  }

  private static Fields logs(List<String> present, List<String> wanted) {
    List<String> added = wanted.stream().filter(log -> !present.contains(log)).toList();
    List<String> removed = present.stream().filter(log -> !wanted.contains(log)).toList();
    return Fields.NONE
        .with("enableLogTypes", Value.of(added))
        .with("disableLogTypes", Value.of(removed));
  }

  private static boolean isMajorUpgrade(Live prior, Fields desired) {
    return !major(prior.attributes()).equals(major(desired));
  }

  private static String major(Fields cluster) {
    return cluster.text("engineVersion").orElse("").replaceFirst("\\..*", "");
  }

  private static boolean isBusy(ResourceException e) {
    return e.getMessage().contains("not currently in the available state");
  }

  private static boolean hasPendingChanges(DBCluster cluster) {
    return cluster.pendingModifiedValues() != null
        && !Shapes.read(cluster.pendingModifiedValues()).fields().isEmpty();
  }

  private void deleteNow(String name, Optional<String> snapshot) {
    rds()
        .deleteDBCluster(
            r -> {
              r.dbClusterIdentifier(name).skipFinalSnapshot(snapshot.isEmpty());
              snapshot.ifPresent(r::finalDBSnapshotIdentifier);
            });
  }

  private Live awaitReady(String name, Context context) {
    return live(LIFECYCLE.awaitReady(context, "db-cluster " + name, () -> find(name)));
  }

  private Optional<DBCluster> find(String name) {
    return describe(Optional.of(name)).stream().findFirst();
  }

  private List<Live> lives(Optional<String> name) {
    return describe(name).stream().map(this::live).toList();
  }

  private List<DBCluster> describe(Optional<String> name) {
    return Absence.asEmpty(
        () ->
            rds()
                .describeDBClustersPaginator(r -> name.ifPresent(n -> r.dbClusterIdentifier(n)))
                .stream()
                .flatMap(page -> page.dbClusters().stream()));
  }

  /** Many members are called otherwise in answers than in requests. */
  private Live live(DBCluster cluster) {
    Fields answer = Shapes.read(cluster);
    Fields secret = answer.fields("masterUserSecret");
    List<String> groups =
        cluster.vpcSecurityGroups().stream()
            .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
            .toList();
    Fields read =
        answer
            .with("arn", cluster.dbClusterArn())
            .with("vpcSecurityGroupIds", Value.of(groups))
            .with(LOGS, Value.of(cluster.enabledCloudwatchLogsExports()))
            .with(MANAGED, Value.of(secret.has("secretArn")));
    read = renamed(read, answer, "dbSubnetGroup", "dbSubnetGroupName");
    read = renamed(read, answer, "dbClusterParameterGroup", PARAMETER_GROUP);
    read = renamed(read, answer, "httpEndpointEnabled", "enableHttpEndpoint");
    read =
        renamed(
            read, answer, "iamDatabaseAuthenticationEnabled", "enableIAMDatabaseAuthentication");
    read = renamed(read, secret, "kmsKeyId", "masterUserSecretKmsKeyId");
    read = renamed(read, secret, "secretArn", "masterUserSecretArn");
    if (answer.has("endpoint")) {
      read = read.with("connection", connection(answer, secret));
    }
    return Lives.of(schema, read, Tags.read(cluster.tagList()), LIFECYCLE.health(cluster));
  }

  private static Fields connection(Fields answer, Fields secret) {
    Fields connection =
        Fields.NONE
            .with("host", answer.text("endpoint").orElseThrow())
            .with("port", answer.get("port").orElse(Value.of(5432)))
            .with("database", answer.text("databaseName").orElse("postgres"))
            .with("username", answer.text("masterUsername").orElse(""));
    return renamed(connection, secret, "secretArn", "secretArn");
  }

  private static Fields renamed(Fields read, Fields answer, String member, String attribute) {
    return answer.get(member).map(value -> read.with(attribute, value)).orElse(read);
  }

  private RdsClient rds() {
    return aws.clients().rds();
  }
}
