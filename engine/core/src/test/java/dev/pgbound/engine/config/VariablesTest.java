package dev.pgbound.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Diagnostic;
import dev.pgbound.spi.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VariablesTest {

  private final Diagnostics sink = new Diagnostics();

  private Value.Fields fillIn(String text, Map<String, String> given) {
    Document document = YamlReader.read("m.yaml", text, sink).orElseThrow();
    return Variables.fillIn(document, given, sink).root();
  }

  private List<String> found() {
    return sink.sorted().stream()
        .map(d -> d.range().map(r -> r.line() + ":" + r.column() + " ").orElse("") + d.code())
        .toList();
  }

  private String onlyDetail() {
    return sink.sorted().stream().map(Diagnostic::detail).reduce("", String::concat);
  }

  @Test
  void singleReferenceTakesTheTypeOfTheVariable() {
    Value.Fields root =
        fillIn(
            """
            variables: {port: 1521, on: true, zones: [a, b], host: {default: db, description: x}}
            a: ${var.port}
            b: ${var.on}
            c: ${var.zones}
            d: ${var.host}
            e: ["${var.port}", {f: "${var.host}"}]
            """,
            Map.of());

    assertThat(root.get("a")).contains(Value.of(1521));
    assertThat(root.get("b")).contains(Value.of(true));
    assertThat(root.get("c")).contains(Value.of(List.of("a", "b")));
    assertThat(root.get("d")).contains(Value.of("db"));
    assertThat(root.get("e").map(Value::toString)).contains("[1521, {f=db}]");
    assertThat(found()).isEmpty();
  }

  @Test
  void variablesAreInsertedIntoTextsAndOtherReferencesStay() {
    Value.Fields root =
        fillIn(
            """
            variables: {x: 5, y: a}
            a: ${var.y}-${var.x}-${vpc.main}-${env.HOME}-$${var.y}
            """,
            Map.of());

    assertThat(root.text("a")).contains("a-5-${vpc.main}-${env.HOME}-$${var.y}");
  }

  @Test
  void valueFromOutsideWinsAndIsReadAsTheDefaultIs() {
    Value.Fields root =
        fillIn(
            """
            variables: {n: 1, t: "1", b: false, none: , d: {type: number}}
            a: ["${var.n}", "${var.t}", "${var.b}", "${var.none}", "${var.d}"]
            """,
            Map.of("n", "16", "t", "16.10", "b", "true", "none", "07", "d", "2.5"));

    assertThat(root.items("a"))
        .containsExactly(
            Value.of(16),
            Value.of("16.10"),
            Value.of(true),
            Value.of("07"),
            new Value.Num(new java.math.BigDecimal("2.5")));
    assertThat(found()).isEmpty();
  }

  @Test
  void valueFromOutsideIsNeverTakenForAReference() {
    Value.Fields root =
        fillIn("variables: {x: a}\na: ${var.x}\nb: <${var.x}>\n", Map.of("x", "${env.SECRET}"));

    assertThat(Template.parse(root.text("a").orElseThrow()).parts())
        .containsExactly(new Template.Literal("${env.SECRET}"));
    assertThat(Template.parse(root.text("b").orElseThrow()).parts())
        .containsExactly(new Template.Literal("<${env.SECRET}>"));
  }

  @Test
  void insertedValuesCannotFormAReferenceWithTheTextAroundThem() {
    Value.Fields root = fillIn("variables: {x: a$}\na: ${var.x}{env.HOME}\n", Map.of());

    assertThat(Template.parse(root.text("a").orElseThrow()).parts())
        .containsExactly(new Template.Literal("a${env.HOME}"));
    fillIn("variables: {x: a$}\na: ${var.x}${vpc.main}\n", Map.of());
    assertThat(found()).containsExactly("2:12 REF-005");
  }

  @Test
  void unknownVariableNamesTheNearest() {
    fillIn("variables: {oracle-host: x}\na: 'to ${var.oracle-hots}'\n", Map.of());

    assertThat(found()).containsExactly("2:8 REF-002");
    assertThat(onlyDetail())
        .isEqualTo(
            "The file declares no variable \"oracle-hots\". Did you mean \"oracle-host\"? Declare"
                + " it under 'variables'.");
  }

  @Test
  void variableWithoutValueSaysHowToGiveIt() {
    fillIn("variables: {oracle-host: {description: x}}\na: ${var.oracle-host}\n", Map.of());

    assertThat(found()).containsExactly("2:4 REF-003");
    assertThat(onlyDetail()).contains("--var oracle-host=VALUE");
  }

  @Test
  void unusedVariableNeedsNoValue() {
    fillIn("variables: {oracle-host: }\na: b\n", Map.of());

    assertThat(found()).isEmpty();
  }

  @Test
  void valueForAnUnknownVariableIsRefused() {
    fillIn("variables: {oracle-host: x}\na: b\n", Map.of("oracle-hst", "y"));

    assertThat(found()).containsExactly("REF-004");
    assertThat(onlyDetail()).contains("Did you mean \"oracle-host\"?");
  }

  @Test
  void valueMustFitTheVariable() {
    fillIn(
        """
        variables:
          n: 5
          l: [a]
          t: {type: bool, default: 7}
        a: [x]
        """,
        Map.of("n", "five", "l", "[a]"));

    assertThat(found()).containsExactly("2:3 REF-005", "3:3 REF-005", "4:28 REF-005");
    assertThat(onlyDetail()).doesNotContain("five");
  }

  @Test
  void variablesHoldNoReferences() {
    fillIn("variables: {x: '${vpc.main}', y: {default: ['${var.x}']}}\n", Map.of());

    assertThat(found()).containsExactly("1:16 REF-006", "1:45 REF-006");
  }

  @Test
  void keysHoldNoReferences() {
    fillIn("a: {'${var.x}': 1}\n", Map.of());

    assertThat(found()).containsExactly("1:5 REF-006");
  }

  @Test
  void listsCannotBeInsertedIntoTexts() {
    fillIn("variables: {l: [a, b]}\na: x-${var.l}\n", Map.of());

    assertThat(found()).containsExactly("2:6 REF-007");
  }

  @Test
  void malformedReferencesAreFoundWhereTheyStand() {
    fillIn(
        """
        a: x ${var:y} ${foo}
        b: 'it''s ${foo}'
        c: "\\u00e9\\t${foo}"
        d: |
          ${foo}
        """,
        Map.of());

    assertThat(found())
        .containsExactly(
            "1:6 REF-001", "1:15 REF-001", "2:11 REF-001", "3:13 REF-001", "4:4 REF-001");
  }

  @Test
  void manyUsesOfALargeVariableAreRefused() {
    fillIn(
        "variables: {x: " + "y".repeat(10_000) + "}\na: [" + "' ${var.x}', ".repeat(1000) + "]\n",
        Map.of());
    assertThat(found()).allMatch(line -> line.endsWith("FILE-014")).hasSize(1);

    fillIn(
        "variables: {l: [" + "1, ".repeat(5000) + "]}\na: [" + "'${var.l}', ".repeat(1000) + "]\n",
        Map.of());
    assertThat(found()).allMatch(line -> line.endsWith("FILE-014")).hasSize(2);
  }
}
