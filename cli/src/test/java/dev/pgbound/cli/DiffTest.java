package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.Shell.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one plan would do that another would not. */
class DiffTest {

  private static final String NETWORK =
      """
      version: 1
      migration: small
      region: us-east-1
      resources:
        vpc:
          main: {cidrBlock: 10.0.0.0/16}
        log-group:
          a: {logGroupName: a}
          b: {logGroupName: b, retentionInDays: 7}
      """;

  @TempDir private Path folder;
  private Shell shell;

  @BeforeEach
  void setUp() {
    shell = new Shell(folder);
    plan("a.json", NETWORK);
  }

  @Test
  void anotherOrderIsNoDifference() {
    plan(
        "b.json",
        NETWORK
            .replace("    a: {logGroupName: a}\n", "")
            .replace("Days: 7}\n", "Days: 7}\n    # moved\n    a: {logGroupName: a}\n"));

    Result diff = diff("--detailed-exitcode");

    assertThat(diff.out()).isEqualTo("diff: no difference\n");
    assertThat(diff.code()).isZero();
  }

  @Test
  void oneMoreChangeIsOneLine() {
    plan("b.json", NETWORK + "    c: {logGroupName: c}\n");

    Result diff = diff();

    assertThat(diff.out())
        .isEqualTo("+ log-group.c  create\n\ndiff: 1 more, 0 fewer, 0 different\n");
    assertThat(diff.code()).isZero();
    assertThat(diff("--detailed-exitcode").code()).isEqualTo(2);
  }

  @Test
  void oneChangeLessIsOneLine() {
    plan("b.json", NETWORK.replace("    a: {logGroupName: a}\n", ""));

    assertThat(diff().out())
        .isEqualTo("- log-group.a  create\n\ndiff: 0 more, 1 fewer, 0 different\n");
  }

  @Test
  void showsTheValuesThatDiffer() {
    plan("b.json", NETWORK.replace("retentionInDays: 7", "retentionInDays: 14"));

    assertThat(diff().out())
        .isEqualTo(
            """
            ~ log-group.b  create
                - retentionInDays  7
                + retentionInDays  14

            diff: 0 more, 0 fewer, 1 different
            """);
  }

  @Test
  void showsWhatHasMovedInBetween() {
    shell.write("migration.yaml", NETWORK);
    shell.run("apply", "--simulate", "--auto-approve");
    plan("a.json", NETWORK.replace("Days: 7", "Days: 14"));
    shell.write(
        ".pgbound/simulator/state.json",
        shell
            .read(".pgbound/simulator/state.json")
            .replaceFirst(
                "\"RetentionInDays\" : 7|\"retentionInDays\" : 7", "\"retentionInDays\" : 30"));
    plan("b.json", NETWORK.replace("Days: 7", "Days: 14"));

    assertThat(diff().out())
        .contains("- retentionInDays  7 → 14", "+ retentionInDays  30 → 14", "1 different");
  }

  @Test
  void saysWhichFileIsNoPlan() {
    shell.write("b.json", "{}");

    Result noPlan = diff();
    Result missing =
        shell.plain("diff", shell.file("a.json").toString(), shell.file("c.json").toString());

    assertThat(noPlan.code()).isEqualTo(65);
    assertThat(noPlan.err()).contains("b.json is no saved plan");
    assertThat(missing.code()).isEqualTo(65);
    assertThat(missing.err()).contains("There is no file c.json");
    assertThat(shell.plain("diff", shell.file("a.json").toString()).code()).isEqualTo(64);
  }

  private void plan(String to, String file) {
    shell.write("migration.yaml", file);
    Result plan = shell.run("plan", "--simulate", "--out", shell.file(to).toString());
    assertThat(plan.code()).as(plan.err()).isZero();
  }

  private Result diff(String... options) {
    String[] arguments = new String[options.length + 3];
    arguments[0] = "diff";
    arguments[1] = shell.file("a.json").toString();
    arguments[2] = shell.file("b.json").toString();
    System.arraycopy(options, 0, arguments, 3, options.length);
    return shell.plain(arguments);
  }
}
