package dev.pgbound.cli.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pgbound.cli.render.Layers.Route;
import dev.pgbound.cli.render.Layers.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LayersTest {

  @Test
  void putsEveryNodeBehindWhatItWaitsFor() {
    for (long seed = 0; seed < 50; seed++) {
      List<int[]> arrows = arrows(30, seed);
      Layers layers = Layers.of(30, arrows);
      for (int[] arrow : arrows) {
        assertThat(layers.spot(arrow[1]).column()).isGreaterThan(layers.spot(arrow[0]).column());
      }
    }
  }

  @Test
  void letsNoTwoNodesOverlap() {
    for (long seed = 0; seed < 50; seed++) {
      Layers layers = Layers.of(30, arrows(30, seed));
      for (int i = 0; i < 30; i++) {
        for (int k = 0; k < i; k++) {
          Spot one = layers.spot(i);
          Spot other = layers.spot(k);
          boolean apart =
              one.column() != other.column() || Math.abs(one.height() - other.height()) > 1 - 1e-6;
          assertThat(apart).as("%d and %d of seed %d", i, k, seed).isTrue();
          assertThat(one.height()).isNotNegative().isLessThanOrEqualTo(layers.tallest());
        }
      }
    }
  }

  @Test
  void leadsEachArrowThroughEveryColumn() {
    Layers layers = Layers.of(4, List.of(arrow(0, 1), arrow(1, 2), arrow(2, 3), arrow(0, 3)));

    Route route = layers.routes().get(3);

    assertThat(route.spots().stream().map(Spot::column)).containsExactly(0, 1, 2, 3);
    assertThat(route.spots().get(0)).isEqualTo(layers.spot(0));
    assertThat(route.spots().get(3)).isEqualTo(layers.spot(3));
  }

  @Test
  void untanglesWhatNeedNotCross() {
    Layers layers = Layers.of(4, List.of(arrow(0, 3), arrow(1, 2)));

    assertThat(layers.spot(0).height()).isCloseTo(layers.spot(3).height(), within(1e-6));
    assertThat(layers.spot(1).height()).isCloseTo(layers.spot(2).height(), within(1e-6));
  }

  @Test
  void drawsTheSameEveryTime() {
    assertThat(Layers.of(30, arrows(30, 7)).routes())
        .isEqualTo(Layers.of(30, arrows(30, 7)).routes());
  }

  private static List<int[]> arrows(int nodes, long seed) {
    Random random = new Random(seed);
    List<int[]> arrows = new ArrayList<>();
    for (int to = 1; to < nodes; to++) {
      for (int n = random.nextInt(4); n > 0; n--) {
        arrows.add(arrow(random.nextInt(to), to));
      }
    }
    return arrows;
  }

  private static int[] arrow(int from, int to) {
    return new int[] {from, to};
  }
}
