package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.plan.Action;
import dev.pgbound.engine.plan.AttributeChange;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.ResourceChange;
import dev.pgbound.simulator.SimulatedAws;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Impact;
import dev.pgbound.testkit.Bench;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;

/** A task in a whole migration on the simulated AWS: planned, applied, changed and removed. */
final class DmsTaskRehearsalTest {

  private static final Address TASK = new Address("dms-task", "hr");

  private static final String ACCOUNT =
      """
      - secretsmanager.CreateSecret:
          name: hr/oracle
          secretString: {username: dms, password: p, host: oracle.example.com, port: 1521}
      """;

  private static final String FILE =
      """
      version: 1
      migration: hr
      region: us-east-1
      source: {oracle: {service: ORCL, secret: hr/oracle}}
      target: {aurora-postgresql: {version: "16.4", instances: [db.r6i.large], database: hr}}
      network: {cidr: 10.0.0.0/16, internetGateway: true}
      replication: {instance: dms.r6i.large, storage: 100}
      tasks:
        hr: {mode: full-load-and-cdc, run: %s, include: [HR.*], names: lowercase, settings: {%s}}
      """;

  private SimulatedAws aws;
  private AwsProvider provider;
  private Bench bench;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    Path seed = folder.resolve("account.yaml");
    Files.writeString(seed, ACCOUNT, StandardCharsets.UTF_8);
    aws = SimulatedAws.open(folder.resolve("state"), Optional.of(seed));
    provider = new AwsProvider(settings(), CallListener.NONE);
    bench = new Bench(provider, aws.timeline());
    bench.applyFully(bench.plan(file("")));
  }

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void isUnchangedOnceItWasApplied() {
    assertThat(bench.plan(file("")).steps().steps()).isEmpty();
    assertThat(status()).isEqualTo("running");
  }

  @Test
  void changesOneLeafByOneChangeAndIsResumed() {
    Plan plan = bench.plan(file("TargetMetadata: {LobMaxSize: 64}"));

    assertThat(paths(plan)).containsExactly("replicationTaskSettings.TargetMetadata.LobMaxSize");
    assertThat(steps(plan))
        .containsExactly("stop dms-task.hr", "update dms-task.hr", "resume dms-task.hr");
    bench.applyFully(plan);
    assertThat(status()).isEqualTo("running");
    assertThat(bench.plan(file("TargetMetadata: {LobMaxSize: 64}")).steps().steps()).isEmpty();
  }

  @Test
  void changesSeveritiesWithoutAStop() {
    String severity = "Logging: {LogComponents: [{Id: IO, Severity: LOGGER_SEVERITY_INFO}]}";
    Plan plan = bench.plan(file(severity));

    assertThat(change(plan).impact()).isEqualTo(Impact.NONE);
    assertThat(steps(plan)).containsExactly("update dms-task.hr");
    bench.applyFully(plan);
    assertThat(status()).isEqualTo("running");
    assertThat(bench.plan(file(severity)).steps().steps()).isEmpty();
  }

  @Test
  void takesTheLiveDocumentsPastedIntoTheFileForNoChange() {
    String pasted =
        String.format(
            Locale.ROOT,
            """
        overrides:
          dms-task.hr:
            tableMappings: %s
            replicationTaskSettings: %s
        """,
            described().tableMappings(),
            described().replicationTaskSettings());

    assertThat(bench.plan(file("") + pasted).steps().steps()).isEmpty();
  }

  @Test
  void doesNotMindNumbersAndOrderOfRules() {
    String rules =
        """
        overrides:
          dms-task.hr:
            tableMappings:
              rules:
                - {rule-type: transformation, rule-id: 9, rule-target: column, rule-action: convert-lowercase, object-locator: {table-name: "%", column-name: "%", schema-name: HR}}
                - {rule-type: transformation, rule-target: table, rule-action: convert-lowercase, object-locator: {schema-name: HR, table-name: "%"}}
                - {rule-type: transformation, rule-target: schema, rule-action: convert-lowercase, object-locator: {schema-name: HR}}
                - {rule-type: selection, rule-action: include, object-locator: {schema-name: HR, table-name: "%"}, filters: []}
        """;

    assertThat(bench.plan(file("") + rules).steps().steps()).isEmpty();
  }

  @Test
  void changesOneRuleByOneChange() {
    String more = file("").replace("include: [HR.*]", "include: [HR.*], exclude: [HR.TMP*]");
    Plan plan = bench.plan(more);

    assertThat(paths(plan)).containsExactly("tableMappings.rules[selection exclude HR.TMP%]");
    bench.applyFully(plan);
    assertThat(bench.plan(more).steps().steps()).isEmpty();
    assertThat(status()).isEqualTo("running");
  }

  @Test
  void stopsAndGoesOnAsDeclared() {
    bench.applyFully(bench.plan(stopped()));
    assertThat(status()).isEqualTo("stopped");
    assertThat(bench.plan(stopped()).steps().steps()).isEmpty();

    bench.applyFully(bench.plan(file("")));
    assertThat(status()).isEqualTo("running");
  }

  @Test
  void standsStillWhileItsEndpointChanges() {
    String endpoint =
        file("")
            + "overrides:\n  dms-endpoint.source: {oracleSettings: {numberDatatypeScale: 12}}\n";
    Plan plan = bench.plan(endpoint);

    assertThat(steps(plan))
        .containsSubsequence(
            "stop dms-task.hr", "update dms-endpoint.source", "resume dms-task.hr");
    bench.applyFully(plan);
    assertThat(status()).isEqualTo("running");
  }

  @Test
  void movesToAnotherInstance() {
    String moved =
        file("")
            + """
            resources:
              dms-instance:
                large:
                  replicationInstanceClass: dms.r6i.xlarge
                  allocatedStorage: 100
                  publiclyAccessible: false
                  replicationSubnetGroupIdentifier: ${dms-subnet-group.main}
              dms-connection-test:
                large-source:
                  endpointArn: ${dms-endpoint.source}
                  replicationInstanceArn: ${dms-instance.large}
                large-target:
                  endpointArn: ${dms-endpoint.target}
                  replicationInstanceArn: ${dms-instance.large}
            overrides:
              dms-task.hr: {replicationInstanceArn: "${dms-instance.large}"}
            """;
    Plan plan = bench.plan(moved);

    assertThat(change(plan).action()).isEqualTo(Action.UPDATE);
    ReplicationTask before = described();
    bench.applyFully(plan);
    assertThat(described().replicationTaskArn()).isEqualTo(before.replicationTaskArn());
    assertThat(described().replicationInstanceArn()).isNotEqualTo(before.replicationInstanceArn());
    assertThat(status()).isEqualTo("running");
  }

  @Test
  void isContentWithAFullLoadThatHasFinished() throws InterruptedException {
    String load = file("").replace("full-load-and-cdc", "full-load");
    bench.applyFully(bench.planAllowingAll(load));
    letPass(Duration.ofHours(6));

    assertThat(described().stopReason()).endsWith("FULL_LOAD_ONLY_FINISHED");
    assertThat(bench.plan(load).steps().steps()).isEmpty();
    assertThat(bench.plan(load.replace("run: running", "run: stopped")).steps().steps()).isEmpty();
  }

  @Test
  void standsWhereTheFileSaysUntilTheFileSaysOtherwise() throws InterruptedException {
    String stops = file("FullLoadSettings: {StopTaskCachedChangesApplied: true}");
    String goesOn = file("FullLoadSettings: {StopTaskCachedChangesApplied: false}");
    bench.applyFully(bench.planDestroy(file("")));
    bench.applyFully(bench.plan(stops));
    letPass(Duration.ofHours(6));

    assertThat(described().stopReason()).endsWith("STOPPED_AFTER_CACHED_EVENTS");
    assertThat(bench.plan(stops).steps().steps()).isEmpty();

    bench.applyFully(bench.plan(goesOn));
    assertThat(status()).isEqualTo("running");
  }

  @Test
  void isStoppedAndDeletedWithTheRest() {
    ApplyResult result = bench.applyFully(bench.planDestroy(file("")));

    assertThat(result.outcomes().keySet())
        .extracting(Object::toString)
        .contains("delete dms-task.hr");
  }

  private static String file(String settings) {
    return String.format(Locale.ROOT, FILE, "running", settings);
  }

  private static String stopped() {
    return String.format(Locale.ROOT, FILE, "stopped", "");
  }

  private static ResourceChange change(Plan plan) {
    return plan.change(TASK).orElseThrow();
  }

  private static List<String> paths(Plan plan) {
    return change(plan).changes().stream().map(AttributeChange::path).toList();
  }

  private static List<String> steps(Plan plan) {
    return plan.steps().steps().stream().map(Object::toString).toList();
  }

  private String status() {
    return described().status();
  }

  private void letPass(Duration time) throws InterruptedException {
    bench.timeline().enter();
    bench.timeline().sleep(time);
    bench.timeline().leave();
  }

  /** The task as DMS returns it. */
  private ReplicationTask described() {
    try (AwsClients clients = new AwsClients(settings(), List.of())) {
      return clients.dms().describeReplicationTasks().replicationTasks().get(0);
    }
  }

  private AwsSettings settings() {
    return new AwsSettings(
        Optional.of(aws.httpClient()),
        Optional.empty(),
        Optional.empty(),
        Optional.of("us-east-1"),
        Optional.of(StaticCredentialsProvider.create(AwsBasicCredentials.create("k", "s"))),
        true);
  }
}
