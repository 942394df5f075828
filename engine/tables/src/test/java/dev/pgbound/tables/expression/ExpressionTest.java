package dev.pgbound.tables.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpressionTest {

  /** The row of every case. */
  private static final Map<String, Object> ROW = new HashMap<>();

  static {
    ROW.put("FIRST_NAME", "Ellen");
    ROW.put("LAST_NAME", "Abel");
    ROW.put("SALARY", 11_000L);
    ROW.put("PART", 0.25);
    ROW.put("PHONE", "011.44-77");
    ROW.put("RAW$1", new byte[] {0, (byte) 0xAF});
    ROW.put("AR_H_OPERATION", "UPDATE");
    ROW.put("AR_M_SOURCE_TABLE_NAME", "EMPLOYEES");
  }

  /** What sqlite3 answers for the same values; nothing is null. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      textBlock =
          """
          $FIRST_NAME || ' ' || $LAST_NAME ~ Ellen Abel
          'it''s' ~ it's
          'a' || 1 + 2 ~ 2
          1 || 2 ~ 12
          1.0 || '' ~ 1.0
          0.1 + 0.2 ~ 0.3
          2.5e3 || 'x' ~ 2500.0x
          1e20 || '' ~ 1.0e+20
          -0.00001234 || '' ~ -1.234e-05
          0.0001 || '' ~ 0.0001
          0.0 || '' ~ 0.0
          $FIRST_NAME || $MISSING ~
          1 + 2 * 3 ~ 7
          (1 + 2) * 3 ~ 9
          7 / 2 ~ 3
          7 / 2.0 ~ 3.5
          7 % 4 ~ 3
          -7 / 2 ~ -3
          1 / 0 ~
          1 % 0 ~
          - -5 ~ 5
          +5 ~ 5
          '12abc' + 1 ~ 13
          'abc' + 1 ~ 1
          '1.5' * 2 ~ 3.0
          9223372036854775807 + 1 ~ 9.22337203685478e+18
          $SALARY * $PART ~ 2750.0
          $SALARY > 10000 ~ 1
          $SALARY <= 10000 ~ 0
          $SALARY <> 11000 ~ 0
          $SALARY = 11000.0 ~ 1
          'a' < 'B' ~ 0
          2 < '1' ~ 1
          not 1 = 2 ~ 1
          1 = 1 and 2 = 3 ~ 0
          1 = 1 or $MISSING ~ 1
          0 and $MISSING ~ 0
          1 and $MISSING ~
          not $MISSING ~
          $MISSING is null ~ 1
          $SALARY is not null ~ 1
          $MISSING isnull ~ 1
          $SALARY notnull ~ 1
          $MISSING = 1 ~
          3 in (1, 2, 3) ~ 1
          4 not in (1, 2, 3) ~ 1
          4 in (1, $MISSING) ~
          5 between 1 and 10 and 1 ~ 1
          5 not between 1 and 10 ~ 0
          CASE WHEN $SALARY > 10000 THEN 'high' ELSE 'low' END ~ high
          case $LAST_NAME when 'King' then 1 when 'Abel' then 2 end ~ 2
          case when 0 then 1 end ~
          lower($LAST_NAME) ~ abel
          UPPER($LAST_NAME) ~ ABEL
          lower('ÄB') ~ Äb
          upper('iı') ~ Iı
          trim('  x ') || '!' ~ x!
          ltrim('xxay', 'x') ~ ay
          rtrim('ayxx', 'x') ~ ay
          trim('xax', 'x') ~ a
          replace($PHONE, '-', '/') ~ 011.44/77
          replace('abc', '', 'x') ~ abc
          replaceChars('a-b.c', '-.', '_') ~ a_bc
          substr('Oracle', 2, 3) ~ rac
          substr('Oracle', 2) ~ racle
          substr('Oracle', -3, 2) ~ cl
          substr('Oracle', 4, -2) ~ ra
          substr('Oracle', 0, 3) ~ Or
          substr('Oracle', -9, 5) ~ Or
          substr('Oracle', 9, 1) || '' ~ ""
          hex($RAW$1) ~ 00AF
          hex('ab') ~ 6162
          hex($MISSING) ~ ""
          hex(zeroblob(2)) ~ 0000
          abs(-5) ~ 5
          abs(-0.5) ~ 0.5
          round(2.567, 2) ~ 2.57
          round(2.5) ~ 3.0
          round(-2.5) ~ -3.0
          max(1, 3, 2) ~ 3
          min('b', 'a') ~ a
          max(1, 'a') ~ a
          max(1, $MISSING) ~
          coalesce($MISSING, $MISSING, 'x') ~ x
          ifnull($MISSING, 'y') ~ y
          nullif('a', 'a') ~
          nullif('a', 'b') ~ a
          hash_sha256('abc') ~ ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
          operation_indicator('D', 'U', 'I') ~ U
          lower($AR_M_SOURCE_TABLE_NAME) ~ employees
          """)
  void computesAsSqliteDoes(String text, @Nullable String expected) throws Exception {
    assertThat(computed(text)).isEqualTo(expected);
  }

  @Test
  void knowsWhatHappenedToARow() throws Exception {
    Expression indicator = Expression.parse("operation_indicator('D', 'U', 'I')");

    assertThat(indicator.evaluate(name -> "DELETE")).isEqualTo("D");
    assertThat(indicator.evaluate(name -> "INSERT")).isEqualTo("I");
    assertThat(indicator.evaluate(name -> null)).isEqualTo("I");
  }

  @Test
  void knowsItsColumns() throws Exception {
    Expression expression =
        Expression.parse("case when $B > 1 then $A || $AR_H_USER else coalesce($C, $B) end");

    assertThat(expression.columns()).containsExactly("B", "A", "C");
    assertThat(expression.headers()).containsExactly("AR_H_USER");
  }

  @ParameterizedTest
  @CsvSource({
    "lower($A), true",
    "random() % 5, false",
    "1 + abs(random()), false",
    "strftime('%Y'; $A), false",
  })
  void knowsWhatItCannotCompute(String text, boolean computed) throws Exception {
    assertThat(Expression.parse(text.replace(';', ',')).isComputed()).isEqualTo(computed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      textBlock =
          """
          ""                ~ 1  ~ a value is expected, but there is the end
          $A ||             ~ 6  ~ a value is expected, but there is the end
          $A $B             ~ 4  ~ an operator is expected, but there is "B"
          ($A               ~ 4  ~ ")" is expected, but there is the end
          'open             ~ 1  ~ a string that begins here never ends
          $                 ~ 1  ~ a $ has the name of a column behind it
          FIRST_NAME        ~ 1  ~ "first_name" is neither a column, which has a $ before its name, nor a string in single quotes
          $A ; $B           ~ 4  ~ ";" cannot stand here
          substr($A)        ~ 1  ~ substr takes 2 to 3 arguments, not 1
          random(1)         ~ 1  ~ random takes 0 arguments, not 1
          coalesce($A)      ~ 1  ~ coalesce takes 2 or more arguments, not 1
          case when 1 end   ~ 13 ~ "then" is expected, but there is "end"
          $A is 5           ~ 7  ~ "null" is expected, but there is "5"
          $A not like 'x'   ~ 8  ~ in or between is expected, but there is "like"
          """)
  void saysWhatIsWrongAndWhere(String text, int place, String message) {
    assertThatThrownBy(() -> Expression.parse(text))
        .isInstanceOfSatisfying(
            ExpressionException.class, e -> assertThat(e.place()).isEqualTo(place))
        .hasMessage(message);
  }

  @Test
  void namesTheFunctionsThatThereAre() {
    assertThatThrownBy(() -> Expression.parse("concat($A, $B)"))
        .hasMessageStartingWith("DMS has no function \"concat\"; it has lower, upper");
    assertThatThrownBy(() -> Expression.parse("\"x\""))
        .hasMessage("a string stands in single quotes, a column has a $ before its name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "-", "not ", "lower(", "case when "})
  void endsWithAMessageHoweverDeepItIsNested(String part) {
    assertThatThrownBy(() -> Expression.parse(part.repeat(100_000) + "1"))
        .isInstanceOf(ExpressionException.class)
        .hasMessage("the expression is nested too deeply");
  }

  private static @Nullable String computed(String text) throws Exception {
    return Expression.parse(text).text(ROW::get).orElse(null);
  }
}
