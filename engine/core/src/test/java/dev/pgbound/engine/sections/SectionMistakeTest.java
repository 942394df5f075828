package dev.pgbound.engine.sections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.Types;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.config.Document;
import dev.pgbound.engine.config.YamlReader;
import dev.pgbound.spi.Diagnostic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each thing that can be wrong with the sections beyond the form of their values. */
final class SectionMistakeTest {

  private static final String NETWORK = "network: {cidr: 10.0.0.0/16}\n";
  private static final String REPLICATION = "replication: {instance: dms.c6i.large}\n";
  private static final String SOURCE = "source: {oracle: {service: ORCL, secret: s}}\n";
  private static final String TARGET =
      "target: {aurora-postgresql: {version: \"16.4\", instances: [db.r6i.large], database: hr}}\n";
  private static final String EVERYTHING = NETWORK + REPLICATION + SOURCE + TARGET;

  @Test
  void networkIsEitherMadeOrFound() {
    assertMistake("network: {}\n", "SECTION-002", "network", "\"cidr\"");
    assertMistake(
        "network: {cidr: 10.0.0.0/16, vpc: vpc-1}\n", "SECTION-002", "network", "\"vpc\"");
  }

  @Test
  void networkIsLargeEnoughAndANetwork() {
    for (String range : List.of("10.0.0.0/25", "10.0.0.0/8", "10.0.0.1/16", "10.0.0.256/24")) {
      assertMistake("network: {cidr: " + range + "}\n", "SECTION-003", "network.cidr", "/16");
    }
  }

  @Test
  void networkThatExistsHasTwoSubnets() {
    assertMistake("network: {vpc: vpc-1, subnets: [subnet-1]}\n", "SECTION-002", "network", "two");
  }

  @Test
  void replicationNeedsANetwork() {
    assertMistake(REPLICATION, "SECTION-001", "replication", "\"network\"");
  }

  @Test
  void targetNeedsANetwork() {
    assertMistake(TARGET, "SECTION-001", "target.aurora-postgresql", "\"network\"");
  }

  @Test
  void schemaNeedsATargetAndANameThatTheTasksMayGive() {
    assertMistake("schema: {beforeLoad: [sql]}\n", "SECTION-001", "schema", "\"target\"");
    assertMistake(
        EVERYTHING + "tasks: {t: {include: [H*.*]}}\nschema: {beforeLoad: [sql]}\n",
        "SECTION-005",
        "schema",
        "\"schemas\"");
  }

  @Test
  void cutoverComesWhenNoTaskRuns() {
    String cutover = "schema: {cutover: [sql], phase: cutover}\n";
    assertMistake(
        EVERYTHING + "tasks: {t: {include: [HR.*]}}\n" + cutover,
        "SECTION-006",
        "schema.phase",
        "run: stopped");
  }

  @Test
  void sourceNeedsReplication() {
    assertMistake(SOURCE, "SECTION-001", "source.oracle", "\"replication\"");
  }

  @Test
  void sourceHasEitherASecretOrAPassword() {
    assertMistake(
        NETWORK + REPLICATION + "source: {oracle: {service: ORCL}}\n",
        "SECTION-002",
        "source.oracle",
        "password");
  }

  @Test
  void sourceWithASecretSaysNothingThatStandsInIt() {
    assertMistake(
        NETWORK + REPLICATION + "source: {oracle: {service: ORCL, secret: s, host: h}}\n",
        "SECTION-002",
        "source.oracle.host",
        "\"host\"");
  }

  @Test
  void sourceWithAPasswordSaysHowToGetThere() {
    assertMistake(
        NETWORK
            + REPLICATION
            + "source: {oracle: {service: O, password: \"${env.P}\", host: h, port: 1}}\n",
        "SECTION-002",
        "source.oracle",
        "\"username\"");
  }

  @Test
  void tasksNeedBothSidesAndReplication() {
    String tasks = "tasks: {hr: {include: [HR.*]}}\n";

    assertMistake(NETWORK + REPLICATION + TARGET + tasks, "SECTION-001", "tasks", "\"source\"");
    assertMistake(NETWORK + REPLICATION + SOURCE + tasks, "SECTION-001", "tasks", "\"target\"");
  }

  @Test
  void tablesAreNamedWithTheirSchema() {
    assertMistake(
        EVERYTHING + "tasks: {hr: {include: [HR.*, EMP]}}\n",
        "SECTION-004",
        "tasks.hr.include[1]",
        "SCHEMA.TABLE");
  }

  @Test
  void resourceIsNotDeclaredBesideItsSection() {
    assertMistake(
        NETWORK + "resources: {vpc: {main: {}}}\n", "GRAPH-007", "resources.vpc.main", "overrides");
  }

  @Test
  void overrideMeetsAResource() {
    assertMistake(
        NETWORK + "overrides: {vpc.mian: {}}\n", "GRAPH-006", "overrides", "\"vpc.main\"");
  }

  private static void assertMistake(String yaml, String code, String pointer, String words) {
    Diagnostics sink = new Diagnostics();
    String file = "version: 1\nmigration: hr\nregion: us-east-1\n" + yaml;
    Document document =
        YamlReader.read("file", file.getBytes(StandardCharsets.UTF_8), sink).orElseThrow();

    Sections.expand(document, Types.registry("vpc"), sink);

    assertThat(sink.sorted())
        .as(yaml)
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.code()).isEqualTo(code);
              assertThat(found.pointer()).startsWith(pointer);
              assertThat(found.range()).isPresent();
              assertThat(found.detail()).contains(words);
              assertThat(found.severity()).isEqualTo(Diagnostic.Severity.ERROR);
            });
  }
}
