package dev.pgbound.engine.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.config.YamlReader;
import dev.pgbound.engine.tables.TablePlan.Change;
import dev.pgbound.engine.tables.TablePlan.Unselected;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Value.Fields;
import dev.pgbound.tables.Coverage;
import dev.pgbound.tables.Lobs;
import dev.pgbound.tables.TableTask;
import dev.pgbound.tables.catalog.Catalog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class TablePlansTest {

  private static final Address TASK = Address.parse("dms-task.hr").orElseThrow();

  private static final String CATALOG =
      """
      catalog: 1
      schemas:
        HR:
          tables:
            EMP:
              rows: 5
              columns: {ID: NUMBER(6), NAME: VARCHAR2(9), HIRED: DATE, PART: NUMBER, PHOTO: BLOB}
              primaryKey: [ID]
            JOBS: {columns: {ID: NUMBER(6)}}
            EMP_V: {kind: view, columns: {ID: NUMBER(6)}}
      """;

  private static final String ALL = select("include", "%");
  private static final String LOWER =
      """
      - {rule-type: transformation, rule-target: column, rule-action: convert-lowercase, object-locator: {schema-name: HR, table-name: "%", column-name: "%"}}
      """;

  @Test
  void saysWhatBecomesOfEachTable() {
    TablePlan plan = plan(ALL + LOWER, Optional.empty());

    assertThat(plan.selected()).isEqualTo(2);
    assertThat(plan.total()).isEqualTo(3);
    assertThat(plan.unselected()).containsExactly(new Unselected("HR.EMP_V", "view"));
    assertThat(plan.tasks().get(0).tables())
        .containsExactly(
            new TablePlan.Table(
                "HR",
                "EMP",
                "HR",
                "EMP",
                1,
                OptionalLong.of(5),
                5,
                List.of("id"),
                List.of("photo"),
                ""),
            new TablePlan.Table(
                "HR", "JOBS", "HR", "JOBS", 1, OptionalLong.empty(), 1, List.of(), List.of(), ""));
    assertThat(plan.tasks().get(0).rules())
        .extracting(TablePlan.Rule::text)
        .containsExactly("include HR.%", "convert-lowercase HR.%.%");
    assertThat(plan.tasks().get(0).changes()).isEmpty();
  }

  @Test
  void saysWhichTablesComeAndGo() {
    assertThat(changes(select("include", "EMP"), select("include", "JOBS")))
        .containsExactly(
            new Change(Change.Kind.ADDED, "HR.EMP", "", "HR.EMP"),
            new Change(Change.Kind.REMOVED, "HR.JOBS", "HR.JOBS", ""));
  }

  @Test
  void saysWhatChangesAboutATable() {
    String filtered =
        select("include", "EMP").strip().replace("}}", "}")
            + ", filters: [{column-name: ID, filter-conditions: [{filter-operator: gte, value: \"7\"}]}]}\n";

    assertThat(changes(filtered + rename("staff") + remove("PHOTO"), select("include", "EMP")))
        .containsExactly(
            changed("HR.EMP", "HR.EMP", "HR.staff"),
            changed("HR.EMP", "all rows", "rows where ID >= 7"),
            changed("HR.EMP.PHOTO", "PHOTO blob", "left out"));
  }

  @Test
  void doesNotListTheColumnsOfATableThatChangesAltogether() {
    assertThat(changes(select("include", "EMP") + LOWER, select("include", "EMP")))
        .containsExactly(
            changed(
                "HR.EMP",
                "HIRED datetime(0) and 4 more columns",
                "hired datetime(0) and 4 more columns"));
  }

  @Test
  void findsNoChangeInOtherRulesThatDoTheSame() {
    assertThat(changes(ALL, select("include", "EMP") + select("include", "JOBS"))).isEmpty();
  }

  private static Change changed(String what, String before, String after) {
    return new Change(Change.Kind.CHANGED, what, before, after);
  }

  private static List<Change> changes(String desired, String live) {
    return plan(desired, Optional.of(mapping(live))).tasks().get(0).changes();
  }

  private static TablePlan plan(String rules, Optional<Fields> live) {
    Catalog catalog =
        CatalogReader.read(
                "catalog.yaml", CATALOG.getBytes(StandardCharsets.UTF_8), new Diagnostics())
            .orElseThrow();
    TableTask task =
        new TableTask(
            mapping(rules),
            TableTask.Mode.FULL_LOAD,
            false,
            "",
            Lobs.DEFAULT,
            TableTask.Source.DEFAULT);
    Coverage coverage = Coverage.of(catalog, Map.of(TASK, task));
    return TablePlans.of(new SourceTables("catalog.yaml", coverage), a -> live);
  }

  private static Fields mapping(String rules) {
    byte[] bytes = ("rules:\n" + rules).getBytes(StandardCharsets.UTF_8);
    return YamlReader.read("rules", bytes, new Diagnostics()).orElseThrow().root();
  }

  private static String select(String action, String table) {
    return String.format(
        Locale.ROOT,
        "- {rule-type: selection, rule-action: %s, object-locator: {schema-name: HR, table-name: \"%s\"}}%n",
        action,
        table);
  }

  private static String rename(String value) {
    return "- {rule-type: transformation, rule-target: table, rule-action: rename, value: "
        + value
        + ", object-locator: {schema-name: HR, table-name: EMP}}\n";
  }

  private static String remove(String column) {
    return "- {rule-type: transformation, rule-target: column, rule-action: remove-column,"
        + " object-locator: {schema-name: HR, table-name: EMP, column-name: "
        + column
        + "}}\n";
  }
}
