package dev.pgbound.simulator;

import static dev.pgbound.simulator.DmsAccount.filter;
import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.ComputeConfig;
import software.amazon.awssdk.services.databasemigration.model.CreateReplicationConfigRequest;
import software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue;
import software.amazon.awssdk.services.databasemigration.model.Replication;
import software.amazon.awssdk.services.databasemigration.model.ReplicationConfig;
import software.amazon.awssdk.services.databasemigration.model.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DmsServerlessTest {

  private static final String START = "start-replication";
  private static final String RESUME = "resume-processing";
  private static final String RELOAD = "reload-target";

  private final DmsAccount account = new DmsAccount(SimulatedAws.inMemory());
  private final DatabaseMigrationClient dms = account.dms();
  private String source = "";
  private String target = "";

  @BeforeEach
  void createEnds() throws InterruptedException {
    account.createSubnetGroup();
    source = account.createOracleSource("source");
    target = account.createBucketTarget("target");
  }

  private CreateReplicationConfigRequest.Builder request(MigrationTypeValue type) {
    return CreateReplicationConfigRequest.builder()
        .replicationConfigIdentifier("HR")
        .replicationType(type)
        .sourceEndpointArn(source)
        .targetEndpointArn(target)
        .tableMappings(DmsAccount.MAPPINGS)
        .computeConfig(
            compute -> compute.maxCapacityUnits(8).replicationSubnetGroupId(DmsAccount.GROUP));
  }

  private String create(MigrationTypeValue type) {
    return dms.createReplicationConfig(request(type).build())
        .replicationConfig()
        .replicationConfigArn();
  }

  private void start(String arn, String type) {
    dms.startReplication(r -> r.replicationConfigArn(arn).startReplicationType(type));
  }

  private String running(MigrationTypeValue type) throws InterruptedException {
    String arn = create(type);
    start(arn, START);
    account.pass(Duration.ofMinutes(17));
    assertThat(of(arn).status()).isEqualTo("running");
    return arn;
  }

  private String stopped(MigrationTypeValue type) throws InterruptedException {
    String arn = running(type);
    dms.stopReplication(r -> r.replicationConfigArn(arn));
    account.pass(Duration.ofMinutes(1));
    return arn;
  }

  private Replication of(String arn) {
    return dms.describeReplications(r -> r.filters(filter("replication-config-arn", arn)))
        .replications()
        .get(0);
  }

  private ReplicationConfig configOf(String arn) {
    return dms.describeReplicationConfigs(r -> r.filters(filter("replication-config-arn", arn)))
        .replicationConfigs()
        .get(0);
  }

  private static JsonNode settings(ReplicationConfig config) {
    return JsonMapper.shared().readTree(config.replicationSettings());
  }

  @Test
  void isCreatedWithWhatDmsFillsIn() {
    String arn = create(MigrationTypeValue.FULL_LOAD_AND_CDC);

    ReplicationConfig config = configOf(arn);
    assertThat(arn).matches("arn:aws:dms:us-east-1:123456789012:replication-config:[A-Z0-9]{26}");
    assertThat(config.replicationConfigIdentifier()).isEqualTo("hr");
    ComputeConfig compute = config.computeConfig();
    assertThat(compute.maxCapacityUnits()).isEqualTo(8);
    assertThat(compute.minCapacityUnits()).isNull();
    assertThat(compute.multiAZ()).isFalse();
    assertThat(compute.replicationSubnetGroupId()).isEqualTo(DmsAccount.GROUP);
    assertThat(compute.vpcSecurityGroupIds()).hasSize(1);
    assertThat(compute.kmsKeyId()).startsWith("arn:aws:kms:");
    assertThat(compute.preferredMaintenanceWindow()).isNotBlank();
    Replication replication = of(arn);
    assertThat(replication.status()).isEqualTo("created");
    assertThat(replication.provisionData()).isNull();
    assertThat(replication.replicationConfigIdentifier()).isEqualTo("hr");
    assertThat(replication.sourceEndpointArn()).isEqualTo(source);
  }

  @Test
  void hasTheSettingsOfATaskAndSomeMore() {
    JsonNode settings = settings(configOf(create(MigrationTypeValue.FULL_LOAD_AND_CDC)));

    assertThat(settings.at("/FullLoadSettings/CommitRate").asInt()).isEqualTo(10_000);
    assertThat(settings.at("/Logging/CloudWatchLogGroup").isNull()).isTrue();
    assertThat(settings.at("/TTSettings/FailTaskOnTTFailure").asBoolean(true)).isFalse();
    assertThat(settings.at("/TTSettings/EnableTT").asBoolean(true)).isFalse();
    assertThat(settings.at("/ControlTablesSettings/CommitPositionTableEnabled").asBoolean(true))
        .isFalse();
    assertThat(settings.at("/ErrorBehavior/DataMaskingErrorPolicy").asString())
        .isEqualTo("STOP_TASK");
  }

  @Test
  void keepsSettingsThatOnlyServerlessReplicationsHave() {
    String sent =
        "{\"ControlTablesSettings\": {\"CommitPositionTableEnabled\": true}, \"Unknown\": 1}";
    String arn =
        dms.createReplicationConfig(
                request(MigrationTypeValue.CDC).replicationSettings(sent).build())
            .replicationConfig()
            .replicationConfigArn();

    JsonNode settings = settings(configOf(arn));
    assertThat(settings.at("/ControlTablesSettings/CommitPositionTableEnabled").asBoolean())
        .isTrue();
    assertThat(settings.has("Unknown")).isFalse();
  }

  @Test
  void logsUnderANameOfItsOwn() throws InterruptedException {
    CreateReplicationConfigRequest request =
        request(MigrationTypeValue.CDC)
            .resourceIdentifier("orders")
            .replicationSettings("{\"Logging\": {\"EnableLogging\": true}}")
            .build();
    assertRefused(
        "AccessDeniedFault",
        "dms-cloudwatch-logs-role",
        () -> dms.createReplicationConfig(request));
    account.createRole("dms-cloudwatch-logs-role", "dms.amazonaws.com");
    account.attach("dms-cloudwatch-logs-role", "AmazonDMSCloudWatchLogsRole");
    account.pass(Duration.ofMinutes(1));

    ReplicationConfig config = dms.createReplicationConfig(request).replicationConfig();

    assertThat(config.replicationConfigArn()).endsWith(":replication-config:orders");
    assertThat(settings(config).at("/Logging/CloudWatchLogGroup").asString())
        .isEqualTo("dms-serverless-replication-orders");
  }

  @Test
  void refusesWhatCannotBe() {
    assertRefused(
        "InvalidParameterValueException",
        "MaxCapacityUnits",
        () ->
            dms.createReplicationConfig(
                request(MigrationTypeValue.CDC).computeConfig(units(1, null)).build()));
    assertRefused(
        "InvalidParameterValueException",
        "valid values are [1, 2, 4, 8",
        () ->
            dms.createReplicationConfig(
                request(MigrationTypeValue.CDC).computeConfig(units(null, 3)).build()));
    assertRefused(
        "InvalidParameterCombinationException",
        "MinCapacityUnits 8 is greater",
        () ->
            dms.createReplicationConfig(
                request(MigrationTypeValue.CDC).computeConfig(units(8, 4)).build()));
    assertRefused(
        "ResourceNotFoundFault",
        "Replication Subnet Group default",
        () ->
            dms.createReplicationConfig(
                request(MigrationTypeValue.CDC).computeConfig(c -> c.maxCapacityUnits(1)).build()));
    assertRefused(
        "InvalidParameterValueException",
        "endpoint must be of type SOURCE",
        () ->
            dms.createReplicationConfig(
                request(MigrationTypeValue.CDC).sourceEndpointArn(target).build()));
    create(MigrationTypeValue.CDC);
    assertRefused("ResourceAlreadyExistsFault", () -> create(MigrationTypeValue.CDC));
    assertRefused(
        "ResourceNotFoundFault",
        () -> dms.describeReplications(r -> r.filters(filter("replication-config-id", "other"))));
  }

  private static ComputeConfig units(@Nullable Integer least, @Nullable Integer most) {
    return ComputeConfig.builder()
        .minCapacityUnits(least)
        .maxCapacityUnits(most)
        .replicationSubnetGroupId(DmsAccount.GROUP)
        .build();
  }

  @Test
  void startsThroughAllStatesInAQuarterOfAnHour() throws InterruptedException {
    String arn = create(MigrationTypeValue.FULL_LOAD_AND_CDC);
    start(arn, START);
    List<String> seen = new ArrayList<>();
    Instant begin = account.aws().timeline().now();
    while (!seen.contains("running")) {
      String status = of(arn).status();
      if (!seen.contains(status)) {
        seen.add(status);
      }
      account.pass(Duration.ofSeconds(10));
    }

    assertThat(seen)
        .containsExactly(
            "initializing",
            "preparing_metadata_resources",
            "testing_connection",
            "fetching_metadata",
            "calculating_capacity",
            "provisioning_capacity",
            "replication_starting",
            "running");
    assertThat(Duration.between(begin, account.aws().timeline().now()))
        .isBetween(Duration.ofMinutes(12), Duration.ofMinutes(25));
    Replication replication = of(arn);
    assertThat(replication.provisionData().provisionState()).isEqualTo("provisioned");
    assertThat(replication.provisionData().provisionedCapacityUnits()).isEqualTo(8);
    assertThat(replication.startReplicationType()).isEqualTo(START);
    assertThat(replication.recoveryCheckpoint()).startsWith("checkpoint:V1#");
    account.pass(Duration.ofMinutes(1));
    assertThat(of(arn).replicationStats().fullLoadProgressPercent()).isEqualTo(100);
    assertThat(account.ec2().describeNetworkInterfaces().networkInterfaces()).hasSize(1);
  }

  @Test
  void endsAFullLoadByItselfAndGivesItsCapacityBack() throws InterruptedException {
    String arn = create(MigrationTypeValue.FULL_LOAD);
    start(arn, START);

    account.pass(Duration.ofMinutes(18));

    Replication replication = of(arn);
    assertThat(replication.status()).isEqualTo("stopped");
    assertThat(replication.stopReason()).isEqualTo("Stop Reason FULL_LOAD_ONLY_FINISHED");
    assertThat(replication.provisionData().provisionState()).isEqualTo("deprovisioning");
    account.pass(Duration.ofMinutes(5));
    assertThat(of(arn).provisionData().provisionState()).isEqualTo("deprovisioned");
    assertThat(of(arn).provisionData().provisionedCapacityUnits()).isZero();
    assertRefused("InvalidParameterCombinationException", () -> start(arn, RESUME));
    assertRefused("InvalidParameterCombinationException", () -> start(arn, START));
    start(arn, RELOAD);
  }

  @Test
  void isResumedWhereItWasStopped() throws InterruptedException {
    String arn = stopped(MigrationTypeValue.FULL_LOAD_AND_CDC);
    Replication stopped = of(arn);
    assertThat(stopped.status()).isEqualTo("stopped");
    assertThat(stopped.stopReason()).isEqualTo("Stop Reason NORMAL");
    assertRefused("InvalidParameterCombinationException", () -> start(arn, START));

    start(arn, RESUME);
    account.pass(Duration.ofMinutes(20));

    Replication resumed = of(arn);
    assertThat(resumed.status()).isEqualTo("running");
    assertThat(resumed.stopReason()).isNull();
    assertThat(resumed.replicationStats().freshStartDate())
        .isEqualTo(stopped.replicationStats().freshStartDate());
    assertThat(resumed.provisionData().provisionState()).isEqualTo("provisioned");
  }

  @Test
  void takesTheStartTypesOfEachMigrationType() throws InterruptedException {
    String cdc = create(MigrationTypeValue.CDC);
    assertRefused("InvalidParameterCombinationException", () -> start(cdc, RELOAD));
    assertRefused("InvalidParameterValueException", () -> start(cdc, "creating"));
    start(cdc, RESUME);
    account.pass(Duration.ofMinutes(17));
    assertThat(of(cdc).status()).isEqualTo("running");
    CreateReplicationConfigRequest other =
        request(MigrationTypeValue.FULL_LOAD_AND_CDC).replicationConfigIdentifier("b").build();
    String both = dms.createReplicationConfig(other).replicationConfig().replicationConfigArn();
    assertRefused("InvalidParameterCombinationException", () -> start(both, RESUME));
  }

  @Test
  void endsAtItsStopPosition() throws InterruptedException {
    String arn = create(MigrationTypeValue.CDC);
    dms.startReplication(
        r ->
            r.replicationConfigArn(arn)
                .startReplicationType(START)
                .cdcStopPosition("server_time:2026-01-01T03:00:00"));
    account.pass(Duration.ofHours(2));
    assertThat(of(arn).status()).isEqualTo("running");
    account.pass(Duration.ofHours(1));
    assertThat(of(arn).status()).isEqualTo("stopped");
    assertThat(of(arn).stopReason()).isEqualTo("Stop Reason STOPPED_AT_SERVER_TIME");
  }

  @Test
  void failsWhenAnEndCannotBeReached() throws InterruptedException {
    dms.createEndpoint(
        r ->
            r.endpointIdentifier("nowhere")
                .endpointType("target")
                .engineName("aurora-postgresql")
                .serverName("nowhere.example.com")
                .port(5432)
                .databaseName("hr")
                .username("dms")
                .password("not-to-be-seen"));
    target =
        dms.describeEndpoints(r -> r.filters(filter("endpoint-id", "nowhere")))
            .endpoints()
            .get(0)
            .endpointArn();
    String arn = create(MigrationTypeValue.CDC);

    start(arn, START);
    account.pass(Duration.ofMinutes(5));

    Replication failed = of(arn);
    assertThat(failed.status()).isEqualTo("failed");
    assertThat(failed.failureMessages())
        .singleElement()
        .asString()
        .startsWith("Test connection failed for endpoint 'nowhere' and replication config 'hr'.")
        .contains("could not translate host name");
    dms.modifyReplicationConfig(
        r ->
            r.replicationConfigArn(arn).targetEndpointArn(account.createBucketTarget("somewhere")));
    account.pass(Duration.ofMinutes(1));
    start(arn, START);
    account.pass(Duration.ofMinutes(17));
    assertThat(of(arn).status()).isEqualTo("running");
    assertThat(of(arn).failureMessages()).isEmpty();
  }

  @Test
  void isModifiedBeforeItsFirstStartAndNoMoreAfterIt() throws InterruptedException {
    String arn = create(MigrationTypeValue.CDC);
    dms.modifyReplicationConfig(
        r ->
            r.replicationConfigArn(arn)
                .replicationConfigIdentifier("Orders")
                .computeConfig(c -> c.maxCapacityUnits(16).minCapacityUnits(2))
                .replicationSettings("{\"FullLoadSettings\": {\"CommitRate\": 5000}}"));

    ReplicationConfig modified = configOf(arn);
    assertThat(modified.replicationConfigIdentifier()).isEqualTo("orders");
    assertThat(modified.computeConfig().maxCapacityUnits()).isEqualTo(16);
    assertThat(modified.computeConfig().replicationSubnetGroupId()).isEqualTo(DmsAccount.GROUP);
    assertThat(settings(modified).at("/FullLoadSettings/CommitRate").asInt()).isEqualTo(5_000);
    assertThat(of(arn).status()).isEqualTo("modifying");
    assertRefused(
        "InvalidResourceStateFault",
        "is in MODIFYING state and cannot start",
        () -> start(arn, START));
    account.pass(Duration.ofMinutes(1));
    assertThat(of(arn).status()).isEqualTo("created");

    start(arn, START);
    assertLocked(arn, "INITIALIZING");
    account.pass(Duration.ofMinutes(17));
    assertThat(of(arn).provisionData().provisionedCapacityUnits()).isEqualTo(2);
    assertLocked(arn, "RUNNING");
    dms.stopReplication(r -> r.replicationConfigArn(arn));
    account.pass(Duration.ofMinutes(10));
    assertLocked(arn, "STOPPED");
  }

  private void assertLocked(String arn, String status) {
    assertRefused(
        "InvalidResourceStateFault",
        "is in " + status + " state and cannot be modified",
        () ->
            dms.modifyReplicationConfig(
                r -> r.replicationConfigArn(arn).tableMappings(DmsAccount.MAPPINGS)));
  }

  @Test
  void isStoppedAndDeletedOnlyInTheRightStates() throws InterruptedException {
    String arn = create(MigrationTypeValue.CDC);
    assertRefused(
        "InvalidResourceStateFault",
        "cannot be stopped",
        () -> dms.stopReplication(r -> r.replicationConfigArn(arn)));
    start(arn, START);
    assertUndeletable(arn);
    account.pass(Duration.ofMinutes(17));
    assertUndeletable(arn);
    dms.stopReplication(r -> r.replicationConfigArn(arn));
    assertUndeletable(arn);
    account.pass(Duration.ofMinutes(1));

    dms.deleteReplicationConfig(r -> r.replicationConfigArn(arn));

    assertThat(of(arn).status()).isEqualTo("deleting");
    assertThat(dms.describeReplicationConfigs(r -> {}).replicationConfigs()).hasSize(1);
    account.pass(Duration.ofMinutes(4));
    assertThat(dms.describeReplicationConfigs(r -> {}).replicationConfigs()).isEmpty();
    assertThat(dms.describeReplications(r -> {}).replications()).isEmpty();
    assertThat(account.ec2().describeNetworkInterfaces().networkInterfaces()).hasSize(1);
    account.pass(Duration.ofMinutes(2));
    assertThat(account.ec2().describeNetworkInterfaces().networkInterfaces()).isEmpty();
  }

  private void assertUndeletable(String arn) {
    assertRefused(
        "InvalidResourceStateFault",
        "cannot be deleted",
        () -> dms.deleteReplicationConfig(r -> r.replicationConfigArn(arn)));
  }

  @Test
  void keepsWhatItUsesFromBeingDeletedOrChanged() throws InterruptedException {
    String arn = running(MigrationTypeValue.CDC);

    assertRefused(
        "InvalidResourceStateFault",
        "ReplicationConfigs",
        () -> dms.deleteEndpoint(r -> r.endpointArn(source)));
    assertRefused(
        "InvalidResourceStateFault",
        "while a replication that uses it runs",
        () -> dms.modifyEndpoint(r -> r.endpointArn(source).engineName("oracle").port(1522)));
    assertRefused(
        "InvalidResourceStateFault",
        "replication config",
        () ->
            dms.deleteReplicationSubnetGroup(
                r -> r.replicationSubnetGroupIdentifier(DmsAccount.GROUP)));
    dms.stopReplication(r -> r.replicationConfigArn(arn));
    account.pass(Duration.ofMinutes(1));
    dms.modifyEndpoint(r -> r.endpointArn(source).engineName("oracle").port(1522));
    dms.deleteReplicationConfig(r -> r.replicationConfigArn(arn));
    account.pass(Duration.ofMinutes(10));
    dms.deleteEndpoint(r -> r.endpointArn(source));
  }

  @Test
  void hasTags() {
    Tag tag = Tag.builder().key("a").value("1").build();
    String arn =
        dms.createReplicationConfig(request(MigrationTypeValue.CDC).tags(tag).build())
            .replicationConfig()
            .replicationConfigArn();

    assertThat(dms.listTagsForResource(r -> r.resourceArn(arn)).tagList()).containsExactly(tag);
    dms.removeTagsFromResource(r -> r.resourceArn(arn).tagKeys("a"));
    assertThat(dms.listTagsForResource(r -> r.resourceArn(arn)).tagList()).isEmpty();
  }

  @Test
  void goesOnInTheNextProcess(@TempDir Path folder) throws Exception {
    String arn;
    try (SimulatedAws first = SimulatedAws.open(folder)) {
      DmsAccount there = new DmsAccount(first);
      there.createSubnetGroup();
      source = there.createOracleSource("source");
      target = there.createBucketTarget("target");
      arn =
          there
              .dms()
              .createReplicationConfig(request(MigrationTypeValue.CDC).build())
              .replicationConfig()
              .replicationConfigArn();
      there.dms().startReplication(r -> r.replicationConfigArn(arn).startReplicationType(START));
    }
    try (SimulatedAws next = SimulatedAws.open(folder)) {
      DmsAccount there = new DmsAccount(next);
      there.pass(Duration.ofMinutes(17));
      assertThat(there.dms().describeReplications(r -> {}).replications().get(0).status())
          .isEqualTo("running");
    }
  }
}
