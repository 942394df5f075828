package dev.pgbound.aws;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Operation;
import dev.pgbound.spi.Type;
import java.time.Duration;
import software.amazon.awssdk.services.rds.model.CreateDbClusterRequest;

/** The attributes of an Aurora cluster and what changing them means. */
final class DbClusterSchema {

  static final String NAME = "dbClusterIdentifier";
  static final String FINAL_SNAPSHOT = "finalDBSnapshotIdentifier";

  private static final Type CONNECTION =
      Type.object(
          Attribute.named("host", Type.text(), "Host name of the writer."),
          Attribute.named("port", Type.integer(), "Port of the writer."),
          Attribute.named("database", Type.text(), "The database that the cluster began with."),
          Attribute.named("username", Type.text(), "The master user."),
          Attribute.named(
              "secretArn", Type.text(), "The secret with the password, if RDS has one."));

  private static final String LOSES = "A new, empty cluster takes the place of this one.";
  private static final String RESTARTS = "The database restarts; connections are lost.";
  private static final String UPGRADES = "The database is upgraded and restarts.";

  private DbClusterSchema() {}

  static ResourceSchema build() {
    return inPlace(described(members()))
        .output("endpoint", "Host name of the writer.")
        .output("readerEndpoint", "Host name of the readers.")
        .output("arn", "The ARN.")
        .output("dbClusterResourceId", "The identifier that survives renaming.")
        .output("masterUserSecretArn", "The secret in which RDS keeps the master password.")
        .alsoNamedBy("endpoint", "readerEndpoint", "masterUserSecretArn")
        .output("connection", CONNECTION, "How the master user gets into the database.")
        .deletion(Impact.DESTROYS_DATA, "All data of the target is deleted.")
        .takes(Operation.CREATE, Duration.ofMinutes(6), Duration.ofHours(2))
        .takes(Operation.UPDATE, Duration.ofMinutes(3), Duration.ofHours(2))
        .takes(Operation.DELETE, Duration.ofMinutes(5), Duration.ofHours(2))
        .build();
  }

  private static AwsSchema members() {
    return AwsSchema.of(
            "db-cluster",
            "An Aurora cluster: storage, endpoints and settings of its instances.",
            CreateDbClusterRequest.class)
        .only(
            NAME,
            "engine",
            "engineVersion",
            "databaseName",
            "port",
            "masterUsername",
            "manageMasterUserPassword",
            "masterUserPassword",
            "masterUserSecretKmsKeyId",
            "dbSubnetGroupName",
            "vpcSecurityGroupIds",
            "dbClusterParameterGroupName",
            "storageEncrypted",
            "kmsKeyId",
            "storageType",
            "copyTagsToSnapshot",
            "backupRetentionPeriod",
            "preferredBackupWindow",
            "preferredMaintenanceWindow",
            "deletionProtection",
            "enableIAMDatabaseAuthentication",
            "enableCloudwatchLogsExports",
            "enableHttpEndpoint",
            "networkType",
            "serverlessV2ScalingConfiguration",
            "engineLifecycleSupport")
        .namedBy(NAME, Normalizers::lowerCase)
        .add(
            Attribute.named(
                    FINAL_SNAPSHOT,
                    Type.text(),
                    "Snapshot that a deletion takes first; none if not declared.")
                .with(Flag.WRITE_ONLY)
                .impact(Impact.NONE, ""));
  }

  private static AwsSchema described(AwsSchema schema) {
    return schema
        .describe(NAME, "Name of the cluster; RDS keeps it in lower case.")
        .describe("engine", "`aurora-postgresql`.")
        .describe("engineVersion", "As exact as wanted: `16` and `16.4` are content with 16.6.")
        .describe("databaseName", "The database that the cluster begins with.")
        .describe("masterUsername", "The administrator, who is no superuser.")
        .describe("manageMasterUserPassword", "Whether RDS makes, keeps and rotates the password.")
        .describe("masterUserPassword", "The password, if RDS does not make it.")
        .describe("dbClusterParameterGroupName", "The settings of PostgreSQL.")
        .describe("deletionProtection", "Whether RDS refuses to delete the cluster.")
        .describe(
            "engineLifecycleSupport", "Whether the version may outlive its support, for money.")
        .required("engine")
        .sensitive("masterUserPassword")
        .writeOnly("masterUserPassword")
        .set("vpcSecurityGroupIds", "enableCloudwatchLogsExports")
        .holds("vpcSecurityGroupIds", "dbClusterParameterGroupName")
        .type(Type.integer(1150, 65535), "port")
        .normalized(Normalizers::lowerCase, "engine", "dbSubnetGroupName")
        .normalized(Normalizers::lowerCase, "dbClusterParameterGroupName")
        .normalized(Normalizers::lowerCase, "preferredBackupWindow", "preferredMaintenanceWindow")
        .normalized(Normalizers::kmsKey, "kmsKeyId", "masterUserSecretKmsKeyId")
        .satisfiedBy(Versions::satisfies, "engineVersion");
  }

  private static AwsSchema inPlace(AwsSchema schema) {
    return schema
        .immutable(Impact.DESTROYS_DATA, LOSES, "engine", "databaseName", "masterUsername")
        .immutable(Impact.DESTROYS_DATA, LOSES, "dbSubnetGroupName", "storageEncrypted")
        .immutable(Impact.DESTROYS_DATA, LOSES, "kmsKeyId", "engineLifecycleSupport")
        .inPlace(Impact.INTERRUPTS, UPGRADES, "engineVersion")
        .inPlace(Impact.INTERRUPTS, RESTARTS, "port", "networkType")
        .inPlace(
            Impact.NONE,
            "Static parameters of the new group count after the next restart of the instances.",
            "dbClusterParameterGroupName")
        .inPlace(
            Impact.INTERRUPTS,
            "Who is not let in by the new groups loses the connection.",
            "vpcSecurityGroupIds")
        .inPlace(
            Impact.INTERRUPTS,
            "The password changes; who logs in as the master user needs the new one.",
            "manageMasterUserPassword",
            "masterUserPassword")
        .inPlace(
            Impact.NONE,
            "The capacity changes while the database works; what PostgreSQL derives from its maximum"
                + " changes with the next restart.",
            "serverlessV2ScalingConfiguration")
        .inPlace(Impact.NONE, "", "masterUserSecretKmsKeyId", "storageType", "copyTagsToSnapshot")
        .inPlace(Impact.NONE, "", "backupRetentionPeriod", "preferredBackupWindow")
        .inPlace(Impact.NONE, "", "preferredMaintenanceWindow", "deletionProtection")
        .inPlace(Impact.NONE, "", "enableIAMDatabaseAuthentication")
        .inPlace(Impact.NONE, "", "enableCloudwatchLogsExports", "enableHttpEndpoint");
  }
}
