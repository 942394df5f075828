package dev.pgbound.simulator;

import static dev.pgbound.simulator.Rehearsal.include;
import static dev.pgbound.simulator.Rehearsal.locator;
import static dev.pgbound.simulator.Rehearsal.transformation;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue.FULL_LOAD;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What table rules make of names, columns and rows, as PostgreSQL then has them. */
class RowRulesTest {

  private final Rehearsal rehearsal = Rehearsal.shared();
  private String schema = "";

  @BeforeEach
  void makeSchema() {
    schema = rehearsal.schema();
  }

  private void people() {
    rehearsal.oracle(
        "create table "
            + schema
            + ".APP_PEOPLE (ID NUMBER(6) primary key, APP_NAME VARCHAR2(20), BORN DATE, PAY"
            + " NUMBER(8,2))",
        "insert into "
            + schema
            + ".APP_PEOPLE values (1, 'Ada', TO_DATE('1985-12-10', 'YYYY-MM-DD'), 10.5)",
        "insert into "
            + schema
            + ".APP_PEOPLE values (2, 'Bob 42', TO_DATE('1990-01-02 03:04:05', 'YYYY-MM-DD"
            + " HH24:MI:SS'), 20)",
        "insert into " + schema + ".APP_PEOPLE values (3, null, null, null)");
  }

  /** Loads the table by rules about it. */
  private void load(String... rules) {
    people();
    List<String> all = new ArrayList<>(List.of(include(schema, "APP_PEOPLE")));
    all.addAll(List.of(rules));
    rehearsal.task(FULL_LOAD, "{}", all.toArray(String[]::new)).load();
  }

  private String table() {
    return "\"" + schema + "\".\"APP_PEOPLE\"";
  }

  private String column(String name) {
    return locator(schema, "APP_PEOPLE", name);
  }

  /** Where tables of this test's schema have come to, whatever they are called there. */
  private List<String> tables(String like) {
    return rehearsal.rows(
        "select table_schema, table_name from information_schema.tables where table_schema like '"
            + like
            + "' order by 1, 2");
  }

  private List<String> columns() {
    return rehearsal.rows(
        "select column_name from information_schema.columns where table_schema = '"
            + schema
            + "' order by ordinal_position");
  }

  @ParameterizedTest
  @CsvSource({
    "rename, 'to_SCHEMA', '', to_SCHEMA",
    "convert-lowercase, '', '', schema",
    "add-prefix, 'x_', '', x_SCHEMA",
    "add-suffix, '_x', '', SCHEMA_x",
    "remove-prefix, 'S', '', CHEMA",
    "replace-prefix, 'T', 'S', TCHEMA"
  })
  void namesSchemas(String action, String value, String oldValue, String expected) {
    String renamed = value.replace("SCHEMA", schema);
    load(
        transformation(
            "schema",
            action,
            locator(schema),
            "\"value\": \"" + renamed + "\"",
            "\"old-value\": \"" + oldValue + "\""));

    String wanted =
        switch (expected) {
          case "schema" -> schema.toLowerCase(java.util.Locale.ROOT);
          case "CHEMA" -> schema.substring(1);
          case "TCHEMA" -> "T" + schema.substring(1);
          default -> expected.replace("SCHEMA", schema);
        };
    assertThat(tables(wanted.replace("_", "\\_"))).containsExactly(wanted + "|APP_PEOPLE");
    assertThat(rehearsal.rows("select count(*) from \"" + wanted + "\".\"APP_PEOPLE\""))
        .containsExactly("3");
  }

  @ParameterizedTest
  @CsvSource({
    "rename, Staff, '', Staff",
    "convert-lowercase, '', '', app_people",
    "convert-uppercase, '', '', APP_PEOPLE",
    "add-prefix, X_, '', X_APP_PEOPLE",
    "add-suffix, _X, '', APP_PEOPLE_X",
    "remove-prefix, APP_, '', PEOPLE",
    "remove-suffix, PLE, '', APP_PEO",
    "replace-prefix, NEW_, APP_, NEW_PEOPLE",
    "replace-suffix, S, PLE, APP_PEOS",
    "replace-suffix, S, QQQ, APP_PEOPLE"
  })
  void namesTables(String action, String value, String oldValue, String expected) {
    load(
        transformation(
            "table",
            action,
            locator(schema, "APP_PEOPLE"),
            "\"value\": \"" + value + "\"",
            "\"old-value\": \"" + oldValue + "\""));

    assertThat(tables(schema)).containsExactly(schema + "|" + expected);
    assertThat(rehearsal.rows("select \"ID\" from \"" + schema + "\".\"" + expected + "\""))
        .containsExactly("1", "2", "3");
  }

