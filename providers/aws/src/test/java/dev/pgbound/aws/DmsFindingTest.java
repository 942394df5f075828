package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DmsFindingTest {

  @Test
  void givesEachFindingACodeOfItsOwn() {
    assertThat(DmsFinding.values()).extracting(DmsFinding::code).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void saysWhatToDoInFullSentences(DmsFinding finding) {
    assertThat(finding.summary()).doesNotEndWith(".").isNotBlank();
    assertThat(finding.advice()).endsWith(".").doesNotContain("\n");
  }

  @Test
  void putsTheCaseBeforeTheAdvice() {
    FoundProblems problems = new FoundProblems();

    DmsFinding.SMALL_FILES.at("a.b", problems, "Two is small.");

    assertThat(problems.found()).containsExactly("WARNING a.b DMS-335");
    assertThat(problems.details().get(0)).startsWith("Two is small. maxFileSize is in KB");
  }
}
