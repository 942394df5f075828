package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgbound.cli.FakeGitHub.Comment;
import dev.pgbound.engine.config.DiagnosticText;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.config.YamlReader;
import dev.pgbound.spi.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of the GitHub action, run as GitHub runs them, against a fake of its API. */
class ActionTest {

  private static final Path STEPS = Shell.PROJECT.resolve("action");

  private static final String MIGRATION =
      """
      version: 1
      migration: small
      region: us-east-1
      resources:
        sns-topic: {alerts: {name: small-alerts}}
      """;

  private record Ran(int code, String printed) {}

  @TempDir private Path folder;
  private final FakeGitHub gitHub = new FakeGitHub();
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void setUp() throws IOException {
    for (String program : List.of("bash", "curl", "jq")) {
      assumeTrue(isThere(program), program + " is not installed, as it is where GitHub runs jobs");
    }
    Path launcher = folder.resolve("launcher");
    Files.writeString(
        launcher,
        String.format(
            Locale.ROOT,
            "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -cp '%s' dev.pgbound.cli.Main \"$@\"\n",
            Path.of(System.getProperty("java.home"), "bin", "java"),
            System.getProperty("java.class.path")));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    write("migration.yaml", MIGRATION);
    write("event.json", "{\"pull_request\": {\"number\": 7}}");
    write("output", "");
    write("summary", "");
    environment.put("PGBOUND", launcher.toString());
    environment.put("RUNNER_TEMP", folder.toString());
    environment.put("GITHUB_EVENT_PATH", folder.resolve("event.json").toString());
    environment.put("GITHUB_OUTPUT", folder.resolve("output").toString());
    environment.put("GITHUB_STEP_SUMMARY", folder.resolve("summary").toString());
    environment.put("GITHUB_API_URL", gitHub.url());
    environment.put("GITHUB_REPOSITORY", "acme/shop");
    environment.put("INPUT_FILE", "migration.yaml");
    environment.put("INPUT_ARGUMENTS", "--simulate");
    environment.put("INPUT_TOKEN", FakeGitHub.TOKEN);
    environment.put("INPUT_AUTHOR", "github-actions[bot]");
  }

  @AfterEach
  void stop() {
    gitHub.close();
  }

  @Test
  void showsThePlanAndKeepsOneCommentUpToDate() throws IOException {
    gitHub.comments.add(new Comment(1, "mallory", "<!-- pgbound plan migration.yaml -->\nforged"));

    Ran plan = step("plan.sh");
    Ran comment = step("comment.sh");

    assertThat(plan.code()).as(plan.printed()).isZero();
    assertThat(comment.code()).as(comment.printed()).isZero();
    assertThat(read("output"))
        .contains("exit-code=2\n", "changes=true\n", "worst=none\n")
        .containsPattern("digest=sha256:[0-9a-f]{64}\n");
    assertThat(finish("2").code()).isZero();
    assertThat(gitHub.comments).hasSize(2);
    assertThat(gitHub.comments.get(1).body())
        .startsWith("<!-- pgbound plan migration.yaml -->\n")
        .contains("sns-topic.alerts")
        .isEqualTo(read("summary"))
        .isEqualTo(read("pgbound/plan.md"));
    assertThat(folder.resolve("pgbound"))
        .isDirectoryContaining("glob:**/plan.{md,json,html,sarif}");

    write("migration.yaml", MIGRATION.replace("alerts:", "failures:"));
    step("plan.sh");
    step("comment.sh");

    assertThat(gitHub.comments).hasSize(2);
    assertThat(gitHub.comments.get(0).body()).endsWith("forged");
    assertThat(gitHub.comments.get(1).body())
        .contains("sns-topic.failures")
        .doesNotContain("alerts`");
    assertThat(gitHub.requests).last().asString().startsWith("PATCH ");
  }

  @Test
  void annotatesMistakesAndFailsAfterShowingThem() throws IOException {
    write("migration.yaml", MIGRATION.replace("name:", "nam:"));

    Ran plan = step("plan.sh");
    step("comment.sh");

    assertThat(plan.code()).isZero();
    assertThat(plan.printed())
        .containsPattern("::error title=SCHEMA-001,file=migration.yaml,line=5,col=\\d+::.*\"nam\"");
    assertThat(read("output")).contains("exit-code=65\n", "changes=false\n");
    assertThat(gitHub.comments).singleElement().asString().contains("SCHEMA-001");
    Ran finish = finish("65");
    assertThat(finish.code()).isEqualTo(65);
    assertThat(finish.printed()).contains("::error", "exit code 65");
  }

  @Test
  void saysWhyThereIsNoPlan() throws IOException {
    environment.put("INPUT_FILE", "missing.yaml");

    step("plan.sh");

    assertThat(read("output")).contains("exit-code=65\n");
    assertThat(read("summary"))
        .startsWith("<!-- pgbound plan missing.yaml -->\n")
        .contains("There is no file missing.yaml");
  }

  @Test
  void letsNoNameFromAwsCommandTheRunner() throws IOException {
    Path launcher = folder.resolve("echo");
    Files.writeString(launcher, "#!/bin/sh\necho '::set-output name=changes::false'\nexit 3\n");
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    environment.put("PGBOUND", launcher.toString());

    Ran plan = step("plan.sh");

    assertThat(plan.printed())
        .matches("(?s)::stop-commands::([0-9a-f]{32})\n::set-output.*\n::\\1::\n");
    assertThat(read("output")).contains("exit-code=3\n");
  }

