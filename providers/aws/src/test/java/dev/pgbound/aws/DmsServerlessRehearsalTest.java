package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.plan.Action;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.ResourceChange;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Impact;
import dev.pgbound.testkit.Bench;
import dev.pgbound.testkit.ResourceTypeContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.databasemigration.model.Replication;

/** A serverless replication on the simulated AWS, which is as strict as DMS says it is. */
final class DmsServerlessRehearsalTest {

  private static final Address MAIN = new Address("dms-serverless", "main");

  private static final String SETTING =
      "    replicationSettings: {TargetMetadata: {LobMaxSize: 64}}\n";

  private final SimulatedWorld world = new SimulatedWorld();
  private final Bench bench = new Bench(world.provider(), world.timeline());
  private final AwsClients clients = world.clients();

  @AfterEach
  void close() {
    clients.close();
    world.close();
  }

  @Test
  void startsInAStepOfItsOwnAndWaitsThroughAllStages() {
    Plan plan = bench.plan(file("run: running"));
    assertThat(steps(plan))
        .containsSubsequence("create dms-serverless.main", "start dms-serverless.main");

    bench.applyFully(plan);

    assertThat(replication().status()).isEqualTo("running");
    assertThat(replication().startReplicationType()).isEqualTo("start-replication");
    assertThat(bench.plan(file("run: running")).steps().steps()).isEmpty();
  }

  @Test
  void refusesToChangeWhatHasBeenStartedAndNamesTheWaysOut() {
    bench.applyFully(bench.plan(file("run: running")));

    Plan plan = bench.plan(changed("run: running"));

    assertThat(plan.refusals()).extracting(Plan.Refusal::code).containsExactly("PLAN-021");
    assertThat(plan.refusals().get(0).text())
        .contains(
            "this one is running", "replicationSettings", "another replicationConfigIdentifier");
    bench.applyFully(bench.plan(file("run: stopped")));
    assertThat(bench.plan(changed("run: stopped")).refusals())
        .extracting(Plan.Refusal::text)
        .singleElement()
        .asString()
        .contains("this one is stopped");
  }

  @Test
  void replacesUnderAnotherNameWhatIsAllowedToBeLoadedAgain() {
    bench.applyFully(bench.plan(file("run: running")));
    String other = changed("run: running") + "    replicationConfigIdentifier: second\n";

    Plan plan = bench.plan(other);

    assertThat(change(plan).action()).isEqualTo(Action.REPLACE);
    assertThat(change(plan).impact()).isEqualTo(Impact.RELOADS_DATA);
    assertThat(plan.refusals()).extracting(Plan.Refusal::code).containsExactly("PLAN-003");
    bench.applyFully(bench.planAllowingAll(other));
    assertThat(replication().status()).isEqualTo("running");
    assertThat(replication().replicationConfigIdentifier()).isEqualTo("second");
  }

  @Test
  void startsOnlyOnceAChangeHasSettled() {
    bench.applyFully(bench.plan(file("run: stopped")));
    Plan plan = bench.plan(changed("run: running"));

    assertThat(steps(plan))
        .containsExactly("update dms-serverless.main", "start dms-serverless.main");
    bench.applyFully(plan);

    assertThat(replication().status()).isEqualTo("running");
  }

  @Test
  void waitsWithAStartForAChangeThatSomebodyElseHasBegun() {
    bench.applyFully(bench.plan(file("run: stopped")));
    Plan plan = bench.plan(file("run: running"));
    String arn = replication().replicationConfigArn();
    clients.dms().modifyReplicationConfig(r -> r.replicationConfigArn(arn));
    assertThat(replication().status()).isEqualTo("modifying");

    bench.applyFully(plan);

    assertThat(replication().status()).isEqualTo("running");
  }

  @Test
  void standsStillWhileItsEndpointChanges() {
    bench.applyFully(bench.plan(file("run: running")));
    String endpoint =
        file("run: running")
            + "  dms-endpoint.target: {postgreSQLSettings: {executeTimeout: 100}}\n";

    Plan plan = bench.plan(endpoint);

    assertThat(steps(plan))
        .containsExactly(
            "stop dms-serverless.main", "update dms-endpoint.target", "resume dms-serverless.main");
    bench.applyFully(plan);
    assertThat(replication().status()).isEqualTo("running");
    assertThat(replication().startReplicationType()).isEqualTo("resume-processing");
  }

