package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.Shell.Result;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How a run is shown while it goes on. */
class ProgressTest {

  private static final String NETWORK =
      """
      version: 1
      migration: small
      region: us-east-1
      resources:
        vpc:
          main: {cidrBlock: 10.0.0.0/16}
      """;

  @TempDir private Path folder;
  private Shell shell;

  @BeforeEach
  void setUp() {
    shell = new Shell(folder);
    shell.write("migration.yaml", NETWORK);
  }

  @Test
  void aPipeGetsLinesWithoutEscapeCodes() {
    Result applied = shell.run("apply", "--simulate", "--auto-approve");

    assertThat(applied.err()).contains("create vpc.main done after").doesNotContain("\u001b");
    assertThat(applied.out()).doesNotContain("\u001b");
  }

  @Test
  void aTerminalIsRedrawn() {
    shell.set("PGBOUND_SCREEN", "24 80").set("TERM", "xterm");

    Result applied = shell.run("apply", "--simulate", "--auto-approve");

    assertThat(applied.err()).contains("\u001b[1A\r\u001b[J", "0 of 1 step done, 1 running");
  }

  @Test
  void aRunThatNobodyWatchesIsNotRedrawn() {
    shell.set("PGBOUND_SCREEN", "24 80").set("TERM", "xterm").set("CI", "true");

    assertThat(shell.run("apply", "--simulate", "--auto-approve").err()).doesNotContain("\u001b[J");
  }

  @Test
  void programsGetAnObjectOnEachLine() {
    Result applied = shell.run("apply", "--simulate", "--auto-approve", "--progress", "json");

    List<JsonNode> events =
        applied.err().lines().map(line -> new JsonMapper().readTree(line)).toList();
    assertThat(events).extracting(one -> one.path("event").asString()).contains("started");
    assertThat(events)
        .filteredOn(one -> one.path("event").asString().equals("finished"))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.path("address").asString()).isEqualTo("vpc.main");
              assertThat(one.path("status").asString()).isEqualTo("succeeded");
            });
  }

  @Test
  void coloursOnlyRepeatWhatTheWordsSay() {
    String plain = shell.run("plan", "--simulate").out();
    shell.set("FORCE_COLOR", "1");
    String coloured = shell.run("plan", "--simulate").out();
    shell.set("NO_COLOR", "1");

    assertThat(coloured).contains("\u001b[32m+\u001b[0m");
    assertThat(coloured.replaceAll("\u001b\\[[0-9]+m", "")).isEqualTo(plain);
    assertThat(shell.run("plan", "--simulate").out()).isEqualTo(plain);
  }
}
