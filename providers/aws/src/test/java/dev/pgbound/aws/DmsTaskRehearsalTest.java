package dev.pgbound.aws;

import static dev.pgbound.aws.Rehearsal.change;
import static dev.pgbound.aws.Rehearsal.file;
import static dev.pgbound.aws.Rehearsal.paths;
import static dev.pgbound.aws.Rehearsal.steps;
import static dev.pgbound.aws.Rehearsal.stopped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.plan.Action;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.spi.Impact;
import dev.pgbound.testkit.Bench;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;

/** A task in a whole migration on the simulated AWS: planned, applied, changed and removed. */
final class DmsTaskRehearsalTest {

  private final Rehearsal rehearsal = Rehearsal.running();
  private final Bench bench = rehearsal.bench;

  @AfterEach
  void close() {
    rehearsal.close();
  }

  @Test
  void isUnchangedOnceItWasApplied() {
    assertThat(bench.plan(file("")).steps().steps()).isEmpty();
    assertThat(rehearsal.status()).isEqualTo("running");
  }

  @Test
  void hasNoNeighbourInTheSecretThatRdsKeepsForItsCluster() {
    try (AwsClients clients = rehearsal.clients()) {
      assertThat(clients.secretsManager().listSecrets().secretList())
          .anyMatch(secret -> "rds".equals(secret.owningService()));
    }

    assertThat(bench.plan(file("")).neighbours()).isEmpty();
  }

  @Test
  void changesSeveritiesWithoutAStop() {
    String severity = "Logging: {LogComponents: [{Id: IO, Severity: LOGGER_SEVERITY_INFO}]}";
    Plan plan = bench.plan(file(severity));

    assertThat(change(plan).impact()).isEqualTo(Impact.NONE);
    assertThat(steps(plan)).containsExactly("update dms-task.hr");
    bench.applyFully(plan);
    assertThat(rehearsal.status()).isEqualTo("running");
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
            rehearsal.described().tableMappings(),
            rehearsal.described().replicationTaskSettings());

    assertThat(bench.plan(file("") + pasted).steps().steps()).isEmpty();
  }

  @Test
  void changesOneRuleByOneChange() {
    String more = file("").replace("include: [HR.*]", "include: [HR.*], exclude: [HR.TMP*]");
    Plan plan = bench.plan(more);

    assertThat(paths(plan)).containsExactly("tableMappings.rules[selection exclude HR.TMP%]");
    bench.applyFully(plan);
    assertThat(bench.plan(more).steps().steps()).isEmpty();
    assertThat(rehearsal.status()).isEqualTo("running");
  }

  @Test
  void stopsAndGoesOnAsDeclared() {
    bench.applyFully(bench.plan(stopped()));
    assertThat(rehearsal.status()).isEqualTo("stopped");
    assertThat(bench.plan(stopped()).steps().steps()).isEmpty();

    bench.applyFully(bench.plan(file("")));
    assertThat(rehearsal.status()).isEqualTo("running");
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
    assertThat(rehearsal.status()).isEqualTo("running");
  }

  @Test
  void movesToAnotherInstance() {
    Plan plan = bench.plan(moved("3.6.0"));

    assertThat(change(plan).action()).isEqualTo(Action.UPDATE);
    assertThat(steps(plan))
        .containsSubsequence(
            "create dms-instance.large",
            "create dms-connection-test.large-source",
            "update dms-task.hr",
            "resume dms-task.hr");
    ReplicationTask before = rehearsal.described();
    bench.applyFully(plan);
    assertThat(rehearsal.described().replicationTaskArn()).isEqualTo(before.replicationTaskArn());
    assertThat(rehearsal.described().replicationInstanceArn())
        .isNotEqualTo(before.replicationInstanceArn());
    assertThat(rehearsal.status()).isEqualTo("running");
  }

  @Test
  void saysWhilePlanningThatATaskDoesNotMoveToAnOlderEngine() {
    String without = moved("3.5.2").replaceFirst("(?s)overrides:.*", "");
    bench.applyFully(bench.plan(without));

    Plan plan = bench.plan(moved("3.5.2"));

    assertThat(plan.refusals()).extracting(Plan.Refusal::code).containsExactly("PLAN-021");
    assertThat(plan.refusals().get(0).text()).contains("hr-large has 3.5.2", "Upgrade hr-large");
  }

  private static String moved(String version) {
    return String.format(
        Locale.ROOT,
        "%s%s",
        file(""),
        """
        resources:
          dms-instance:
            large:
              replicationInstanceClass: dms.r6i.xlarge
              allocatedStorage: 100
              engineVersion: "VERSION"
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
        """
            .replace("VERSION", version));
  }

  @Test
  void loadsTablesThatAreNewToAFullLoadThatHasFinished() {
    String load = file("").replace("full-load-and-cdc", "full-load");
    bench.applyFully(bench.planAllowingAll(load));
    rehearsal.letPass(Duration.ofHours(6));

    Plan plan = bench.plan(load.replace("include: [HR.*]", "include: [HR.*, PAYROLL.*]"));

    assertThat(steps(plan)).containsExactly("update dms-task.hr", "start dms-task.hr");
    bench.applyFully(plan);
    assertThat(rehearsal.status()).isEqualTo("running");
  }

  @Test
  void loadsEverythingAgainWhenTheFileAsksForItAndTheUserAllowsIt() {
    rehearsal.letPass(Duration.ofHours(6));
    String again = file("") + "overrides: {dms-task.hr: {reload: \"2025-03-08\"}}\n";

    Plan plan = bench.plan(again);

    assertThat(plan.refusals()).extracting(Plan.Refusal::code).containsExactly("PLAN-003");
    Plan allowed = bench.planAllowingAll(again);
    assertThat(steps(allowed))
        .containsExactly("stop dms-task.hr", "update dms-task.hr", "reload dms-task.hr");
    bench.applyFully(allowed);
    assertThat(rehearsal.described().replicationTaskStats().fullLoadProgressPercent())
        .isLessThan(100);
    assertThat(bench.plan(again).steps().steps()).isEmpty();
  }

  @Test
  void standsWhereTheFileSaysUntilTheFileSaysOtherwise() {
    String stops = file("FullLoadSettings: {StopTaskCachedChangesApplied: true}");
    String goesOn = file("FullLoadSettings: {StopTaskCachedChangesApplied: false}");
    bench.applyFully(bench.planDestroy(file("")));
    bench.applyFully(bench.plan(stops));
    rehearsal.letPass(Duration.ofHours(6));

    assertThat(rehearsal.described().stopReason()).endsWith("STOPPED_AFTER_CACHED_EVENTS");
    assertThat(bench.plan(stops).steps().steps()).isEmpty();

    bench.applyFully(bench.plan(goesOn));
    assertThat(rehearsal.status()).isEqualTo("running");
  }

  @Test
  void isStoppedAndDeletedWithTheRest() {
    ApplyResult result = bench.applyFully(bench.planDestroy(file("")));

    assertThat(result.outcomes().keySet())
        .extracting(Object::toString)
        .contains("delete dms-task.hr");
  }
}
