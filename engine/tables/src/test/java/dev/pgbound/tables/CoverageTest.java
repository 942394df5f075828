package dev.pgbound.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.Value.Fields;
import dev.pgbound.tables.TableTask.Mode;
import dev.pgbound.tables.catalog.Catalog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is found between rules and tables, and between tasks. */
final class CoverageTest {

  private static final String ALL = include("HR", "%");
  private static final String EMP = include("HR", "EMP");

  /** A table with the columns {@code ID} and whatever else, selected by the first rule. */
  @ParameterizedTest
  @MethodSource({"tables", "columns", "ofRules"})
  void findsExactlyWhatIsWrongWithATable(String table, String rules, List<String> expected) {
    Catalog catalog =
        Source.catalog("{'catalog': 1, 'schemas': {'HR': {'tables': {" + table + "}}}}");

    assertThat(found(catalog, Documents.task(mapping(ALL + rules))))
        .containsExactlyElementsOf(expected);
  }

  static Stream<Arguments> tables() {
    String key = ", 'primaryKey': ['ID']";
    return Stream.of(
        table("'T': {'columns': {'ID': 'NUMBER(6)'}" + key + "}"),
        table("'T': {'columns': {'ID': 'NUMBER(6)'}}", "TABLE-008 [0]"),
        table("'T': {'columns': {'ID': 'NUMBER(6)'}, 'uniqueKeys': {'U': ['ID']}}"),
        table(
            "'T': {'kind': 'temporary', 'columns': {'ID': 'NUMBER(6)'}" + key + "}",
            "TABLE-013 [0]"),
        table("'T': {'kind': 'materialized-view', 'columns': {'ID': 'NUMBER(6)'}" + key + "}"),
        table("'T': {'columns': {'ID': 'NUMBER(6)', 'F': 'BFILE'}" + key + "}", "TABLE-012 [0]"),
        table(
            "'T': {'columns': {'ID': 'NUMBER(6)', 'V': 'DATE virtual'}" + key + "}",
            "TABLE-012 [0]"),
        table(
            "'T': {'columns': {'ID': 'NUMBER(6)', 'H': 'DATE hidden'}" + key + "}",
            "TABLE-012 [0]"),
        table(
            "'T': {'columns': {'ID': 'NUMBER(6)', 'L': 'CLOB'}"
                + key
                + ", 'longest': {'L': 32769}}",
            "TABLE-010 [0]"),
        table(
            "'T': {'columns': {'ID': 'NUMBER(6)', 'L': 'CLOB'}"
                + key
                + ", 'longest': {'L': 32768}}"),
        table(
            "'" + "T".repeat(64) + "': {'columns': {'ID': 'NUMBER(6)'}" + key + "}",
            "TABLE-007 [0]"),
        table(
            "'T': {'columns': {'ID': 'NUMBER(6)'}"
                + key
                + ", 'foreignKeys': {'F': {'columns': ['ID'], 'table': 'X'}}}",
            "TABLE-023 [0]"),
        table(
            "'T': {'columns': {'ID': 'NUMBER(6)'}"
                + key
                + ", 'foreignKeys': {'F': {'columns': ['ID'], 'table': 'T'}}}"));
  }

  /** The same table, whose key is its first column, under some rule. */
  static Stream<Arguments> columns() {
    return Stream.of(
        rule(lower("column"), "'ID': 'NUMBER(6)', 'NAME': 'DATE'"),
        rule(lower("column"), "'ID': 'NUMBER(6)', 'Id': 'DATE'", "TABLE-006 [0]"),
        rule(lower("column"), "'ID': 'NUMBER(6)', 'A#': 'DATE'", "TABLE-022 [0]"),
        rule(lower("table"), "'ID': 'NUMBER(6)', 'A#': 'DATE'"),
        rule(column("remove-column", "ID", ""), "'ID': 'NUMBER(6)', 'N': 'DATE'", "TABLE-009 [0]"),
        rule(column("remove-column", "N", ""), "'ID': 'NUMBER(6)', 'N': 'BFILE'"),
        rule(
            column("add-suffix", "N", "'value': '" + "x".repeat(63) + "'"),
            "'ID': 'DATE', 'N': 'DATE'",
            "TABLE-007 [0]"),
        rule(add("'value': 'X', 'expression': '$ID + 1'"), "'ID': 'NUMBER(6)'"),
        rule(
            add("'value': 'X', 'expression': '$NO + 1'"),
            "'ID': 'NUMBER(6)'",
            "TABLE-016 [1].expression"),
        rule(
            add("'value': 'X', 'expression': '$L'"),
            "'ID': 'NUMBER(6)', 'L': 'CLOB'",
            "TABLE-016 [1].expression"),
        rule(add("'value': 'ID'"), "'ID': 'NUMBER(6)'", "TABLE-006 [0]"),
        rule(
            column("change-data-type", "%", "'data-type': {'type': 'string'}"),
            "'ID': 'NUMBER(6)', 'L': 'CLOB'",
            "TABLE-021 [1]"),
        rule(column("data-masking-hash-mask", "N", ""), "'ID': 'NUMBER(6)', 'N': 'DATE'"),
        rule(key("['ID']"), "'ID': 'NUMBER(6)'"),
        rule(key("['NO']"), "'ID': 'NUMBER(6)'", "TABLE-017 [1].primary-key-def.columns"));
  }

