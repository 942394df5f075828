package dev.pgbound.aws;

import static dev.pgbound.aws.Rehearsal.change;
import static dev.pgbound.aws.Rehearsal.file;
import static dev.pgbound.aws.Rehearsal.paths;
import static dev.pgbound.aws.Rehearsal.steps;
import static dev.pgbound.aws.Rehearsal.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.apply.Outcome;
import dev.pgbound.engine.config.DiagnosticText;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.plan.Action;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.PlanJson;
import dev.pgbound.simulator.fault.FaultRule;
import dev.pgbound.spi.Impact;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What people suffer from with other tools, on the simulated AWS through plan and apply: one test
 * for each thing that must not happen here. The numbers are those of the list; what needs a world
 * of its own is proved where that world is.
 *
 * <ol>
 *   <li>A document as AWS returned it gives an empty plan: {@link RecordedLiveTest}.
 *   <li>What was applied is unchanged, whatever AWS fills in: {@link AwsTypesContractTest}.
 *   <li>One changed value is one change; an unknown key is an error with a suggestion.
 *   <li>Another spelling or order of the same is no change.
 *   <li>A request says what is declared, and no more.
 *   <li>A value that AWS ignores fails the step by name.
 *   <li>A task stands still while its endpoint changes, in visible steps, and runs afterwards, also
 *       when the change fails.
 *   <li>A connection test that runs already is joined.
 *   <li>A full load that is done at once is a success, a fatal end is a failure in DMS's words.
 *   <li>A role that is not visible yet is waited for, but not for ever.
 *   <li>Two migrations share the roles of the account, and one leaves them to the other.
 *   <li>A task moves to another instance; to replace it takes a word of its own.
 *   <li>What has been started without a server is not changed: {@link DmsServerlessRehearsalTest}.
 *   <li>A killed apply goes on where it was: {@code KillTest} beside the command line.
 *   <li>What moved since the plan keeps apply from writing, and is named.
 *   <li>What would stop a destroy half-way is found or waited for: {@link DestroyPrecheckTest}.
 *   <li>No secret is seen anywhere; its rotation is: {@link ReplicationChangeTest}.
 *   <li>2,000 changed rules fit into a comment: {@code PlanOutputTest} beside the command line.
 *   <li>What waits for the maintenance window is shown as waiting.
 *   <li>An upgrade by AWS is never taken back.
 * </ol>
 */
final class ConformanceTest {

  private final Rehearsal rehearsal = Rehearsal.open();

  @AfterEach
  void close() {
    rehearsal.close();
  }

  // 3
  @Test
  void oneChangedValueIsOneChange() {
    apply(file(""));
    String changed = file("TargetMetadata: {LobMaxSize: 64}");

    Plan plan = plan(changed);

    assertThat(paths(plan)).containsExactly("replicationTaskSettings.TargetMetadata.LobMaxSize");
    assertThat(steps(plan))
        .containsExactly("stop dms-task.hr", "update dms-task.hr", "resume dms-task.hr");
    assertConverges(changed);
  }

  // 3
  @Test
  void anUnknownKeyIsAnErrorWithASuggestionAndItsPlace() {
    Diagnostics sink = new Diagnostics();

    assertThat(rehearsal.bench.tryLoad(file("TargetMetadata: {LobMaxSiz: 64}"), sink)).isEmpty();

    assertThat(DiagnosticText.render(sink))
        .contains("migration.yaml:9:", "There is no key \"LobMaxSiz\"", "\"LobMaxSize\"?");
  }

  // 4
  @Test
  void anotherSpellingOrOrderOfTheSameIsNoChange() {
    String attributes =
        """
        overrides:
          dms-endpoint.source: {extraConnectionAttributes: "useZeroDestid=1;exposeViews=true"}
          security-group.main: {ingress: [{ipProtocol: tcp, fromPort: 443, toPort: 443, self: true}, {ipProtocol: tcp, fromPort: 5432, toPort: 5432, self: true}]}
        """;
    apply(with(attributes));
    String otherwise =
        """
        overrides:
          dms-endpoint.source: {endpointIdentifier: HR-Source, extraConnectionAttributes: "exposeViews=true; useZeroDestid=1;"}
          security-group.main: {ingress: [{ipProtocol: "6", fromPort: 5432, toPort: 5432, self: true}, {ipProtocol: TCP, fromPort: 443, toPort: 443, self: true}]}
          db-cluster.target: {engineVersion: "16", dbClusterIdentifier: HR-Target}
          dms-instance.main: {replicationInstanceIdentifier: HR, preferredMaintenanceWindow: WINDOW}
          dms-task.hr:
            tableMappings:
              rules:
                - {rule-type: transformation, rule-id: 9, rule-target: column, rule-action: convert-lowercase, object-locator: {table-name: "%", column-name: "%", schema-name: HR}}
                - {rule-type: transformation, rule-target: table, rule-action: convert-lowercase, object-locator: {schema-name: HR, table-name: "%"}}
                - {rule-type: transformation, rule-target: schema, rule-action: convert-lowercase, object-locator: {schema-name: HR}}
                - {rule-type: selection, rule-action: include, object-locator: {schema-name: HR, table-name: "%"}, filters: []}
        """;

    Plan plan = plan(with(otherwise.replace("WINDOW", window())));

    assertThat(steps(plan)).isEmpty();
  }

