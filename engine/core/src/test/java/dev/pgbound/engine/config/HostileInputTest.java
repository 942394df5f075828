package dev.pgbound.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No input makes reading throw, hang, or end without a document or a diagnostic. */
class HostileInputTest {

  private static final String FILE =
      """
      version: 1
      migration: hr   # comment
      variables: {host: db, port: {default: 1521, type: number}}
      source:
        oracle: {host: "${var.host}", port: '${var.port}', service: ORCL}
      tasks: &tasks
        hr:
          include:
            - HR.*
            - "A\\tB"
          where: |
            multi ${vpc.main}
            line
          folded: >-
            text
      copy: *tasks
      ? key
      : [a, {b: c}, !t d]
      """;

  private static final String[] PIECES = {
    "\t",
    "'",
    "\"",
    "{",
    "}",
    "[",
    "]",
    ":",
    ": ",
    "- ",
    "#",
    "&a ",
    "*a",
    "!",
    "!!int ",
    "|",
    ">",
    "%",
    "@",
    "`",
    "?",
    "? ",
    "---\n",
    "...\n",
    "\n",
    "\r",
    "\u0000",
    "\u2028",
    "\ufeff",
    "\ud800",
    "${",
    "${var.host}",
    "}",
    "$${",
    "<<: ",
    "\\",
    "\\u",
    "\\x4",
    "~",
    ",",
    "\n\n  \n",
    "  ",
    "\ud83d\ude00",
    "%YAML 1.1\n",
    "%TAG ! x\n",
    "!<",
    "|9\n",
    "|+-\n",
    "0x",
    "1e9",
    "\u0130"
  };

  private static void read(byte[] bytes) {
    Diagnostics sink = new Diagnostics();
    Optional<Document> document = YamlReader.read("m.yaml", bytes, sink);
    document.ifPresent(found -> Variables.fillIn(found, Map.of("host", "x", "y", "z"), sink));
    assertThat(document.isPresent() || sink.hasErrors()).isTrue();
    assertThat(DiagnosticText.render(sink)).doesNotContain("org.yaml", "in 'reader'", "\u0000");
  }

  @Test
  void survivesMutations() {
    Random random = new Random(20260101);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          for (int round = 0; round < 800; round++) {
            StringBuilder text = new StringBuilder(FILE);
            for (int change = random.nextInt(4); change >= 0; change--) {
              int at = random.nextInt(text.length());
              switch (random.nextInt(3)) {
                case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(12)));
                default -> text.setCharAt(at, (char) random.nextInt(0x180));
              }
            }
            read(text.toString().getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  @Test
  void survivesRandomBytesAndRandomPieces() {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      read(bytes);
      StringBuilder text = new StringBuilder();
      for (int piece = random.nextInt(30); piece >= 0; piece--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      read(text.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  static Stream<String> large() {
    return Stream.of(
            "a",
            "[",
            "{",
            "- ",
            "? ",
            "'",
            "\"",
            "a: ",
            "a:\n",
            "&a ",
            "*a ",
            "!",
            "${",
            "\n",
            " ",
            "\t",
            "a: b\n",
            "x, ",
            "[a, ",
            "{a: ",
            "|\n",
            "#",
            "\\",
            "- a\n",
            "? a\n",
            "a: ${x}\n",
            "\u00e9",
            "password: ",
            "password: \"\\")
        .flatMap(
            piece ->
                Stream.of("", "a: ", "a: [", "a: \"")
                    .map(start -> start + piece.repeat(((1 << 18) - 200) / utf8(piece))));
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("large")
  void takesBoundedTimeForLargeInput(String text) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(30), () -> read(text.getBytes(StandardCharsets.UTF_8)));
  }
}
