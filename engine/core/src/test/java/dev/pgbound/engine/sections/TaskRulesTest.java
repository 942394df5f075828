package dev.pgbound.engine.sections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.Types;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.config.Document;
import dev.pgbound.engine.config.Pointer;
import dev.pgbound.engine.config.YamlReader;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The table rules of the short form: their order, their numbers, and where they come from. */
final class TaskRulesTest {

  private static final String AROUND =
      """
      version: 1
      migration: hr
      region: us-east-1
      network: {cidr: 10.0.0.0/16}
      replication: {instance: dms.r6i.large}
      source: {oracle: {service: ORCL, secret: s}}
      target: {aurora-postgresql: {version: "16.4", instances: [db.r6i.large], database: hr}}
      tasks:
        hr:
      """;

  @Test
  void selectsAndThenLowersNames() {
    assertThat(
            rules(
                """
                    include: [HR.*, OE.ORD_*]
                    exclude: [HR.TMP*]
                    names: lowercase
                """))
        .containsExactly(
            "1 include HR.% <- tasks.hr.include[0]",
            "2 include OE.ORD[_]% <- tasks.hr.include[1]",
            "3 exclude HR.TMP% <- tasks.hr.exclude[0]",
            "4 convert-lowercase schema HR <- tasks.hr.names",
            "5 convert-lowercase table HR.% <- tasks.hr.names",
            "6 convert-lowercase column HR.%.% <- tasks.hr.names",
            "7 convert-lowercase schema OE <- tasks.hr.names",
            "8 convert-lowercase table OE.% <- tasks.hr.names",
            "9 convert-lowercase column OE.%.% <- tasks.hr.names");
  }

  @Test
  void letsTheRulesOfTheUserComeFirst() {
    assertThat(
            rules(
                """
                    include: [HR.*]
                    names: lowercase
                    rules:
                      - {rule-type: transformation, rule-target: table, rule-action: rename, value: staff, object-locator: {schema-name: HR, table-name: EMP}}
                """))
        .containsExactly(
            "1 include HR.% <- tasks.hr.include[0]",
            "- rename table HR.EMP <- tasks.hr.rules[0]",
            "3 convert-lowercase schema HR <- tasks.hr.names",
            "4 convert-lowercase table HR.% <- tasks.hr.names",
            "5 convert-lowercase column HR.%.% <- tasks.hr.names");
  }

  @Test
  void numbersAroundTheNumbersOfTheUser() {
    assertThat(
            rules(
                """
                    include: [HR.*, OE.*]
                    names: lowercase
                    rules:
                      - {rule-type: transformation, rule-id: "1", rule-target: table, rule-action: rename, value: staff, object-locator: {schema-name: HR, table-name: EMP}}
                      - {rule-type: transformation, rule-id: 30, rule-target: table, rule-action: rename, value: job, object-locator: {schema-name: HR, table-name: JOBS}}
                """))
        .startsWith(
            "2 include HR.% <- tasks.hr.include[0]",
            "3 include OE.% <- tasks.hr.include[1]",
            "1 rename table HR.EMP <- tasks.hr.rules[0]",
            "30 rename table HR.JOBS <- tasks.hr.rules[1]",
            "31 convert-lowercase schema HR <- tasks.hr.names");
  }

  @Test
  void leavesOutWhatTheUserNamesAnyway() {
    assertThat(
            rules(
                """
                    include: [HR.*]
                    names: lowercase
                    rules:
                      - {rule-type: transformation, rule-target: schema, rule-action: rename, value: people, object-locator: {schema-name: HR}}
                      - {rule-type: transformation, rule-target: table, rule-action: add-prefix, value: x_, object-locator: {schema-name: "%", table-name: "%"}}
                """))
        .endsWith(
            "- add-prefix table %.% <- tasks.hr.rules[1]",
            "4 convert-lowercase column HR.%.% <- tasks.hr.names");
  }

  @Test
  void keepsNamesUnlessTold() {
    assertThat(rules("    include: [HR.*]\n"))
        .containsExactly("1 include HR.% <- tasks.hr.include[0]");
  }

  @Test
  void knowsThatAnOverrideTakesTheirPlace() {
    assertThat(
            rules(
                """
                    include: [HR.*]
                overrides:
                  dms-task.hr:
                    tableMappings:
                      rules:
                        - {rule-type: selection, rule-id: 7, rule-action: include, object-locator: {schema-name: OE, table-name: "%"}}
                """))
        .containsExactly("7 include OE.% <- overrides.dms-task.hr.tableMappings.rules[0]");
  }

  /** Number, action, level and names of each rule, and the place in the file it comes from. */
  private static List<String> rules(String task) {
    Diagnostics sink = new Diagnostics();
    byte[] bytes = (AROUND + task).getBytes(StandardCharsets.UTF_8);
    Document document = YamlReader.read("file", bytes, sink).orElseThrow();
    Expansion expansion = Sections.expand(document, Types.registry("dms-task"), sink);
    assertThat(sink.sorted()).isEmpty();
    Resource resource =
        expansion.resources().stream()
            .filter(one -> one.address().type().equals("dms-task"))
            .findFirst()
            .orElseThrow();
    List<Value> items = resource.attributes().fields("tableMappings").items("rules");
    List<String> rules = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Pointer at = Pointer.of("tableMappings", "rules").item(i);
      rules.add(
          text((Fields) items.get(i)) + " <- " + expansion.origins(resource.address()).pointer(at));
    }
    return rules;
  }

  private static String text(Fields rule) {
    List<String> names = new ArrayList<>();
    for (String name : List.of("schema-name", "table-name", "column-name")) {
      rule.fields("object-locator").text(name).ifPresent(names::add);
    }
    return String.format(
            Locale.ROOT,
            "%s %s %s %s",
            rule.get("rule-id").map(Value::toString).orElse("-"),
            rule.text("rule-action").orElse(""),
            rule.text("rule-target").orElse(""),
            String.join(".", names))
        .replace("  ", " ");
  }
}