  private String window() {
    try (AwsClients clients = rehearsal.clients()) {
      return clients
          .dms()
          .describeReplicationInstances()
          .replicationInstances()
          .get(0)
          .preferredMaintenanceWindow()
          .toUpperCase(Locale.ROOT);
    }
  }

  // 5
  @Test
  void aRequestSaysWhatIsDeclaredAndNoMore() {
    apply(file(""));

    assertThat(rehearsal.requests.last("CreateReplicationTask").propertyNames())
        .containsExactlyInAnyOrder(
            "ReplicationTaskIdentifier",
            "SourceEndpointArn",
            "TargetEndpointArn",
            "ReplicationInstanceArn",
            "MigrationType",
            "TableMappings",
            "ReplicationTaskSettings",
            "Tags");

    apply(with("overrides: {dms-endpoint.target: {postgreSQLSettings: {executeTimeout: 100}}}\n"));

    var modified = rehearsal.requests.last("ModifyEndpoint");
    assertThat(modified.propertyNames())
        .containsExactlyInAnyOrder("EndpointArn", "EngineName", "PostgreSQLSettings");
    // with the secret and the script that the short form declares
    assertThat(modified.path("PostgreSQLSettings").propertyNames())
        .containsExactlyInAnyOrder(
            "ExecuteTimeout",
            "AfterConnectScript",
            "SecretsManagerSecretId",
            "SecretsManagerAccessRoleArn");
  }

  // 6
  @Test
  void aValueThatAwsIgnoresFailsTheStepByName() {
    apply(file(""));
    rehearsal.requests.ignore("ExecuteTimeout");

    ApplyResult result =
        rehearsal.bench.apply(
            plan(
                with(
                    "overrides: {dms-endpoint.target: {postgreSQLSettings: {executeTimeout:"
                        + " 100}}}\n")));

    assertThat(outcome(result, "update dms-endpoint.target").message())
        .contains("postgreSQLSettings.executeTimeout");
    assertThat(rehearsal.status()).isEqualTo("running");
  }

  // 7
  @Test
  void aTaskStandsStillWhileItsEndpointChangesAndRunsAfterwards() {
    apply(file(""));
    String changed =
        with("overrides: {dms-endpoint.target: {postgreSQLSettings: {executeTimeout: 100}}}\n");

    assertThat(steps(plan(changed)))
        .containsExactly(
            "stop dms-task.hr",
            "update dms-endpoint.target",
            "update dms-connection-test.target",
            "resume dms-task.hr");
    assertConverges(changed);
  }

  // 7
  @Test
  void aTaskRunsAgainWhenTheChangeOfItsEndpointFails() {
    apply(file(""));

    ApplyResult result =
        rehearsal.bench.apply(
            plan(
                with(
                    "overrides: {dms-endpoint.target: {postgreSQLSettings:"
                        + " {secretsManagerAccessRoleArn:"
                        + " \"arn:aws:iam::123456789012:role/nobody\"}}}\n")));

    assertThat(outcome(result, "update dms-endpoint.target").message()).contains("nobody");
    assertThat(outcome(result, "update dms-connection-test.target").isSuccess()).isFalse();
    assertThat(outcome(result, "resume dms-task.hr").isSuccess()).isTrue();
    assertThat(result.standing()).isEmpty();
    assertThat(rehearsal.status()).isEqualTo("running");
  }

  // 8
  @Test
  void aConnectionTestThatRunsAlreadyIsJoined() {
    apply(file(""));
    rehearsal.calls();

    apply(with("overrides: {dms-endpoint.target: {postgreSQLSettings: {executeTimeout: 100}}}\n"));

    assertThat(rehearsal.calls())
        .contains("ModifyEndpoint", "DescribeConnections")
        .doesNotContain("TestConnection");
    assertThat(rehearsal.status()).isEqualTo("running");
  }

