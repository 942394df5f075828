package dev.pgbound.tables;

import static dev.pgbound.tables.Documents.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pgbound.spi.Value.Fields;
import dev.pgbound.tables.TableTask.Mode;
import dev.pgbound.tables.TableTask.Source;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each case is a mapping of {@code include HR.%} and one or two more rules, from index 1 on. */
final class RuleChecksTest {

  private static final String INCLUDE =
      "{\"rule-type\": \"selection\", \"rule-action\": \"include\","
          + " \"object-locator\": {\"schema-name\": \"HR\", \"table-name\": \"%\"}}";

  private static final String LONG = "n".repeat(64);

  @ParameterizedTest
  @MethodSource({
    "selections",
    "filters",
    "transformations",
    "members",
    "names",
    "tableSettings",
    "sets"
  })
  void findsExactlyWhatIsWrong(String rules, List<String> expected) {
    assertThat(findings(INCLUDE + "," + rules)).containsExactlyInAnyOrderElementsOf(expected);
  }

  static Stream<Arguments> selections() {
    return Stream.of(
        select("exclude", "'table-name': 'TMP%'"),
        select("include", "'table-name': 'JOB[_]%'"),
        select("include", "'table-name': 'JOB_HISTORY'", "TASK-313 [1].object-locator.table-name"),
        select("exclude", "'table-name': 'JOB_HISTORY'", "TASK-313 [1].object-locator.table-name"),
        select("exclude", "'table-name': 'J[_]V', 'table-type': 'view'"),
        select(
            "exclude",
            "'table-name': 'J[', 'table-type': null",
            "TASK-333 [1].object-locator.table-name"),
        select(
            "include",
            "'table-name': 'J', 'column-name': 'A'",
            "TASK-335 [1].object-locator.column-name"),
        select("explicit", "'table-name': 'JOB_HISTORY'"),
        select("explicit", "'table-name': 'JOB%'", "TASK-311 [1].object-locator.table-name"),
        select("include", "'table-name': 'emp'", "TASK-312 [1].object-locator.table-name"),
        select("include", "'table-name': '[a-z]%'"),
        select("include", "'table-type': 'view'", "TASK-310 [1].object-locator", VIEW),
        select("include", "'table-name': 'V', 'table-type': 'view'", VIEW),
        select("include", "'table-name': '%'", "TASK-315 [1].object-locator"),
        select("rename", "'table-name': 'EMP'", "TASK-305 [1].rule-action"),
        of("{'rule-type': 'selection', 'object-locator': {'schema-name': 'HR'}}", "TASK-305 [1]"),
        selectWith("exclude", "'filters': [{}]", "TASK-309 [1].filters"),
        selectWith("exclude", "'filters': [], 'load-order': null"),
        selectWith(
            "include",
            "'filters': [{'column-name': 'A', 'filter-conditions': []}]",
            "TASK-310 [1].filters[0]",
            "TASK-315 [1].object-locator"),
        selectWith("exclude", "'load-order': 1", "TASK-309 [1].load-order"),
        selectWith("explicit", "'load-order': 1"),
        selectWith("include", "'rule-target': 'table'", "TASK-309 [1].rule-target"));
  }

  private static final String VIEW = "TASK-314 [1].object-locator.table-type";

  static Stream<Arguments> filters() {
    return Stream.of(
        filter("EMP", "'filter-operator': 'eq', 'value': '1'"),
        filter("EMP", "'filter-operator': 'notnull'"),
        filter("EMP%", "'filter-operator': 'eq', 'value': '1'", "TASK-316 [1].filters"),
        filter(
            "EMP",
            "'filter-operator': 'between', 'start-value': '10', 'end-value': '9'",
            BACKWARDS),
        filter("EMP", "'filter-operator': 'between', 'start-value': '9', 'end-value': '10'"),
        filter("EMP", "'filter-operator': 'between', 'start-value': 'b', 'end-value': 'a'"),
        filter(
            "EMP",
            "'filter-operator': 'notbetween', 'start-value': '2015-01-02', 'end-value': '2015-01-01 10:00:00'",
            BACKWARDS),
        filterOn("A%", "TASK-311 [1].filters[0].column-name"),
        filterOn("a", "TASK-312 [1].filters[0].column-name"),
        filter("EMP", "'filter-operator': 'eq'", "TASK-317 [1].filters[0].filter-conditions[0]"),
        filter(
            "EMP",
            "'filter-operator': 'between', 'start-value': '1', 'value': '2'",
            "TASK-317 [1].filters[0].filter-conditions[0]",
            "TASK-317 [1].filters[0].filter-conditions[0].value"),
        filter(
            "EMP",
            "'filter-operator': 'null', 'value': '1'",
            "TASK-317 [1].filters[0].filter-conditions[0].value"),
        filter(
            "EMP",
            "'filter-operator': 'noteq', 'value': '1'}, {'filter-operator': 'eq', 'value': '2'",
            "TASK-318 [1].filters[0].filter-conditions[0].filter-operator"));
  }

