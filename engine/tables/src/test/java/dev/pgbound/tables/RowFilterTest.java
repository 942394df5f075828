package dev.pgbound.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.tables.RowFilter.All;
import dev.pgbound.tables.RowFilter.Any;
import dev.pgbound.tables.RowFilter.Condition;
import dev.pgbound.tables.RowFilter.Operator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RowFilterTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'eq', 'value': '1'                                       | EQUAL       | A = 1
          'noteq', 'value': 'x'                                    | NOT_EQUAL   | A <> 'x'
          'gte', 'value': '2015-01-01'                             | AT_LEAST    | A >= '2015-01-01'
          'lte', 'value': '-1.5'                                   | AT_MOST     | A <= -1.5
          'ste', 'value': '1'                                      | AT_MOST     | A <= 1
          'between', 'start-value': '1', 'end-value': '2'          | BETWEEN     | A between 1 and 2
          'notbetween', 'start-value': '1', 'end-value': '2'       | NOT_BETWEEN | A not between 1 and 2
          'null'                                                   | NULL        | A is null
          'notnull'                                                | NOT_NULL    | A is not null
          """)
  void readsEveryOperator(String condition, Operator operator, String text) {
    RowFilter filter = filter(column("A", "{'filter-operator': " + condition + "}"));

    assertThat(filter)
        .isInstanceOfSatisfying(
            Condition.class,
            one -> {
              assertThat(one.operator()).isEqualTo(operator);
              assertThat(one.column()).isEqualTo("A");
            });
    assertThat(filter.text()).isEqualTo(text);
  }

  @Test
  void hasACaseForEveryOperator() {
    assertThat(Operator.values()).hasSize(8);
  }

  @Test
  void demandsOneConditionOfEachFilter() {
    RowFilter filter =
        filter(
            column("A", "{'filter-operator': 'eq', 'value': '1'}", "{'filter-operator': 'null'}"),
            column("B", "{'filter-operator': 'gte', 'value': '2'}"));

    assertThat(filter)
        .isEqualTo(
            new All(
                List.of(
                    new Any(
                        List.of(
                            new Condition("A", Operator.EQUAL, List.of("1")),
                            new Condition("A", Operator.NULL, List.of()))),
                    new Condition("B", Operator.AT_LEAST, List.of("2")))));
    assertThat(filter.text()).isEqualTo("(A = 1 or A is null) and B >= 2");
    assertThat(filter.columns()).containsExactly("A", "B");
  }

  @Test
  void needsNoParenthesesAroundASingleFilter() {
    assertThat(
            filter(
                    column(
                        "A",
                        "{'filter-operator': 'eq', 'value': '1'}",
                        "{'filter-operator': 'null'}"))
                .text())
        .isEqualTo("A = 1 or A is null");
  }

  @Test
  void takesEverythingWithoutFilters() {
    assertThat(filter()).isEqualTo(RowFilter.everything());
    assertThat(RowFilter.everything().text()).isEmpty();
    assertThat(RowFilter.everything().columns()).isEmpty();
  }

  private static String column(String name, String... conditions) {
    return "{'column-name': '"
        + name
        + "', 'filter-conditions': ["
        + String.join(",", conditions)
        + "]}";
  }

  private static RowFilter filter(String... filters) {
    return RowFilter.of(Documents.json("{'filters': [" + String.join(",", filters) + "]}"));
  }
}
