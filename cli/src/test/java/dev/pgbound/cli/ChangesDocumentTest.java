package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.ImpactTable.How;
import dev.pgbound.cli.ImpactTable.Line;
import dev.pgbound.spi.ResourceSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of docs/changes.md are what the types declare; -Dgolden.update=true writes them. */
class ChangesDocumentTest {

  private static final Path DOCUMENT = Shell.PROJECT.resolve("docs/changes.md");
  private static final Pattern TABLE =
      Pattern.compile("<!-- changes of ([a-z-]+) -->\n.*?<!-- end -->", Pattern.DOTALL);

  @Test
  void everyTableIsWhatTheTypesDeclare() throws IOException {
    Map<String, ResourceSchema> schemas =
        ImpactTable.schemas().stream()
            .collect(Collectors.toMap(ResourceSchema::type, schema -> schema));
    TreeSet<String> missing = new TreeSet<>(schemas.keySet());

    String document =
        TABLE
            .matcher(Files.readString(DOCUMENT))
            .replaceAll(
                found -> {
                  missing.remove(found.group(1));
                  return Matcher.quoteReplacement(
                      String.format(
                          Locale.ROOT,
                          "<!-- changes of %s -->\n%s<!-- end -->",
                          found.group(1),
                          table(Optional.ofNullable(schemas.get(found.group(1))).orElseThrow())));
                });

    assertThat(missing).as("types without a table").isEmpty();
    Golden.assertFile(DOCUMENT, document);
  }

  private static String table(ResourceSchema schema) {
    Map<String, List<Line>> rows =
        ImpactTable.lines(schema).stream()
            .filter(line -> line.how() != How.DELETE)
            .collect(
                Collectors.groupingBy(
                    ChangesDocumentTest::course, LinkedHashMap::new, Collectors.toList()));
    StringBuilder text =
        new StringBuilder("| a change of | is made | impact | what happens |\n|---|---|---|---|\n");
    rows.forEach(
        (course, lines) ->
            text.append("| ")
                .append(
                    lines.stream()
                        .map(line -> "`" + line.change() + "`")
                        .collect(Collectors.joining(", ")))
                .append(course)
                .append('\n'));
    ImpactTable.lines(schema).stream()
        .filter(line -> line.how() == How.DELETE)
        .forEach(line -> text.append("| *its deletion*").append(course(line)).append('\n'));
    return text.toString();
  }

  private static String course(Line line) {
    return String.format(
        Locale.ROOT,
        " | %s | %s | %s |",
        line.how() == How.DELETE ? "" : line.how(),
        line.impact().word(),
        line.why().isEmpty() ? "nobody notices" : line.why());
  }
}
