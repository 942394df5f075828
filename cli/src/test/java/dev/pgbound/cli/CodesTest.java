package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.Shell.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every diagnostic code is explained, with a wrong and a right example that do as they say. */
class CodesTest {

  private static final Pattern LITERAL = Pattern.compile("\"([A-Z]{2,}-[0-9]{3})\"");

  @TempDir private Path folder;

  static Stream<String> codes() {
    return CodePage.all().stream().map(CodePage::code);
  }

  @ParameterizedTest
  @MethodSource("codes")
  void examplesDoAsTheySay(String code) {
    CodePage page =
        CodePage.all().stream().filter(one -> one.code().equals(code)).findFirst().orElseThrow();
    String base = CodeExample.base();

    Result wrong = new CodeExample(base, folder(folder, "wrong")).run(page.wrong());
    Result right = new CodeExample(base, folder(folder, "right")).run(page.right());

    Set<String> expected = new TreeSet<>(page.company());
    expected.add(code);
    assertThat(CodeExample.codes(wrong)).as(wrong.out() + wrong.err()).isEqualTo(expected);
    assertThat(wrong.err()).as("the heading").matches(saysOnly(code, page.heading()));
    assertThat(CodeExample.codes(right)).as(right.out() + right.err()).isEmpty();
    assertThat(right.code()).as(right.err()).isZero();
  }

  /** Refusals have no heading of their own; findings have. */
  private static Predicate<String> saysOnly(String code, String heading) {
    Pattern said = Pattern.compile(" " + code + ": (.*)");
    return text -> said.matcher(text).results().allMatch(one -> one.group(1).equals(heading));
  }

  private static Path folder(Path parent, String name) {
    try {
      return Files.createDirectory(parent.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyCodeOfTheSourcesHasAPageAndNoPageIsLeftOver() throws IOException {
    Set<String> written = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Shell.PROJECT)) {
      for (Path file : files.filter(CodesTest::isMainSource).toList()) {
        LITERAL
            .matcher(Files.readString(file))
            .results()
            .map(match -> match.group(1))
            .filter(code -> !code.equals("SHA-256"))
            .forEach(written::add);
      }
    }

    Set<String> explained = codes().collect(Collectors.toCollection(TreeSet::new));
    assertThat(without(written, explained)).as("codes without a page").isEmpty();
    assertThat(without(explained, written)).as("pages without a code").isEmpty();
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  private static boolean isMainSource(Path file) {
    String path = Shell.PROJECT.relativize(file).toString().replace('\\', '/');
    return path.contains("src/main/java/") && path.endsWith(".java");
  }

  @Test
  void theIndexListsEveryCode() throws IOException {
    Path index = CodePage.FOLDER.resolve(CodePage.INDEX);
    String head = Files.readString(index).replaceFirst("(?s)\n## All codes\n.*", "");
    List<String> lines = new ArrayList<>();
    for (CodePage page : CodePage.all()) {
      String area = page.code().replaceFirst("-.*", "").toLowerCase(Locale.ROOT);
      String anchor =
          (page.code() + ": " + page.heading())
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^a-z0-9 _-]", "")
              .replace(' ', '-');
      lines.add(
          String.format(
              Locale.ROOT,
              "| [%s](%s.md#%s) | %s |",
              page.code(),
              area,
              anchor,
              page.heading().replace("|", "\\|")));
    }
    Golden.assertFile(
        index,
        head + "\n## All codes\n\n| code | says |\n|---|---|\n" + String.join("\n", lines) + "\n");
  }
}
