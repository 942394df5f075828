package dev.pgbound.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.SourceRange;
import dev.pgbound.spi.Value;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {

  private final Diagnostics sink = new Diagnostics();

  private Optional<Document> read(String text) {
    return YamlReader.read("m.yaml", text, sink);
  }

  private String report(String text) {
    read(text);
    return DiagnosticText.render(sink);
  }

  @Test
  void readsValuesInTheirOrder() {
    Document document = read("b: x\na: [1, {c: no}]\n---x: 'y'\n").orElseThrow();

    assertThat(document.root()).hasToString("{b=x, a=[1, {c=no}], ---x=y}");
    assertThat(sink.isEmpty()).isTrue();
  }

  @Test
  void remembersWhereKeysAndValuesAre() {
    SourceMap map =
        read("tasks:\n  hr:\n    include: [HR.*, \"\u00e9\ud83d\ude00\", x]\n").orElseThrow().map();

    assertThat(map.key(Pointer.parse("tasks.hr"))).isEqualTo(new SourceRange("m.yaml", 2, 3, 2, 5));
    assertThat(map.value(Pointer.parse("tasks.hr.include[1]")))
        .isEqualTo(new SourceRange("m.yaml", 3, 21, 3, 25));
    assertThat(map.value(Pointer.parse("tasks.hr.include[2]")))
        .isEqualTo(new SourceRange("m.yaml", 3, 27, 3, 28));
    assertThat(map.written(Pointer.parse("tasks.hr.include[0]"))).contains("HR.*");
    assertThat(map.written(Pointer.parse("tasks"))).isEmpty();
  }

  @Test
  void whatTheFileDoesNotHoldIsFoundAtTheNearestKey() {
    SourceMap map = read("tasks:\n  hr: {}\n").orElseThrow().map();
    SourceRange hr = new SourceRange("m.yaml", 2, 3, 2, 5);

    assertThat(map.value(Pointer.parse("tasks.hr.settings.a"))).isEqualTo(hr);
    assertThat(map.key(Pointer.parse("tasks.hr.settings.a"))).isEqualTo(hr);
    assertThat(map.within(Pointer.parse("tasks.hr.settings.a"), 3, 4)).isEqualTo(hr);
    assertThat(map.key(Pointer.parse("source")).line()).isEqualTo(1);
  }

  @Test
  void resolvesPathsWithDotsInNames() {
    SourceMap map = read("where:\n  HR.JOBS: x\n  HR.JOBS.OLD: y\n").orElseThrow().map();

    assertThat(map.resolve(Pointer.of("where"), "HR.JOBS.OLD"))
        .isEqualTo(Pointer.of("where", "HR.JOBS.OLD"));
    assertThat(map.resolve(Pointer.ROOT, "where.HR.JOBS"))
        .isEqualTo(Pointer.of("where", "HR.JOBS"));
    assertThat(map.resolve(Pointer.of("where"), "a.b")).isEqualTo(Pointer.of("where", "a", "b"));
  }

  @Test
  void aliasesRepeatValuesAndKeepTheirPlace() {
    Document document = read("a: &x {b: 1}\nc: *x\n").orElseThrow();

    assertThat(document.root().fields("c").number("b").map(Object::toString)).contains("1");
    assertThat(document.map().key(Pointer.parse("c.b")).line()).isEqualTo(1);
    assertThat(document.map().key(Pointer.parse("c")).line()).isEqualTo(2);
  }

  @Test
  void windowsLineEndsAndByteOrderMarkAreNoProblem() {
    Document document = read("\ufeffa: 1\r\nb:\r\n  c: 2\r\n").orElseThrow();

    assertThat(document.map().key(Pointer.parse("b.c")).position()).isEqualTo("m.yaml:3:3");
    assertThat(document.root().fields("b").get("c")).contains(Value.of(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "a: 1\\na: 2 ; FILE-008 ; 2:1",
        "a: {b: 1, \"b\": 2} ; FILE-008 ; 1:11",
        "a: 1\\n---\\nb: 2 ; FILE-009 ; 2:1",
        "a: !!str 1 ; FILE-010 ; 1:4",
        "a: [!HR.TMP] ; FILE-010 ; 1:5",
        "a: &x 1\\nb: {<<: *x} ; FILE-011 ; 2:5",
        "a: *x ; FILE-012 ; 1:4",
        "a: &x [*x] ; FILE-012 ; 1:8",
        "1: x ; FILE-015 ; 1:1",
        "true: x ; FILE-015 ; 1:1",
        "? [a]\\n: b ; FILE-015 ; 1:3",
        "- a ; FILE-016 ; 1:1",
        "just text ; FILE-016 ; 1:1",
        "# nothing ; FILE-005 ; 1:1",
        "~ ; FILE-016 ; 1:1",
        "a:\\n\\tb: 1 ; FILE-007 ; 2:1",
        "a:\\n  b: 1\\n \\tc: 1 ; FILE-007 ; 3:2",
        "a: \\u0007 ; FILE-004 ; 1:4",
        "a: \\u2028 ; FILE-004 ; 1:4",
        "a: b\\u0000 ; FILE-004 ; 1:5",
        "a: 'x\\nb: 1 ; FILE-006 ; 1:4",
        "a: \"\\q\" ; FILE-006 ; 1:6",
        "a: [1\\nb: 2 ; FILE-006 ; 1:4",
        "a: [1 b: 2 ; FILE-006 ; 1:11",
        "a: b: c ; FILE-006 ; 1:5",
        "a: 1\\n  b: 2 ; FILE-006 ; 2:4",
        "a: 1\\nb\\nc: 2 ; FILE-006 ; 2:1",
        "b\\n\\n# x\\nc: 2 ; FILE-006 ; 1:1",
        "a: 'it's' ; FILE-006 ; 1:8",
        "a:\\n  - 1\\n b: 2 ; FILE-006 ; 3:2",
        "- a\\nb: 1 ; FILE-006 ; 2:1",
        "a: - 1 ; FILE-006 ; 1:4",
        "a: @b ; FILE-006 ; 1:4",
        "a: *.HR ; FILE-006 ; 1:4",
        "a: |x\\n b ; FILE-006 ; 1:5",
        "a: } ; FILE-006 ; 1:4",
      })
  void findsEveryMistakeAtItsPlace(String text, String code, String position) {
    read(
        text.replace("\\n", "\n")
            .replace("\\t", "\t")
            .replace("\\u0007", "\u0007")
            .replace("\\u2028", "\u2028")
            .replace("\\u0000", "\u0000"));

    assertThat(sink.sorted())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.code()).isEqualTo(code);
              assertThat(found.range().orElseThrow().position()).isEqualTo("m.yaml:" + position);
            });
  }

  @Test
  void goesOnAfterMistakesThatLeaveTheStructureClear() {
    assertThat(read("a: 1\na: 2\n<<: {}\n5: x\nb: !t y\n")).isPresent();
    assertThat(sink.sorted()).hasSize(4);
  }

  @Test
  void duplicateKeyNamesThePlaceOfTheFirst() {
    assertThat(report("tasks:\n  hr: {}\n  x: {}\n  hr: {}\n"))
        .isEqualTo(
            """
            Error FILE-008: Duplicate key
              m.yaml:4:3  tasks.hr
                  4 |   hr: {}
                    |   ^^
              The key "hr" is already there in line 2. Keep one of the two.

            """);
  }

  @Test
  void explainsTextsThatNeedQuotes() {
    assertThat(report("include: [*.JOBS]\n"))
        .isEqualTo(
            """
            Error FILE-006: Not valid YAML
              m.yaml:1:11
                  1 | include: [*.JOBS]
                    |           ^
              A text cannot begin with one of the characters @ ` % & * ! | > without quotes. Put the text in quotes.

            """);
  }

  @Test
  void explainsReferencesThatNeedQuotes() {
    assertThat(report("source: {oracle: {host: ${var.host}}}\n"))
        .isEqualTo(
            """
            Error FILE-006: Not valid YAML
              m.yaml:1:25
                  1 | source: {oracle: {host: ${var.host}}}
                    |                         ^^
              Between braces and brackets a reference needs quotes: "${var.host}".

            """);
    assertThat(report("a: [${var.host}]\n")).contains("m.yaml:1:5\n").contains("needs quotes");
  }

  @Test
  void explainsIndentation() {
    assertThat(report("source:\n  oracle: x\n    port: 1521\n"))
        .isEqualTo(
            """
            Error FILE-006: Not valid YAML
              m.yaml:3:9
                  3 |     port: 1521
                    |         ^
              This line is indented deeper than line 2, which has a value already. Keys that belong together start in the same column.

            """);
  }

  @Test
  void refusesWhatIsTooLarge() {
    assertThat(read("a: " + "x".repeat(1 << 20))).isEmpty();
    assertThat(YamlReader.read("n.yaml", new byte[(1 << 20) + 1], sink)).isEmpty();

    assertThat(sink.sorted()).extracting("code").containsExactly("FILE-002", "FILE-002");
  }

  @Test
  void refusesDeepNesting() {
    assertThat(read("a: " + "[".repeat(48) + "]".repeat(48))).isPresent();
    assertThat(sink.isEmpty()).isTrue();
    assertThat(read("a: " + "[".repeat(100_000))).isEmpty();
    assertThat(read("- ".repeat(100_000))).isEmpty();
    assertThat(
            read(
                "a: &a "
                    + "[".repeat(30)
                    + "]".repeat(30)
                    + "\nb: "
                    + "[".repeat(30)
                    + "*a"
                    + "]".repeat(30)))
        .isEmpty();

    assertThat(sink.sorted()).extracting("code").containsOnly("FILE-013").hasSize(3);
  }

  @Test
  void refusesAliasesThatMultiply() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 6; i++) {
      text.append(
          String.format(
              Locale.ROOT,
              "a%d: &a%d [%s]\n",
              i,
              i,
              String.format(Locale.ROOT, "*a%d, ", i - 1).repeat(9)));
    }
    assertThat(read(text.toString())).isEmpty();
    assertThat(read("a: &x 1\nb: [" + "*x, ".repeat(51) + "]\n")).isEmpty();

    assertThat(sink.sorted()).extracting("code").containsExactly("FILE-014", "FILE-014");
  }

  @Test
  void refusesOtherEncodings() {
    byte[] latin = "a: 1\nb: \u00e9x\n".getBytes(StandardCharsets.ISO_8859_1);
    byte[] utf16 = "\ufeffa: 1\n".getBytes(StandardCharsets.UTF_16LE);
    byte[] utf16Plain = "a: 1\n".getBytes(Charset.forName("UTF-16LE"));

    YamlReader.read("latin.yaml", latin, sink);
    YamlReader.read("utf16.yaml", utf16, sink);
    YamlReader.read("utf16plain.yaml", utf16Plain, sink);

    assertThat(sink.sorted())
        .extracting(found -> found.range().orElseThrow().position() + " " + found.code())
        .containsExactly(
            "latin.yaml:2:4 FILE-003", "utf16.yaml:1:1 FILE-003", "utf16plain.yaml:1:2 FILE-004");
  }
}