  @ParameterizedTest
  @CsvSource({
    "rename, Name, '', Name",
    "convert-lowercase, '', '', app_name",
    "convert-uppercase, '', '', APP_NAME",
    "add-prefix, X_, '', X_APP_NAME",
    "add-suffix, _X, '', APP_NAME_X",
    "remove-prefix, APP_, '', NAME",
    "remove-suffix, ME, '', APP_NA",
    "replace-prefix, THE_, APP_, THE_NAME",
    "replace-suffix, ILS, AME, APP_NILS"
  })
  void namesColumns(String action, String value, String oldValue, String expected) {
    load(
        transformation(
            "column",
            action,
            column("APP_NAME"),
            "\"value\": \"" + value + "\"",
            "\"old-value\": \"" + oldValue + "\""));

    assertThat(columns()).containsExactly("ID", expected, "BORN", "PAY");
    assertThat(rehearsal.rows("select \"" + expected + "\" from " + table() + " order by \"ID\""))
        .containsExactly("Ada", "Bob 42", "null");
  }

  @Test
  void namesByAnExpression() {
    load(
        transformation(
            "table",
            "rename",
            locator(schema, "APP_PEOPLE"),
            "\"expression\": \"'old_' || lower($AR_M_SOURCE_TABLE_NAME)\""));

    assertThat(tables(schema)).containsExactly(schema + "|old_app_people");
  }

  @Test
  void removesColumns() {
    load(transformation("column", "remove-column", column("BORN")));

    assertThat(columns()).containsExactly("ID", "APP_NAME", "PAY");
    assertThat(rehearsal.rows("select * from " + table() + " where \"ID\" = 2"))
        .containsExactly("2|Bob 42|20.00");
  }

  @Test
  void includesOnlySomeColumns() {
    load(
        transformation("column", "include-column", column("ID")),
        transformation("column", "include-column", column("PAY")));

    assertThat(columns()).containsExactly("ID", "PAY");
    assertThat(rehearsal.rows("select * from " + table() + " order by 1"))
        .containsExactly("1|10.50", "2|20.00", "3|null");
  }

  @Test
  void addsColumnsThatItComputes() {
    load(
        transformation(
            "column",
            "add-column",
            locator(schema, "APP_PEOPLE"),
            "\"value\": \"LABEL\"",
            "\"expression\": \"coalesce($APP_NAME, 'nobody') || ' of ' || $AR_M_SOURCE_SCHEMA\"",
            "\"data-type\": {\"type\": \"string\", \"length\": 50}"),
        transformation(
            "column",
            "add-column",
            locator(schema, "APP_PEOPLE"),
            "\"value\": \"TWICE\"",
            "\"expression\": \"$PAY * 2\"",
            "\"data-type\": {\"type\": \"numeric\", \"precision\": 10, \"scale\": 2}"),
        transformation(
            "column",
            "add-column",
            locator(schema, "APP_PEOPLE"),
            "\"value\": \"HOW\"",
            "\"expression\": \"$AR_H_OPERATION\"",
            "\"data-type\": {\"type\": \"string\", \"length\": 10}"));

    assertThat(
            rehearsal.rows(
                "select \"LABEL\", \"TWICE\", \"HOW\" from " + table() + " order by \"ID\""))
        .containsExactly(
            "Ada of " + schema + "|21.00|INSERT",
            "Bob 42 of " + schema + "|40.00|INSERT",
            "nobody of " + schema + "|null|INSERT");
  }

  @Test
  void changesTypes() {
    load(
        transformation(
            "column", "change-data-type", column("PAY"), "\"data-type\": {\"type\": \"int8\"}"),
        transformation(
            "column",
            "change-data-type",
            column("APP_NAME"),
            "\"data-type\": {\"type\": \"string\", \"length\": 3}"),
        transformation(
            "column", "change-data-type", column("BORN"), "\"data-type\": {\"type\": \"date\"}"));

    assertThat(
            rehearsal.rows(
                "select data_type from information_schema.columns where table_schema = '"
                    + schema
                    + "' order by ordinal_position"))
        .containsExactly("integer", "character varying", "date", "bigint");
    assertThat(rehearsal.rows("select * from " + table() + " order by \"ID\""))
        .containsExactly("1|Ada|1985-12-10|11", "2|Bob|1990-01-02|20", "3|null|null|null");
  }

  @Test
  void changesTheTypesOfColumnsOfOneType() {
    load(
        transformation(
            "column",
            "change-data-type",
            "\"object-locator\": {\"schema-name\": \""
                + schema
                + "\", \"table-name\": \"%\", \"column-name\": \"%\", \"data-type\": \"int4\"}",
            "\"data-type\": {\"type\": \"string\", \"length\": 20}"));

    assertThat(
            rehearsal.rows(
                "select data_type from information_schema.columns where column_name = 'ID' and"
                    + " table_schema = '"
                    + schema
                    + "'"))
        .containsExactly("character varying");
  }

  @Test
  void definesAKey() {
    rehearsal.oracle(
        "create table " + schema + ".KEYLESS (A NUMBER(4) not null, B NUMBER(4) not null)",
        "insert into " + schema + ".KEYLESS values (1, 2)");

    rehearsal
        .task(
            FULL_LOAD,
            "{}",
            include(schema, "KEYLESS"),
            transformation(
                "table",
                "define-primary-key",
                locator(schema, "KEYLESS"),
                "\"primary-key-def\": {\"name\": \"K\", \"columns\": [\"B\", \"A\"]}"))
        .load();

    assertThat(
            rehearsal.rows(
                "select pg_get_constraintdef(oid) from pg_constraint where conrelid = '\""
                    + schema
                    + "\".\"KEYLESS\"'::regclass"))
        .containsExactly("PRIMARY KEY (\"B\", \"A\")");
  }

