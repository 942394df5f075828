package dev.pgbound.tables.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CatalogTextTest {

  private static Column column(String name, String type, boolean nullable) {
    return new Column(name, OracleType.parse(type), nullable, false, false);
  }

  @Test
  void writesWhatIsKnownAndQuotesWhatYamlWouldMisread() {
    Table table =
        new Table(
            new TableName("HR", "NULL"),
            Table.Kind.TABLE,
            List.of(
                column("ID", "NUMBER(6)", false),
                column("lower \"case\"", "VARCHAR2(10 CHAR)", true),
                new Column("YEARS", OracleType.parse("NUMBER"), true, true, true),
                column("SHAPE", "GIS.SHAPE#", true)),
            List.of("ID"),
            List.of(new Key("UK", List.of("lower \"case\"", "ID"))),
            List.of(new ForeignKey("FK", List.of("ID"), new TableName("OE", "ORDERS"))),
            OptionalLong.of(7),
            Map.of("DOC", 12L),
            List.of("P1", "P2"));
    Table view =
        new Table(
            new TableName("HR", "A_VIEW"),
            Table.Kind.VIEW,
            List.of(column("ID", "NUMBER(6)", true)),
            List.of(),
            List.of(),
            List.of(),
            OptionalLong.empty(),
            Map.of(),
            List.of());

    assertThat(CatalogText.of(new Catalog(List.of(table, view))))
        .isEqualTo(
            """
            catalog: 1
            schemas:
              HR:
                tables:
                  A_VIEW:
                    kind: view
                    columns:
                      ID: NUMBER(6)
                  "NULL":
                    rows: 7
                    columns:
                      ID: NUMBER(6) not null
                      "lower \\"case\\"": VARCHAR2(10 CHAR)
                      YEARS: NUMBER virtual hidden
                      SHAPE: "GIS.SHAPE#"
                    primaryKey: [ID]
                    uniqueKeys:
                      UK: ["lower \\"case\\"", ID]
                    foreignKeys:
                      FK: {columns: [ID], table: ORDERS, schema: OE}
                    longest: {DOC: 12}
                    partitions: [P1, P2]
            """);
  }

  @Test
  void writesACatalogWithoutTables() {
    assertThat(CatalogText.of(new Catalog(List.of()))).isEqualTo("catalog: 1\nschemas: {}\n");
  }
}
