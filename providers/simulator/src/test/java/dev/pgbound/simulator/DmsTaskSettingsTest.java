package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.CreateReplicationTaskRequest;
import software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DmsTaskSettingsTest {

  private final DmsAccount account = new DmsAccount(SimulatedAws.inMemory());
  private final DatabaseMigrationClient dms = account.dms();

  @BeforeEach
  void createSubnetGroup() throws InterruptedException {
    account.createSubnetGroup();
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  private JsonNode settings(CreateReplicationTaskRequest.Builder request) {
    ReplicationTask task = dms.createReplicationTask(request.build()).replicationTask();
    return json(account.taskOf(task.replicationTaskArn()).replicationTaskSettings());
  }

  private CreateReplicationTaskRequest.Builder task(MigrationTypeValue type)
      throws InterruptedException {
    return account.task("hr", type);
  }

  /** A document in which the given one is merged by a modification. */
  private JsonNode modified(String arn, String settings) throws InterruptedException {
    dms.modifyReplicationTask(r -> r.replicationTaskArn(arn).replicationTaskSettings(settings));
    account.pass(Duration.ofMinutes(1));
    return json(account.taskOf(arn).replicationTaskSettings());
  }

  @Test
  void areTheRecordedOnesForAMinimalFullLoad() throws Exception {
    JsonNode recorded;
    try (InputStream file =
        DmsTaskSettingsTest.class.getResourceAsStream("recorded-full-load-settings.json")) {
      recorded = JsonMapper.shared().readTree(file);
    }

    assertThat(settings(task(MigrationTypeValue.FULL_LOAD))).isEqualTo(recorded);
  }

  @Test
  void dependOnTheMigrationType() throws InterruptedException {
    JsonNode both = settings(task(MigrationTypeValue.FULL_LOAD_AND_CDC));
    assertThat(both.at("/TTSettings/EnableTT").asBoolean(true)).isFalse();
    assertThat(both.at("/FullLoadSettings/TargetTablePrepMode").asString())
        .isEqualTo("DROP_AND_CREATE");

    JsonNode cdc = settings(account.task("cdc", MigrationTypeValue.CDC));
    assertThat(cdc.at("/FullLoadSettings/TargetTablePrepMode").asString()).isEqualTo("DO_NOTHING");
    assertThat(cdc.has("ValidationSettings")).isFalse();
  }

  @Test
  void dependOnTheEngineVersion() throws InterruptedException {
    JsonNode old = settings(onEngine("3.5.3", MigrationTypeValue.CDC));
    assertThat(old.path("ErrorBehavior").has("DataMaskingErrorPolicy")).isFalse();
    assertThat(old.path("ChangeProcessingTuning").has("RecoveryTimeout")).isFalse();
    assertThat(old.at("/Logging/LogComponents")).hasSize(19);

    JsonNode both = settings(onEngine("3.5.2", MigrationTypeValue.FULL_LOAD_AND_CDC));
    assertThat(both.at("/ChangeProcessingTuning/RecoveryTimeout").asInt(0)).isEqualTo(-1);

    JsonNode young = settings(onEngine("3.6.1", MigrationTypeValue.CDC));
    assertThat(young.at("/Logging/LogComponents")).hasSize(22);
  }

  private CreateReplicationTaskRequest.Builder onEngine(String version, MigrationTypeValue type)
      throws InterruptedException {
    String identifier = "e" + version.replace('.', '-');
    String instance =
        dms.createReplicationInstance(
                DmsAccount.instance(identifier).engineVersion(version).build())
            .replicationInstance()
            .replicationInstanceArn();
    account.pass(Duration.ofMinutes(10));
    return account.task(identifier + "-task", type).replicationInstanceArn(instance);
  }

  @Test
  void keepWhatAModificationLeavesOut() throws InterruptedException {
    String arn =
        dms.createReplicationTask(
                task(MigrationTypeValue.FULL_LOAD)
                    .replicationTaskSettings(
                        """
                        {"FullLoadSettings": {"CommitRate": 500, "MaxFullLoadSubTasks": "4"},
                         "TargetMetadata": {"FullLobMode": "true", "LobMaxSize": null}}
                        """)
                    .build())
            .replicationTask()
            .replicationTaskArn();
    account.pass(Duration.ofMinutes(1));

    JsonNode settings =
        modified(
            arn,
            """
            {"FullLoadSettings": {"TargetTablePrepMode": "DO_NOTHING", "CommitRate": null},
             "TargetMetadata": null}
            """);

    assertThat(settings.at("/FullLoadSettings/CommitRate").asInt(0)).isEqualTo(500);
    assertThat(settings.at("/FullLoadSettings/MaxFullLoadSubTasks").isNumber()).isTrue();
    assertThat(settings.at("/FullLoadSettings/TargetTablePrepMode").asString())
        .isEqualTo("DO_NOTHING");
    assertThat(settings.at("/TargetMetadata/FullLobMode").isBoolean()).isTrue();
    assertThat(settings.at("/TargetMetadata/LobMaxSize").asInt(0)).isEqualTo(32);
  }

  @Test
  void ignoreWhatDmsDoesNotKnow() throws InterruptedException {
    JsonNode plain = settings(task(MigrationTypeValue.FULL_LOAD));

    JsonNode settings =
        settings(
            account
                .task("odd", MigrationTypeValue.FULL_LOAD)
                .replicationTaskSettings(
                    """
                    {"Nonsense": {"a": 1}, "fullLoadSettings": {"CommitRate": 1},
                     "FullLoadSettings": {"commitRate": 2},
                     "ControlTablesSettings": {"historyTimeslotInMinutes": 7}}
                    """));

    assertThat(settings).isEqualTo(plain);
  }

  @Test
  void showOneSettingUnderTwoSpellings() throws InterruptedException {
    JsonNode control =
        settings(
                task(MigrationTypeValue.CDC)
                    .replicationTaskSettings(
                        "{\"ControlTablesSettings\": {\"HistoryTimeslotInMinutes\": 10}}"))
            .path("ControlTablesSettings");

    assertThat(control.path("HistoryTimeslotInMinutes").asInt(0)).isEqualTo(10);
    assertThat(control.path("historyTimeslotInMinutes").asInt(0)).isEqualTo(10);
  }

  @Test
  void sayWhereATaskLogsToOnceItDoes() throws InterruptedException {
    CreateReplicationTaskRequest.Builder request =
        task(MigrationTypeValue.CDC)
            .resourceIdentifier("hr-cdc")
            .replicationTaskSettings(
                """
                {"Logging": {"EnableLogging": true, "CloudWatchLogGroup": null, "LogComponents": [
                  {"Id": "SOURCE_CAPTURE", "Severity": "LOGGER_SEVERITY_DEBUG"},
                  {"Id": "IO", "Severity": "LOGGER_SEVERITY_ERROR"}]}}
                """);
    assertRefused(
        "AccessDeniedFault",
        "dms-cloudwatch-logs-role",
        () -> dms.createReplicationTask(request.build()));
    account.createRole("dms-cloudwatch-logs-role", "dms.amazonaws.com");
    account.attach("dms-cloudwatch-logs-role", "AmazonDMSCloudWatchLogsRole");
    account.pass(Duration.ofMinutes(1));

    JsonNode logging = settings(request).path("Logging");

    assertThat(logging.path("CloudWatchLogGroup").asString()).isEqualTo("dms-tasks-hr-instance");
    assertThat(logging.path("CloudWatchLogStream").asString()).isEqualTo("dms-task-hr-cdc");
    JsonNode components = logging.path("LogComponents");
    assertThat(components).hasSize(19);
    assertThat(components.get(0).path("Id").asString()).isEqualTo("DATA_STRUCTURE");
    assertThat(components.get(2).path("Severity").asString()).isEqualTo("LOGGER_SEVERITY_ERROR");
    assertThat(components.get(11).path("Severity").asString()).isEqualTo("LOGGER_SEVERITY_DEBUG");
    assertThat(components.get(12).path("Severity").asString()).isEqualTo("LOGGER_SEVERITY_DEFAULT");
  }

  @Test
  void areRefusedWhereDmsAloneSetsThem() throws InterruptedException {
    refuses("{\"Logging\": {\"CloudWatchLogGroup\": \"mine\"}}", "cannot be set on create");
    refuses("{\"Logging\": {\"EnableLogContext\": true}}", "EnableLogContext");
  }

  @Test
  void areRefusedWhenTheyAreNoSettings() throws InterruptedException {
    refuses("not JSON", "Invalid task settings JSON");
    refuses("[]", "Invalid task settings JSON");
    refuses("{\"FullLoadSettings\": 1}", "Invalid task settings JSON");
    refuses("{\"FullLoadSettings\": {\"CommitRate\": \"many\"}}", "Invalid task settings JSON");
    refuses("{\"TargetMetadata\": {\"SupportLobs\": 1}}", "Invalid task settings JSON");
    refuses("{\"TargetMetadata\": {\"TargetSchema\": {}}}", "Invalid task settings JSON");
  }

  private void refuses(String settings, String message) throws InterruptedException {
    CreateReplicationTaskRequest request =
        account
            .task("t" + Integer.toHexString(settings.hashCode()), MigrationTypeValue.FULL_LOAD)
            .replicationTaskSettings(settings)
            .build();
    assertRefused(
        "InvalidParameterValueException", message, () -> dms.createReplicationTask(request));
  }

  @Test
  void haveSectionsThatAppearOnlyWhenSent() throws InterruptedException {
    String arn =
        dms.createReplicationTask(
                task(MigrationTypeValue.FULL_LOAD_AND_CDC)
                    .replicationTaskSettings(
                        """
                        {"ValidationSettings": {"EnableValidation": true, "ThreadCount": 8},
                         "CharacterSetSettings": {"CharacterReplacements": [
                           {"SourceCharacterCodePoint": 0, "TargetCharacterCodePoint": 32}]}}
                        """)
                    .build())
            .replicationTask()
            .replicationTaskArn();
    account.pass(Duration.ofMinutes(1));

    JsonNode settings = modified(arn, "{\"ValidationSettings\": {\"HandleCollationDiff\": true}}");

    JsonNode validation = settings.path("ValidationSettings");
    assertThat(validation.path("EnableValidation").asBoolean()).isTrue();
    assertThat(validation.path("ThreadCount").asInt(0)).isEqualTo(8);
    assertThat(validation.path("HandleCollationDiff").asBoolean()).isTrue();
    assertThat(validation.path("PartitionSize").asInt(0)).isEqualTo(10000);
    assertThat(settings.at("/CharacterSetSettings/CharacterReplacements")).hasSize(1);
    assertThat(settings.path("LoopbackPreventionSettings").isNull()).isTrue();
    assertRefused(
        "InvalidParameterValueException",
        "ValidationOnly",
        () ->
            dms.modifyReplicationTask(
                r ->
                    r.replicationTaskArn(arn)
                        .replicationTaskSettings(
                            "{\"ValidationSettings\": {\"ValidationOnly\": true}}")));
  }
}