  @Test
  void masksValues() {
    load(
        transformation(
            "column", "data-masking-digits-mask", column("APP_NAME"), "\"value\": \"#\""),
        transformation("column", "data-masking-digits-randomize", column("PAY")));

    assertThat(rehearsal.rows("select \"APP_NAME\" from " + table() + " order by \"ID\""))
        .containsExactly("Ada", "Bob ##", "null");
    assertThat(rehearsal.rows("select \"PAY\" from " + table() + " where \"PAY\" in (10.5, 20)"))
        .isEmpty();
  }

  @Test
  void hashesValues() {
    load(
        transformation("column", "data-masking-hash-mask", column("APP_NAME")),
        transformation(
            "column",
            "change-data-type",
            column("APP_NAME"),
            "\"data-type\": {\"type\": \"string\", \"length\": 64}"));

    assertThat(
            rehearsal.rows(
                "select \"APP_NAME\" = encode(sha256('Ada'), 'hex') from "
                    + table()
                    + " where \"ID\" = 1"))
        .containsExactly("t");
  }

  @Test
  void leavesBeforeImagesOfALoadEmpty() {
    load(
        transformation(
            "column",
            "add-before-image-columns",
            column("%"),
            "\"before-image-def\": {\"column-prefix\": \"OLD_\", \"column-suffix\": \"\","
                + " \"column-filter\": \"all\"}"));

    assertThat(columns())
        .containsExactly(
            "ID", "APP_NAME", "BORN", "PAY", "OLD_ID", "OLD_APP_NAME", "OLD_BORN", "OLD_PAY");
    assertThat(rehearsal.rows("select \"OLD_ID\", \"OLD_PAY\" from " + table() + " limit 1"))
        .containsExactly("null|null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "PAY; eq; \"value\": \"10.50\"; 1",
        "PAY; noteq; \"value\": \"10.5\"; 2",
        "PAY; gte; \"value\": \"10.5\"; 1 2",
        "PAY; lte; \"value\": \"15\"; 1",
        "PAY; ste; \"value\": \"15\"; 1",
        "PAY; between; \"start-value\": \"10.5\", \"end-value\": \"20\"; 1 2",
        "PAY; notbetween; \"start-value\": \"5\", \"end-value\": \"15\"; 2",
        "PAY; null; ; 3",
        "PAY; notnull; ; 1 2",
        "APP_NAME; eq; \"value\": \"Ada\"; 1",
        "APP_NAME; gte; \"value\": \"B\"; 2",
        "BORN; gte; \"value\": \"1990-01-02\"; 2",
        "BORN; eq; \"value\": \"1990-01-02 03:04:05\"; 2",
        "BORN; lte; \"value\": \"1989-12-31 23:59:59\"; 1"
      })
  void filtersRows(String column, String operator, String operands, String expected) {
    people();
    String rest = operands == null ? "" : ", " + operands;
    String filter =
        "{\"filter-type\": \"source\", \"column-name\": \""
            + column
            + "\", \"filter-conditions\": [{\"filter-operator\": \""
            + operator
            + "\""
            + rest
            + "}]}";

    rehearsal.task(FULL_LOAD, "{}", include(schema, "APP_PEOPLE", filter)).load();

    assertThat(
            rehearsal.rows("select string_agg(\"ID\"::text, ' ' order by \"ID\") from " + table()))
        .containsExactly(expected);
  }

  @Test
  void wantsOneConditionOfEachFilter() {
    people();
    String either =
        "{\"filter-type\": \"source\", \"column-name\": \"ID\", \"filter-conditions\":"
            + " [{\"filter-operator\": \"eq\", \"value\": \"1\"}, {\"filter-operator\": \"gte\","
            + " \"value\": \"3\"}]}";
    String notNull =
        "{\"filter-type\": \"source\", \"column-name\": \"PAY\", \"filter-conditions\":"
            + " [{\"filter-operator\": \"notnull\"}]}";

    rehearsal.task(FULL_LOAD, "{}", include(schema, "APP_PEOPLE", either, notNull)).load();

    assertThat(rehearsal.rows("select \"ID\" from " + table())).containsExactly("1");
  }

  @Test
  void loadsNoRowsOutsideOfItsRanges() {
    people();
    String settings =
        "\"rule-type\": \"table-settings\", "
            + locator(schema, "APP_PEOPLE")
            + ", \"parallel-load\": {\"type\": \"ranges\", \"columns\": [\"PAY\"],"
            + " \"boundaries\": [[\"15\"]]}";

    rehearsal.task(FULL_LOAD, "{}", include(schema, "APP_PEOPLE"), settings).load();

    assertThat(rehearsal.rows("select \"ID\" from " + table() + " order by 1"))
        .containsExactly("1", "2");
  }
}
