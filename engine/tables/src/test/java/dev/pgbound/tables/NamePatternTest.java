package dev.pgbound.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamePatternTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "% HR_EMP true",
        "% '' true",
        "HR% HR true",
        "%R% HR_EMP true",
        "%X% HR_EMP false",
        "%E%E% EMPLOYEE true",
        "%_E EMPLOYEE true",
        "H_ HR true",
        "H_ HRX false",
        "H_ H false",
        "HR[_]EMP HR_EMP true",
        "HR[_]EMP HRXEMP false",
        "HR_EMP HRXEMP true",
        "[%]A %A true",
        "[%]A XA false",
        "[a-c]% bus true",
        "[a-c]% dog false",
        "[a-cx]% x1 true",
        "[^a]% bus false",
        "[^a]% ^us true",
        "[-a] - true",
        "[a-] - true",
        // nothing of a regular expression means anything
        "EMP$% EMP$1 true",
        "A.B A.B true",
        "A.B AXB false",
        "A(B)*+?|{}^\\ A(B)*+?|{}^\\ true",
        // quoted in Oracle, a name may hold anything and is compared exactly
        "emp EMP false",
        "Straße Straße true",
        "I% ı1 false",
        // no name is in them
        "[z-a] x false",
        "[] x false",
        "[ab a false",
        "[ab [ab true",
      })
  void matchesNamesAsDmsDoes(String pattern, String name, boolean matches) {
    assertThat(pattern(pattern).matches(name)).isEqualTo(matches);
  }

  @Test
  void matchesASpaceAndALineBreakLikeAnyCharacter() {
    assertThat(pattern("A_B").matches("A B")).isTrue();
    assertThat(pattern("A%B").matches("A\n\nB")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "HR#_EMP, HR_EMP, true",
    "HR#_EMP, HRXEMP, false",
    "HR#%, HR%, true",
    "HR#%, HRX, false",
    "HR##, HR#, true",
    "HR#[A], HR[A], true",
    "#A, A, true",
  })
  void takesTheMeaningFromWhatStandsBehindTheEscapeCharacter(
      String pattern, String name, boolean matches) {
    NamePattern escaping = new NamePattern(pattern, Optional.of('#'));

    assertThat(escaping.matches(name)).isEqualTo(matches);
    assertThat(escaping.isExact()).isTrue();
    assertThat(escaping.hasBareUnderscore()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "HR, true, false, HR",
    "HR[_]EMP, true, false, HR_EMP",
    "HR_EMP, true, true, HR_EMP",
    "HR%, false, false, HR%",
    "H[RS], false, false, H[RS]",
    "H[R]_, true, true, HR_",
  })
  void tellsNamesFromPatterns(
      String pattern, boolean exact, boolean bareUnderscore, String literal) {
    assertThat(pattern(pattern).isExact()).isEqualTo(exact);
    assertThat(pattern(pattern).hasBareUnderscore()).isEqualTo(bareUnderscore);
    assertThat(pattern(pattern).literal()).isEqualTo(literal);
  }

  @ParameterizedTest
  @CsvSource({
    "HR[AB, the bracket is never closed",
    "[], the brackets are empty",
    "[z-a]%, the range z-a runs backwards",
    "HR#, it ends with the escape character",
  })
  void saysWhatIsMalformed(String pattern, String why) {
    assertThat(new NamePattern(pattern, Optional.of('#')).mistake()).contains(why);
  }

  @ParameterizedTest
  @CsvSource({
    "%, HR%, true, true",
    "HR%, %, false, true",
    "HR%, HR_EMP, true, true",
    "HR_, HR%, false, true",
    "HR%, HR_, true, true",
    "A%, %B, false, true",
    "A%C, A%B, false, false",
    "A%, B%, false, false",
    "[AB]%, A%, true, true",
    "A%, [AB]%, false, true",
    "[A-C]X, [B-D]X, false, true",
    "[A-C]X, [D-F]X, false, false",
    "%A%, %A%B%, true, true",
    "EMP, EMP, true, true",
    "EMP, EMPS, false, false",
  })
  void knowsWhatTwoPatternsHaveInCommon(String one, String other, boolean covers, boolean meets) {
    assertThat(pattern(one).covers(pattern(other))).as("covers").isEqualTo(covers);
    assertThat(pattern(one).meets(pattern(other))).as("meets").isEqualTo(meets);
    assertThat(pattern(other).meets(pattern(one))).as("is met").isEqualTo(meets);
  }

  @Test
  void staysFastWhateverThePatternIs() {
    String many = "%A".repeat(2000);

    assertThat(pattern(many).matches("A".repeat(1999))).isFalse();
    assertThat(pattern(many).covers(pattern("%B".repeat(2000)))).isFalse();
  }

  private static NamePattern pattern(String text) {
    return new NamePattern(text, Optional.empty());
  }
}
