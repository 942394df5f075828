package dev.pgbound.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.config.DiagnosticText;
import dev.pgbound.engine.config.Diagnostics;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No file makes the check throw or take long. */
class HostileFileTest {

  private static final String[] PIECES = {
    "null",
    "[",
    "]",
    "{",
    "}",
    "{}",
    "[]",
    ": ",
    ",",
    "\n",
    "  ",
    "- ",
    "\"",
    "5",
    "5.5",
    "true",
    "${",
    "${vpc.main}",
    "${env.X}",
    "${var.host}",
    "$${",
    "x",
    "\u0130\u0131",
    "-",
    ".",
    "#",
    "&a ",
    "*a",
    "<<: "
  };

  @Test
  void survivesMutations() {
    Random random = new Random(42);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          for (int round = 0; round < 400; round++) {
            StringBuilder text = new StringBuilder(Sample.VALID);
            for (int change = random.nextInt(3); change >= 0; change--) {
              int at = random.nextInt(text.length() - 20);
              if (random.nextBoolean()) {
                text.delete(at, at + random.nextInt(20));
              }
              text.insert(at, PIECES[random.nextInt(PIECES.length)]);
            }
            assertThat(Sample.report(text.toString())).isNotNull();
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tasks: {hr: {mode: cdc, include: [%s]}} # 1, ",
        "tasks: {hr: {mode: cdc, include: [%s]}} # \ud83d\ude00, ",
        "tasks: {%s} # hr%d: x, ",
        "%s # migratoin%d: x, ",
        "resources: {%s} # vpcc%d: {}, ",
        "resources: {dms-endpoint: {a: {%s}}} # x%d: {}, ",
        "resources: {dms-endpoint: {%s}} # a%d: {password: hunter2, pasword: hunter2}, ",
        "resources: {dms-task: {a: {rules: [%s]}}} # {}, ",
        "overrides: {%s} # vpc.a%d: {x: 1}, ",
        "variables: {%s} # a%d: {x: 1}, "
      })
  void takesBoundedTimeForFilesFullOfErrors(String pattern) {
    String[] parts = pattern.split(" # ", 2);
    StringBuilder repeated = new StringBuilder();
    for (int i = 0; repeated.length() < 150_000 && i < 8_000; i++) {
      repeated.append(parts[1].replace("%d", Integer.toString(i)));
    }
    String body = parts[0].startsWith("%s") ? "{" + repeated + "}" : "{" + parts[0] + "}";
    String text = body.replace("%s", repeated);

    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          Diagnostics found = Sample.check(text);
          assertThat(found.hasErrors()).isTrue();
          assertThat(DiagnosticText.render(found)).doesNotContain("hunter2");
        });
  }
}
