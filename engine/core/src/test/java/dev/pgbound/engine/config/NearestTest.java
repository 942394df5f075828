package dev.pgbound.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  private static final List<String> WORDS =
      List.of("full-load", "full-load-and-cdc", "cdc", "multiAz", "instanceIdentifier", "tags");

  @ParameterizedTest
  @CsvSource({
    "full-laod, full-load",
    "full-load-cdc, full-load-and-cdc",
    "FULL_LOAD, full-load",
    "multi-az, multiAz",
    "MULTIAZ, multiAz",
    "INSTANCEIDENTIFIER, instanceIdentifier",
    "instanceIdentifer, instanceIdentifier",
    "tag, tags",
    "cdd, cdc"
  })
  void findsWhatWasMeant(String word, String meant) {
    assertThat(Nearest.to(word, WORDS)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"storage", "x", "''", "taxes", "abc"})
  void suggestsNothingThatIsFarAway(String word) {
    assertThat(Nearest.to(word, WORDS)).isEmpty();
  }

  @Test
  void comparesLongWordsInNoTime() {
    assertThat(Nearest.to("x".repeat(1_000_000), WORDS)).isEmpty();
  }

  @Test
  void hintEndsASentence() {
    assertThat(Nearest.hint("tagz", WORDS)).isEqualTo(" Did you mean \"tags\"?");
    assertThat(Nearest.hint("storage", WORDS)).isEmpty();
  }
}
