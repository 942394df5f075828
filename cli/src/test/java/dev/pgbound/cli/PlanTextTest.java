package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.Shell.Result;
import dev.pgbound.cli.render.Output;
import dev.pgbound.cli.render.PlanView;
import dev.pgbound.engine.plan.PlanJson;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the text of a plan promises beside its looks. */
class PlanTextTest {

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80, 100, 200})
  void fitsTheScreen(int columns) {
    for (String situation : List.of("data-loss", "orphans", "changed-by-hand", "name-taken")) {
      PlanView view =
          PlanView.of(PlanJson.read(Situations.outputs(situation).get(Output.JSON)), List.of());

      String text = Output.TEXT.of(view, OptionalInt.of(columns));

      assertThat(text.lines())
          .allSatisfy(
              line ->
                  assertThat(line.length() <= Math.min(100, columns) || isOneWord(line))
                      .as(line)
                      .isTrue());
    }
  }

  /** Nothing in it could be put on the next line. */
  private static boolean isOneWord(String line) {
    return line.strip().matches("(--\\S+ )?\\S+|[a-z-]+ +\\d+ +\\S+");
  }

  @Test
  void keepsWhatSomebodyHasToCopyInOnePiece() {
    PlanView view =
        PlanView.of(PlanJson.read(Situations.outputs("data-loss").get(Output.JSON)), List.of());

    assertThat(Output.TEXT.of(view, OptionalInt.of(50)))
        .contains("--allow destroys-data:db-cluster.target");
  }

  @Test
  void saysHowToKeepWhatWasChangedByHand() {
    Shell shell = Situations.changedByHand();
    String plan = shell.run("plan", "--simulate").out();
    List<String> hints =
        Pattern.compile("to keep it: (.*)")
            .matcher(plan)
            .results()
            .map(hit -> hit.group(1))
            .toList();
    assertThat(hints)
        .containsExactly(
            "replication.instance: dms.r6i.4xlarge (migration.yaml:23)",
            "overrides: {cloudwatch-alarm.hr-lag-source: {threshold: 9999}}",
            "overrides: {cloudwatch-alarm.hr-lag-target: {threshold: 9999}}");

    shell.write(
        "migration.yaml",
        shell.read("migration.yaml").replace("instance: dms.r6i.large", "instance: dms.r6i.4xlarge")
            + """
            overrides:
              cloudwatch-alarm.hr-lag-source: {threshold: 9999}
              cloudwatch-alarm.hr-lag-target: {threshold: 9999}
            """);
    Result kept = shell.run("plan", "--simulate", "--detailed-exitcode");

    assertThat(kept.code()).as(kept.out()).isZero();
  }
}
