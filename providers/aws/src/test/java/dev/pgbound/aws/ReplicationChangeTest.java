package dev.pgbound.aws;

import static dev.pgbound.aws.Rehearsal.steps;
import static dev.pgbound.aws.Rehearsal.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.apply.Outcome;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.spi.Value;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a running task depends on is changed, and the change works or fails. */
final class ReplicationChangeTest {

  private final Rehearsal rehearsal = Rehearsal.running();

  @AfterEach
  void close() {
    rehearsal.close();
  }

  @Test
  void showsARotatedSecretAsANewVersionAndConnectsWithIt() {
    String before;
    try (AwsClients clients = rehearsal.clients()) {
      before = version(clients);
      clients
          .secretsManager()
          .putSecretValue(
              r ->
                  r.secretId("hr/oracle")
                      .secretString(
                          "{\"username\": \"dms\", \"password\": \"rotated\", \"host\":"
                              + " \"oracle.example.com\", \"port\": 1521}"));
    }

    Plan plan = rehearsal.bench.plan(Rehearsal.file(""));

    assertThat(Rehearsal.change(plan, "dms-endpoint.source").changes())
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.path()).isEqualTo("secretVersion");
              assertThat(change.before()).contains(Value.of(before));
            });
    assertThat(steps(plan))
        .containsExactly(
            "stop dms-task.hr",
            "update dms-endpoint.source",
            "update dms-connection-test.source",
            "resume dms-task.hr");
    rehearsal.calls();
    rehearsal.bench.applyFully(plan);
    assertThat(rehearsal.calls()).contains("TestConnection").doesNotContain("ModifyEndpoint");
    assertThat(rehearsal.bench.plan(Rehearsal.file("")).steps().steps()).isEmpty();
  }

  @Test
  void knowsThatASecretWhichItChangesGetsAnotherVersion() {
    String changed = with("overrides: {secret.target: {values: {username: replicator}}}");

    Plan plan = rehearsal.bench.plan(changed);

    assertThat(Rehearsal.change(plan, "dms-endpoint.target").changes())
        .singleElement()
        .satisfies(change -> assertThat(change.after().orElseThrow().isUnknown()).isTrue());
    rehearsal.bench.applyFully(plan);
    assertThat(rehearsal.bench.plan(changed).steps().steps()).isEmpty();
  }

  private static String version(AwsClients clients) {
    return clients
        .secretsManager()
        .describeSecret(r -> r.secretId("hr/oracle"))
        .versionIdsToStages()
        .keySet()
        .iterator()
        .next();
  }

  @Test
  void takesASettingOffThatTheFileDeclaresAsNullAndNamesIt() {
    String before =
        with(
            "overrides: {dms-endpoint.source: {oracleSettings: {readAheadBlocks: 20000, retryInterval: 9}}}");
    String after =
        with(
            "overrides: {dms-endpoint.source: {oracleSettings: {readAheadBlocks: null, retryInterval: 9}}}");
    rehearsal.bench.applyFully(rehearsal.bench.plan(before));

    Plan plan = rehearsal.bench.plan(after);

    assertThat(Rehearsal.change(plan, "dms-endpoint.source").changes())
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.path()).isEqualTo("oracleSettings.readAheadBlocks");
              assertThat(change.before()).contains(Value.of(20000));
              assertThat(change.after()).isEmpty();
            });
    rehearsal.bench.applyFully(plan);
    assertThat(rehearsal.bench.plan(after).steps().steps()).isEmpty();
    try (AwsClients clients = rehearsal.clients()) {
      var settings =
          clients
              .dms()
              .describeEndpoints(r -> r.filters(DmsObjects.filter("endpoint-id", "hr-source")))
              .endpoints()
              .get(0)
              .oracleSettings();
      assertThat(settings.readAheadBlocks()).isNull();
      assertThat(settings.retryInterval()).isEqualTo(9);
      assertThat(settings.failTasksOnLobTruncation()).isTrue();
    }
  }

  @Test
  void resumesWhenTheInstanceCannotBeChanged() {
    ApplyResult result = apply(Rehearsal.file("").replace("dms.r6i.large", "dms.r6i.tiny"));

    assertThat(outcome(result, "update dms-instance.main").message()).contains("dms.r6i.tiny");
    assertRunsAgain(result);
  }

  @Test
  void resumesWhenTheTaskItselfCannotBeChanged() {
    ApplyResult result =
        apply(
            with(
                "overrides: {dms-task.hr: {cdcStopPosition: \"commit_time:2027-13-01T00:00:00\"}}"));

    assertThat(outcome(result, "update dms-task.hr").isSuccess()).isFalse();
    assertRunsAgain(result);
  }

  @Test
  void saysThatATaskStandsStillWhenItsConnectionIsNotGoodAnyMore() {
    String noWay =
        with(
            endpoint(
                "postgreSQLSettings: {secretsManagerAccessRoleArn:"
                    + " \"${iam-role.dms-vpc-role.arn}\"}"));

    ApplyResult result = apply(noWay);

    assertThat(outcome(result, "update dms-connection-test.target").message())
        .contains("does not reach");
    assertThat(result.standing()).containsExactly(Rehearsal.TASK);
    assertThat(rehearsal.status()).isEqualTo("stopped");

    rehearsal.bench.applyFully(rehearsal.bench.plan(Rehearsal.file("")));
    assertThat(rehearsal.status()).isEqualTo("running");
  }

  private ApplyResult apply(String file) {
    return rehearsal.bench.apply(rehearsal.bench.plan(file));
  }

  private void assertRunsAgain(ApplyResult result) {
    assertThat(outcome(result, "resume dms-task.hr").isSuccess()).isTrue();
    assertThat(result.standing()).isEmpty();
    assertThat(rehearsal.status()).isEqualTo("running");
  }

  private static Outcome outcome(ApplyResult result, String step) {
    return result.outcomes().entrySet().stream()
        .filter(entry -> entry.getKey().id().equals(step))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no step " + step + " in " + result.outcomes()));
  }

  private static String endpoint(String change) {
    return "overrides: {dms-endpoint.target: {" + change + "}}\n";
  }
}
