package dev.pgbound.aws;

import static dev.pgbound.aws.TaskDocuments.json;
import static dev.pgbound.aws.TaskDocuments.merged;

import dev.pgbound.spi.Live;
import dev.pgbound.spi.Pausable;
import dev.pgbound.spi.Value.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The task {@code hr} against canned answers. */
final class TaskFixture implements AutoCloseable {

  static final String ARN = "arn:aws:dms:eu-central-1:123456789012:task:TASK1";
  static final String FINISHED = "\"StopReason\":\"Stop Reason FULL_LOAD_ONLY_FINISHED\"";

  private static final String MAPPING =
      """
      {"rules": [{"rule-type": "selection", "rule-action": "include",
        "object-locator": {"schema-name": "HR", "table-name": "%"}}]}
      """;

  static final Fields DESIRED =
      json("""
              {"replicationTaskIdentifier": "HR", "migrationType": "full-load-and-cdc",
               "sourceEndpointArn": "arn:source", "targetEndpointArn": "arn:target",
               "replicationInstanceArn": "arn:instance", "run": "running",
               "replicationTaskSettings": {"BeforeImageSettings": null,
                 "Logging": {"CloudWatchLogGroup": "g", "EnableLogging": true},
                 "TargetMetadata": {"LobMaxSize": 64}}}
              """)
          .with("tableMappings", json(MAPPING));

  final TypeFixture fixture = new TypeFixture("dms-task");
  final CannedAws aws = fixture.aws;
  final DmsTaskType type = (DmsTaskType) fixture.type;
  final Pausable pausable = type;
  final TestContext context = TestContext.step("dms-task.hr");

  /** Has AWS accept this call. */
  TaskFixture accept(String... operations) {
    for (String operation : operations) {
      aws.answer(operation, "{\"ReplicationTask\":" + described("modifying", "") + "}");
    }
    return this;
  }

  /** Has AWS refuse the next call as DMS does in a wrong state. */
  TaskFixture refuse(String operation, String message) {
    aws.refuseJson(operation, "InvalidResourceStateFault", message);
    return this;
  }

  /** What describe calls answer, one after another; the last is given again and again. */
  TaskFixture looks(String... statuses) {
    for (String status : statuses) {
      look(status, "");
    }
    return this;
  }

  /** As {@link #looks}, with more members. */
  TaskFixture look(String status, String more) {
    aws.answer(
        "DescribeReplicationTasks", "{\"ReplicationTasks\":[" + described(status, more) + "]}");
    return this;
  }

  TaskFixture ground(String instance, String connections) {
    aws.answer(
        "DescribeReplicationInstances",
        String.format(
            Locale.ROOT,
            "{\"ReplicationInstances\":[{\"ReplicationInstanceStatus\":\"%s\"}]}",
            instance));
    String connection =
        "{\"EndpointArn\":\"%s\",\"ReplicationInstanceArn\":\"arn:instance\",\"Status\":\"%s\"}";
    aws.answer(
        "DescribeConnections",
        "{\"Connections\":["
            + String.format(Locale.ROOT, connection, "arn:source", connections)
            + ","
            + String.format(Locale.ROOT, connection, "arn:target", connections)
            + "]}");
    return this;
  }

  TaskFixture withTags() {
    aws.answer("ListTagsForResource", "{\"TagList\":[]}").answer("AddTagsToResource", "{}");
    return this;
  }

  Live create(Fields desired) {
    return withTags().type.create(desired, context);
  }

  void update(String status, Fields desired, String... changed) {
    withTags().type.update(live(status), desired, Set.of(changed), context);
  }

  List<String> operations() {
    return aws.operations();
  }

  /** The decoded last request. */
  Fields sent(String operation) {
    return json(aws.lastBody(operation));
  }

  static Live live(String status) {
    Fields attributes =
        merged(
            DESIRED,
            json(
                String.format(
                    Locale.ROOT,
                    """
                {"arn": "%s", "status": "%s", "replicationTaskSettings":
                  {"TargetMetadata": {"LobMaxSize": 32}}}
                """,
                    ARN,
                    status)));
    return new Live("hr", attributes, Map.of(), Live.Health.READY);
  }

  private static String described(String status, String more) {
    Fields task =
        json(
            String.format(
                Locale.ROOT,
                """
            {"ReplicationTaskIdentifier": "hr", "ReplicationTaskArn": "%s", "Status": "%s",
             "SourceEndpointArn": "arn:source", "TargetEndpointArn": "arn:target",
             "ReplicationInstanceArn": "arn:instance", "MigrationType": "full-load-and-cdc",
             "ReplicationTaskSettings": "{\\"TargetMetadata\\":{\\"LobMaxSize\\":32}}"}
            """,
                ARN,
                status));
    return Json.write(merged(task.with("TableMappings", MAPPING.strip()), json("{" + more + "}")));
  }

  @Override
  public void close() {
    fixture.close();
  }
}
