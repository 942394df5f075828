package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.apply.Outcome;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.Value;
import dev.pgbound.testkit.Bench;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The end of a full load, and the way into the database that a cluster offers to others. */
final class DmsFullLoadTypeTest {

  private final SimulatedWorld world = new SimulatedWorld();
  private final Bench bench = new Bench(world.provider(), world.timeline());

  @AfterEach
  void close() {
    world.close();
  }

  private static String file(String run) {
    return String.format(
        Locale.ROOT,
        """
      version: 1
      migration: hr
      region: us-east-1
      source:
        oracle: {service: ORCL, host: oracle.example.com, port: 1521, username: dms, password: "${env.P}"}
      target: {aurora-postgresql: {version: "16.4", instances: [db.r6i.large], database: hr, manageDmsUser: false}}
      network: {cidr: 10.0.0.0/16, internetGateway: true}
      replication: {instance: dms.r6i.large, storage: 100}
      tasks:
        hr: {mode: full-load-and-cdc, run: %s, include: [HR.*]}
      resources:
        dms-full-load: {hr: {replicationTaskArn: "${dms-task.hr}"}}
      """,
        run);
  }

  @Test
  void waitsUntilTheLoadHasFinished() {
    List<String> said = new ArrayList<>();
    bench.listen(event -> said.add(event.toString()));

    bench.applyFully(bench.plan(file("running")));

    assertThat(said).anySatisfy(line -> assertThat(line).contains("loaded 0 %"));
    assertThat(bench.plan(file("running")).hasChanges()).isFalse();
  }

  @Test
  void saysWhenThereIsNothingToWaitFor() {
    ApplyResult result = bench.apply(bench.plan(file("stopped")));

    assertThat(result.outcomes().values())
        .filteredOn(outcome -> !outcome.isSuccess())
        .singleElement()
        .extracting(Outcome::message)
        .asString()
        .contains("it does not run (ready)", "write run: running");
  }

  @Test
  void theClusterOffersAWayIntoItsDatabase() {
    bench.applyFully(bench.plan(file("stopped").replaceFirst("(?s)resources:.*", "")));
    ResourceType clusters = bench.registry().type("db-cluster");
    Context context = TestContext.discovery();

    Value.Fields connection =
        clusters
            .discover(new Query("hr", List.of(), Query.Scope.PLAN), context)
            .get(0)
            .attributes()
            .fields("connection");

    assertThat(connection.text("host").orElseThrow()).startsWith("hr-target.cluster-");
    assertThat(connection.without("host").without("secretArn").fields())
        .isEqualTo(
            Map.of(
                "port",
                Value.of(5432),
                "database",
                Value.of("hr"),
                "username",
                Value.of("dbadmin")));
    Value.Fields secret = bench.registry().secret(connection.text("secretArn").orElseThrow());
    assertThat(secret.get("username")).contains(new Value.Secret("dbadmin"));
    assertThat(secret.toString()).doesNotContain("dbadmin").contains("password=(sensitive)");
    assertThat(world.provider().secret("hr-target")).isEmpty();
  }
}
