package dev.pgbound.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.render.StepPicture.Arrow;
import dev.pgbound.cli.render.StepPicture.Group;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.Step;
import dev.pgbound.engine.plan.Step.Kind;
import dev.pgbound.engine.plan.StepGraph;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Context.Account;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StepPictureTest {

  private final List<Step> steps = new ArrayList<>();
  private final Map<String, Set<String>> before = new LinkedHashMap<>();

  @Test
  void startsEachStepWhenWhatItWaitsForIsDone() {
    Step network = step("vpc", "main", 1);
    Step cluster = step("db-cluster", "main", 6, network);
    Step instance = step("dms-instance", "main", 8, network);
    step("dms-task", "hr", 5, cluster, instance);

    StepPicture picture = picture();

    assertThat(picture.total()).isEqualTo(Duration.ofMinutes(14));
    assertThat(picture.groups().stream().map(Group::start))
        .containsExactly(
            Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(9));
    assertThat(picture.groups().stream().map(Group::critical))
        .containsExactly(true, false, true, true);
  }

  @Test
  void drawsNoArrowThatFollowsFromOthers() {
    Step one = step("vpc", "a", 1);
    Step two = step("vpc", "b", 1, one);
    step("vpc", "c", 1, one, two);

    assertThat(picture().arrows()).containsExactly(new Arrow(0, 1), new Arrow(1, 2));
  }

  @Test
  void drawsManyAlikeAsOne() {
    Step topic = step("sns-topic", "alerts", 1);
    for (int i = 0; i < 80; i++) {
      step("cloudwatch-alarm", "a" + i, 1, topic);
    }

    StepPicture picture = picture();

    assertThat(picture.groups().stream().map(Group::label))
        .containsExactly("sns-topic.alerts", "80 × cloudwatch-alarm");
    assertThat(picture.arrows()).containsExactly(new Arrow(0, 1));
  }

  private Step step(String type, String name, int minutes, Step... waitsFor) {
    Step step = new Step(new Address(type, name), Kind.CREATE, Duration.ofMinutes(minutes));
    Set<String> ids = new TreeSet<>();
    for (Step one : waitsFor) {
      ids.add(one.id());
    }
    steps.add(step);
    before.put(step.id(), ids);
    return step;
  }

  private StepPicture picture() {
    return StepPicture.of(
        new Plan(
            "hr",
            "migration.yaml",
            new Account("123456789012", "us-east-1", "aws"),
            Plan.Goal.CONVERGE,
            List.of(),
            new StepGraph(steps, before),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty()));
  }
}
