package dev.pgbound.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pgbound.spi.Value.Fields;
import dev.pgbound.tables.Evaluation.RuleUse;
import dev.pgbound.tables.TableTask.Mode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What rules do to tables: selection, names, columns, and which rule counts. */
final class EvaluationTest {

  private static final String EMP = select("include", "HR", "EMP");

  @ParameterizedTest
  @MethodSource("selections")
  void selects(String rules, List<String> tables) {
    assertThat(evaluate(rules).tables())
        .extracting(table -> table.source().name().toString())
        .containsExactlyElementsOf(tables);
  }

  static Stream<Arguments> selections() {
    return Stream.of(
        of(select("include", "HR", "%"), "HR.EMP", "HR.EMP_OLD", "HR.JOB_HISTORY"),
        of(
            select("include", "%", "%") + select("exclude", "HR", "EMP%"),
            "HR.JOB_HISTORY",
            "OE.ORDERS"),
        // the order of the rules says nothing
        of(select("exclude", "HR", "EMP%") + select("include", "HR", "%"), "HR.JOB_HISTORY"),
        of(select("include", "HR", "EMP[_]%"), "HR.EMP_OLD"),
        of(select("include", "HR", "EMP__LD"), "HR.EMP_OLD"),
        of(select("include", "H[QR]", "[A-F]%"), "HR.EMP", "HR.EMP_OLD"),
        of(select("include", "hr", "%")),
        of(select("explicit", "HR", "JOB_HISTORY"), "HR.JOB_HISTORY"),
        // an explicit rule takes names as they are
        of(select("explicit", "HR", "EMP%")),
        of(select("explicit", "HR", "E_P")),
        of(select("include", "HR", "E_P"), "HR.EMP"),
        of(select("explicit", "HR", "EMP") + select("exclude", "HR", "EMP")),
        of(kind("include", "view", "%"), "HR.EMP_V"),
        of(kind("include", "all", "EMP%"), "HR.EMP", "HR.EMP_OLD", "HR.EMP_V"),
        of(kind("include", "table", "EMP%"), "HR.EMP", "HR.EMP_OLD"),
        // an exclusion of tables leaves views alone
        of(kind("include", "all", "EMP%") + select("exclude", "HR", "%"), "HR.EMP_V"),
        of(kind("include", "all", "EMP%") + kind("exclude", "all", "%OLD"), "HR.EMP", "HR.EMP_V"),
        of(select("exclude", "HR", "%")),
        of("{'rule-type': 'selection'}"));
  }

  @ParameterizedTest
  @MethodSource({"names", "columns", "precedence"})
  void transforms(String rules, String table) {
    assertThat(evaluate(rules + EMP).tables()).extracting(Source::describe).containsExactly(table);
  }

  private static final String COLUMNS =
      "(ID int4, EMP_NAME string(20), HIRED datetime(0), PHOTO blob)";

