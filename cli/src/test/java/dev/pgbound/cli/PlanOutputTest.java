package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.pgbound.cli.render.Output;
import dev.pgbound.cli.render.PlanView;
import dev.pgbound.engine.plan.PlanJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a reviewer is shown, in every form and situation. */
class PlanOutputTest {

  /** Beyond this, an expected file is no longer read by anybody; its digest will do. */
  private static final int READABLE = 100_000;

  private static final JsonMapper JSON = new JsonMapper();

  static Stream<String> situations() {
    return Situations.names().stream();
  }

  static Stream<String> plans() {
    return situations().filter(name -> !name.equals("errors"));
  }

  @ParameterizedTest
  @MethodSource("situations")
  void looksAsReviewed(String situation) {
    Outputs outputs = Situations.outputs(situation);

    Golden.assertEqual(situation + "/plan.txt", outputs.shortened(Output.TEXT));
    Golden.assertEqual(situation + "/plan.md", outputs.shortened(Output.MARKDOWN));
    assertGolden(situation + "/plan.json", outputs.get(Output.JSON));
    assertGolden(situation + "/plan.html", outputs.shortened(Output.HTML));
    assertGolden(situation + "/plan.sarif", outputs.get(Output.SARIF));
  }

  private static void assertGolden(String name, String text) {
    if (text.length() <= READABLE) {
      Golden.assertEqual(name, text);
    } else {
      Golden.assertEqual(
          name + ".sum",
          String.format(
              Locale.ROOT,
              "%s%n%d characters%n%d lines%n",
              sha256(text),
              text.length(),
              text.lines().count()));
    }
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("situations")
  void isTheSameEveryTime(String situation) {
    assertThat(Situations.again(situation)).isEqualTo(Situations.outputs(situation));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void canBeMadeFromTheSavedPlan(String situation) {
    Outputs outputs = Situations.outputs(situation);

    PlanView view = PlanView.of(PlanJson.read(outputs.get(Output.JSON)), List.of());

    assertThat(Output.TEXT.of(view, OptionalInt.empty())).isEqualTo(outputs.get(Output.TEXT));
  }

  /** Number, address and action of every change, as each of the formats tells them. */
  @ParameterizedTest
  @MethodSource("plans")
  void tellsTheSameChangesInEveryForm(String situation) {
    Outputs outputs = Situations.outputs(situation);
    List<String> expected = inJson(outputs.get(Output.JSON));

    assertThat(inText(outputs.get(Output.TEXT))).isEqualTo(expected);
    assertThat(inHtml(outputs.get(Output.HTML))).isEqualTo(expected);
    assertThat(inSarif(outputs.get(Output.SARIF))).isEqualTo(expected);
    List<String> rows = inMarkdown(outputs.get(Output.MARKDOWN));
    assertThat(expected).containsAll(rows);
    assertThat(rows.size() + folded(outputs.get(Output.MARKDOWN))).isEqualTo(expected.size());
  }

  private static List<String> inJson(String text) {
    JsonNode plan = JSON.readTree(text);
    List<String> touched = new ArrayList<>();
    plan.path("steps").values().forEach(step -> touched.add(step.path("address").asString()));
    List<String> changes = new ArrayList<>();
    for (JsonNode change : plan.path("changes").values()) {
      String address = change.path("address").asString();
      String action = change.path("action").asString();
      if (!action.equals("no-op") || touched.contains(address)) {
        changes.add(
            (changes.size() + 1)
                + " "
                + address
                + " "
                + action.replace("no-op", "none").replace("-create-first", ""));
      }
    }
    return changes;
  }

  private static final Map<String, String> SIGNS =
      Map.of(
          "+", "create", "~", "update", "-/+", "replace", "+/-", "replace", "-", "delete", "",
          "none", "·", "none");

  private static List<String> find(String text, String pattern) {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map(hit -> hit.group(1) + " " + hit.group(3) + " " + sign(hit))
        .toList();
  }

  private static String sign(MatchResult hit) {
    return Objects.requireNonNull(SIGNS.get(hit.group(2).strip()), hit.group());
  }

  private static final String ADDRESS = "([a-z][a-z0-9-]*\\.[A-Za-z0-9][A-Za-z0-9_-]*)";

  private static List<String> inText(String text) {
    return find(text, "^ {0,3}(\\d+) (\\+/-|\\+|~|-/\\+|-| ) +" + ADDRESS + " ");
  }

  private static List<String> inHtml(String text) {
    return find(
        text,
        "<span class=\"number\">(\\d+)</span><span class=\"sign mono\" aria-hidden=\"true\">([^<]*)</span>"
            + "<div class=\"title\"><h3 class=\"mono\">"
            + ADDRESS
            + "</h3>");
  }

  private static List<String> inMarkdown(String text) {
    return find(text, "^\\| (\\d+) \\| `?([^ |`]*)`? \\| `" + ADDRESS + "` \\|");
  }

  private static List<String> inSarif(String text) {
    List<String> changes = new ArrayList<>();
    for (JsonNode change :
        JSON.readTree(text).path("runs").path(0).path("properties").path("changes").values()) {
      changes.add(
          change.path("order").asInt()
              + " "
              + change.path("address").asString()
              + " "
              + change.path("action").asString());
    }
    return changes;
  }

  /** How many changes have no row; the numbers of their kinds have to add up. */
  private static int folded(String markdown) {
    return Pattern.compile("^No room for ([0-9,]+) more: (.*)\\.$", Pattern.MULTILINE)
        .matcher(markdown)
        .results()
        .mapToInt(
            hit -> {
              int sum =
                  Pattern.compile("([0-9,]+) (create|update|replace|delete|unchanged)")
                      .matcher(hit.group(2))
                      .results()
                      .mapToInt(part -> number(part.group(1)))
                      .sum();
              assertThat(sum).isEqualTo(number(hit.group(1)));
              return sum;
            })
        .sum();
  }

  private static int number(String text) {
    return Integer.parseInt(text.replace(",", ""));
  }

  @ParameterizedTest
  @MethodSource("situations")
  void fitsTheSchema(String situation) {
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(PlanJson.schema(), InputFormat.JSON);

    assertThat(schema.validate(Situations.outputs(situation).get(Output.JSON), InputFormat.JSON))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("situations")
  void fitsIntoAComment(String situation) {
    String markdown = Situations.outputs(situation).get(Output.MARKDOWN);

    assertThat(markdown.length()).isLessThan(60_000);
    assertThat(markdown).startsWith("<!-- pgbound ").contains("<sub>");
  }

  @ParameterizedTest
  @MethodSource("plans")
  void namesEveryRiskInAComment(String situation) {
    Outputs outputs = Situations.outputs(situation);
    String head = outputs.get(Output.MARKDOWN).replaceFirst("(?s)\n\\| # \\|.*", "");

    for (JsonNode change : JSON.readTree(outputs.get(Output.JSON)).path("changes").values()) {
      if (!change.path("action").asString().equals("no-op")
          && !change.path("impact").asString().equals("none")) {
        assertThat(head).containsPattern("[` ]" + change.path("address").asString() + "[` ]");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("situations")
  void isOnePageThatNeedsNothingElse(String situation) {
    String html = Situations.outputs(situation).get(Output.HTML);

    assertThat(html).startsWith("<!doctype html>").endsWith("</html>\n");
    assertThat(html.replaceAll("(?s)<style>.*?</style>", ""))
        .doesNotContainPattern("<(script|link|img|iframe|object|embed|form|base)\\b")
        .doesNotContainPattern("\\b(src|href|action)=\"(?!#)")
        .doesNotContainPattern("<[a-z][^>]*\\son[a-z]+=");
    assertThat(html).doesNotContain("url(", "@import", "http://", "//evil.example/x.png\"");
  }

  @ParameterizedTest
  @MethodSource("situations")
  void showsNothingThatAScreenWouldObey(String situation) {
    Outputs outputs = Situations.outputs(situation);

    for (Output output : List.of(Output.TEXT, Output.MARKDOWN, Output.HTML)) {
      assertThat(
              outputs
                  .get(output)
                  .codePoints()
                  .filter(c -> c != '\n')
                  .filter(
                      c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("situations")
  void tellsNoSecret(String situation) {
    for (String text : Situations.outputs(situation).texts().values()) {
      assertThat(text).doesNotContain("only-simulated");
    }
  }
}
