package dev.pgbound.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Diagnostic;
import dev.pgbound.spi.SourceRange;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiagnosticTextTest {

  private final Diagnostics sink = new Diagnostics();

  private String render(String text, SourceRange range) {
    sink.attach(new Source("m.yaml", text));
    Diagnostic diagnostic =
        Diagnostic.error("X-001", "Summary", "Detail.", Optional.of(range), "a.b");
    return DiagnosticText.render(diagnostic, sink);
  }

  private static SourceRange columns(int from, int to) {
    return new SourceRange("m.yaml", 1, from, 1, to);
  }

  @Test
  void showsWhatWhereAndWhatToDo() {
    String text = "x\n".repeat(40) + "    target: ${dms-endpoint.aurora.arm}\n";

    assertThat(render(text, new SourceRange("m.yaml", 41, 36, 41, 39)))
        .isEqualTo(
            """
            Error X-001: Summary
              m.yaml:41:36  a.b
                 41 |     target: ${dms-endpoint.aurora.arm}
                    |                                    ^^^
              Detail.
            """);
  }

  @Test
  void caretsStandUnderWideCharactersAndTabs() {
    assertThat(render("\u6771\u4eac: e\u0301 x", columns(8, 9)))
        .contains("      1 | \u6771\u4eac: e\u0301 x\n        |         ^\n");
    assertThat(render("a\t\u6771b", columns(3, 5)))
        .contains("      1 | a    \u6771b\n        |      ^^^\n");
  }

  @Test
  void emptyRangesAndRangesBehindTheLineHaveOneCaret() {
    assertThat(render("ab", columns(2, 2))).contains("| ab\n        |  ^\n");
    assertThat(render("ab", columns(3, 4))).contains("| ab\n        |   ^\n");
    assertThat(render("ab", columns(9, 12))).contains("| ab\n        |   ^\n");
  }

  @Test
  void rangesOverSeveralLinesAreMarkedToTheEndOfTheFirst() {
    assertThat(render("a: [b,\nc]", new SourceRange("m.yaml", 1, 4, 2, 3)))
        .contains("| a: [b,\n        |    ^^^\n");
  }

  @Test
  void longLinesAreCutAroundTheCaret() {
    String line = "a".repeat(300) + "X" + "b".repeat(300);

    String text = render(line, columns(301, 302));

    assertThat(text)
        .contains("      1 | ..." + "a".repeat(40) + "X" + "b".repeat(59) + "...\n")
        .contains("\n        | " + " ".repeat(43) + "^\n");
    assertThat(render(line, columns(1, 2)))
        .contains("      1 | " + "a".repeat(100) + "...\n        | ^\n");
  }

  @Test
  void controlCharactersAreTakenOut() {
    sink.attach(new Source("m.yaml", "a: \u001b[31m\u202eb"));
    Diagnostic diagnostic =
        Diagnostic.warning(
            "X-001",
            "Sum\u001bmary",
            "De\u0007tail.\nLine\u009b 2.",
            Optional.of(columns(4, 5)),
            "a\nb");

    assertThat(DiagnosticText.render(diagnostic, sink))
        .isEqualTo(
            """
            Warning X-001: Summary
              m.yaml:1:4  ab
                  1 | a: [31mb
                    |
              Detail.
              Line 2.
            """);
  }

  @Test
  void concealedPlacesAreNeverShown() {
    sink.conceal(columns(8, 15));

    assertThat(render("a: {b: hunter2, c: x}", columns(8, 9)))
        .contains("| a: {b: (sensitive), c: x}\n        |        ^^^^^^^^^^^\n");
    assertThat(render("a: {b: hunter2, c: x}", columns(17, 18)))
        .contains("| a: {b: (sensitive), c: x}\n        |                     ^\n");
  }

  @Test
  void passwordsAreHiddenEvenInFilesThatCannotBeRead() {
    assertThat(render("password: hunter2, x", columns(1, 9))).contains("| password: (sensitive)\n");
    assertThat(render("{userPassword: \"hun,\\\"ter2\", c: x}", columns(2, 3)))
        .contains("| {userPassword: (sensitive), c: x}\n");
    assertThat(render("{PASSWORD: hunter2, c: x}", columns(2, 3)))
        .contains("| {PASSWORD: (sensitive), c: x}\n");
    assertThat(render("password: 'hunter2", columns(11, 12))).contains("| password: (sensitive)\n");
    assertThat(render("password: ${env.X}", columns(11, 12))).contains("| password: ${env.X}\n");
    assertThat(render("manageMasterUserPassword: true", columns(1, 2)))
        .contains("| manageMasterUserPassword: true\n");
  }

  @Test
  void findingsStandInTheOrderOfTheFile() {
    sink.error(Code.NOT_A_WORD, "3", columns(7, 8), Pointer.ROOT);
    sink.error(Code.UNKNOWN_KEY, "2", columns(2, 3), Pointer.ROOT);
    sink.warning(Code.WRONG_FORM, "1", columns(1, 3), Pointer.of("a"));
    sink.error(Code.FILE_UNREADABLE, "0");
    sink.error(Code.UNKNOWN_KEY, "2", columns(2, 3), Pointer.ROOT);

    assertThat(sink.sorted()).extracting(Diagnostic::detail).containsExactly("0", "1", "2", "3");
    assertThat(DiagnosticText.render(sink))
        .startsWith(
            """
            Error FILE-001: File cannot be read
              0

            Warning SCHEMA-006: Text has the wrong form
              m.yaml:1:1  a
              1

            """);
    assertThat(sink.hasErrors()).isTrue();
  }

  @Test
  void keepsTheFirstThousand() {
    for (int i = 0; i < 1200; i++) {
      sink.error(Code.UNKNOWN_KEY, "Detail " + i, columns(i + 1, i + 2), Pointer.ROOT);
    }

    assertThat(sink.sorted()).hasSize(1000);
    assertThat(sink.omitted()).isEqualTo(200);
    assertThat(DiagnosticText.render(sink)).endsWith("\n\n... and more.\n");
  }

  @Test
  void warningsStayWarningsHoweverManyThereAre() {
    for (int i = 0; i < 1200; i++) {
      sink.warning(Code.UNKNOWN_KEY, "Detail " + i, columns(i + 1, i + 2), Pointer.ROOT);
    }
    assertThat(sink.hasErrors()).isFalse();
    assertThat(DiagnosticText.render(sink)).endsWith("\n\n... and 200 more warnings.\n");

    sink.error(Code.UNKNOWN_KEY, "The first error", columns(1, 2), Pointer.ROOT);
    assertThat(sink.hasErrors()).isTrue();
    assertThat(DiagnosticText.render(sink)).contains("The first error");
  }
}