  static Stream<Arguments> ofRules() {
    String columns =
        "'ID': 'NUMBER(6) not null', 'D': 'DATE', 'L': 'CLOB', 'F': 'FLOAT', 'S': 'CHAR(9)'";
    String table =
        "'T': {'columns': {" + columns + "}, 'primaryKey': ['ID'], 'partitions': ['P1']}";
    return Stream.of(
        settings(table, "'type': 'ranges', 'columns': ['ID'], 'boundaries': [['1']]"),
        settings(
            table,
            "'type': 'ranges', 'columns': ['D'], 'boundaries': [['1']]",
            "TABLE-019 [1].parallel-load.columns"),
        settings(
            table,
            "'type': 'ranges', 'columns': ['L', 'F', 'NO'], 'boundaries': [['1']]",
            "TABLE-018 [1].parallel-load.columns"),
        settings(table, "'type': 'partitions-list', 'partitions': ['P1']"),
        settings(
            table,
            "'type': 'partitions-list', 'partitions': ['P2']",
            "TABLE-020 [1].parallel-load.partitions"));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void findsFiltersThatFitNoColumn(String column, String operands, List<String> expected) {
    Catalog catalog =
        Source.catalog(
            "{'catalog': 1, 'schemas': {'HR': {'tables': {'T': {'columns': {'ID': 'NUMBER(6)', 'D':"
                + " 'DATE', 'L': 'CLOB', 'S': 'CHAR(9)'}, 'primaryKey': ['ID']}}}}}");
    String include =
        include("HR", "T")
            .replace(
                "}}",
                "}, 'filters': [{'column-name': '"
                    + column
                    + "', 'filter-conditions': [{'filter-operator': 'eq', "
                    + operands
                    + "}]}]}");

    assertThat(found(catalog, Documents.task(mapping(include))))
        .containsExactlyElementsOf(expected);
  }

  static Stream<Arguments> filters() {
    return Stream.of(
        arguments("ID", "'value': '12'", List.of()),
        arguments("ID", "'value': 'x'", List.of("TABLE-015 [0]")),
        arguments("D", "'value': '2015-01-31'", List.of()),
        arguments("D", "'value': '2015-01-31 23:59:59'", List.of()),
        arguments("D", "'value': '31.01.2015'", List.of("TABLE-015 [0]")),
        arguments("S", "'value': 'x'", List.of()),
        arguments("L", "'value': 'x'", List.of("TABLE-014 [0]")),
        arguments("NO", "'value': 'x'", List.of("TABLE-014 [0]")));
  }

  @ParameterizedTest
  @MethodSource("unused")
  void findsRulesThatFitNothing(String rules, List<String> expected) {
    assertThat(
            found(Source.catalog(), Documents.task(mapping(rules))).stream()
                .filter(one -> one.matches("TABLE-00[12].*"))
                .toList())
        .containsExactlyElementsOf(expected);
  }

  static Stream<Arguments> unused() {
    return Stream.of(
        arguments(ALL, List.of()),
        arguments(ALL + include("HR", "XY%"), List.of("TABLE-001 [1].object-locator")),
        arguments(ALL + include("HR", "EMP_V"), List.of("TABLE-001 [1].object-locator")),
        arguments(
            ALL + include("HR", "NONE").replace("include", "explicit"),
            List.of("TABLE-001 [1].object-locator")),
        arguments(
            ALL + include("HR", "XY%").replace("include", "exclude"),
            List.of("TABLE-001 [1].object-locator")),
        arguments(
            ALL + include("OE", "%").replace("include", "exclude"),
            List.of("TABLE-002 [1].object-locator")),
        arguments(
            EMP + lower("table").replace("'%'", "'X%'"), List.of("TABLE-001 [1].object-locator")),
        arguments(
            EMP + lower("table").replace("'%'", "'JOB%'"), List.of("TABLE-002 [1].object-locator")),
        arguments(
            EMP + column("remove-column", "NONE", ""), List.of("TABLE-002 [1].object-locator")),
        arguments(
            EMP
                + ",{'rule-type': 'table-settings', 'object-locator': {'schema-name': 'HR',"
                + " 'table-name': 'EMP_OLD'}}",
            List.of("TABLE-002 [1].object-locator")),
        // one cause, one finding: the rules for what is not found say nothing more
        arguments(
            EMP + include("XX", "%") + lower("table").replace("'HR'", "'XX'"),
            List.of("TABLE-001 [1].object-locator")));
  }

  @Test
  void saysWhyARuleFitsNothing() {
    Address address = Address.parse("dms-task.hr").get();
    FoundProblems problems = new FoundProblems();
    TableTask task = Documents.task(mapping(ALL + include("hr", "emp") + include("HR", "EMP_V")));

    Coverage.of(Source.catalog(), Map.of(address, task)).check(a -> problems);

    assertThat(problems.details())
        .contains(
            "\"include hr.emp\" fits nothing in the catalog. There is HR.EMP; upper and lower case"
                + " are told apart. Correct the names, delete the rule, or bring the catalog up to"
                + " date.",
            "\"include HR.EMP_V\" fits nothing in the catalog. HR.EMP_V is a view, which table-type"
                + " leaves out. Correct the names, delete the rule, or bring the catalog up to"
                + " date.");
  }

  @Test
  void findsTwoTablesThatBecomeOne() {
    String twins =
        "{'catalog': 1, 'schemas': {'HR': {'tables': {"
            + "'EMP': {'columns': {'ID': 'DATE'}, 'primaryKey': ['ID']},"
            + "'Emp': {'columns': {'ID': 'DATE'}, 'primaryKey': ['ID']}}}}}";

    assertThat(found(Source.catalog(twins), Documents.task(mapping(ALL + lower("table")))))
        .containsExactly("TABLE-004 [0]");
    assertThat(found(Source.catalog(twins), Documents.task(mapping(ALL)))).isEmpty();
  }

  @Test
  void findsTablesInTwoTasks() {
    assertThat(between(task(ALL), task(EMP))).containsExactly("b TABLE-003 [0]");
    assertThat(between(task(EMP), task(include("HR", "JOB%")))).isEmpty();
  }

  @Test
  void acceptsALoadBesideTheReplicationOfItsChanges() {
    assertThat(between(mode(EMP, Mode.FULL_LOAD), mode(EMP, Mode.CDC))).isEmpty();
    assertThat(between(mode(EMP, Mode.FULL_LOAD_AND_CDC), mode(EMP, Mode.CDC)))
        .containsExactly("b TABLE-003 [0]");
    assertThat(between(mode(EMP, Mode.FULL_LOAD), mode(EMP, Mode.FULL_LOAD_AND_CDC)))
        .containsExactly("b TABLE-003 [0]");
  }

  @Test
  void findsTwoTasksThatWriteOneTable() {
    TableTask other =
        task(
            include("OE", "ORDERS")
                + ",{'rule-type': 'transformation', 'rule-target': 'table', 'rule-action': 'rename',"
                + " 'value': 'EMP', 'object-locator': {'schema-name': 'OE', 'table-name': 'ORDERS'}}"
                + ",{'rule-type': 'transformation', 'rule-target': 'schema', 'rule-action': 'rename',"
                + " 'value': 'HR', 'object-locator': {'schema-name': 'OE'}}");

    assertThat(between(task(EMP), other)).containsExactly("b TABLE-005 [0]");
  }

  @Test
  void doesNotAskForKeysWhereNoChangesAreReplicated() {
    TableTask load = mode(include("HR", "EMP[_]OLD"), Mode.FULL_LOAD);

    assertThat(found(Source.catalog(), load)).isEmpty();
  }

  @Test
  void asksForKeysWhereLobsAreLookedUp() {
    Catalog catalog =
        Source.catalog(
            "{'catalog': 1, 'schemas': {'HR': {'tables': {'T': {'columns': {'L': 'CLOB'}}}}}}");
    TableTask full =
        new TableTask(
            mapping(ALL),
            Mode.FULL_LOAD,
            false,
            "",
            new Lobs(Lobs.Mode.UNLIMITED, 0),
            TableTask.Source.DEFAULT);

    assertThat(found(catalog, full)).containsExactly("TABLE-011 [0]");
  }

  @Test
  void reportsOnceWhatOneRuleDoesToManyTables() {
    String tables =
        IntStream.range(0, 2000)
            .mapToObj(i -> String.format(Locale.ROOT, "'T%04d': {'columns': {'ID': 'DATE'}}", i))
            .collect(Collectors.joining(","));
    Address address = Address.parse("dms-task.hr").get();
    FoundProblems problems = new FoundProblems();

    Coverage.of(
            Source.catalog("{'catalog': 1, 'schemas': {'HR': {'tables': {" + tables + "}}}}"),
            Map.of(address, Documents.task(mapping(ALL))))
        .check(a -> problems);

    assertThat(problems.details())
        .singleElement()
        .asString()
        .startsWith(
            "2000 tables: HR.T0000, HR.T0001, HR.T0002, HR.T0003, HR.T0004 and 1995 more. ");
  }

  @Test
  void knowsTheTablesOfNoTask() {
    Map<Address, TableTask> tasks = new LinkedHashMap<>();
    tasks.put(Address.parse("dms-task.a").get(), task(EMP));

    assertThat(Coverage.of(Source.catalog(), tasks).unselected())
        .extracting(table -> table.name().toString())
        .containsExactly("HR.EMP_OLD", "HR.EMP_V", "HR.JOB_HISTORY", "OE.ORDERS");
  }

  @Test
  void hasACaseForEveryFinding() {
    Set<String> found = new TreeSet<>(Set.of("TABLE-003", "TABLE-004", "TABLE-005", "TABLE-011"));
    Stream.of(tables(), columns(), ofRules(), filters(), unused())
        .flatMap(cases -> cases)
        .flatMap(one -> ((List<?>) one.get()[one.get().length - 1]).stream())
        .forEach(finding -> found.add(finding.toString().substring(0, 9)));

    assertThat(found)
        .containsExactlyElementsOf(
            Arrays.stream(TableFinding.values()).map(TableFinding::code).toList());
  }

  private static List<String> found(Catalog catalog, TableTask task) {
    FoundProblems problems = new FoundProblems();
    Coverage.of(catalog, Map.of(Address.parse("dms-task.hr").get(), task)).check(a -> problems);
    return problems.codes();
  }

  /** What is found about the tasks a and b, leaving out what is wrong with their tables. */
  private static List<String> between(TableTask one, TableTask other) {
    Map<Address, TableTask> tasks = new LinkedHashMap<>();
    tasks.put(Address.parse("dms-task.a").get(), one);
    tasks.put(Address.parse("dms-task.b").get(), other);
    Map<Address, FoundProblems> problems = new LinkedHashMap<>();
    Coverage.of(Source.catalog(), tasks)
        .check(address -> problems.computeIfAbsent(address, a -> new FoundProblems()));
    List<String> found = new ArrayList<>();
    problems.forEach(
        (address, ones) ->
            ones.codes().stream()
                .filter(code -> code.matches("TABLE-00[3-5].*"))
                .forEach(code -> found.add(address.name() + " " + code)));
    return found;
  }

  private static TableTask task(String rules) {
    return Documents.task(mapping(rules));
  }

  private static TableTask mode(String rules, Mode mode) {
    return Documents.task(mapping(rules), mode, TableTask.Source.DEFAULT);
  }

  private static Fields mapping(String rules) {
    return Documents.mapping(rules.substring(1));
  }

  private static String include(String schema, String table) {
    return ",{'rule-type': 'selection', 'rule-action': 'include', 'object-locator': {'schema-name': '"
        + schema
        + "', 'table-name': '"
        + table
        + "'}}";
  }

  private static String lower(String target) {
    return ",{'rule-type': 'transformation', 'rule-target': '"
        + target
        + "', 'rule-action': 'convert-lowercase', 'object-locator': {'schema-name': 'HR',"
        + " 'table-name': '%'"
        + (target.equals("column") ? ", 'column-name': '%'" : "")
        + "}}";
  }

  private static String column(String action, String column, String members) {
    return ",{'rule-type': 'transformation', 'rule-target': 'column', 'rule-action': '"
        + action
        + "', 'object-locator': {'schema-name': 'HR', 'table-name': '%', 'column-name': '"
        + column
        + "'}"
        + (members.isEmpty() ? "" : ", " + members)
        + "}";
  }

  private static String add(String members) {
    return ",{'rule-type': 'transformation', 'rule-target': 'column', 'rule-action': 'add-column',"
        + " 'object-locator': {'schema-name': 'HR', 'table-name': '%'}, "
        + members
        + "}";
  }

  private static String key(String columns) {
    return ",{'rule-type': 'transformation', 'rule-target': 'table', 'rule-action':"
        + " 'define-primary-key', 'object-locator': {'schema-name': 'HR', 'table-name': 'T'},"
        + " 'primary-key-def': {'name': 'pk', 'columns': "
        + columns
        + "}}";
  }

  private static Arguments table(String table, String... expected) {
    return arguments(table, "", List.of(expected));
  }

  private static Arguments rule(String rule, String columns, String... expected) {
    return arguments(
        "'T': {'columns': {" + columns + "}, 'primaryKey': ['ID']}", rule, List.of(expected));
  }

  private static Arguments settings(String table, String load, String... expected) {
    return arguments(
        table,
        ",{'rule-type': 'table-settings', 'object-locator': {'schema-name': 'HR', 'table-name': 'T'},"
            + " 'parallel-load': {"
            + load
            + "}}",
        List.of(expected));
  }
}