  private static final String BACKWARDS =
      "TASK-334 [1].filters[0].filter-conditions[0].start-value";

  private static Arguments filterOn(String column, String... expected) {
    return of(
        "{'rule-type': 'selection', 'rule-action': 'include', 'object-locator': {'schema-name':"
            + " 'OE', 'table-name': 'EMP'}, 'filters': [{'column-name': '"
            + column
            + "', 'filter-conditions': [{'filter-operator': 'null'}]}]}",
        expected);
  }

  static Stream<Arguments> transformations() {
    return Stream.of(
        change("column", "remove-column", "'column-name': 'PHOTO'", ""),
        change("column", "remove-column", "", "", "TASK-310 [1].object-locator"),
        change("table", "remove-column", "", "", "TASK-306 [1].rule-target"),
        change("table-tablespace", "rename", "", "", "TASK-307 [1].rule-target"),
        change("table", "include", "", "", "TASK-305 [1].rule-action"),
        of(
            "{'rule-type': 'transformation', 'rule-action': 'add-prefix', 'value': 'x',"
                + " 'object-locator': {'schema-name': 'HR', 'table-name': 'EMP'}}",
            "TASK-306 [1]"),
        change("column", "add-column", "", "'value': 'X', 'expression': '$A'"),
        change("column", "add-column", "", "'expression': '$A'", "TASK-310 [1]"),
        change("table", "add-prefix", "", "'value': 'x', 'expression': '1'", M + "expression"),
        change("table", "convert-uppercase", "", "'value': 'x'", M + "value"),
        change("table", "convert-uppercase", "", "'value': null"),
        change("table", "replace-prefix", "", "'value': 'x'", "TASK-310 [1]"),
        change("table", "replace-prefix", "", "'value': 'x', 'old-value': 'y'"),
        change("table", "replace-suffix", "", "'value': '', 'old-value': 'y'"),
        change(
            "table",
            "replace-suffix",
            "",
            "'value': 'x', 'old-value': ''",
            "TASK-310 [1].old-value"),
        change("table", "remove-prefix", "", "'value': ''", "TASK-310 [1].value"),
        change(
            "table",
            "convert-uppercase",
            "'column-name': '%'",
            "",
            "TASK-335 [1].object-locator.column-name"),
        change("column", "convert-uppercase", "'column-name': '%', 'data-type': 'string'", ""),
        change(
            "table",
            "convert-uppercase",
            "'data-type': 'string'",
            "",
            "TASK-335 [1].object-locator.data-type"),
        change(
            "table",
            "convert-uppercase",
            "'table-tablespace-name': 'T'",
            "",
            "TASK-335 [1].object-locator.table-tablespace-name"),
        change("column", "change-data-type", "'column-name': 'A'", "", "TASK-310 [1]"),
        of(
            "{'rule-type': 'validation', 'rule-target': 'column',"
                + " 'rule-action': 'override-validation-function', 'object-locator':"
                + " {'schema-name': 'HR', 'table-name': 'EMP', 'column-name': 'A'}}",
            "TASK-310 [1]"),
        of(
            "{'rule-type': 'object-mapping', 'object-locator': {'schema-name': 'HR'}}",
            "TASK-308 [1].rule-type"),
        change(
            "table",
            "add-prefix",
            "'schema-name': 'hr'",
            "'value': 'x'",
            "TASK-312 [1].object-locator.schema-name",
            "TASK-326 [1].object-locator"),
        change(
            "table",
            "add-prefix",
            "'schema-name': 'OE'",
            "'value': 'x'",
            "TASK-326 [1].object-locator"));
  }

