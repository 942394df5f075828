package dev.pgbound.engine.sections;

import dev.pgbound.engine.config.Pointer;
import dev.pgbound.spi.Value;
import java.util.List;

/** {@code target}: the Aurora PostgreSQL cluster, its instances, and the secret of its DMS user. */
final class TargetSection {

  static final String NAME = "target";

  /** The name of the resource for the user of DMS. */
  static final String DMS_ROLE = "dms";

  private static final int PORT = 5432;

  private final Sheet sheet;
  private final Section aurora;

  private TargetSection(Sheet sheet, Section aurora) {
    this.sheet = sheet;
    this.aurora = aurora;
  }

  static void expand(Sheet sheet) {
    sheet
        .section(NAME)
        .ifPresent(
            section -> new TargetSection(sheet, section.section("aurora-postgresql")).expand());
  }

  private void expand() {
    if (sheet.section(NetworkSection.NAME).isEmpty()) {
      sheet.needs(NAME, NetworkSection.NAME, aurora.pointer());
      return;
    }
    Draft cluster = cluster();
    instances(cluster);
    if (sheet.section(ReplicationSection.NAME).isPresent()) {
      endpoint(cluster);
    }
  }

  private Draft cluster() {
    Draft subnets =
        sheet
            .add("db-subnet-group", "main", aurora.pointer())
            .set("dbSubnetGroupDescription", "Aurora of " + sheet.migration())
            .set("subnetIds", NetworkSection.subnets(sheet));
    Draft cluster =
        sheet
            .add("db-cluster", "target", aurora.pointer())
            .set("engine", "aurora-postgresql")
            .take("engineVersion", aurora, "version")
            .take("databaseName", aurora, "database")
            .set("port", PORT)
            .set("masterUsername", aurora.text("masterUsername").orElse("dbadmin"))
            // The password then exists in Secrets Manager only, and rotates there.
            .set("manageMasterUserPassword", true)
            .set("dbSubnetGroupName", subnets.ref())
            .set("vpcSecurityGroupIds", List.of("${security-group.main}"))
            .set("dbClusterParameterGroupName", parameters().ref())
            .set("storageEncrypted", true)
            .set("copyTagsToSnapshot", true)
            .set("backupRetentionPeriod", 7)
            .set("preferredBackupWindow", "03:00-04:00")
            .set("preferredMaintenanceWindow", "sun:04:00-sun:05:00");
    return cluster
        .take("backupRetentionPeriod", aurora, "backupRetention")
        .take("preferredBackupWindow", aurora, "backupWindow")
        .take("preferredMaintenanceWindow", aurora, "maintenanceWindow")
        .take("deletionProtection", aurora, "deletionProtection")
        .take("finalDBSnapshotIdentifier", aurora, "finalSnapshot");
  }

  private Draft parameters() {
    String version = aurora.text("version").orElse("");
    String major = version.contains(".") ? version.substring(0, version.indexOf('.')) : version;
    Value chosen =
        Merge.deep(Json.fields("rds.force_ssl", "1"), aurora.fields().fields("parameters"));
    Pointer place = aurora.has("parameters") ? aurora.place("parameters") : aurora.pointer();
    return sheet
        .add("db-cluster-parameter-group", "target", place)
        // A new major version needs a new group beside the old one, so under a name of its own.
        .set(
            "dbClusterParameterGroupName",
            Value.of(sheet.migration() + "-target-" + major),
            aurora.place("version"))
        .set(
            "dbParameterGroupFamily",
            Value.of("aurora-postgresql" + major),
            aurora.place("version"))
        .set("description", "Aurora of " + sheet.migration())
        .set("parameters", chosen, place);
  }

