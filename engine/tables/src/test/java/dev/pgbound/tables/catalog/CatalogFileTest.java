package dev.pgbound.tables.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Type;
import dev.pgbound.tables.Documents;
import dev.pgbound.tables.FoundProblems;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CatalogFileTest {

  private final FoundProblems problems = new FoundProblems();

  @Test
  void readsATableWithEverything() {
    Catalog catalog =
        read(
            """
            {'EMPLOYEES': {
              'rows': 107,
              'columns': {
                'EMPLOYEE_ID': 'NUMBER(6) not null', 'EMAIL': 'varchar2(25 char) NOT  NULL',
                'SALARY': 'NUMBER(8,2)', 'YEARLY': 'NUMBER virtual hidden', 'RESUME': 'CLOB null',
                'DEPARTMENT_ID': 'NUMBER(4)'},
              'primaryKey': ['EMPLOYEE_ID'],
              'uniqueKeys': {'EMP_EMAIL_UK': ['EMAIL']},
              'foreignKeys': {
                'EMP_DEPT_FK': {'columns': ['DEPARTMENT_ID'], 'table': 'DEPARTMENTS'},
                'EMP_OE_FK': {'columns': ['EMAIL'], 'schema': 'OE', 'table': 'PEOPLE'}},
              'longest': {'RESUME': 48113},
              'partitions': ['P1', 'P2']}}
            """);

    assertThat(problems.codes()).isEmpty();
    Table table = catalog.find(new TableName("HR", "EMPLOYEES")).orElseThrow();
    assertThat(table.kind()).isEqualTo(Table.Kind.TABLE);
    assertThat(table.columns())
        .contains(
            new Column("EMPLOYEE_ID", OracleType.parse("NUMBER(6)"), false, false, false),
            new Column("EMAIL", OracleType.parse("VARCHAR2(25 CHAR)"), false, false, false),
            new Column("YEARLY", OracleType.parse("NUMBER"), true, true, true),
            new Column("RESUME", OracleType.parse("CLOB"), true, false, false));
    assertThat(table.key()).containsExactly("EMPLOYEE_ID");
    assertThat(table.uniqueKeys()).containsExactly(new Key("EMP_EMAIL_UK", List.of("EMAIL")));
    assertThat(table.foreignKeys())
        .containsExactly(
            new ForeignKey(
                "EMP_DEPT_FK", List.of("DEPARTMENT_ID"), new TableName("HR", "DEPARTMENTS")),
            new ForeignKey("EMP_OE_FK", List.of("EMAIL"), new TableName("OE", "PEOPLE")));
    assertThat(table.rows()).isEqualTo(OptionalLong.of(107));
    assertThat(table.longest()).isEqualTo(Map.of("RESUME", 48_113L));
    assertThat(table.partitions()).containsExactly("P1", "P2");
  }

  @Test
  void ordersTablesByName() {
    assertThat(read("{'B': {'columns': {'A': 'DATE'}}, 'A': {'columns': {'A': 'DATE'}}}").tables())
        .extracting(table -> table.name().toString())
        .containsExactly("HR.A", "HR.B");
  }

  @Test
  void takesAUniqueKeyWhereThereIsNoPrimaryKey() {
    Catalog catalog =
        read("{'A': {'columns': {'X': 'DATE'}, 'uniqueKeys': {'U': ['X'], 'V': ['X']}}}");

    assertThat(catalog.tables().get(0).key()).containsExactly("X");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'columns': {'A': 'VARHCAR2(9)'}, 'primaryKey': ['A'] | CATALOG-001 .columns.A",
        "'columns': {'A': 'not null'} | CATALOG-001 .columns.A",
        "'columns': {'A': ''} | CATALOG-001 .columns.A",
        "'columns': {} | CATALOG-004 .columns",
        "'columns': {'A': 'DATE'}, 'primaryKey': ['A', 'B'] | CATALOG-002 .primaryKey[1]",
        "'columns': {'A': 'DATE'}, 'primaryKey': ['A', 'A'] | CATALOG-003 .primaryKey[1]",
        "'columns': {'A': 'DATE'}, 'uniqueKeys': {'U': ['X']} | CATALOG-002 .uniqueKeys.U[0]",
        "'columns': {'A': 'DATE'}, 'foreignKeys': {'F': {'columns': ['X'], 'table': 'T'}}"
            + " | CATALOG-002 .foreignKeys.F.columns[0]",
        "'columns': {'A': 'DATE'}, 'longest': {'X': 1} | CATALOG-002 .longest.X",
        "'columns': {'A': 'DATE'}, 'longest': {'A': 1} | CATALOG-005 .longest.A",
      })
  void findsWhatATableCannotHave(String table, String expected) {
    read("{'T': {" + table + "}}");

    assertThat(problems.codes()).containsExactly(expected.replace(" .", " schemas.HR.tables.T."));
  }

  @Test
  void describesEveryKey() {
    assertThat(CatalogFile.ATTRIBUTES)
        .extracting(Attribute::name)
        .containsExactly("catalog", "schemas");
    Type schemas = CatalogFile.ATTRIBUTES.get(1).type();
    Type.ObjectType schema = (Type.ObjectType) ((Type.MapType) schemas).value();
    Type.ObjectType table =
        (Type.ObjectType) ((Type.MapType) schema.attributes().get(0).type()).value();
    assertThat(table.attributes())
        .extracting(Attribute::name)
        .containsExactly(
            "kind",
            "rows",
            "columns",
            "primaryKey",
            "uniqueKeys",
            "foreignKeys",
            "longest",
            "partitions");
  }

  private Catalog read(String tables) {
    return CatalogFile.read(
        Documents.json("{'catalog': 1, 'schemas': {'HR': {'tables': " + tables + "}}}"), problems);
  }
}
