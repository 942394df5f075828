package dev.pgbound.engine.sections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.Types;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.config.Document;
import dev.pgbound.engine.config.Pointer;
import dev.pgbound.engine.config.YamlReader;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ExpansionTest {

  private final Diagnostics sink = new Diagnostics();

  /** Every value stands beside the place in the file that it comes from. */
  @Test
  void expandsAShortFileIntoResourcesThatKnowWhereTheyComeFrom() {
    Expansion expansion = expand(resource("short.yaml"));

    assertThat(sink.sorted()).isEmpty();
    assertThat(render(expansion)).isEqualTo(resource("short.expanded.txt"));
  }

  @Test
  void expandsTheSameFileInTheSameWayEveryTime() {
    assertThat(render(expand(resource("short.yaml"))))
        .isEqualTo(render(expand(resource("short.yaml"))));
  }

  @Test
  void fillsInNamesAndDefaultsOfDeclaredResources() {
    Resource box = find(expand("migration: hr\nresources: {box: {b: {text: x}}}\n"), "b");

    assertThat(box.attributes())
        .isEqualTo(
            Value.Fields.NONE.with("text", "x").with("name", "hr-b").with("size", Value.of(7)));
  }

  @Test
  void callsWhatThereIsOneOfAsTheMigration() {
    Expansion expansion = expand("migration: hr\nresources: {box: {main: {}, hr: {}}}\n");

    assertThat(find(expansion, "main").attributes().text("name")).contains("hr");
    assertThat(find(expansion, "hr").attributes().text("name")).contains("hr");
  }

  @Test
  void patchesResourcesFromOverridesAndKeepsThePlaces() {
    Expansion expansion =
        expand(
            """
            migration: hr
            resources: {box: {b: {text: x, list: [a, b]}}}
            overrides:
              box.b: {list: [c], size: 9, protect: true, timeouts: {create: 40m}}
            """);

    Resource box = find(expansion, "b");
    assertThat(box.attributes().texts("list")).containsExactly("c");
    assertThat(box.attributes().text("text")).contains("x");
    assertThat(box.meta().protect()).isTrue();
    assertThat(box.meta().timeouts().values()).containsExactly(Duration.ofMinutes(40));
    Origins origins = expansion.origins(box.address());
    assertThat(origins.pointer(Pointer.of("size"))).hasToString("overrides.box.b.size");
    assertThat(origins.pointer(Pointer.of("text"))).hasToString("resources.box.b.text");
  }

  private Expansion expand(String yaml) {
    byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
    Document document = YamlReader.read("short.yaml", bytes, sink).orElseThrow();
    return Sections.expand(document, Types.registry("box"), sink);
  }

  private static Resource find(Expansion expansion, String name) {
    return expansion.resources().stream()
        .filter(resource -> resource.address().equals(new Address("box", name)))
        .findFirst()
        .orElseThrow();
  }

  private static String render(Expansion expansion) {
    StringBuilder text = new StringBuilder();
    for (Resource resource : expansion.resources()) {
      Origins origins = expansion.origins(resource.address());
      text.append(resource.address()).append(management(resource)).append(" <- ");
      text.append(origins.pointer(Pointer.ROOT)).append('\n');
      for (Pointer leaf : Leaves.of(resource.attributes())) {
        Value value = resource.attributes();
        for (String segment : leaf.segments()) {
          value = ((Value.Fields) value).get(segment).orElseThrow();
        }
        text.append(
            String.format(Locale.ROOT, "  %s: %s <- %s\n", leaf, value, origins.pointer(leaf)));
      }
      resource.meta().dependsOn().forEach(on -> text.append("  after ").append(on).append('\n'));
    }
    return text.toString();
  }

  private static String management(Resource resource) {
    return switch (resource.meta().management()) {
      case OWNED -> "";
      case SHARED -> " (shared)";
      case EXISTING ->
          String.format(Locale.ROOT, " (existing %s)", resource.meta().existing().orElseThrow());
    };
  }

  private static String resource(String name) {
    try (InputStream in = ExpansionTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