  private static final String M = "TASK-309 [1].";
  private static final String NAME_PATTERN = "TASK-311 [1].object-locator.table-name";
  private static final String KEY = "'primary-key-def': {'name': 'pk', 'columns': ['ID']}";

  static Stream<Arguments> names() {
    return Stream.of(
        change("table", "rename", "", "'value': 'staff'"),
        change("table", "rename", "", "", "TASK-310 [1]"),
        change("table", "rename", "'table-name': 'JOB_HISTORY'", "'value': 'jobs'"),
        change("table", "rename", "", "'value': ''", "TASK-310 [1].value"),
        change("table", "rename", "", "'value': 'a', 'expression': '1'", "TASK-309 [1].expression"),
        change("table", "rename", "", "'expression': '$NAME'", "TASK-338 [1].expression"),
        change("table", "rename", "", "'expression': '$AR_H_USER'", "TASK-338 [1].expression"),
        change("schema", "rename", "'table-name': null", "'value': 'pg_hr'", "TASK-337 [1].value"),
        change("table", "rename", "'table-name': '%'", "'value': 'staff'", ONE_NAME),
        change("table", "rename", "'table-name': '%'", "'expression': '$AR_M_SOURCE_TABLE_NAME'"),
        change(
            "schema",
            "rename",
            "'table-name': null",
            "'value': '" + LONG + "'",
            "TASK-321 [1].value"),
        change("table", "add-suffix", "", "'value': '" + LONG.substring(3) + "'", TOO_LONG),
        change("table", "add-suffix", "'table-name': '%'", "'value': '" + LONG.substring(3) + "'"),
        change("schema", "convert-lowercase", "'table-name': null", "", "TASK-322 [1].rule-action"),
        change("table", "convert-lowercase", "'table-name': '%'", "", "TASK-322 [1].rule-action"),
        change("column", "convert-lowercase", "'column-name': '%'", ""));
  }

  static Stream<Arguments> members() {
    return Stream.of(
        change("table", "define-primary-key", "", KEY),
        change("table", "define-primary-key", "'table-name': 'E%'", KEY, NAME_PATTERN),
        change(
            "table",
            "define-primary-key",
            "",
            "'primary-key-def': {'name': 'pk', 'columns': []}",
            "TASK-310 [1].primary-key-def"),
        change(
            "column",
            "add-before-image-columns",
            "'column-name': '%'",
            "'before-image-def': {'column-prefix': ''}",
            "TASK-327 [1].before-image-def"),
        change(
            "column",
            "add-before-image-columns",
            "'column-name': '%'",
            "'before-image-def': {'column-prefix': 'old_'}"),
        change("column", "data-masking-digits-mask", "'column-name': 'A'", "'value': '#'"),
        change(
            "column",
            "data-masking-digits-mask",
            "'column-name': 'A'",
            "'value': '##'",
            "TASK-328 [1].value"),
        change(
            "column",
            "data-masking-digits-mask",
            "'column-name': 'A'",
            "'value': ' '",
            "TASK-328 [1].value"),
        change(
            "column",
            "data-masking-digits-mask",
            "'column-name': 'A'",
            "'value': ''",
            "TASK-310 [1].value"),
        change("column", "data-masking-hash-mask", "'column-name': 'A'", ""),
        change("column", "data-masking-digits-randomize", "'column-name': 'A'", ""),
        change(
            "table",
            "define-primary-key",
            "",
            "'primary-key-def': {'name': 'pk', 'columns': ['ID', 'ID']}",
            "TASK-310 [1].primary-key-def.columns"),
        type("'type': 'string', 'length': 30"),
        type("'type': 'string', 'precision': 30", "TASK-336 [1].data-type.precision"),
        type("'type': 'int4', 'length': 4", "TASK-336 [1].data-type.length"),
        type("'type': 'datetime', 'precision': 6"),
        type("'type': 'datetime', 'precision': 10", "TASK-336 [1].data-type.precision"),
        type("'type': 'numeric', 'precision': 38, 'scale': 10"),
        type("'type': 'numeric', 'precision': 39", "TASK-336 [1].data-type.precision"),
        type("'type': 'numeric', 'precision': 5, 'scale': 6", "TASK-336 [1].data-type.scale"),
        expression("$FIRST || ' ' || $LAST"),
        expression("$AR_H_COMMIT_TIMESTAMP"),
        expression("$AR_H_COMMITTED", "TASK-338 [1].expression"),
        expression("$FIRST || ", "TASK-338 [1].expression"),
        expression("concat($A, $B)", "TASK-338 [1].expression"));
  }

