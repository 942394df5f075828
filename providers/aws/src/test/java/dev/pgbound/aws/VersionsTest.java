package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Value.Fields;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VersionsTest {

  @ParameterizedTest
  @CsvSource({
    "3.5.4, 3.5.4, 3.5.4",
    "3.5.4, 3.5, 3.5",
    "3.5.10, 3.5.9, 3.5.9",
    "3.6.0, 3.5.4, 3.5.4",
    "3.5.3, 3.5.4, 3.5.3",
    "3.5, 3.5.1, 3.5",
    "16.6, 16, 16",
    "15.4, 16, 15.4",
    "3.5.4-b, 3.5.4, 3.5.4-b"
  })
  void readsALiveVersionAsTheDeclaredOneThatItFulfils(
      String live, String declared, String compared) {
    assertThat(Versions.compared(live, Optional.of(declared))).isEqualTo(compared);
  }

  @Test
  void keepsTheLiveVersionBesideTheComparedOne() {
    Fields read = Fields.NONE.with("engineVersion", "3.5.4");

    assertThat(
            Versions.compared(
                read, Fields.NONE.with("engineVersion", "3.5.3"), "engineVersion", "actual"))
        .isEqualTo(Fields.NONE.with("engineVersion", "3.5.3").with("actual", "3.5.4"));
    assertThat(Versions.compared(Fields.NONE, read, "engineVersion", "actual"))
        .isEqualTo(Fields.NONE);
  }
}
