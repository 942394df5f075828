package dev.pgbound.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.tables.TablePlan;
import dev.pgbound.engine.tables.TablePlan.Change;
import dev.pgbound.engine.tables.TablePlan.Finding;
import dev.pgbound.engine.tables.TablePlan.Rule;
import dev.pgbound.engine.tables.TablePlan.Table;
import dev.pgbound.engine.tables.TablePlan.Task;
import dev.pgbound.engine.tables.TablePlan.Unselected;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Context.Account;
import dev.pgbound.spi.Diagnostic.Severity;
import dev.pgbound.spi.SourceRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class TablePlanJsonTest {

  private static final Address TASK = Address.parse("dms-task.hr").orElseThrow();

  private static final TablePlan TABLES =
      new TablePlan(
          "catalog.yaml",
          3,
          List.of(
              new Task(
                  TASK,
                  List.of(
                      new Table(
                          "HR",
                          "EMP",
                          "hr",
                          "emp",
                          1,
                          OptionalLong.of(5),
                          4,
                          List.of("id"),
                          List.of("photo"),
                          "ID >= 7"),
                      new Table(
                          "HR",
                          "LOG",
                          "hr",
                          "log",
                          1,
                          OptionalLong.empty(),
                          1,
                          List.of(),
                          List.of(),
                          "")),
                  List.of(new Rule(1, "include HR.%", 2)),
                  List.of(new Change(Change.Kind.ADDED, "HR.LOG", "", "hr.log")))),
          List.of(new Unselected("HR.V", "view")),
          List.of(
              new Finding(
                  Severity.WARNING,
                  "TABLE-008",
                  TASK,
                  "Tables without a key",
                  "1 table: HR.LOG.",
                  Optional.of(new SourceRange("migration.yaml", 3, 4, 3, 9))),
              new Finding(Severity.ERROR, "TABLE-004", TASK, "s", "d", Optional.empty())));

  @Test
  void readsWhatItWrites() {
    Plan plan = plan(Optional.of(TABLES));

    assertThat(PlanJson.read(PlanJson.write(plan)).tables()).contains(TABLES);
  }

  @Test
  void leavesOutWhatNoCatalogSays() {
    assertThat(PlanJson.write(plan(Optional.empty()))).doesNotContain("\"tables\"");
    assertThat(PlanJson.read(PlanJson.write(plan(Optional.empty()))).tables()).isEmpty();
  }

  @Test
  void readsAPlanOfTheFormatBefore() {
    String before = PlanJson.write(plan(Optional.empty())).replace("\"1.1\"", "\"1.0\"");

    assertThat(PlanJson.read(before).migration()).isEqualTo("hr");
  }

  private static Plan plan(Optional<TablePlan> tables) {
    return new Plan(
        "hr",
        "migration.yaml",
        new Account("123456789012", "us-east-1", "aws"),
        Plan.Goal.CONVERGE,
        List.of(),
        new StepGraph(List.of(), Map.of()),
        List.of(),
        List.of(),
        tables);
  }
}
