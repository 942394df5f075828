package dev.pgbound.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CodeTest {

  @Test
  void everyCodeHasAnIdOfItsOwn() {
    assertThat(Arrays.stream(Code.values()).map(Code::id)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void saysWhatIsWrongAndWhatToDo(Code code) {
    assertThat(code.id()).matches("[A-Z]+-\\d{3}");
    assertThat(code.summary()).matches("[A-Z].*[^.]");
    assertThat(code.advice()).matches("[A-Z].*\\.");
  }
}
