package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where the outputs of a plan go, and what is said about those that cannot. */
class OutputOptionsTest {

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
  void writesSeveralFormsInOneRun() {
    Result plan =
        shell.run(
            "plan",
            "--simulate",
            "--format",
            "markdown",
            "--write",
            "html=" + shell.file("plan.html"),
            "--write",
            "json=" + shell.file("a.json"),
            "--out",
            shell.file("b.json").toString());

    assertThat(plan.out()).startsWith("<!-- pgbound plan ");
    assertThat(plan.err()).contains("saved to plan.html", "saved to a.json", "saved to b.json");
    assertThat(shell.read("plan.html")).startsWith("<!doctype html>");
    assertThat(shell.read("a.json")).isEqualTo(shell.read("b.json"));
  }

  @Test
  void printsNothingButTheFormThatWasAskedFor() {
    Result plan = shell.run("plan", "--simulate", "--format", "json");

    JsonNode document = new JsonMapper().readTree(plan.out());
    assertThat(document.path("summary").path("create").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "--format, jsn, there is no format \"jsn\"",
    "--write, plan.md, write FORMAT=PATH",
    "--write, =plan.md, write FORMAT=PATH",
    "--write, markdown=, write FORMAT=PATH",
    "--write, markdwn=plan.md, Did you mean \"markdown\"?",
    "--write, html=missing/plan.html, there is no folder",
    "--write, html=., this is a folder",
    "--out, missing/plan.json, there is no folder"
  })
  void refusesWhatCannotBePutOutBeforeItAsksAnybody(String option, String value, String says) {
    Result plan = shell.run("plan", "--simulate", option, value);

    assertThat(plan.code()).as(plan.err()).isEqualTo(64);
    assertThat(plan.err()).contains(option + " " + value, says);
    assertThat(plan.out()).isEmpty();
    assertThat(shell.file(".pgbound")).doesNotExist();
  }

  @Test
  void refusesTwoOutputsInOneFile() {
    String file = shell.file("plan.out").toString();

    Result plan =
        shell.run("plan", "--simulate", "--write", "json=" + file, "--write", "text=" + file);

    assertThat(plan.code()).isEqualTo(64);
    assertThat(plan.err()).contains("two outputs cannot go to the same file");
  }

  @Test
  void tellsTheErrorsOfAFileInTheFormThatWasAskedFor() {
    shell.write("migration.yaml", NETWORK.replace("cidrBlock", "cidrBlok"));

    Result plan =
        shell.run(
            "plan",
            "--simulate",
            "--format",
            "json",
            "--write",
            "markdown=" + shell.file("plan.md"),
            "--write",
            "sarif=" + shell.file("plan.sarif"));

    assertThat(plan.code()).isEqualTo(65);
    JsonNode finding = new JsonMapper().readTree(plan.out()).path("findings").path(0);
    assertThat(finding.path("at").path("line").asInt()).isEqualTo(6);
    assertThat(shell.read("plan.md")).contains("## pgbound plan: no plan", "cidrBlok");
    assertThat(shell.read("plan.sarif")).contains(finding.path("code").asString());
  }

  @Test
  void validatesIntoTheFormThatWasAskedFor() {
    assertThat(shell.run("validate", "--format", "sarif").out()).contains("\"results\" : [ ]");
    shell.write("migration.yaml", NETWORK.replace("cidrBlock", "cidrBlok"));

    Result json = shell.run("validate", "--format", "json");
    Result sarif = shell.run("validate", "--format", "sarif");

    assertThat(json.code()).isEqualTo(65);
    assertThat(json.out()).contains("\"severity\" : \"error\"");
    assertThat(sarif.code()).isEqualTo(65);
    assertThat(sarif.out()).contains("\"startLine\" : 6").contains("pgbound/v1");
  }

  @Test
  void appliesNoPlanThatWasChangedByHand() throws IOException {
    Path saved = shell.file("plan.json");
    shell.run("plan", "--simulate", "--out", saved.toString());
    shell.write("plan.json", Files.readString(saved).replace("10.0.0.0/16", "10.9.0.0/16"));

    Result applied = shell.on("plan.json", "apply", "--simulate", "--auto-approve");

    assertThat(applied.code()).isEqualTo(65);
    assertThat(applied.err()).contains("Its digest does not fit", "pgbound plan --out");
  }

  @Test
  void appliesAPlanThatWasOnlyLaidOutAnew() throws IOException {
    Path saved = shell.file("plan.json");
    shell.run("plan", "--simulate", "--out", saved.toString());
    shell.write("plan.json", new JsonMapper().readTree(saved.toFile()).toString());

    Result applied = shell.on("plan.json", "apply", "--simulate", "--auto-approve");

    assertThat(applied.code()).as(applied.err()).isZero();
  }

  @Test
  void appliesNoFindings() {
    shell.write("migration.yaml", NETWORK.replace("cidrBlock", "cidrBlok"));
    shell.run("plan", "--simulate", "--write", "json=" + shell.file("plan.json"));

    Result applied = shell.on("plan.json", "apply", "--simulate", "--auto-approve");

    assertThat(applied.code()).isEqualTo(65);
    assertThat(applied.err()).contains("It holds the errors of a migration file");
  }
}