  /** Every naming action at every level. */
  static Stream<Arguments> names() {
    return Stream.of(
        becomes("schema", "rename", "'value': 'people'", "people.EMP" + COLUMNS + " key ID"),
        becomes("table", "rename", "'value': 'staff'", "HR.staff" + COLUMNS + " key ID"),
        becomes(
            "column",
            "rename",
            "'value': 'no'",
            "HR.EMP(no int4, EMP_NAME string(20), HIRED datetime(0), PHOTO blob) key no"),
        becomes("schema", "convert-lowercase", "", "hr.EMP" + COLUMNS + " key ID"),
        becomes("table", "convert-lowercase", "", "HR.emp" + COLUMNS + " key ID"),
        becomes("column", "convert-lowercase", "", column("id")),
        becomes("schema", "convert-uppercase", "", "HR.EMP" + COLUMNS + " key ID"),
        becomes("table", "convert-uppercase", "", "HR.EMP" + COLUMNS + " key ID"),
        becomes("column", "convert-uppercase", "", column("ID")),
        becomes("schema", "add-prefix", "'value': 'x_'", "x_HR.EMP" + COLUMNS + " key ID"),
        becomes("table", "add-prefix", "'value': 'x_'", "HR.x_EMP" + COLUMNS + " key ID"),
        becomes("column", "add-prefix", "'value': 'x_'", column("x_ID")),
        becomes("schema", "add-suffix", "'value': '_x'", "HR_x.EMP" + COLUMNS + " key ID"),
        becomes("table", "add-suffix", "'value': '_x'", "HR.EMP_x" + COLUMNS + " key ID"),
        becomes("column", "add-suffix", "'value': '_x'", column("ID_x")),
        becomes("schema", "remove-prefix", "'value': 'H'", "R.EMP" + COLUMNS + " key ID"),
        becomes("table", "remove-prefix", "'value': 'E'", "HR.MP" + COLUMNS + " key ID"),
        becomes("column", "remove-prefix", "'value': 'I'", column("D")),
        becomes("table", "remove-prefix", "'value': 'X'", "HR.EMP" + COLUMNS + " key ID"),
        becomes("schema", "remove-suffix", "'value': 'R'", "H.EMP" + COLUMNS + " key ID"),
        becomes("table", "remove-suffix", "'value': 'P'", "HR.EM" + COLUMNS + " key ID"),
        becomes("column", "remove-suffix", "'value': 'D'", column("I")),
        becomes("table", "remove-suffix", "'value': 'E'", "HR.EMP" + COLUMNS + " key ID"),
        becomes(
            "schema",
            "replace-prefix",
            "'old-value': 'H', 'value': 'p'",
            "pR.EMP" + COLUMNS + " key ID"),
        becomes(
            "table",
            "replace-prefix",
            "'old-value': 'E', 'value': 'st'",
            "HR.stMP" + COLUMNS + " key ID"),
        becomes("column", "replace-prefix", "'old-value': 'I', 'value': ''", column("D")),
        becomes(
            "table",
            "replace-prefix",
            "'old-value': 'X', 'value': 'y'",
            "HR.EMP" + COLUMNS + " key ID"),
        becomes(
            "schema",
            "replace-suffix",
            "'old-value': 'R', 'value': 'q'",
            "Hq.EMP" + COLUMNS + " key ID"),
        becomes(
            "table",
            "replace-suffix",
            "'old-value': 'P', 'value': 'q'",
            "HR.EMq" + COLUMNS + " key ID"),
        becomes("column", "replace-suffix", "'old-value': 'D', 'value': 'q'", column("Iq")),
        becomes(
            "table",
            "replace-suffix",
            "'old-value': 'X', 'value': 'q'",
            "HR.EMP" + COLUMNS + " key ID"),
        becomes(
            "table",
            "rename",
            "'expression': 'lower($AR_M_SOURCE_SCHEMA) || $AR_M_SOURCE_TABLE_NAME'",
            "HR.hrEMP" + COLUMNS + " key ID"),
        becomes(
            "column", "rename", "'expression': 'lower($AR_M_SOURCE_COLUMN_NAME)'", column("id")),
        // what cannot be computed changes nothing
        becomes(
            "table",
            "rename",
            "'expression': '$AR_M_SOURCE_COLUMN_NAME'",
            "HR.EMP" + COLUMNS + " key ID"),
        becomes("table", "rename", "'expression': 'random()'", "HR.EMP" + COLUMNS + " key ID"),
        // Oracle targets have tablespaces, PostgreSQL has not
        becomes("table-tablespace", "rename", "'value': 'x'", "HR.EMP" + COLUMNS + " key ID"),
        becomes("index-tablespace", "convert-lowercase", "", "HR.EMP" + COLUMNS + " key ID"));
  }

