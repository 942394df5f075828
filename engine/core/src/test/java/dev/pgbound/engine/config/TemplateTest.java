package dev.pgbound.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.engine.config.Template.Expression;
import dev.pgbound.engine.config.Template.Literal;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

  private static Reference only(String text) {
    return Template.parse(text).single().orElseThrow().reference();
  }

  private static Reference resource(String type, String name, String output) {
    return new Reference.ToResource(new Address(type, name), Pointer.parse(output));
  }

  @Test
  void readsEveryFormOfReference() {
    assertThat(only("${vpc.main}")).isEqualTo(resource("vpc", "main", ""));
    assertThat(only("${rds-cluster.hr_2.endpoint}"))
        .isEqualTo(resource("rds-cluster", "hr_2", "endpoint"));
    assertThat(only("${rds-cluster.hr.masterUserSecret.secretArn}"))
        .isEqualTo(resource("rds-cluster", "hr", "masterUserSecret.secretArn"));
    assertThat(only("${vpc-endpoint.sm.dnsEntries[0].dnsName}"))
        .isEqualTo(resource("vpc-endpoint", "sm", "dnsEntries[0].dnsName"));
    assertThat(only("${var.oracle-host}")).isEqualTo(new Reference.ToVariable("oracle-host"));
    assertThat(only("${env.ORACLE_PASSWORD}"))
        .isEqualTo(new Reference.ToEnvironment("ORACLE_PASSWORD"));
  }

  @Test
  void splitsTextsAroundReferences() {
    Template template = Template.parse("arn:${vpc.main}/$${x}/${var.y}");

    assertThat(template.parts())
        .containsExactly(
            new Literal("arn:"),
            new Expression(resource("vpc", "main", ""), "${vpc.main}", 4, 15),
            new Literal("/${x}/"),
            new Expression(new Reference.ToVariable("y"), "${var.y}", 22, 30));
    assertThat(template.single()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "$", "$$", "$x", "{x}", "}", "$${var.x}", "cost: 5$ {x}"})
  void plainTextsHoldNoReference(String text) {
    assertThat(Template.refers(text)).isFalse();
    assertThat(Template.parse(text).expressions()).isEmpty();
    assertThat(Template.parse(text).mistakes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "${}, 0, 3",
    "${x}, 0, 4",
    "ab${x}, 2, 6",
    "${vpc.}, 0, 7",
    "${.main}, 0, 8",
    "${VPC.main}, 0, 11",
    "${var.1}, 0, 8",
    "${var.a.b}, 0, 10",
    "${env.a-b}, 0, 10",
    "${env:X}, 0, 8",
    "${ var.x }, 0, 10",
    "${vpc.main.}, 0, 12",
    "${vpc.main.a[x]}, 0, 16",
    "a${vpc.main, 1, 11",
    "${a${var.x}, 0, 3"
  })
  void tellsWhereAReferenceIsMalformed(String text, int start, int end) {
    Template template = Template.parse(text);

    assertThat(template.mistakes()).hasSize(1);
    assertThat(template.mistakes().get(0).start()).isEqualTo(start);
    assertThat(template.mistakes().get(0).end()).isEqualTo(end);
    assertThat(template.single()).isEmpty();
  }

  @Test
  void escapedTextIsReadBackAsItWas() {
    String text = "a ${b} $ {c} $${d}";

    assertThat(Template.parse(Template.escape("a ${b} $ {c}")).parts())
        .containsExactly(new Literal("a ${b} $ {c}"));
    assertThat(Template.refers(Template.escape(text))).isFalse();
  }

  @Test
  void singleReferenceTakesTheValueWithItsType() {
    assertThat(Template.parse("${var.x}").resolve(expression -> Value.of(5)))
        .isEqualTo(Value.of(5));
    assertThat(Template.parse("${var.x}").resolve(expression -> Value.of(List.of("a"))))
        .isEqualTo(Value.of(List.of("a")));
  }

  @Test
  void valuesAreInsertedIntoTexts() {
    Template template = Template.parse("$${a}-${var.x}-${var.y}");

    assertThat(template.resolve(expression -> Value.of(expression.start())))
        .isEqualTo(Value.of("${a}-6-15"));
  }

  @Test
  void unknownMakesTheWholeUnknownAndSecretMakesItSecret() {
    Template template = Template.parse("a-${vpc.main}");

    assertThat(template.resolve(expression -> new Value.Unknown("${vpc.main}")))
        .isEqualTo(new Value.Unknown("a-${vpc.main}"));
    assertThat(template.resolve(expression -> new Value.Secret("s3")))
        .isEqualTo(new Value.Secret("a-s3"));
  }

  @Test
  void listsAreNotInsertedIntoTexts() {
    Template template = Template.parse("a-${vpc.main}");

    assertThatThrownBy(() -> template.resolve(expression -> Value.of(List.of("a"))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
