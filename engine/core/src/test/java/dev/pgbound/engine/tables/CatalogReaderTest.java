package dev.pgbound.engine.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.spi.Diagnostic;
import dev.pgbound.tables.catalog.Catalog;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CatalogReaderTest {

  private static final String TABLE = "catalog: 1\nschemas:\n  HR:\n    tables:\n      EMP:\n";

  private final Diagnostics sink = new Diagnostics();

  @Test
  void readsYamlAndJson() {
    Optional<Catalog> yaml = read(TABLE + "        columns: {ID: NUMBER(6) not null}\n");
    Optional<Catalog> json =
        read(
            """
            {"catalog": 1, "schemas": {"HR": {"tables":
              {"EMP": {"columns": {"ID": "NUMBER(6) not null"}}}}}}
            """);

    assertThat(sink.sorted()).isEmpty();
    assertThat(yaml).isPresent().isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "columns: {ID: NUMBR}\\n | CATALOG-001 6:23 schemas.HR.tables.EMP.columns.ID",
        "columns: {ID: 5}\\n | SCHEMA-007 6:23 schemas.HR.tables.EMP.columns.ID",
        "colums: {ID: DATE}\\n | SCHEMA-001 6:9 schemas.HR.tables.EMP.colums",
        "columns: {ID: DATE}\\n        rows: -1\\n"
            + " | SCHEMA-005 7:15 schemas.HR.tables.EMP.rows",
        "columns: {ID: DATE}\\n        kind: sequence\\n"
            + " | SCHEMA-004 7:15 schemas.HR.tables.EMP.kind",
        "columns: {ID: DATE}\\n        primaryKey: [ID, NO]\\n"
            + " | CATALOG-002 7:26 schemas.HR.tables.EMP.primaryKey[1]",
        // a name with a dot in it is found all the same
        "columns: {A.B: NUMBR}\\n | CATALOG-001 6:24 schemas.HR.tables.EMP.columns.A.B",
        "columns: {ID: DATE}\\n        columns: {}\\n"
            + " | FILE-008 7:9 schemas.HR.tables.EMP.columns",
      })
  void saysWhereItIsWrong(String rest, String expected) {
    assertThat(read(TABLE + "        " + rest.replace("\\n", "\n"))).isEmpty();

    assertThat(sink.sorted())
        .singleElement()
        .extracting(CatalogReaderTest::text)
        .isEqualTo(expected);
  }

  @Test
  void speaksOfACatalogWhereItIsNone() {
    assertThat(read("")).isEmpty();
    assertThat(read("just text\n")).isEmpty();

    assertThat(sink.sorted()).extracting(Diagnostic::detail).allMatch(d -> d.contains("catalog"));
  }

  @Test
  void readsTheCatalogOfALargeDatabase() {
    StringBuilder text = new StringBuilder("catalog: 1\nschemas:\n  HR:\n    tables:\n");
    for (int table = 0; table < 2000; table++) {
      text.append(String.format(Locale.ROOT, "      TABLE_%04d:\n        columns:\n", table));
      for (int column = 0; column < 60; column++) {
        text.append(String.format(Locale.ROOT, "          COLUMN_%02d: VARCHAR2(30)\n", column));
      }
    }

    assertThat(read(text.toString()).orElseThrow().tables()).hasSize(2000);
  }

  private Optional<Catalog> read(String text) {
    return CatalogReader.read("catalog.yaml", text.getBytes(StandardCharsets.UTF_8), sink);
  }

  private static String text(Diagnostic found) {
    return found.code()
        + found.range().map(range -> " " + range.line() + ":" + range.column() + " ").orElse(" ")
        + found.pointer();
  }
}
