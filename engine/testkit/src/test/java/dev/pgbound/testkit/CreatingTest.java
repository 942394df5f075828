package dev.pgbound.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Live;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class CreatingTest {

  private final Lab lab = new Lab();

  @Test
  void createsWhatOthersReferToFirst() {
    assertThat(
            lab.converge(
                "network.a: {parent: '${network.b}'}",
                "network.b: {parent: '${network.c}'}",
                "network.c: {}"))
        .containsExactly("create network.c", "create network.b", "create network.a");
    assertThat(lab.world.value("network.a", "parent"))
        .isEqualTo(lab.world.value("network.b", "id"));
  }

  @Test
  void createsWhatWasNamedUnderDependsOnFirst() {
    assertThat(lab.converge("network.a: {dependsOn: [network.b]}", "network.b: {}"))
        .containsExactly("create network.b", "create network.a");
  }

  @Test
  void tagsWhatItCreatesWithItsOwner() {
    lab.converge("network.a: {}");

    Live live = lab.world.find("network.a").orElseThrow();
    assertThat(live.tags())
        .containsEntry(Live.MIGRATION_TAG, "hr")
        .containsEntry(Live.ADDRESS_TAG, "network.a")
        .containsKey(Live.DIGEST_TAG);
  }

  @Test
  void createsSideBySideWhatDoesNotDependOnOneAnother() {
    lab.converge("network.a: {}", "network.b: {}", "network.c: {}");

    assertThat(lab.world.mostAtOnce()).isEqualTo(3);
  }

  @Test
  void neverRunsMoreStepsSideBySideThanAllowed() {
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      many.add(String.format(Locale.ROOT, "network.n%d: {}", i));
    }
    lab.bench.sideBySide(4);

    lab.converge(many.toArray(String[]::new));

    assertThat(lab.world.mostAtOnce()).isEqualTo(4);
  }

  @Test
  void takesAsLongAsTheLongestChain() {
    lab.world.slow("create network.slow", 5);
    String[] file = {"network.slow: {}", "network.quick: {}", "network.other: {}"};

    long together = lab.apply(file).took().toSeconds();

    Lab alone = new Lab();
    alone.world.slow("create network.slow", 5);
    assertThat(together).isEqualTo(alone.apply(Arrays.copyOf(file, 1)).took().toSeconds());
  }

  @Test
  void plansNothingForAnUnchangedFile() {
    lab.given("network.a: {size: 3, uses: ['${network.b}']}", "network.b: {label: x}");

    assertThat(
            lab.converge("network.a: {size: 3, uses: ['${network.b}']}", "network.b: {label: x}"))
        .isEmpty();
  }

  @Test
  void plansTheSameStepsWhateverTheOrderInTheFile() {
    String[] file = {
      "network.a: {parent: '${network.c}'}", "network.b: {parent: '${network.c}'}", "network.c: {}"
    };
    String[] reversed = {file[2], file[1], file[0]};

    assertThat(Lab.steps(lab.plan(file))).isEqualTo(Lab.steps(lab.plan(reversed)));
  }
}
