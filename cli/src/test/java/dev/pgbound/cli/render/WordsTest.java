package dev.pgbound.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Value;
import org.junit.jupiter.api.Test;

class WordsTest {

  @Test
  void showsWhatAScreenWouldObey() {
    assertThat(Words.value(Value.of("a\nb\u001B[31m\u202Ec\uD800")))
        .isEqualTo("a\\nb\\u{1b}[31m\\u{202e}c\\u{d800}");
  }

  @Test
  void showsLongValuesWhereTheyBeginToDiffer() {
    String same = "x".repeat(300);

    String before = Words.cut(same + " one and more" + same, same + " two and more" + same, 60);
    String after = Words.cut(same + " two and more" + same, same + " one and more" + same, 60);

    assertThat(before).hasSize(60).startsWith("...x").contains(" one and more").endsWith("x...");
    assertThat(after).hasSize(60).contains(" two and more");
  }

  @Test
  void showsLongValuesFromTheirStartWhenTheyDifferThere() {
    assertThat(Words.cut("y".repeat(100), "x".repeat(100), 60)).isEqualTo("y".repeat(57) + "...");
  }

  @Test
  void cutsNoCharacterInTwo() {
    String faces = "\uD83D\uDE00".repeat(50);

    for (int limit = 10; limit < 20; limit++) {
      assertThat(Words.visible(Words.cut(faces, limit))).doesNotContain("\\u{");
      assertThat(Words.visible(Words.cut(faces, faces.substring(0, 60 + limit), limit)))
          .doesNotContain("\\u{");
    }
  }

  @Test
  void countsInWords() {
    assertThat(Words.count(1, "step")).isEqualTo("1 step");
    assertThat(Words.count(2000, "step")).isEqualTo("2,000 steps");
  }
}
