package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.Shell.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one is told about a lock that somebody holds, and how to get rid of it. */
class LockTest {

  private static final String FILE =
      """
      version: 1
      migration: small
      region: us-east-1
      resources:
        vpc:
          main: {cidrBlock: "${var.range}"}
      variables:
        range: 10.0.0.0/16
      """;

  private final Instant since =
      Instant.now().minus(Duration.ofMinutes(3)).truncatedTo(ChronoUnit.SECONDS);
  @TempDir private Path folder;
  private Shell shell;

  @BeforeEach
  void setUp() {
    shell = new Shell(folder);
    shell.write("migration.yaml", FILE);
  }

  @Test
  void keepsApplyAndDestroyFromBeginning() {
    lockedByAnna();

    Result applied = shell.run("apply", "--simulate", "--auto-approve");
    Result destroyed = shell.run("destroy", "--simulate", "--auto-approve");

    assertThat(applied.code()).isEqualTo(6);
    assertThat(destroyed.code()).isEqualTo(6);
    assertThat(applied.out()).isEmpty();
    assertThat(applied.err())
        .isEqualTo(
            "Error: small is locked by anna@build7 (pid 4711) since "
                + since
                + " (3 min ago): pgbound apply small\n"
                + "Nothing was written. Wait until that run is over. If it has died, remove its"
                + " lock: pgbound unlock migration.yaml --simulate\n");
    assertThat(shell.file(".pgbound/runs")).doesNotExist();
  }

  @Test
  void keepsASavedPlanFromBeingApplied() {
    lockedByAnna();
    shell.run("plan", "--simulate", "--out", shell.file("plan.json").toString());

    Result applied = shell.on("plan.json", "apply", "--simulate", "--auto-approve");

    assertThat(applied.code()).isEqualTo(6);
    assertThat(applied.err()).contains("pgbound unlock migration.yaml --simulate");
  }

  @Test
  void keepsNobodyFromPlanning() {
    lockedByAnna();

    assertThat(shell.run("plan", "--simulate").code()).isZero();
  }

  @Test
  void isRemovedByTheCommandThatTheRefusalNames() {
    lockedByAnna();
    String range = "range=10.1.0.0/16";
    Result refused = shell.run("apply", "--simulate", "--auto-approve", "--var", range);
    assertThat(refused.err()).contains("pgbound unlock migration.yaml --var " + range + " --sim");

    Result unlocked = shell.answering("yes").run("unlock", "--var", range, "--simulate");

    assertThat(unlocked.code()).isZero();
    assertThat(unlocked.out())
        .isEqualTo(
            "small is locked by anna@build7 (pid 4711) since "
                + since
                + " (3 min ago): pgbound apply small\n"
                + "the lock of small is removed\n");
    assertThat(unlocked.err())
        .isEqualTo("Two runs at once damage a migration. Remove the lock? Only \"yes\" does it: ");
    assertThat(shell.run("apply", "--simulate", "--auto-approve").code()).isZero();
  }

  @Test
  void staysUnlessItsRemovalIsApproved() {
    lockedByAnna();

    Result silent = shell.run("unlock", "--simulate");
    Result no = shell.answering("no").run("unlock", "--simulate");

    assertThat(silent.code()).isEqualTo(3);
    assertThat(silent.err())
        .contains("Nobody can be asked here; the lock stays.", "--auto-approve");
    assertThat(no.code()).isEqualTo(3);
    assertThat(no.err()).contains("Not approved; the lock stays.");
    assertThat(shell.run("apply", "--simulate", "--auto-approve").code()).isEqualTo(6);
    assertThat(shell.run("unlock", "--simulate", "--auto-approve").code()).isZero();
    assertThat(shell.run("apply", "--simulate", "--auto-approve").code()).isZero();
  }

  @Test
  void isSaidNotToBeThere() {
    Result unlocked = shell.run("unlock", "--simulate");

    assertThat(unlocked.code()).isZero();
    assertThat(unlocked.out()).isEqualTo("small is not locked\n");
  }

  @Test
  void isReleasedAtTheEndOfARun() {
    shell.run("apply", "--simulate", "--auto-approve");

    assertThat(shell.run("unlock", "--simulate").out()).isEqualTo("small is not locked\n");
  }

  @Test
  void isTakenAndReleasedAlsoWhenAnswersAreLost() {
    for (String call : List.of("PutParameter", "DeleteParameter")) {
      Result applied =
          shell.run("apply", "--simulate", "--auto-approve", "--fault", fault(call, "reset-after"));

      assertThat(applied.code()).as(applied.err()).isZero();
      assertThat(shell.run("unlock", "--simulate").out()).isEqualTo("small is not locked\n");
      shell.run("destroy", "--simulate", "--auto-approve");
    }
  }

  @Test
  void isNeededForAnApply() {
    for (String call : List.of("PutParameter", "GetParameter")) {
      Result applied =
          shell.run(
              "apply", "--simulate", "--auto-approve", "--fault", fault(call, "access-denied"));

      assertThat(applied.code()).isEqualTo(1);
      assertThat(applied.err())
          .contains(
              "The parameter /pgbound/small/lock is the lock that keeps two runs of the migration"
                  + " apart");
    }
  }

  @Test
  void isSaidToStayBehindWhenItCannotBeRemoved() {
    Result applied =
        shell.run(
            "apply",
            "--simulate",
            "--auto-approve",
            "--fault",
            fault("DeleteParameter", "access-denied"));

    assertThat(applied.code()).isZero();
    assertThat(applied.err())
        .contains("Warning: the lock of small could not be removed: ssm:DeleteParameter: ")
        .contains("Remove it with: pgbound unlock migration.yaml --simulate");
    assertThat(shell.run("unlock", "--simulate").out())
        .contains("small is locked by", "That process still runs on this machine.");
  }

  private static String fault(String call, String kind) {
    return "ssm:" + call + ":1:" + kind;
  }

  @Test
  void isHeldAlsoWhenItDoesNotSayByWhom() {
    locked("who knows");

    Result applied = shell.run("apply", "--simulate", "--auto-approve");

    assertThat(applied.code()).isEqualTo(6);
    assertThat(applied.err()).contains("small is locked; the lock does not say by whom\n");
    assertThat(shell.run("unlock", "--simulate", "--auto-approve").code()).isZero();
  }

  @Test
  void cannotPaintOverTheTerminal() {
    locked(holder("anna\\u001b[2Jevil", since));

    assertThat(shell.run("unlock", "--simulate").out()).contains("anna[2Jevil (pid 4711)");
  }

  private void lockedByAnna() {
    locked(holder("anna@build7", since));
  }

  private static String holder(String who, Instant since) {
    return String.format(
        Locale.ROOT,
        "{\"who\":\"%s\",\"pid\":4711,\"process\":\"elsewhere\",\"command\":\"pgbound apply small\","
            + "\"since\":\"%s\",\"run\":\"r\",\"version\":\"1\"}",
        who,
        since);
  }

  private void locked(String text) {
    shell.write(
        "simulated-account.yaml",
        String.format(
            Locale.ROOT,
            "- ssm.PutParameter: {name: /pgbound/small/lock, type: String, value: '%s'}%n",
            text));
  }
}
