package dev.pgbound.tables.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OracleTypeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "VARCHAR2(20) | VARCHAR2(20)",
        "varchar2 ( 20 char ) | VARCHAR2(20 CHAR)",
        "VARCHAR2(20 BYTE) | VARCHAR2(20)",
        "NUMBER | NUMBER",
        "NUMBER(8,2) | NUMBER(8,2)",
        "NUMBER(*, 0) | NUMBER(38,0)",
        "NUMBER(5, -2) | NUMBER(5,-2)",
        "double  precision | DOUBLE PRECISION",
        "TIMESTAMP(6) | TIMESTAMP(6)",
        "timestamp(6) with local time zone | TIMESTAMP(6) WITH LOCAL TIME ZONE",
        "TIMESTAMP WITH TIME ZONE | TIMESTAMP WITH TIME ZONE",
        "INTERVAL YEAR(4) TO MONTH | INTERVAL YEAR(4) TO MONTH",
        "INTERVAL DAY(2) TO SECOND(6) | INTERVAL DAY(2) TO SECOND(6)",
        "INTERVAL DAY TO SECOND | INTERVAL DAY TO SECOND",
        "LONG RAW | LONG RAW",
        "BINARY_DOUBLE | BINARY_DOUBLE",
        "MDSYS.SDO_GEOMETRY | SDO_GEOMETRY",
        "sys.xmltype | XMLTYPE",
        "HR.ADDRESS_T | HR.ADDRESS_T",
      })
  void readsTypesAsOracleWritesThem(String text, String type) {
    assertThat(OracleType.parse(text)).hasToString(type);
    assertThat(OracleType.parse(type)).isEqualTo(OracleType.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "VARHCAR2(20) | Oracle has no type \"VARHCAR2\". A type of your own is written OWNER.TYPE.",
        "VARCHAR2 | \"VARCHAR2\" has 0 numbers in parentheses; VARCHAR2 takes 1.",
        "NUMBER(1,2,3) | \"NUMBER(1,2,3)\" has 3 numbers in parentheses; NUMBER takes 0 to 2.",
        "NUMBER(39) | In \"NUMBER(39)\" a number from 1 to 38 is expected, not 39.",
        "NUMBER(x) | In \"NUMBER(x)\" a number is expected, not \"X\".",
        "TIMESTAMP(10) | In \"TIMESTAMP(10)\" a number from 0 to 9 is expected, not 10.",
        "VARCHAR2(20 | Oracle has no type \"VARCHAR2(20\". A type of your own is written OWNER.TYPE.",
      })
  void refusesWhatOracleDoesNotHave(String text, String why) {
    assertThatThrownBy(() -> OracleType.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(why);
  }

  @ParameterizedTest
  @CsvSource({
    "CLOB, true",
    "NCLOB, true",
    "BLOB, true",
    "LONG, true",
    "LONG RAW, true",
    "XMLTYPE, true",
    "VARCHAR2(32767), true",
    "VARCHAR2(4000), false",
    "RAW(16), false",
    "NUMBER, false",
  })
  void knowsWhatDmsMovesAsLob(String type, boolean lob) {
    assertThat(OracleType.parse(type).isLob()).isEqualTo(lob);
  }
}
