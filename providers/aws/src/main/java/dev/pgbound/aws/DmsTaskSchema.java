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
import software.amazon.awssdk.services.databasemigration.model.CreateReplicationTaskRequest;

/** The attributes of a replication task. */
final class DmsTaskSchema {

  private static final String NAME = "replicationTaskIdentifier";
  private static final String INSTANCE = "replicationInstanceArn";
  private static final String START_TIME = "cdcStartTime";
  private static final String START = "cdcStartPosition";
  private static final String STOP = "cdcStopPosition";

  private static final String ANEW =
      "DMS cannot change it: the task is made anew, which loses the CDC position and begins with a"
          + " full load.";
  private static final String TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}";

  private DmsTaskSchema() {}

  static ResourceSchema build() {
    return withImpacts(withTypes(described())).build();
  }

  private static AwsSchema described() {
    return AwsSchema.of(
            "dms-task",
            "A replication task: copies selected tables from one endpoint to another.",
            CreateReplicationTaskRequest.class)
        .without("taskData")
        .namedBy(NAME, Normalizers::lowerCase)
        .describe(NAME, "Name of the task; DMS keeps it in lower case.")
        .describe("migrationType", "Whether existing rows are loaded, changes replicated, or both.")
        .describe("sourceEndpointArn", "The dms-endpoint to read from.")
        .describe("targetEndpointArn", "The dms-endpoint to write to.")
        .describe(INSTANCE, "The dms-instance that does the work.")
        .describe(START_TIME, "When changes begin to count, such as `2025-03-08T12:12:12Z`.")
        .describe(START, "Where changes begin to count: an SCN, a time or a checkpoint.")
        .describe(STOP, "Where to stop, such as `commit_time:2025-03-08T12:12:12`.")
        .describe("resourceIdentifier", "Last part of the ARN; AWS chooses it if not said.")
        .output("arn", "The ARN.")
        .output("resourceId", "The last part of the ARN, by which CloudWatch knows the task.")
        .output("status", "The status of the task, in the words of DMS.")
        .output("stopReason", "Why it stopped last.")
        .output("lastFailureMessage", "What went wrong last.")
        .output("recoveryCheckpoint", "Where it would go on.")
        .alsoNamedBy("resourceId")
        .partOf(INSTANCE);
  }

  private static AwsSchema withTypes(AwsSchema built) {
    return built
        .add(
            Attribute.named(
                Pausable.RUN,
                Type.words(Pausable.RUNNING, Pausable.STOPPED),
                "Whether the task is to run; a full load that has finished satisfies both."))
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
        .type(Type.text(TIME + "(\\.[0-9]+)?Z", "a time such as 2025-03-08T12:12:12Z"), START_TIME)
        .type(
            Type.text(
                "(server|commit)_time: ?" + TIME + "Z?",
                "server_time: or commit_time: and a time such as 2025-03-08T12:12:12"),
            STOP)
        // DMS returns where the task has got to, not where it was told to start
        .writeOnly(START_TIME, START)
        .holds(INSTANCE)
        .change(TableRules.ATTRIBUTE, TableRules::refine)
        .change(TaskSettings.ATTRIBUTE, TaskSettings::refine);
  }

  private static AwsSchema withImpacts(AwsSchema built) {
    return built
        .immutable(Impact.RELOADS_DATA, ANEW, NAME, "migrationType", "resourceIdentifier")
        .immutable(Impact.RELOADS_DATA, ANEW, "sourceEndpointArn", "targetEndpointArn")
        .immutable(Impact.RELOADS_DATA, ANEW, START_TIME, START)
        .inPlace(
            Impact.STOPS_REPLICATION,
            "The task stops, moves to the other instance and goes on at its checkpoint.",
            INSTANCE)
        .inPlace(
            Impact.STOPS_REPLICATION,
            "The task stops, takes the new position and goes on at its checkpoint.",
            STOP)
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
            "The CDC position is lost; a task that takes its place begins with a full load.")
        .takes(Operation.CREATE, Duration.ofMinutes(3), Duration.ofMinutes(30))
        .takes(Operation.UPDATE, Duration.ofMinutes(2), Duration.ofMinutes(30))
        .takes(Operation.DELETE, Duration.ofMinutes(5), Duration.ofMinutes(30));
  }
}