  /** Every other action on columns. */
  static Stream<Arguments> columns() {
    return Stream.of(
        on(
            "remove-column",
            "PHOTO",
            "",
            "HR.EMP(ID int4, EMP_NAME string(20), HIRED datetime(0)) key ID"),
        on("remove-column", "ID", "", "HR.EMP(EMP_NAME string(20), HIRED datetime(0), PHOTO blob)"),
        on("include-column", "[I-P]%", "", "HR.EMP(ID int4, PHOTO blob) key ID"),
        arguments(
            change("column", "include-column", "'column-name': 'ID'", "")
                + change("column", "include-column", "'column-name': 'HIRED'", ""),
            "HR.EMP -> HR.EMP(ID int4, HIRED datetime(0)) key ID"),
        on(
            "change-data-type",
            "ID",
            "'data-type': {'type': 'int8'}",
            "HR.EMP(ID int8, EMP_NAME string(20), HIRED datetime(0), PHOTO blob) key ID"),
        // the locator names columns by their type in DMS
        arguments(
            change(
                "column",
                "change-data-type",
                "'column-name': '%', 'data-type': 'int4'",
                "'data-type': {'type': 'numeric', 'precision': 9, 'scale': 2}"),
            "HR.EMP -> HR.EMP(ID numeric(9,2), EMP_NAME string(20), HIRED datetime(0), PHOTO blob)"
                + " key ID"),
        on(
            "data-masking-digits-mask",
            "EMP_NAME",
            "'value': '#'",
            "HR.EMP(ID int4, EMP_NAME string(20) masked data-masking-digits-mask#, HIRED datetime(0),"
                + " PHOTO blob) key ID"),
        on(
            "data-masking-digits-randomize",
            "ID",
            "",
            "HR.EMP(ID int4 masked data-masking-digits-randomize, EMP_NAME string(20), HIRED"
                + " datetime(0), PHOTO blob) key ID"),
        on(
            "data-masking-hash-mask",
            "EMP_NAME",
            "",
            "HR.EMP(ID int4, EMP_NAME string(20) masked data-masking-hash-mask, HIRED datetime(0),"
                + " PHOTO blob) key ID"),
        arguments(
            change(
                "column",
                "add-column",
                "",
                "'value': 'upper_name', 'expression': 'upper($EMP_NAME)', 'data-type': {'type':"
                    + " 'string', 'length': 20}"),
            "HR.EMP -> HR.EMP(ID int4, EMP_NAME string(20), HIRED datetime(0), PHOTO blob,"
                + " upper_name string(20) = upper($EMP_NAME)) key ID"),
        arguments(
            change("column", "add-column", "", "'value': 'note'"),
            "HR.EMP -> HR.EMP(ID int4, EMP_NAME string(20), HIRED datetime(0), PHOTO blob, note"
                + " string) key ID"),
        arguments(
            change(
                "table",
                "define-primary-key",
                "",
                "'primary-key-def': {'name': 'pk', 'columns': ['EMP_NAME', 'ID']}"),
            "HR.EMP -> HR.EMP" + COLUMNS + " key EMP_NAME,ID"),
        on(
            "add-before-image-columns",
            "%",
            "'before-image-def': {'column-prefix': 'old_'}",
            "HR.EMP(ID int4, EMP_NAME string(20), HIRED datetime(0), PHOTO blob, old_ID int4 before)"
                + " key ID"),
        on(
            "add-before-image-columns",
            "%",
            "'before-image-def': {'column-suffix': '_b', 'column-filter': 'non-lob'}",
            "HR.EMP(ID int4, EMP_NAME string(20), HIRED datetime(0), PHOTO blob, ID_b int4 before,"
                + " EMP_NAME_b string(20) before, HIRED_b datetime(0) before) key ID"),
        on(
            "add-before-image-columns",
            "PHOTO",
            "'before-image-def': {'column-suffix': '_b', 'column-filter': 'all'}",
            "HR.EMP(ID int4, EMP_NAME string(20), HIRED datetime(0), PHOTO blob, PHOTO_b blob"
                + " before) key ID"),
        on(
            "override-validation-function",
            "ID",
            "'source-function': 'x'",
            "HR.EMP" + COLUMNS + " key ID"));
  }

  /** Which of several rules counts. */
  static Stream<Arguments> precedence() {
    String renamed = "HR.EMP -> HR.staff" + COLUMNS + " key ID";
    String lowered = "HR.EMP -> HR.emp" + COLUMNS + " key ID";
    return Stream.of(
        arguments(rename("5") + lower("6"), renamed),
        arguments(rename("6") + lower("5"), lowered),
        arguments(rename("10") + lower("9"), lowered),
        arguments(lower("7") + rename("6"), renamed),
        // without numbers, the order of the list
        arguments(rename("") + lower(""), renamed),
        arguments(lower("") + rename(""), lowered),
        // one decides the schema, another one the table, a third one the columns
        arguments(
            change("schema", "convert-lowercase", "'table-name': null", "")
                + lower("")
                + change("column", "convert-lowercase", "'column-name': 'I%'", ""),
            "HR.EMP -> hr.emp(id int4, EMP_NAME string(20), HIRED datetime(0), PHOTO blob) key id"),
        // renamed, removed and retyped at once
        arguments(
            change("column", "convert-lowercase", "'column-name': '%'", "")
                + change("column", "remove-column", "'column-name': 'PHOTO'", "")
                + change(
                    "column",
                    "change-data-type",
                    "'column-name': 'HIRED'",
                    "'data-type': {'type': 'date'}"),
            "HR.EMP -> HR.EMP(id int4, emp_name string(20), hired date) key id"),
        // locators see the names of the source, never those that other rules have made
        arguments(
            change("schema", "rename", "'table-name': null", "'value': 'people'")
                + change("table", "rename", "'schema-name': 'people'", "'value': 'never'"),
            "HR.EMP -> people.EMP" + COLUMNS + " key ID"),
        // a key is followed through the names of its columns
        arguments(
            change(
                    "table",
                    "define-primary-key",
                    "",
                    "'primary-key-def': {'name': 'pk', 'columns': ['EMP_NAME']}")
                + change("column", "convert-lowercase", "'column-name': '%'", ""),
            "HR.EMP -> HR.EMP(id int4, emp_name string(20), hired datetime(0), photo blob) key"
                + " emp_name"));
  }

