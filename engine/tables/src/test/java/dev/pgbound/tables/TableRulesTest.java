package dev.pgbound.tables;

import static dev.pgbound.tables.Documents.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value.Fields;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TableRulesTest {

  private static final String INCLUDE =
      """
      {"rule-type": "selection", "rule-id": "1", "rule-name": "one", "rule-action": "include",
       "object-locator": {"schema-name": "HR", "table-name": "%"}}
      """;
  private static final String LOWER =
      """
      {"rule-type": "transformation", "rule-id": "2", "rule-name": "two", "rule-target": "table",
       "rule-action": "convert-lowercase",
       "object-locator": {"schema-name": "HR", "table-name": "%"}}
      """;
  private static final String ADD_COLUMN =
      """
      {"rule-type": "transformation", "rule-target": "column", "rule-action": "add-column",
       "object-locator": {"schema-name": "HR", "table-name": "EMP"}, "value": "%s"}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        // another number and name, the number as a number
        """
        {"rule-type": "selection", "rule-id": 7, "rule-name": "7", "rule-action": "include",
         "object-locator": {"schema-name": "HR", "table-name": "%"}}
        """,
        // members in another order, empty filters, what is meant anyway
        """
        {"object-locator": {"table-name": "%", "schema-name": "HR", "table-type": "table"},
         "rule-action": "include", "filters": [], "rule-type": "selection", "load-order": null}
        """,
      })
  void readsAnotherSpellingAsTheSameRule(String spelling) {
    assertThat(normal(spelling)).isEqualTo(normal(INCLUDE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"load-order\": 5",
        "\"filters\": [{\"column-name\": \"ID\", \"filter-conditions\": []}]",
        "\"object-locator\": {\"schema-name\": \"HR\", \"table-name\": \"%\", \"table-type\": \"view\"}",
      })
  void noticesADifferenceInBothDirections(String member) {
    Fields other = Documents.merged(json(INCLUDE), json("{" + member + "}"));

    assertThat(normal(Documents.text(other))).isNotEqualTo(normal(INCLUDE));
    // what only one side says would go unnoticed when the other side is the declared one
    assertThat(rule(normal(INCLUDE)).fields().keySet())
        .isEqualTo(rule(normal(Documents.text(other))).fields().keySet());
  }

  @Test
  void doesNotMindTheOrderOfRules() {
    assertThat(normal(INCLUDE, LOWER)).isEqualTo(normal(LOWER, INCLUDE));
  }

  @Test
  void readsSynonymousFilterOperatorsAsOne() {
    String filter =
        """
        {"rule-type": "selection", "rule-action": "include",
         "object-locator": {"schema-name": "HR", "table-name": "EMP"},
         "filters": [{%s "column-name": "ID",
           "filter-conditions": [{"filter-operator": "%s", "value": "ste"}]}]}
        """;

    assertThat(normal(String.format(Locale.ROOT, filter, "", "ste")))
        .isEqualTo(
            normal(String.format(Locale.ROOT, filter, "\"filter-type\": \"source\",", "lte")));
  }

  @Test
  void tellsAddedColumnsOfOneTableApartByTheirNames() {
    Fields both =
        normal(
            String.format(Locale.ROOT, ADD_COLUMN, "A"),
            String.format(Locale.ROOT, ADD_COLUMN, "B"));

    assertThat(both.items("rules"))
        .extracting(item -> ((Fields) item).fields("object-locator").text("column-name").get())
        .containsExactly("A", "B");
  }

  @Test
  void findsARuleAgainByWhatItDoesAndWhereTo() {
    Type.ListType rules =
        (Type.ListType) ((Type.ObjectType) TableRules.TYPE).attributes().get(0).type();

    assertThat(rules.order()).isEqualTo(Type.Order.KEYED);
    assertThat(rules.identity())
        .containsExactly("rule-type", "rule-action", "rule-target", "object-locator");
  }

  @Test
  void numbersRulesThatHaveNoNumber() {
    String unnumbered = INCLUDE.replace("\"rule-id\": \"1\", \"rule-name\": \"one\", ", "");
    Fields sent = TableRules.forRequest(mapping(LOWER, unnumbered, unnumbered));

    assertThat(sent.items("rules"))
        .extracting(item -> ((Fields) item).text("rule-id").get())
        .containsExactly("2", "1", "3");
    assertThat(sent.items("rules"))
        .extracting(item -> ((Fields) item).text("rule-name").get())
        .containsExactly("two", "1", "3");
  }

  @Test
  void choosesNamesThatAreFree() {
    String named = INCLUDE.replace("\"one\"", "\"2\"");
    String unnamed = LOWER.replace("\"rule-name\": \"two\",", "");

    assertThat(TableRules.forRequest(mapping(named, unnamed)).items("rules"))
        .extracting(item -> ((Fields) item).text("rule-name").get())
        .containsExactly("2", "rule2");
  }

  @Test
  void sendsNoNulls() {
    String withNull = INCLUDE.replace("{\"rule-type\"", "{\"filters\": null, \"rule-type\"");

    assertThat(rule(TableRules.forRequest(mapping(withNull))).fields())
        .containsOnlyKeys("rule-id", "rule-name", "rule-type", "rule-action", "object-locator");
  }

  private static Fields mapping(String... rules) {
    return json("{\"rules\": [" + String.join(",", rules) + "]}");
  }

  private static Fields normal(String... rules) {
    return (Fields) TableRules.normal(mapping(rules));
  }

  private static Fields rule(Fields mapping) {
    return (Fields) mapping.items("rules").get(0);
  }
}