  // 9
  @Test
  void aFullLoadThatIsDoneAtOnceIsASuccess() {
    String load = file("").replace("full-load-and-cdc", "full-load");
    apply(load);
    rehearsal.letPass(Duration.ofHours(6));

    assertThat(rehearsal.described().stopReason()).endsWith("FULL_LOAD_ONLY_FINISHED");
    assertThat(steps(plan(load))).isEmpty();
    assertThat(steps(plan(load.replace("run: running", "run: stopped")))).isEmpty();
  }

  // 9
  @Test
  void aFatalEndIsAFailureInTheWordsOfDms() {
    inject("dms:StartReplicationTask:1:failed-state");

    ApplyResult result = rehearsal.bench.apply(plan(file("")));

    assertThat(outcome(result, "start dms-task.hr").isSuccess()).isFalse();
    assertThat(outcome(result, "start dms-task.hr").message())
        .contains(rehearsal.described().lastFailureMessage());
    apply(file(""));
    assertThat(rehearsal.status()).isEqualTo("running");
  }

  // 10
  @Test
  void aRoleThatIsNotVisibleYetIsWaitedFor() {
    inject("dms:CreateReplicationSubnetGroup:1-6:role-not-visible");

    apply(file(""));

    assertThat(rehearsal.calls())
        .filteredOn("CreateReplicationSubnetGroup"::equals)
        .hasSizeGreaterThan(6);
  }

  // 10
  @Test
  void aRoleThatStaysInvisibleEndsTheWaitWithTheWordsOfDms() {
    inject("dms:CreateReplicationSubnetGroup:*:role-not-visible");

    ApplyResult result = rehearsal.bench.apply(plan(file("")));

    assertThat(outcome(result, "create dms-subnet-group.main").message())
        .contains("dms-vpc-role is not configured properly", "AmazonDMSVPCManagementRole");
    assertThat(rehearsal.calls()).doesNotContain("CreateReplicationInstance");
  }

  // 11
  @Test
  void twoMigrationsShareTheRolesOfTheAccount() {
    String second = file("").replace("migration: hr", "migration: crm").replace("10.0.", "10.9.");
    apply(file(""));
    apply(second);

    rehearsal.bench.applyFully(rehearsal.bench.planDestroy(file("")));

    assertThat(steps(plan(second))).isEmpty();
    try (AwsClients clients = rehearsal.clients()) {
      assertThat(clients.iam().listRoles().roles())
          .extracting(role -> role.roleName())
          .contains("dms-vpc-role", "dms-cloudwatch-logs-role")
          .noneMatch(name -> name.startsWith("hr"));
    }
  }

  // 12
  @Test
  void aTaskMovesToAnotherInstance() {
    apply(file(""));
    String changed =
        with(
            "overrides: {dms-instance.main: {replicationInstanceIdentifier: hr-2,"
                + " availabilityZone: us-east-1b}}");

    Plan plan = plan(changed);

    assertThat(plan.refusals()).isEmpty();
    assertThat(change(plan).action()).isEqualTo(Action.UPDATE);
    assertThat(steps(plan))
        .containsSubsequence(
            "create dms-instance.main",
            "stop dms-task.hr",
            "update dms-task.hr",
            "resume dms-task.hr");
    assertThat(plan.steps().before("delete dms-instance.main"))
        .contains(
            "update dms-task.hr",
            "delete dms-connection-test.source",
            "delete dms-connection-test.target");
    assertThat(plan.steps().before("delete dms-connection-test.source"))
        .contains("create dms-connection-test.source");
    String arn = rehearsal.described().replicationTaskArn();
    assertConverges(changed);
    assertThat(rehearsal.described().replicationTaskArn()).isEqualTo(arn);
    assertThat(rehearsal.calls()).contains("MoveReplicationTask");
  }