  private static Arguments type(String measures, String... expected) {
    return change(
        "column",
        "change-data-type",
        "'column-name': 'A'",
        "'data-type': {" + measures + "}",
        expected);
  }

  private static Arguments expression(String expression, String... expected) {
    return change(
        "column",
        "add-column",
        "",
        "'value': 'X', 'expression': '" + expression.replace("'", "\\u0027") + "'",
        expected);
  }

  private static final String ONE_NAME = "TASK-319 [1].object-locator.table-name";
  private static final String TOO_LONG = "TASK-321 [1].value";

  static Stream<Arguments> tableSettings() {
    return Stream.of(
        settings("EMP", "'parallel-load': {'type': 'partitions-auto'}"),
        settings("EMP_1", "'lob-settings': {'mode': 'unlimited'}"),
        settings("EMP%", "'parallel-load': {'type': 'none'}", NAME_PATTERN),
        settings("EMP", "'filters': [{}]", "TASK-309 [1].filters"),
        settings(
            "EMP",
            "'parallel-load': {'type': 'partitions-list', 'partitions': ['P1']}",
            "TASK-330 [1].parallel-load.type"),
        settings(
            "EMP",
            "'parallel-load': {'type': 'partitions-list'}",
            "TASK-330 [1].parallel-load.type",
            "TASK-329 [1].parallel-load"),
        settings(
            "EMP",
            "'parallel-load': {'type': 'ranges', 'columns': ['A', 'B'],"
                + " 'boundaries': [['1', '2'], ['3']]}",
            "TASK-329 [1].parallel-load.boundaries[1]"),
        settings(
            "EMP",
            "'parallel-load': {'type': 'ranges', 'columns': ['A'], 'boundaries': [['9'], ['10']]}"),
        settings(
            "EMP",
            "'parallel-load': {'type': 'ranges', 'columns': ['A'], 'boundaries': [['10'], ['9'], ['9']]}",
            "TASK-339 [1].parallel-load.boundaries[1]",
            "TASK-339 [1].parallel-load.boundaries[2]"),
        settings(
            "EMP",
            "'parallel-load': {'type': 'ranges', 'columns': ['A', 'B'],"
                + " 'boundaries': [['1', 'x'], ['1', 'y'], ['0', '9']]}",
            "TASK-339 [1].parallel-load.boundaries[2]"),
        settings(
            "EMP",
            "'parallel-load': {'type': 'ranges', 'columns': ['A'], 'boundaries': []}",
            "TASK-329 [1].parallel-load"),
        settings(
            "EMP",
            "'parallel-load': {'type': 'ranges', 'boundaries': [[]]}",
            "TASK-329 [1].parallel-load"),
        settings(
            "EMP",
            "'parallel-load': {'type': 'partitions-auto', 'columns': ['A']}",
            "TASK-309 [1].parallel-load.columns"),
        settings(
            "EMP",
            "'parallel-load': {'type': 'none', 'batch-size': 5}",
            "TASK-309 [1].parallel-load.batch-size"),
        settings("EMP", "'lob-settings': {'mode': 'limited'}", "TASK-331 [1].lob-settings"),
        settings(
            "EMP",
            "'lob-settings': {'bulk-max-size': '0'}",
            "TASK-331 [1].lob-settings.bulk-max-size"),
        settings("EMP", "'lob-settings': {'bulk-max-size': '16'}"));
  }

