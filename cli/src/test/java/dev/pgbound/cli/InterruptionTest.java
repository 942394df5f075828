package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.plan.ResourceChange;
import dev.pgbound.spi.LockStore;
import dev.pgbound.testkit.Bench;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, once and twice, in a process of its own. */
class InterruptionTest {

  private static final String SMALL =
      """
      version: 1
      migration: small
      region: us-east-1
      resources:
        vpc:
          main: {cidrBlock: 10.0.0.0/16}
        security-group:
          app: {description: application, vpcId: "${vpc.main}"}
      """;
  private static final String INTERRUPTED = "Interrupted: nothing new is started";
  private static final String[] APPLY = {"apply", "migration.yaml", "--auto-approve"};

  @TempDir private Path folder;
  private final ServedAws aws = new ServedAws();

  @AfterEach
  void close() {
    aws.close();
  }

  @Test
  void onceLetsRunningCallsFinishAndStartsNothingNew() {
    new Shell(folder).write("migration.yaml", SMALL);
    aws.hold("CreateVpc", 1);
    try (Child child = new Child(folder, aws, APPLY)) {
      aws.awaitHeld("CreateVpc");
      // A lost terminal is an interruption, however often it says so.
      child.signal("HUP");
      child.awaitPrinted(INTERRUPTED);
      child.signal("HUP");
      aws.release("CreateVpc");

      assertThat(child.code()).as(child.printed()).isEqualTo(130);
      assertThat(child.printed())
          .contains("create vpc.main done after")
          .doesNotContain("create security-group.app ...", "Left at once.")
          .endsWith(
              """
              Not started: create security-group.app
              apply: 1 of 2 steps done, 0 failed, 0 skipped, 0 interrupted, 1 not started. The same\
               command continues from here.
              """);
    }
    assertThat(lock("small")).isEmpty();
    aws.bench().applyFully(aws.bench().plan(SMALL));
  }

  @Test
  void onceResumesTheTaskThatWasStopped() throws IOException {
    Shell shell = Shell.inExample("hr", folder);
    aws.aws().fill(shell.file("simulated-account.yaml"));
    Bench bench = aws.bench();
    // The bench reads no file beside it, such as a catalog of tables.
    String file = shell.withoutDatabase().replaceFirst("(?m)^tables: .*\n", "");
    bench.applyFully(bench.plan(file));
    String changed =
        file.replace("LobMaxSize: 64", "LobMaxSize: 32").replace("lagAbove: 5m", "lagAbove: 6m");
    shell.write("migration.yaml", changed);
    aws.hold("ModifyReplicationTask", 1);
    try (Child child = new Child(folder, aws, APPLY)) {
      aws.awaitHeld("ModifyReplicationTask");
      child.signal("TERM");
      child.awaitPrinted(INTERRUPTED);
      aws.release("ModifyReplicationTask");

      assertThat(child.code()).as(child.printed()).isEqualTo(130);
      assertThat(child.printed())
          .contains("resume dms-task.hr done after")
          .contains("Not started: update cloudwatch-alarm.hr-lag-source, update cloudwatch-alarm");
    }
    assertThat(lock("hr")).isEmpty();
    assertThat(bench.plan(changed).changes())
        .filteredOn(ResourceChange::isChange)
        .extracting(change -> change.address().type())
        .as("what is left; a task that stands still would be, too")
        .containsExactly("cloudwatch-alarm", "cloudwatch-alarm");
  }

  @Test
  void twiceLeavesAtOnceAndSaysWhatStaysBehind() {
    new Shell(folder).write("migration.yaml", SMALL);
    aws.hold("CreateVpc", 1);
    try (Child child = new Child(folder, aws, APPLY)) {
      aws.awaitHeld("CreateVpc");
      child.signal("TERM");
      child.awaitPrinted(INTERRUPTED);
      child.signal("HUP");
      child.signal("TERM");

      assertThat(child.code()).as(child.printed()).isEqualTo(130);
      assertThat(child.printed())
          .containsOnlyOnce("Left at once.")
          .contains("Under way: create vpc.main.\n")
          .contains("The lock of small stays behind. ")
          .contains("pgbound unlock migration.yaml --endpoint-url " + aws.url());
    }
    assertThat(lock("small")).isPresent();
    aws.discard("CreateVpc");
    try (Child next = new Child(folder, aws, APPLY)) {
      assertThat(next.code()).as(next.printed()).isZero();
      assertThat(next.printed()).contains("no longer runs; the lock that it left behind is taken");
    }
    assertThat(lock("small")).isEmpty();
  }

  private Optional<String> lock(String migration) {
    LockStore locks = aws.bench().registry().providers().get(0).locks().orElseThrow();
    return locks.get(migration);
  }
}