  @Test
  void doesNotStopAFullLoadThatCouldNotGoOn() {
    bench.applyFully(bench.plan(file("run: running, replicationType: full-load")));
    String endpoint =
        file("run: running, replicationType: full-load")
            + "  dms-endpoint.target: {postgreSQLSettings: {executeTimeout: 100}}\n";

    ApplyResult result = bench.apply(bench.plan(endpoint));

    assertThat(result.outcomes().values())
        .anySatisfy(outcome -> assertThat(outcome.message()).contains("DMS does not resume"));
    assertThat(result.standing()).isEmpty();
    assertThat(replication().status()).isEqualTo("running");
  }

  @Test
  void isContentWithAFullLoadThatHasFinished() {
    bench.applyFully(bench.plan(file("run: running, replicationType: full-load")));
    letPass(Duration.ofHours(2));

    assertThat(replication().status()).isEqualTo("stopped");
    assertThat(bench.plan(file("run: running, replicationType: full-load")).steps().steps())
        .isEmpty();
  }

  @Test
  void loadsEverythingAgainOnRequest() {
    bench.applyFully(bench.plan(file("run: running, replicationType: full-load")));
    letPass(Duration.ofHours(2));
    String again = file("run: running, replicationType: full-load, reload: \"2\"");

    Plan plan = bench.planAllowingAll(again);

    assertThat(steps(plan))
        .containsExactly("update dms-serverless.main", "reload dms-serverless.main");
    bench.applyFully(plan);
    assertThat(replication().startReplicationType()).isEqualTo("reload-target");
    assertThat(bench.plan(again).steps().steps()).isEmpty();
  }

  @Test
  void saysWhyAStartFailedAndStartsAnewOnceThatIsRepaired() {
    String unreachable =
        file("run: running") + "  dms-endpoint.target: {serverName: nowhere.example.com}\n";

    ApplyResult result = bench.apply(bench.plan(unreachable));

    assertThat(result.outcomes().values())
        .anySatisfy(
            outcome ->
                assertThat(outcome.message()).contains("status is failed", "nowhere.example.com"));
    bench.applyFully(bench.plan(file("run: running")));
    assertThat(replication().status()).isEqualTo("running");
    assertThat(replication().startReplicationType()).isEqualTo("start-replication");
  }

  @Test
  void findsCapacityThatDoesNotExist() {
    assertThat(
            FoundProblems.in(
                    world.provider().types().stream()
                        .filter(type -> type.schema().type().equals("dms-serverless"))
                        .findFirst()
                        .orElseThrow(),
                    TaskDocuments.json(
                        """
                        {"replicationType": "cdc", "computeConfig":
                          {"maxCapacityUnits": 3, "minCapacityUnits": 4, "multiAZ": true,
                           "availabilityZone": "us-east-1a"},
                         "replicationSettings": {"Logging": {"EnableLogContext": true}}}
                        """))
                .codes())
        .contains(
            "DMS-371 computeConfig.maxCapacityUnits",
            "DMS-372 computeConfig.minCapacityUnits",
            "DMS-341 computeConfig.availabilityZone",
            "TASK-205 replicationSettings.Logging.EnableLogContext");
  }

  private Replication replication() {
    return clients.dms().describeReplications(r -> r.maxRecords(20)).replications().get(0);
  }

  private void letPass(Duration time) {
    bench.timeline().enter();
    try {
      bench.timeline().sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      bench.timeline().leave();
    }
  }

  private static ResourceChange change(Plan plan) {
    return plan.change(MAIN).orElseThrow();
  }

  private static List<String> steps(Plan plan) {
    return plan.steps().steps().stream().map(Object::toString).toList();
  }

  /** The case of the contract with these attributes, in flow style. */
  private static String file(String attributes) {
    ResourceTypeContract.Case one =
        DmsCases.all().stream()
            .filter(other -> other.subject().equals(MAIN))
            .findFirst()
            .orElseThrow();
    return "version: 1\nmigration: hr\nregion: us-east-1\nresources:\n"
        + one.resources().indent(2)
        + "overrides:\n  dms-serverless.main: {"
        + attributes
        + "}\n";
  }

  /** With one setting changed; {@code attribute} is one of its own, further ones may follow. */
  private static String changed(String attribute) {
    return file("").replace("main: {}\n", "main:\n    " + attribute + "\n" + SETTING);
  }
}