  @Test
  void hasACaseForEveryTransformation() {
    Set<String> seen = new TreeSet<>();
    Stream.of(names(), columns())
        .flatMap(cases -> cases)
        .map(one -> one.get()[0].toString())
        .forEach(
            rules ->
                Arrays.stream(RuleAction.values())
                    .filter(action -> rules.contains("'" + action.word() + "'"))
                    .forEach(action -> seen.add(action.word())));

    assertThat(seen)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(RuleAction.values())
                .filter(action -> action.kind() != RuleAction.Kind.SELECTION)
                .map(RuleAction::word)
                .toList());
  }

  @Test
  void putsTablesIntoTheTargetSchemaOfTheTaskUnlessARuleNamesTheirs() {
    TableTask task =
        new TableTask(
            Documents.mapping(EMP.substring(1)),
            Mode.CDC,
            false,
            "all",
            Lobs.DEFAULT,
            TableTask.Source.DEFAULT);
    String named = change("schema", "rename", "'table-name': null", "'value': 'people'");

    assertThat(Evaluation.of(Source.catalog(), task).tables().get(0).target()).isEqualTo("all.EMP");
    assertThat(
            Evaluation.of(Source.catalog(), task.with(mapping(named + EMP)))
                .tables()
                .get(0)
                .target())
        .isEqualTo("people.EMP");
  }

  @Test
  void knowsHowATableIsLoaded() {
    SelectedTable table =
        evaluate(
                select("include", "HR", "EMP").replace("}}", "}, 'load-order': 7}")
                    + ",{'rule-type': 'table-settings', 'object-locator': {'schema-name': 'HR',"
                    + " 'table-name': 'EMP'}, 'lob-settings': {'mode': 'unlimited',"
                    + " 'bulk-max-size': '16'}, 'parallel-load': {'type': 'ranges', 'columns':"
                    + " ['ID'], 'boundaries': [['10'], ['20']]}}")
            .tables()
            .get(0);

    assertThat(table.loadOrder()).contains(7L);
    assertThat(table.lobs()).isEqualTo(new Lobs(Lobs.Mode.UNLIMITED, 16));
    assertThat(table.segments())
        .isEqualTo(
            new Segments(
                "ranges",
                List.of(),
                List.of(),
                List.of("ID"),
                List.of(List.of("10"), List.of("20"))));
  }

  @Test
  void leavesLobsAsTheTaskSaysWhereATableSaysNothing() {
    SelectedTable table =
        evaluate(
                EMP
                    + ",{'rule-type': 'table-settings', 'object-locator': {'schema-name': 'HR',"
                    + " 'table-name': 'EMP'}, 'parallel-load': {'type': 'partitions-list',"
                    + " 'partitions': ['P1']}}")
            .tables()
            .get(0);

    assertThat(table.lobs()).isEqualTo(Lobs.DEFAULT);
    assertThat(table.segments().partitions()).containsExactly("P1");
    assertThat(evaluate(EMP).tables().get(0).segments()).isEqualTo(Segments.NONE);
  }

  @Test
  void saysForEachRuleWhatItIsGoodFor() {
    Evaluation evaluation =
        evaluate(
            select("include", "HR", "%")
                + select("include", "HR", "EMP")
                + select("exclude", "HR", "%OLD")
                + select("exclude", "OE", "%")
                + select("include", "XX", "%")
                + change("table", "convert-lowercase", "'table-name': 'E%'", "")
                + change("table", "rename", "", "'value': 'x'")
                + change("column", "remove-column", "'table-name': '%', 'column-name': 'SINCE'", "")
                + change("column", "remove-column", "'column-name': 'NONE'", ""));

    assertThat(evaluation.rules())
        .extracting(RuleUse::fits, RuleUse::works)
        .containsExactly(
            tuple(3, 2),
            tuple(1, 0),
            tuple(1, 1),
            tuple(0, 0),
            tuple(0, 0),
            tuple(1, 1),
            tuple(1, 0),
            tuple(1, 1),
            tuple(0, 0));
  }

  @Test
  void takesTheFiltersOfTheRuleWithTheLowestNumber() {
    String filter =
        "'filters': [{'column-name': 'ID', 'filter-conditions': [{'filter-operator': 'eq', 'value':"
            + " '%d'}]}]";
    Evaluation evaluation =
        evaluate(
            select("include", "HR", "EMP")
                    .replace("}}", "}, 'rule-id': '8', " + filter.replace("%d", "8") + "}")
                + select("include", "HR", "EMP")
                    .replace("}}", "}, 'rule-id': '7', " + filter.replace("%d", "7") + "}"));

    assertThat(evaluation.tables()).hasSize(1);
    assertThat(evaluation.tables().get(0).selectedBy().id()).isEqualTo(7);
    assertThat(evaluation.tables().get(0).filter().text()).isEqualTo("ID = 7");
  }

  @Test
  void doesNothingForRulesThatAreNone() {
    assertThat(
            evaluate(
                    EMP
                        + ",'text',{},{'rule-type': 1},{'rule-type': 'transformation'},"
                        + "{'rule-type': 'transformation', 'rule-action': 'rename',"
                        + " 'rule-target': 'table', 'object-locator': []},"
                        + "{'rule-type': 'table-settings', 'lob-settings': {'mode': 'odd'},"
                        + " 'object-locator': {'schema-name': 'HR', 'table-name': 'EMP'}}")
                .tables())
        .extracting(SelectedTable::target)
        .hasSize(1);
    assertThat(Evaluation.of(Source.catalog(), Documents.task(Documents.json("{}"))).tables())
        .isEmpty();
  }

  @Test
  void knowsTheEscapeCharacterOfTheSource() {
    TableTask task =
        Documents.task(
            mapping(select("include", "HR", "EMP#_%")), Mode.FULL_LOAD, Documents.escaping());

    assertThat(Evaluation.of(Source.catalog(), task).tables())
        .extracting(SelectedTable::target)
        .containsExactly("HR.EMP_OLD");
  }

  @Test
  void followsAColumnOfTheSourceToTheTarget() {
    SelectedTable table =
        evaluate(EMP + change("column", "convert-lowercase", "'column-name': '%'", ""))
            .tables()
            .get(0);

    assertThat(table.columnOf("EMP_NAME").map(TargetColumn::name)).contains("emp_name");
    assertThat(table.columnOf("emp_name")).isEqualTo(Optional.empty());
  }

  private static Evaluation evaluate(String rules) {
    return Evaluation.of(Source.catalog(), Documents.task(mapping(rules)));
  }

  private static Fields mapping(String rules) {
    return Documents.mapping(rules.startsWith(",") ? rules.substring(1) : rules);
  }

  private static String select(String action, String schema, String table) {
    return ",{'rule-type': 'selection', 'rule-action': '"
        + action
        + "', 'object-locator': {'schema-name': '"
        + schema
        + "', 'table-name': '"
        + table
        + "'}}";
  }

  private static String kind(String action, String kind, String table) {
    return select(action, "HR", table).replace("}}", ", 'table-type': '" + kind + "'}}");
  }

  private static String change(String target, String action, String locator, String members) {
    return ",{'rule-type': 'transformation', 'rule-target': '"
        + target
        + "', 'rule-action': '"
        + action
        + "', 'object-locator': {'schema-name': 'HR', 'table-name': 'EMP'"
        + (locator.isEmpty() ? "" : ", " + locator)
        + "}"
        + (members.isEmpty() ? "" : ", " + members)
        + "}";
  }

  private static String rename(String id) {
    return change("table", "rename", "", "'value': 'staff'" + id(id));
  }

  private static String lower(String id) {
    return change("table", "convert-lowercase", "'table-name': '%'", "'old-value': null" + id(id));
  }

  private static String id(String id) {
    return id.isEmpty() ? "" : ", 'rule-id': '" + id + "'";
  }

  /** A rule for the schema, for the table, or for the column ID. */
  private static Arguments becomes(String target, String action, String members, String result) {
    String locator = target.equals("column") ? "'column-name': 'ID'" : "";
    return arguments(change(target, action, locator, members), "HR.EMP -> " + result);
  }

  private static Arguments on(String action, String column, String members, String result) {
    return arguments(
        change("column", action, "'column-name': '" + column + "'", members),
        "HR.EMP -> " + result);
  }

  /** The table whose first column, its key, has another name. */
  private static String column(String name) {
    return "HR.EMP" + COLUMNS.replace("(ID ", "(" + name + " ") + " key " + name;
  }

  private static Arguments of(String rules, String... tables) {
    return arguments(rules, List.of(tables));
  }
}