  static Stream<Arguments> sets() {
    return Stream.of(
        of(
            rename("EMP", "a", "'rule-id': '7'") + "," + rename("JOB", "b", "'rule-id': 7"),
            "TASK-302 [2].rule-id"),
        of(rename("EMP", "a", "'rule-id': 'x1'"), "TASK-303 [1].rule-id"),
        of(
            rename("EMP", "a", "'rule-name': 'n'") + "," + rename("JOB", "b", "'rule-name': 'n'"),
            "TASK-304 [2].rule-name"),
        of(rename("EMP", "a", "") + "," + rename("EMP", "b", ""), "TASK-323 [2].rule-action"),
        of(rename("EMP", "a", "") + "," + rename("JOB", "a", ""), "TASK-320 [2].value"),
        // the general rule first: the special one is never reached
        of(prefix("%") + "," + rename("EMP", "a", ""), "TASK-324 [2].rule-action"),
        // the special rule first: an exception
        of(rename("EMP", "a", "") + "," + prefix("%")),
        of(prefix("EMP%") + "," + prefix("E%")),
        of(prefix("%", "'rule-id': '9'") + "," + rename("EMP", "a", "'rule-id': '8'")),
        of(
            prefix("%", "'rule-id': '9'") + "," + rename("EMP", "a", "'rule-id': '10'"),
            "TASK-324 [2].rule-action"),
        of(prefix("A%") + "," + prefix("%B"), "TASK-325 [2].object-locator"),
        of(prefix("A%") + "," + prefix("B%")),
        of(
            "{'rule-type': 'table-settings', 'lob-settings': {'mode': 'none'}, 'object-locator':"
                + " {'schema-name': 'HR', 'table-name': 'EMP'}},"
                + "{'rule-type': 'table-settings', 'parallel-load': {'type': 'none'},"
                + " 'object-locator': {'schema-name': 'HR', 'table-name': 'EMP'}}",
            "TASK-340 [2].object-locator"),
        // naming and shaping rules of one object go together
        of(
            prefix("%")
                + ",{'rule-type': 'transformation', 'rule-target': 'table',"
                + " 'rule-action': 'define-primary-key', 'object-locator': {'schema-name': 'HR',"
                + " 'table-name': 'EMP'}, "
                + KEY
                + "}"));
  }

  @Test
  void hasACaseForEveryFinding() {
    Set<String> found = new TreeSet<>(Set.of("TASK-301", "TASK-332"));
    Stream.of(
            selections(), filters(), transformations(), members(), names(), tableSettings(), sets())
        .flatMap(cases -> cases)
        .flatMap(one -> ((List<?>) one.get()[1]).stream())
        .forEach(finding -> found.add(finding.toString().substring(0, 8)));

    assertThat(found)
        .containsExactlyElementsOf(
            Arrays.stream(RuleFinding.values()).map(RuleFinding::code).toList());
  }

  @Test
  void demandsASelection() {
    assertThat(findings("")).containsExactly("TASK-301 ");
    assertThat(findings(INCLUDE.replace("include", "exclude"))).containsExactly("TASK-301 ");
  }

  @Test
  void wantsViewsToBeExposedByTheSourceEndpoint() {
    Fields mapping = Documents.mapping(INCLUDE.replace("}}", ", \"table-type\": \"view\"}}"));
    FoundProblems hidden = new FoundProblems();
    FoundProblems exposed = new FoundProblems();

    Documents.task(mapping, Mode.FULL_LOAD, Source.DEFAULT).check(hidden);
    Documents.task(mapping, Mode.FULL_LOAD, new Source(Optional.empty(), true, 10)).check(exposed);

    assertThat(hidden.codes()).containsExactly("TASK-332 [0].object-locator.table-type");
    assertThat(exposed.codes()).isEmpty();
  }

  @Test
  void knowsTheEscapeCharacterOfTheSourceEndpoint() {
    FoundProblems reported = new FoundProblems();
    Fields mapping = Documents.mapping(INCLUDE.replace("%", "JOB#_HISTORY"));

    Documents.task(mapping, Mode.FULL_LOAD, Documents.escaping()).check(reported);

    assertThat(reported.codes()).isEmpty();
  }