  private void instances(Draft cluster) {
    Draft monitoring = null;
    long interval = aurora.number("monitoring").map(Number::longValue).orElse(60L);
    if (interval > 0) {
      monitoring =
          sheet
              .add("iam-role", "monitoring", aurora.pointer())
              .set("assumeRolePolicyDocument", Json.trust("monitoring.rds.amazonaws.com"))
              .set(
                  "managedPolicyArns",
                  List.of("arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"));
    }
    List<Value> classes = aurora.fields().items("instances");
    for (int i = 0; i < classes.size(); i++) {
      Draft instance =
          sheet
              .add("db-instance", "target-" + (i + 1), aurora.place("instances").item(i))
              .set("engine", "aurora-postgresql")
              .set("dbInstanceClass", classes.get(i), aurora.place("instances").item(i))
              .set("dbClusterIdentifier", cluster.ref())
              .set("publiclyAccessible", false)
              .set("enablePerformanceInsights", aurora.flag("performanceInsights", true));
      if (aurora.flag("performanceInsights", true)) {
        instance.set("performanceInsightsRetentionPeriod", 7);
      }
      if (monitoring != null) {
        instance.set("monitoringInterval", interval).set("monitoringRoleArn", monitoring.ref());
      }
    }
  }

  /** DMS has a user of its own: the master's secret holds no host and rotates under its feet. */
  private void endpoint(Draft cluster) {
    Draft secret =
        sheet
            .add("secret", "target", aurora.pointer())
            .set("description", "The user of DMS in the target of " + sheet.migration())
            .set(
                "values",
                Json.fields(
                    "username",
                    aurora.text("dmsUsername").orElse("dms"),
                    "host",
                    cluster.ref("endpoint"),
                    "port",
                    PORT))
            .set("generated", List.of("password"));
    Value settings =
        Merge.deep(
            Json.fields(
                "secretsManagerSecretId",
                secret.ref(),
                "secretsManagerAccessRoleArn",
                "${iam-role.secrets.arn}",
                // Foreign keys and triggers must not fire while rows arrive table by table.
                "afterConnectScript",
                "SET session_replication_role='replica'"),
            aurora.fields().fields("settings"));
    Draft endpoint =
        sheet
            .add("dms-endpoint", "target", aurora.pointer())
            .set("endpointType", "target")
            .set("engineName", "aurora-postgresql")
            .take("databaseName", aurora, "database")
            .set("sslMode", "require")
            .set("secretVersion", secret.ref("versionId"))
            .set(
                "postgreSQLSettings",
                settings,
                aurora.has("settings") ? aurora.place("settings") : aurora.pointer());
    Draft test = ReplicationSection.connectionTest(sheet, endpoint, aurora.pointer());
    instances(sheet).forEach(test::dependsOn);
    if (aurora.flag("manageDmsUser", true)) {
      user(cluster, secret).forEach(test::dependsOn);
    }
  }

  /** Who uses the database comes after these: the cluster answers only through an instance. */
  static List<Draft> instances(Sheet sheet) {
    return sheet.drafts().values().stream()
        .filter(draft -> draft.address().type().equals("db-instance"))
        .toList();
  }

  /** The user of DMS in the database, and what it needs there whatever it loads. */
  private List<Draft> user(Draft cluster, Draft secret) {
    String connection = cluster.ref("connection");
    Draft role =
        sheet
            .add("postgres-role", DMS_ROLE, aurora.pointer())
            .set("name", aurora.text("dmsUsername").orElse("dms"))
            .set("connection", connection)
            .set("login", true)
            .set("passwordSecretArn", secret.ref())
            // In RDS only its members may switch off triggers and foreign keys for a session.
            .set("memberOf", List.of("rds_superuser"));
    instances(sheet).forEach(role::dependsOn);
    Draft database =
        sheet
            .add("postgres-grant", "dms-database", aurora.pointer())
            .set("connection", connection)
            .set("role", role.ref())
            .set("on", "database")
            .set("privileges", List.of("CONNECT", "CREATE", "TEMPORARY"));
    // DMS keeps its control tables there.
    Draft control =
        sheet
            .add("postgres-grant", "dms-public", aurora.pointer())
            .set("connection", connection)
            .set("role", role.ref())
            .set("on", "schema")
            .set("schema", "public")
            .set("privileges", List.of("USAGE", "CREATE"));
    return List.of(role, database, control);
  }
}
