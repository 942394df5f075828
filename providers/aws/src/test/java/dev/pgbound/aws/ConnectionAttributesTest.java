package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectionAttributesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exposeViews=true;useZeroDestid=1",
        "useZeroDestid=1;exposeViews=true;",
        " EXPOSEVIEWS = true ; usezerodestid=1"
      })
  void comparesBySenseNotByText(String text) {
    assertThat(ConnectionAttributes.normalize(Value.of(text)))
        .isEqualTo(Fields.NONE.with("exposeviews", "true").with("usezerodestid", "1"));
  }

  @Test
  void keepsTheCaseOfValuesAndWhatFollowsTheFirstEqualsSign() {
    assertThat(ConnectionAttributes.parse("filter=A=b").values()).containsEntry("filter", "A=b");
  }

  @Test
  void namesWhatHasAnotherForm() {
    assertThat(ConnectionAttributes.parse("a=1;exposeViews;=2;;").malformed())
        .containsExactly("exposeViews", "=2");
  }

  @Test
  void leavesAReferenceAlone() {
    Value unknown = new Value.Unknown("${x.y}");

    assertThat(ConnectionAttributes.normalize(unknown)).isEqualTo(unknown);
  }
}
