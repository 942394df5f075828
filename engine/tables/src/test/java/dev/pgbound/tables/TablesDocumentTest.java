package dev.pgbound.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Type;
import dev.pgbound.tables.catalog.CatalogFile;
import dev.pgbound.tables.expression.Expression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The document about tables knows everything that the code knows. */
final class TablesDocumentTest {

  private final String document = read();

  @Test
  void listsEveryFinding() {
    Rows rows = new Rows();
    Arrays.stream(TableFinding.values()).forEach(finding -> finding.report(rows, "", ""));
    Arrays.stream(RuleFinding.values()).forEach(finding -> finding.report(rows, "", ""));

    assertThat(document.lines()).containsAll(rows.rows);
    assertThat(document.lines().filter(line -> line.matches("\\| (TABLE|TASK)-.*")))
        .containsExactlyElementsOf(rows.rows);
  }

  @Test
  void explainsEveryWordOfTheGrammar() {
    List<String> words = new ArrayList<>();
    Arrays.stream(RuleAction.values())
        .filter(action -> action.kind() != RuleAction.Kind.VALIDATION)
        .forEach(action -> words.add(action.word()));
    Arrays.stream(RowFilter.Operator.values()).forEach(operator -> words.add(operator.word()));
    words.addAll(Expression.HEADERS);
    words.addAll(Expression.METADATA);
    words.addAll(keysOfATable());

    assertThat(words).allMatch(word -> document.matches("(?s).*[`$ ]" + word + "[`, .\n].*"));
  }

  private static List<String> keysOfATable() {
    Type.MapType schemas = (Type.MapType) CatalogFile.ATTRIBUTES.get(1).type();
    Type.MapType tables =
        (Type.MapType) ((Type.ObjectType) schemas.value()).attributes().get(0).type();
    return ((Type.ObjectType) tables.value()).attributes().stream().map(Attribute::name).toList();
  }

  private static String read() {
    try {
      return Files.readString(Path.of("../../docs/tables.md"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Findings as the rows of the document. */
  private static final class Rows implements Problems {
    private final List<String> rows = new ArrayList<>();

    @Override
    public void error(String path, String code, String summary, String detail) {
      rows.add("| " + code + " | error | " + summary + " |");
    }

    @Override
    public void warning(String path, String code, String summary, String detail) {
      rows.add("| " + code + " | warning | " + summary + " |");
    }
  }
}
