package dev.pgbound.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.tables.catalog.OracleType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DmsTypeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NUMBER | numeric(38,10) | numeric(38,10)",
        "NUMBER(2) | int1 | smallint",
        "NUMBER(4) | int2 | smallint",
        "NUMBER(9) | int4 | integer",
        "NUMBER(10) | numeric(10,0) | numeric(10,0)",
        "NUMBER(8,2) | numeric(8,2) | numeric(8,2)",
        "NUMBER(2,4) | real8 | double precision",
        "NUMBER(5,-2) | real8 | double precision",
        "NUMBER(*,0) | numeric(38,0) | numeric(38,0)",
        "INTEGER | numeric(38,0) | numeric(38,0)",
        "FLOAT(24) | real4 | real",
        "FLOAT | real8 | double precision",
        "BINARY_FLOAT | real4 | real",
        "BINARY_DOUBLE | real8 | double precision",
        "DATE | datetime(0) | timestamp",
        "TIMESTAMP | datetime(6) | timestamp",
        "TIMESTAMP(9) | datetime(9) | varchar(37)",
        "TIMESTAMP(6) WITH TIME ZONE | string | varchar",
        "TIMESTAMP WITH LOCAL TIME ZONE | string | varchar",
        "INTERVAL DAY(2) TO SECOND(6) | string | varchar",
        "CHAR | string(1) | varchar(1)",
        "VARCHAR2(20 CHAR) | string(20) | varchar(20)",
        "VARCHAR2(32767) | clob | text",
        "NVARCHAR2(20) | wstring(20) | varchar(20)",
        "RAW(16) | bytes(16) | bytea",
        "CLOB | clob | text",
        "NCLOB | nclob | text",
        "LONG | clob | text",
        "XMLTYPE | clob | text",
        "BLOB | blob | bytea",
        "LONG RAW | blob | bytea",
      })
  void mapsTypesOfOracleToPostgresql(String oracle, String dms, String postgresql) {
    DmsType type = DmsType.of(OracleType.parse(oracle), 10).orElseThrow();

    assertThat(type).hasToString(dms);
    assertThat(type.postgresql()).isEqualTo(postgresql);
    assertThat(type.isLob()).isEqualTo(OracleType.parse(oracle).isLob());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0 | numeric(38,0)", "-1 | real8", "-2 | string"})
  void doesWithANumberWithoutPrecisionWhatTheEndpointSays(int scale, String type) {
    assertThat(DmsType.of(OracleType.parse("NUMBER"), scale).map(DmsType::toString).orElse(""))
        .isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BFILE", "ROWID", "UROWID", "ANYDATA", "HR.ADDRESS_T", "JSON"})
  void knowsWhatIsNotReplicated(String oracle) {
    assertThat(DmsType.of(OracleType.parse(oracle), 10)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "boolean, boolean",
    "bytes, bytea",
    "date, date",
    "time, time",
    "datetime, timestamp",
    "int1, smallint",
    "int2, smallint",
    "int4, integer",
    "int8, bigint",
    "numeric, numeric",
    "real4, real",
    "real8, double precision",
    "string, varchar",
    "uint1, smallint",
    "uint2, integer",
    "uint4, bigint",
    "uint8, bigint",
    "wstring, varchar",
    "blob, bytea",
    "nclob, text",
    "clob, text",
  })
  void knowsEveryTypeThatARuleCanGive(String name, String postgresql) {
    assertThat(DmsType.declared(Documents.json("{'type': '" + name + "'}")).postgresql())
        .isEqualTo(postgresql);
  }

  @Test
  void keepsTheLengthOfTextsThatPostgresqlTakes() {
    assertThat(new DmsType("string", List.of(21_845)).postgresql()).isEqualTo("varchar(21845)");
    assertThat(new DmsType("string", List.of(21_846)).postgresql()).isEqualTo("varchar(65535)");
  }
}
