package dev.pgbound.cli.abuse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.Console;
import dev.pgbound.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything else that pgbound reads: saved plans, the state of the simulated AWS, what a simulated
 * account holds. None makes it print a stack trace or an internal error.
 */
class BadDocumentTest {

  private static final String MIGRATION =
      """
      version: 1
      migration: small
      region: us-east-1
      resources:
        vpc:
          main: {cidrBlock: 10.0.0.0/16, tags: {team: data}}
        security-group:
          app: {description: application, vpcId: "${vpc.main}"}
        log-group:
          tasks: {retentionInDays: 7}
        secret:
          dms: {values: {username: dms, port: 1521}, generated: [password]}
        sns-topic:
          alerts: {subscriptions: [{protocol: email, endpoint: dba@example.com}]}
      """;

  private static final List<String> JSON_VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1.5",
          "1e400",
          "99999999999999999999",
          "\"\"",
          "\"x\"",
          "\"a.b\"",
          "\"1.99\"",
          "\"2.0\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\u202e\"",
          "[]",
          "{}",
          "[[]]",
          "{\"unknown\": \"${vpc.main}\"}",
          "\"destroy\"",
          "\"delete\"",
          "\"pause\"",
          "\"create vpc.main\"",
          "\"" + "x".repeat(5000) + "\"");

  /** What only a bug prints; the codes of AWS end in Exception as well. */
  private static final Pattern BUG =
      Pattern.compile(
          "Internal error|\\tat |(?<!2002:)\\b(java|tools|dev|software)\\.[a-z]+\\.[A-Z]"
              + "|(NullPointer|Illegal\\w+|ClassCast|OutOfBounds|NumberFormat|Element)Exception");

  @TempDir private Path folder;
  private final List<String> failures = new ArrayList<>();
  private final Map<Integer, Integer> codes = new TreeMap<>();

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("migration.yaml"), MIGRATION);
  }

  @Test
  void savedPlansThatWereChangedAreRefused() throws IOException {
    String plan = plan();
    for (int i = 0; i < 60; i++) {
      apply(plan.substring(0, plan.length() * i / 60), 65);
    }
    for (int seed = 0; seed < 60; seed++) {
      String changed = mutated(plan, seed);
      if (!isSame(changed, plan)) {
        apply(changed, 65);
      }
    }
    for (String text :
        List.of("", "null", "[]", "{}", "1", "\"1.0\"", "\u0000", "[".repeat(100_000))) {
      apply(text, 65);
    }
    apply(plan, 0);
    report("changed plans");
  }

  /** As a newer pgbound may write them, or somebody who knows how the digest is made. */
  @Test
  void savedPlansWithTheRightDigestAreRefusedOrCarriedOut() throws IOException {
    String plan = plan();
    for (int seed = 0; seed < 400; seed++) {
      String changed = mutated(plan, seed);
      Optional<ObjectNode> tree = tree(changed);
      if (tree.isPresent()) {
        apply(signed(tree.get()), 0, 1, 3, 4, 65, 69);
      }
    }
    apply(signed(tree(plan).orElseThrow()), 0);
    report("forged plans");
  }

  @Test
  void theStateOfTheSimulatedAwsIsReadOrRefused() throws IOException {
    assertThat(run("apply", "migration.yaml", "--simulate", "--auto-approve").code()).isZero();
    Path file = folder.resolve(".pgbound/simulator/state.json");
    String state = Files.readString(file);
    List<String> texts =
        new ArrayList<>(List.of("", "null", "[]", "{}", "{\"format\": 2}", "\u0000"));
    for (int i = 0; i < 40; i++) {
      texts.add(state.substring(0, state.length() * i / 40));
    }
    for (int seed = 0; seed < 300; seed++) {
      texts.add(withOtherValue(state, seed));
    }
    for (String text : texts) {
      Files.writeString(file, text);
      check(text, run("plan", "migration.yaml", "--simulate"), 0, 1, 65, 69);
    }
    report("states");
  }

  @Test
  void whatASimulatedAccountHoldsIsReadOrRefused() throws IOException {
    String seeds = Files.readString(Path.of("../examples/existing-network/simulated-account.yaml"));
    Path file = folder.resolve("simulated-account.yaml");
    Files.writeString(file, seeds);
    assertThat(run("plan", "migration.yaml", "--simulate").code()).isZero();
    for (int seed = 0; seed < 300; seed++) {
      deleteState();
      String text = seed % 2 == 0 ? mutated(seeds, seed) : mistyped(seeds, seed);
      Files.writeString(file, text);
      check(text, run("plan", "migration.yaml", "--simulate"), 0, 65);
    }
    report("simulated accounts");
  }

  private String plan() throws IOException {
    deleteState();
    String out = folder.resolve("plan.json").toString();
    assertThat(run("plan", "migration.yaml", "--simulate", "--out", out).code()).isZero();
    return Files.readString(folder.resolve("plan.json"));
  }

  private void apply(String plan, Integer... allowed) throws IOException {
    deleteState();
    Files.writeString(folder.resolve("plan.json"), plan);
    check(plan, run("apply", "plan.json", "--simulate", "--auto-approve"), allowed);
  }

  private void check(String text, Result result, Integer... allowed) {
    String all = result.out() + result.err();
    codes.merge(result.code(), 1, Integer::sum);
    boolean sound =
        List.of(allowed).contains(result.code())
            && !BUG.matcher(all).find()
            && (result.code() == 0
                || all.matches("(?s).*([Rr]efused|Error|Nothing was written).*"));
    if (!sound) {
      failures.add(
          String.format(
              Locale.ROOT,
              "exit code %d: %s%n%s",
              result.code(),
              all.substring(0, Math.min(all.length(), 1000)),
              text.substring(0, Math.min(text.length(), 300))));
    }
  }

  private void report(String what) {
    System.out.printf(Locale.ROOT, "bad %s, by exit code: %s%n", what, codes);
    assertThat(failures).isEmpty();
  }

  private static String mutated(String text, int seed) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    YamlTree tree = YamlTree.parse(text);
    TreeMutations mutations =
        text.startsWith("{")
            ? new TreeMutations(random, List.of("\"x\"", "\"address\"", "\"format\""), JSON_VALUES)
            : new TreeMutations(random, List.of("as", "ec2.CreateVpc", "faults", "tags"));
    mutations.mutate(tree);
    return text.startsWith("{") ? tree.writeInOneLine() : tree.write();
  }

  /** Only values are exchanged: an object that lost a member is one that AWS does not have. */
  private static String withOtherValue(String json, int seed) {
    YamlTree tree = YamlTree.parse(json);
    new TreeMutations(new Random(seed * 0x9E3779B97F4A7C15L), List.of(), JSON_VALUES)
        .replaceValue(tree);
    return tree.writeInOneLine();
  }

  private static String mistyped(String text, int seed) {
    return new TextMutations(new Random(seed * 0x9E3779B97F4A7C15L)).mutate(text);
  }

  private static Optional<ObjectNode> tree(String json) {
    try {
      return new JsonMapper().readTree(json) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static boolean isSame(String one, String other) {
    return tree(one).equals(tree(other));
  }

  private static String signed(ObjectNode plan) {
    JsonMapper json =
        JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .defaultPrettyPrinter(
                new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
            .build();
    plan.remove("digest");
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(json.writeValueAsString(plan).getBytes(UTF_8));
      return json.writeValueAsString(
          plan.put("digest", "sha256:" + HexFormat.of().formatHex(hash)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void deleteState() throws IOException {
    Path state = folder.resolve(".pgbound");
    if (Files.exists(state)) {
      try (Stream<Path> files = Files.walk(state)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private record Result(int code, String out, String err) {}

  private Result run(String command, String file, String... options) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console =
        new Console(
            new PrintWriter(out), new PrintWriter(err), Optional.empty(), name -> Optional.empty());
    int code =
        Main.run(
            console,
            Stream.concat(Stream.of(command, folder.resolve(file).toString()), Stream.of(options))
                .toArray(String[]::new));
    console.out().flush();
    console.err().flush();
    return new Result(code, out.toString(), err.toString());
  }
}
