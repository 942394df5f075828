package dev.pgbound.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.tables.TablePlan;
import dev.pgbound.engine.tables.TablePlan.Change;
import dev.pgbound.engine.tables.TablePlan.Rule;
import dev.pgbound.engine.tables.TablePlan.Table;
import dev.pgbound.engine.tables.TablePlan.Task;
import dev.pgbound.engine.tables.TablePlan.Unselected;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Context.Account;
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
          List.of(new Unselected("HR.V", "view")));

  @Test
  void readsWhatItWrites() {
    Plan plan = plan(Optional.of(TABLES));

    assertThat(PlanJson.read(PlanJson.write(plan, List.of())).tables()).contains(TABLES);
  }

  @Test
  void leavesOutWhatNoCatalogSays() {
    String json = PlanJson.write(plan(Optional.empty()), List.of());

    assertThat(json).doesNotContain("\"tables\"");
    assertThat(PlanJson.read(json).tables()).isEmpty();
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
        List.of(),
        tables);
  }
}