  // 12
  @Test
  void aTaskIsReplacedOnlyWhenThatIsAllowedByName() {
    apply(file(""));

    Plan plan = plan(file("").replace("full-load-and-cdc", "cdc"));

    assertThat(change(plan).action().isReplacement()).isTrue();
    assertThat(change(plan).impact()).isEqualTo(Impact.RELOADS_DATA);
    assertThat(plan.refusals())
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo("PLAN-003");
              assertThat(refusal.text()).contains("--allow reloads-data:dms-task.hr");
            });
  }

  // 15
  @Test
  void whatMovedSinceThePlanKeepsApplyFromWritingAndIsNamed() {
    apply(file(""));
    Plan plan = plan(file("TargetMetadata: {LobMaxSize: 64}"));
    try (AwsClients clients = rehearsal.clients()) {
      String arn = rehearsal.described().replicationTaskArn();
      clients.dms().stopReplicationTask(r -> r.replicationTaskArn(arn));
      rehearsal.letPass(Duration.ofMinutes(10));
      clients
          .dms()
          .modifyReplicationTask(
              r ->
                  r.replicationTaskArn(arn)
                      .replicationTaskSettings("{\"TargetMetadata\":{\"LobMaxSize\":48}}"));
      rehearsal.letPass(Duration.ofMinutes(10));
    }
    rehearsal.calls();

    ApplyResult result = rehearsal.bench.apply(plan);

    assertThat(result.isRefused()).isTrue();
    assertThat(result.moved())
        .containsExactly(
            "dms-task.hr was changed: replicationTaskSettings.TargetMetadata.LobMaxSize was 32 and is"
                + " 48 now, run was as declared and is stopped now");
    assertThat(rehearsal.calls())
        .noneMatch(call -> call.matches("(Create|Modify|Start|Stop|Delete(?!Parameter)).*"));
  }

  // 17
  @Test
  void noSecretIsSeenAnywhere() throws IOException {
    String canary = "secret-of-CANARY";
    String endpoint =
        with(
            """
            resources:
              dms-endpoint:
                spare: {endpointType: source, engineName: oracle, serverName: oracle.example.com, port: 1521, username: dms, password: "${env.CANARY}", databaseName: ORCL}
              secret:
                spare: {values: {username: dms}, secretValues: {password: "${env.CANARY}"}}
            """);
    inject("dms:CreateEndpoint:1:server-error");
    StringBuilder said = new StringBuilder();
    rehearsal.bench.listen(event -> said.append(event).append('\n'));

    Plan plan = plan(endpoint);
    apply(endpoint);

    said.append(plan).append(PlanJson.write(plan));
    said.append(Files.readString(rehearsal.bench.journal()));
    try (AwsClients clients = rehearsal.clients()) {
      said.append(clients.dms().describeEndpoints());
      said.append(clients.tagging().getResources());
      assertThat(said.toString()).contains("dms-endpoint.spare").doesNotContain(canary);
      assertThat(
              clients.secretsManager().getSecretValue(r -> r.secretId("hr-spare")).secretString())
          .contains(canary);
    }
  }

  // 19
  @Test
  void whatWaitsForTheMaintenanceWindowIsShownAsWaiting() {
    apply(file(""));
    try (AwsClients clients = rehearsal.clients()) {
      String arn =
          clients
              .dms()
              .describeReplicationInstances()
              .replicationInstances()
              .get(0)
              .replicationInstanceArn();
      clients
          .dms()
          .modifyReplicationInstance(
              r ->
                  r.replicationInstanceArn(arn)
                      .replicationInstanceClass("dms.r6i.xlarge")
                      .applyImmediately(false));
    }
    String declared = file("").replace("dms.r6i.large", "dms.r6i.xlarge");

    Plan plan = plan(declared);

    assertThat(change(plan, "dms-instance.main").changes())
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.path()).isEqualTo("pendingModifiedValues");
              assertThat(change.before().orElseThrow().toString())
                  .contains("replicationInstanceClass");
            });
    assertConverges(declared);
  }

  // 20
  @Test
  void anUpgradeByAwsIsNeverTakenBack() {
    apply(file(""));
    try (AwsClients clients = rehearsal.clients()) {
      clients
          .rds()
          .modifyDBCluster(
              r -> r.dbClusterIdentifier("hr-target").engineVersion("16.6").applyImmediately(true));
    }
    rehearsal.letPass(Duration.ofHours(1));

    assertThat(steps(plan(file("")))).isEmpty();
    assertThat(steps(plan(file("").replace("\"16.4\"", "\"16\"")))).isEmpty();
  }

  private Plan plan(String file) {
    return rehearsal.bench.plan(file);
  }

  private void apply(String file) {
    rehearsal.bench.applyFully(plan(file));
  }

  private void inject(String fault) {
    rehearsal.aws.inject(FaultRule.parse(fault));
  }

  private void assertConverges(String file) {
    apply(file);
    assertThat(steps(plan(file))).isEmpty();
    assertThat(rehearsal.status()).isEqualTo("running");
  }

  private static Outcome outcome(ApplyResult result, String step) {
    return List.copyOf(result.outcomes().entrySet()).stream()
        .filter(entry -> entry.getKey().id().equals(step))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no step " + step + " in " + result.outcomes()))
        .getValue();
  }
}
