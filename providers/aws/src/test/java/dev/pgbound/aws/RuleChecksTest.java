package dev.pgbound.aws;

import static dev.pgbound.aws.TaskDocuments.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pgbound.spi.Value.Fields;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each case is a mapping of {@code include HR.%} and one or two more rules, from index 1 on. */
final class RuleChecksTest {

  private static final String R = "tableMappings.rules";
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
        select("exclude", "'table-name': 'JOB_HISTORY'"),
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
        change("table", "rename", "'table-name': '%'", "'value': 'staff'", ONE_NAME),
        change("table", "rename", "'table-name': '%'", "'expression': '$AR_M_SOURCE_TABLE_NAME'"),
        change("schema", "rename", "", "'value': '" + LONG + "'", "TASK-321 [1].value"),
        change("table", "add-suffix", "", "'value': '" + LONG.substring(3) + "'", TOO_LONG),
        change("table", "add-suffix", "'table-name': '%'", "'value': '" + LONG.substring(3) + "'"),
        change("schema", "convert-lowercase", "", "", "TASK-322 [1].rule-action"),
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
            "TASK-328 [1].value"));
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
        of(rename("EMP", "a", "") + "," + prefix("%"), "TASK-325 [2].object-locator"),
        of(
            prefix("%", "'rule-id': '9'") + "," + rename("EMP", "a", "'rule-id': '8'"),
            "TASK-325 [1].object-locator"),
        of(prefix("A%") + "," + prefix("B%")),
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
    Set<String> found = new TreeSet<>(Set.of("TASK-301"));
    Stream.of(
            selections(),
            filters(),
            transformations(),
            members(),
            names(),
            tableSettings(),
            sets(),
            SettingsChecksTest.largeObjects(),
            SettingsChecksTest.loads(),
            SettingsChecksTest.rest(),
            SettingsChecksTest.positions())
        .flatMap(cases -> cases)
        .flatMap(one -> ((List<?>) one.get()[1]).stream())
        .forEach(finding -> found.add(finding.toString().substring(0, 8)));

    assertThat(found)
        .containsExactlyElementsOf(
            Arrays.stream(TaskFinding.values()).map(TaskFinding::code).toList());
  }

  @Test
  void demandsASelection() {
    assertThat(findings("")).containsExactly("TASK-301 ");
    assertThat(findings(INCLUDE.replace("include", "exclude"))).containsExactly("TASK-301 ");
  }

  @Test
  void findsNothingInLowerCaseNamesThroughout() {
    String lower =
        """
        ,{"rule-type": "transformation", "rule-target": "%s", "rule-action": "convert-lowercase",
          "object-locator": {"schema-name": "HR", "table-name": "%%", "column-name": "%%"}}
        """;

    assertThat(
            findings(
                INCLUDE
                    + String.format(Locale.ROOT, lower, "schema")
                    + String.format(Locale.ROOT, lower, "table")
                    + String.format(Locale.ROOT, lower, "column")))
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
    RuleChecks.check(new DeclaredSettings(Fields.NONE), reported);

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
    return of(Json.write(TaskDocuments.merged(TaskDocuments.merged(rule, more), rest)), expected);
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
    Fields mapping = json("{\"tableMappings\": {\"rules\": [" + rules + "]}}");
    RuleChecks.check(
        new DeclaredSettings(mapping.with("migrationType", "full-load-and-cdc")), reported);
    return reported.codes().stream().map(finding -> finding.replace(R, "")).toList();
  }
}