  @Test
  void findsItsCommentBehindAHundredOthers() throws IOException {
    for (int i = 1; i <= 150; i++) {
      gitHub.comments.add(new Comment(i, "anna", "looks good " + i));
    }
    gitHub.comments.set(
        149,
        new Comment(150, "github-actions[bot]", "<!-- pgbound plan migration.yaml -->\r\nold"));
    planned();

    step("comment.sh");

    assertThat(gitHub.comments).hasSize(150);
    assertThat(gitHub.comments.get(149).body()).contains("planned \"so\"\tand\\so");
  }

  @Test
  void doesNotFailAPullRequestFromAFork() throws IOException {
    planned();
    gitHub.refusal = 403;

    Ran comment = step("comment.sh");

    assertThat(comment.code()).isZero();
    assertThat(comment.printed()).contains("::warning", "HTTP 403", "forks").doesNotContain("ghs_");
  }

  @Test
  void saysWhatGitHubDoesNotTake() throws IOException {
    planned();
    gitHub.refusal = 422;

    Ran comment = step("comment.sh");

    assertThat(comment.code()).isEqualTo(1);
    assertThat(comment.printed()).contains("::error", "HTTP 422", "Resource not accessible");
  }

  @Test
  void saysThatTheTokenIsMissing() throws IOException {
    planned();
    environment.put("INPUT_TOKEN", "");

    Ran comment = step("comment.sh");

    assertThat(comment.code()).isEqualTo(1);
    assertThat(comment.printed()).contains("::error", "There is no token");
    assertThat(gitHub.requests).isEmpty();
  }

  @Test
  void commentsNowhereOutsideAPullRequest() throws IOException {
    planned();
    write("event.json", "{\"ref\": \"refs/heads/main\"}");

    Ran comment = step("comment.sh");

    assertThat(comment.code()).isZero();
    assertThat(comment.printed()).contains("no pull request");
    assertThat(gitHub.requests).isEmpty();
  }

  @Test
  void appliesThePlanThatWasApprovedAndNoOther() throws IOException {
    step("plan.sh");
    Files.move(folder.resolve("pgbound/plan.json"), folder.resolve("plan.json"));
    String digest = read("output").replaceFirst("(?s).*digest=(\\S+).*", "$1");

    Ran other = apply("plan.json", digest.replaceFirst("....$", "0000"));
    Ran none = apply("plan.json", "");
    Ran missing = apply("plans.json", digest);
    assertThat(other.code()).isEqualTo(3);
    assertThat(other.printed()).contains("not the one that was approved", "Nothing was written");
    assertThat(none.code()).isEqualTo(64);
    assertThat(missing.code()).isEqualTo(65);

    Ran applied = apply("plan.json", digest);
    Ran again = apply("plan.json", digest);
    assertThat(applied.code()).as(applied.printed()).isZero();
    assertThat(applied.printed()).contains("apply: 1 step done");
    assertThat(again.code()).as("AWS has moved").isEqualTo(3);
    assertThat(read("summary")).contains("ended with exit code 0", "ended with exit code 3");
  }

  @Test
  void stepsGetEverythingThatTheyTake() throws IOException {
    String action = Files.readString(Shell.PROJECT.resolve("action.yml"));
    try (Stream<Path> scripts = Files.list(STEPS)) {
      for (Path script : scripts.toList()) {
        String name = script.getFileName().toString();
        assertThat(Files.isExecutable(script)).as(name).isEqualTo(!name.equals("common.sh"));
        Pattern.compile("\\b(INPUT_[A-Z]+|EXIT_CODE)\\b")
            .matcher(Files.readString(script))
            .results()
            .forEach(taken -> assertThat(action).as(name).contains(" " + taken.group() + ": ${{"));
      }
    }
  }

  @Test
  void theExampleSaysOnlyWhatTheActionKnows() throws IOException {
    Value.Fields action = yaml(Shell.PROJECT.resolve("action.yml"));
    Value.Fields jobs =
        yaml(Shell.PROJECT.resolve("examples/ci/github/pgbound.yml")).fields("jobs");
    int used = 0;
    for (String job : List.of("plan", "apply")) {
      for (Value step : jobs.fields(job).items("steps")) {
        Value.Fields fields = (Value.Fields) step;
        if (fields.text("uses").equals(Optional.of("./.pgbound-action"))) {
          used++;
          assertThat(action.fields("inputs").fields().keySet())
              .containsAll(fields.fields("with").fields().keySet());
        }
      }
    }
    assertThat(used).isEqualTo(2);
    for (Value output : jobs.fields("plan").fields("outputs").fields().values()) {
      String name = output.toString().replaceFirst(".*outputs\\.(\\S+).*", "$1");
      assertThat(action.fields("outputs").fields()).containsKey(name);
    }
  }

  private static Value.Fields yaml(Path file) throws IOException {
    Diagnostics found = new Diagnostics();
    return YamlReader.read(file.toString(), Files.readAllBytes(file), found)
        .orElseThrow(() -> new AssertionError(DiagnosticText.render(found)))
        .root();
  }

  private void planned() throws IOException {
    Files.createDirectories(folder.resolve("pgbound"));
    write(
        "pgbound/plan.md",
        "<!-- pgbound plan migration.yaml -->\nplanned \"so\"\tand\\so \u00e4 \u2192\n");
  }

  private Ran apply(String plan, String digest) throws IOException {
    environment.put("INPUT_PLAN", plan);
    environment.put("INPUT_DIGEST", digest);
    return step("apply.sh");
  }

  private Ran finish(String code) throws IOException {
    environment.put("EXIT_CODE", code);
    return step("finish.sh");
  }

  private Ran step(String script) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(STEPS.resolve(script).toString());
    builder.environment().putAll(environment);
    builder.directory(folder.toFile());
    // standard output is what GitHub reads commands from
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Ran(process.waitFor(), printed);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isThere(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(one -> Files.isExecutable(Path.of(one, program)));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }
}
