package dev.pgbound.aws;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Pausable;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Operation;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import dev.pgbound.tables.TableRules;
import java.time.Duration;
import software.amazon.awssdk.services.databasemigration.model.CreateReplicationConfigRequest;

/** The attributes of a serverless replication. */
final class DmsServerlessSchema {

  static final String NAME = "replicationConfigIdentifier";
  static final String TYPE = "replicationType";
  static final String SETTINGS = "replicationSettings";
  static final String COMPUTE = "computeConfig";

  private static final String UNITS = "1, 2, 4, 8, 16, 32, 64, 128, 192, 256 or 384; 2 GB each";
  private static final String ANEW =
      "DMS cannot change it: the replication is made anew, which loses the CDC position and begins"
          + " with a full load.";
  private static final String AT_REST =
      "DMS changes it only before the first start and after a failure; nothing runs then.";

  private DmsServerlessSchema() {}

  static ResourceSchema build() {
    return withImpacts(withTypes(described())).build();
  }

  private static AwsSchema described() {
    return AwsSchema.of(
            "dms-serverless",
            "A serverless replication: copies selected tables without an instance of its own.",
            CreateReplicationConfigRequest.class)
        .namedBy(NAME, Normalizers::lowerCase)
        .describe(NAME, "Name of the replication; DMS keeps it in lower case.")
        .describe("sourceEndpointArn", "The dms-endpoint to read from.")
        .describe("targetEndpointArn", "The dms-endpoint to write to.")
        .describe(TYPE, "Whether existing rows are loaded, changes replicated, or both.")
        .describe("supplementalSettings", "Further settings, as the documentation of DMS has them.")
        .describe("resourceIdentifier", "Last part of the ARN; AWS chooses it if not said.")
        .describe(COMPUTE, "How much capacity it may take, and where.")
        .describe(COMPUTE + ".maxCapacityUnits", "Most capacity: " + UNITS + ".")
        .describe(COMPUTE + ".minCapacityUnits", "Least capacity: " + UNITS + ".")
        .describe(COMPUTE + ".multiAZ", "Whether a standby in another zone takes over.")
        .describe(COMPUTE + ".availabilityZone", "Zone of a replication without standby.")
        .describe(COMPUTE + ".replicationSubnetGroupId", "The dms-subnet-group it is placed in.")
        .describe(COMPUTE + ".vpcSecurityGroupIds", "Its security groups.")
        .describe(COMPUTE + ".preferredMaintenanceWindow", "When AWS works on it.")
        .describe(COMPUTE + ".dnsNameServers", "Up to four own name servers, with commas.")
        .describe(COMPUTE + ".kmsKeyId", "KMS key, by id or ARN, for what it stores.")
        .output("arn", "The ARN.")
        .output("status", "The status of the replication, in the words of DMS.")
        .output("stopReason", "Why it stopped last.")
        .output("lastFailureMessage", "What went wrong last.")
        .output("recoveryCheckpoint", "Where it would go on.");
  }

  private static AwsSchema withTypes(AwsSchema built) {
    return built
        .add(
            Attribute.named(
                Pausable.RUN,
                Type.words(Pausable.RUNNING, Pausable.STOPPED),
                "Whether it is to run; a full load that has finished satisfies both."))
        .add(
            Attribute.named(
                Pausable.RELOAD,
                Type.text(Remembered.PATTERN, "letters, digits, spaces and . _ : / + @ = -"),
                "Any text, such as a date; another one has all tables loaded again."))
        .type(
            Type.text(
                "(?=.{1,255}$)[A-Za-z](-?[A-Za-z0-9])*",
                "up to 255 letters, digits and single hyphens, a letter first"),
            NAME)
        .required("sourceEndpointArn", "targetEndpointArn", TYPE, COMPUTE, TableRules.ATTRIBUTE)
        .required(COMPUTE + ".maxCapacityUnits")
        .type(Type.integer(1, 384), COMPUTE + ".maxCapacityUnits", COMPUTE + ".minCapacityUnits")
        .set(COMPUTE + ".vpcSecurityGroupIds")
        .normalized(Normalizers::lowerCase, COMPUTE + ".replicationSubnetGroupId")
        .normalized(Normalizers::lowerCase, COMPUTE + ".preferredMaintenanceWindow")
        .normalized(Normalizers::kmsKey, COMPUTE + ".kmsKeyId")
        .type(Type.any(), "supplementalSettings")
        .normalized(Normalizers::json, "supplementalSettings")
        .holds("sourceEndpointArn", "targetEndpointArn", COMPUTE)
        .change(TableRules.ATTRIBUTE, TableRules::refine)
        .change(SETTINGS, TaskSettings::refine);
  }

  private static AwsSchema withImpacts(AwsSchema built) {
    return built
        .immutable(Impact.RELOADS_DATA, ANEW, NAME, "resourceIdentifier")
        .inPlace(Impact.NONE, AT_REST, "sourceEndpointArn", "targetEndpointArn", TYPE, COMPUTE)
        .inPlace(Impact.NONE, AT_REST, TableRules.ATTRIBUTE, SETTINGS, "supplementalSettings")
        .inPlace(Impact.STOPS_REPLICATION, "Replication stops at a checkpoint.", Pausable.RUN)
        .change(
            Pausable.RUN,
            run ->
                run.impactOf(
                    Value.of(Pausable.RUNNING),
                    Impact.NONE,
                    "Replication begins, or goes on at its checkpoint."))
        .inPlace(
            Impact.RELOADS_DATA,
            "All tables are prepared as TargetTablePrepMode says and loaded again.",
            Pausable.RELOAD)
        .deletion(
            Impact.RELOADS_DATA,
            "The CDC position is lost; a replication that takes its place begins with a full load.")
        .takes(Operation.CREATE, Duration.ofSeconds(5), Duration.ofMinutes(10))
        .takes(Operation.UPDATE, Duration.ofMinutes(1), Duration.ofMinutes(30))
        .takes(Operation.DELETE, Duration.ofMinutes(5), Duration.ofMinutes(60));
  }
}
