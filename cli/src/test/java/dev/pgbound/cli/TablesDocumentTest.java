package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of docs/tables.md say what pgbound does. */
class TablesDocumentTest {

  private static final Pattern BLOCK =
      Pattern.compile("```(yaml catalog.yaml|yaml task|text)\n(.*?)```\n", Pattern.DOTALL);

  private static final String AROUND =
      """
      version: 1
      migration: hr
      region: us-east-1
      tables: catalog.yaml
      network: {cidr: 10.0.0.0/16}
      replication: {instance: dms.r6i.large}
      source: {oracle: {service: ORCL, secret: hr/oracle}}
      target:
        aurora-postgresql:
          {version: "16.4", instances: [db.r6i.large], database: hr, deletionProtection: true}
      alerts: {notify: dba@example.com}
      tasks:
        hr:
          settings: {TargetMetadata: {LobMaxSize: 32}}
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("examples")
  void doesWhatTheExampleSays(String catalog, String task, String expected) {
    Shell shell = new Shell(folder);
    shell.write("catalog.yaml", catalog);
    shell.write("migration.yaml", AROUND + task.indent(4));

    Result result = shell.run("validate", "--tables");

    String actual = said(result);
    int rest = expected.indexOf("...\n");
    assertThat(rest < 0 ? actual : actual.substring(0, Math.min(rest, actual.length())))
        .isEqualTo(rest < 0 ? expected : expected.substring(0, rest));
  }

  static Stream<Arguments> examples() throws IOException {
    Matcher blocks = BLOCK.matcher(Files.readString(Shell.PROJECT.resolve("docs/tables.md")));
    List<Arguments> examples = new ArrayList<>();
    String catalog = "";
    String task = "";
    while (blocks.find()) {
      switch (blocks.group(1)) {
        case "yaml catalog.yaml" -> catalog = blocks.group(2);
        case "yaml task" -> task = blocks.group(2);
        default -> examples.add(Arguments.of(catalog, task, blocks.group(2)));
      }
    }
    assertThat(examples).hasSizeGreaterThan(7);
    return examples.stream();
  }

  /** What is found, without places of the file around the example, and what becomes of tables. */
  private static String said(Result result) {
    String findings =
        result
            .err()
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("Error: "))
            .filter(line -> !line.matches("  migration.yaml:.*| +\\d+ \\|.*| +\\|.*"))
            .reduce("", (all, line) -> all + line + "\n");
    int tables = result.out().indexOf("tables of ");
    return findings + (tables < 0 ? "" : result.out().substring(tables));
  }
}