  @Test
  void findsNothingInLowerCaseNamesThroughout() {
    String lower =
        """
        ,{"rule-type": "transformation", "rule-target": "%s", "rule-action": "convert-lowercase",
          "object-locator": {"schema-name": "HR"%s}}
        """;

    assertThat(
            findings(
                INCLUDE
                    + String.format(Locale.ROOT, lower, "schema", "")
                    + String.format(Locale.ROOT, lower, "table", ", \"table-name\": \"%\"")
                    + String.format(
                        Locale.ROOT,
                        lower,
                        "column",
                        ", \"table-name\": \"%\", \"column-name\": \"%\"")))
        .isEmpty();
  }

  @Test
  void toleratesWhatTheSchemaRefuses() {
    assertThat(
            findings(
                INCLUDE
                    + ",\"text\",{},{\"rule-type\": 1},{\"rule-type\": \"selection\","
                    + "\"object-locator\": []}"))
        .containsExactly("TASK-305 [4]");
  }

  @Test
  void staysSilentWithoutAnyMapping() {
    FoundProblems reported = new FoundProblems();
    Documents.task(Fields.NONE).check(reported);

    assertThat(reported.codes()).isEmpty();
  }

  private static Arguments select(String action, String locator, String... expected) {
    return of(
        String.format(
            Locale.ROOT,
            "{'rule-type': 'selection', 'rule-action': '%s', 'object-locator': {'schema-name': 'HR', %s}}",
            action,
            locator),
        expected);
  }

  private static Arguments selectWith(String action, String members, String... expected) {
    return of(
        String.format(
                Locale.ROOT, "{'rule-type': 'selection', 'rule-action': '%s', %s,", action, members)
            + " 'object-locator': {'schema-name': 'HR', 'table-name': 'EMP'}}",
        expected);
  }

  private static Arguments filter(String table, String conditions, String... expected) {
    return of(
        String.format(
            Locale.ROOT,
            "{'rule-type': 'selection', 'rule-action': 'include', 'object-locator':"
                + " {'schema-name': 'OE', 'table-name': '%s'}, 'filters': [{'column-name': 'A',"
                + " 'filter-conditions': [{%s}]}]}",
            table,
            conditions),
        expected);
  }

  private static Arguments change(
      String target, String action, String locator, String members, String... expected) {
    Fields rule =
        json(
            quoted(
                String.format(
                        Locale.ROOT,
                        "{'rule-type': 'transformation', 'rule-target': '%s', 'rule-action': '%s',",
                        target,
                        action)
                    + " 'object-locator': {'schema-name': 'HR', 'table-name': 'EMP'}}"));
    Fields more = json(quoted("{'object-locator': {" + locator + "}}"));
    Fields rest = json(quoted("{" + members + "}"));
    return of(Documents.text(Documents.merged(Documents.merged(rule, more), rest)), expected);
  }

  private static Arguments settings(String table, String members, String... expected) {
    return of(
        String.format(
                Locale.ROOT, "{'rule-type': 'table-settings', %s, 'object-locator': ", members)
            + String.format(Locale.ROOT, "{'schema-name': 'HR', 'table-name': '%s'}}", table),
        expected);
  }

  private static String rename(String table, String value, String label) {
    return transformation("rename", table, "'value': '" + value + "'", label);
  }

  private static String prefix(String table) {
    return prefix(table, "");
  }

  private static String prefix(String table, String label) {
    return transformation("add-prefix", table, "'value': 'x'", label);
  }

  private static String transformation(String action, String table, String member, String label) {
    return String.format(
        Locale.ROOT,
        "{'rule-type': 'transformation', 'rule-target': 'table', 'rule-action': '%s',"
            + " 'object-locator': {'schema-name': 'HR', 'table-name': '%s'}, %s%s}",
        action,
        table,
        member,
        label.isEmpty() ? "" : ", " + label);
  }

  /** Expected findings leave out the path of the list. */
  private static Arguments of(String rules, String... expected) {
    return arguments(quoted(rules), List.of(expected));
  }

  private static String quoted(String text) {
    return text.replace('\'', '"');
  }

  private static List<String> findings(String rules) {
    FoundProblems reported = new FoundProblems();
    Documents.task(Documents.mapping(rules)).check(reported);
    return reported.codes();
  }
}
