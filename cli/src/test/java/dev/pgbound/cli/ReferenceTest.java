package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.Shell.Result;
import dev.pgbound.engine.schema.FileSchema;
import dev.pgbound.engine.sections.SectionSchemas;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.ResourceSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference says what the declarations say, of all types and sections and of nothing else. */
class ReferenceTest {

  private static final Path FOLDER = Shell.PROJECT.resolve("docs/reference");
  private static final Path FURTHER = Path.of("src/test/resources/reference").toAbsolutePath();
  private static final Path MORE = FURTHER.resolve("migration.yaml");
  private static final Path EXAMPLES = Shell.PROJECT.resolve("examples");

  @Test
  void hasAPageForEveryTypeAndSection() throws IOException {
    List<String> pages = new ArrayList<>(List.of("README.md"));
    List<Attribute> sections = sections();
    try (Session session = Session.offline(Path.of(""))) {
      List<ResourceSchema> types = session.registry().schemas();
      for (ResourceSchema type : types) {
        pages.add(page(type.type(), ReferencePage.ofType(type, exampleOfType(type.type()))));
      }
      for (Attribute section : sections) {
        pages.add(
            page(section.name(), ReferencePage.ofSection(section, exampleOfKey(section.name()))));
      }
      page("README", ReferencePage.index(sections, types, FileSchema.meta(types.get(0))));
    }

    try (Stream<Path> files = Files.list(FOLDER)) {
      Set<String> there =
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
      assertThat(new TreeSet<>(there)).containsExactlyElementsOf(new TreeSet<>(pages));
    }
  }

  @Test
  void theFurtherExamplesAreValid() {
    Result result = new Shell(FURTHER).run("validate");

    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
  }

  private static List<Attribute> sections() {
    List<Attribute> sections = new ArrayList<>(FileSchema.head());
    sections.addAll(SectionSchemas.all().values());
    sections.addAll(FileSchema.rest());
    return sections;
  }

  private static String page(String name, String text) {
    Golden.assertFile(FOLDER.resolve(name + ".md"), text);
    return name + ".md";
  }

  private static String exampleOfType(String type) {
    Pattern block =
        Pattern.compile(String.format(Locale.ROOT, "(?m)^  %s:.*\\n(?:    .*\\n)*", type));
    return "resources:\n" + first(block, EXAMPLES.resolve("hr-resources/migration.yaml"), MORE);
  }

  private static String exampleOfKey(String key) {
    Pattern block = Pattern.compile(String.format(Locale.ROOT, "(?m)^%s:.*\\n(?:  .*\\n)*", key));
    return first(block, EXAMPLES.resolve("hr/migration.yaml"), MORE);
  }

  private static String first(Pattern block, Path... files) {
    for (Path file : files) {
      try {
        Matcher found = block.matcher(Files.readString(file));
        if (found.find()) {
          return found.group();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new AssertionError("add an example that fits " + block + " to " + MORE);
  }
}
