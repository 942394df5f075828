package dev.pgbound.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.Types;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.config.Document;
import dev.pgbound.engine.config.YamlReader;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.engine.sections.Sections;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Diagnostic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CycleTest {

  private final Diagnostics sink = new Diagnostics();

  @Test
  void namesEveryEdgeOfACircleWithItsPlace() {
    build(
        """
        resources:
          box:
            a: {text: "${box.b}"}
            b: {list: [x, "${box.c}"]}
            c: {dependsOn: [box.a]}
        """);

    assertThat(sink.sorted())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.code()).isEqualTo("GRAPH-003");
              assertThat(found.detail())
                  .isEqualTo(
                      """
                      None of these 3 resources can be made first:
                      box.a needs box.b: ${box.b} (file:3:16)
                      box.b needs box.c: ${box.c} (file:4:20)
                      box.c needs box.a: dependsOn (file:5:21)
                      Remove one of the references.""");
            });
  }

  @Test
  void findsAResourceThatNeedsItself() {
    build("resources: {box: {a: {text: \"${box.a}\"}}}\n");

    assertThat(sink.sorted().get(0).detail()).contains("box.a needs box.a");
  }

  @Test
  void showsTheShortestCircleOnly() {
    build(
        """
        resources:
          box:
            a: {dependsOn: [box.b, box.c]}
            b: {dependsOn: [box.c]}
            c: {dependsOn: [box.a]}
        """);

    assertThat(sink.sorted())
        .singleElement()
        .satisfies(found -> assertThat(found.detail()).contains("these 2 resources"));
  }

  @Test
  void putsDependenciesFirstAndEqualsByAddress() {
    ResourceGraph graph =
        build(
            """
            resources:
              box: {z: {}, a: {text: "${box.m}"}, m: {}, b: {}}
            """);

    assertThat(sink.isEmpty()).isTrue();
    assertThat(graph.cycle()).isEmpty();
    assertThat(graph.order())
        .extracting(Address::toString)
        .containsExactly("box.b", "box.m", "box.a", "box.z");
  }

  @Test
  void reportsReferencesThatLeadNowhereWithTheNearestName() {
    build("resources: {box: {main: {text: \"${box.mein}\", list: [\"${box.main.txt}\"]}}}\n");

    assertThat(sink.sorted())
        .extracting(Diagnostic::code, Diagnostic::detail)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "GRAPH-001", "There is no resource box.mein. Did you mean \"box.main\"?"),
            org.assertj.core.groups.Tuple.tuple(
                "GRAPH-002", "A box has no output \"txt\". Did you mean \"text\"?"));
  }

  @Test
  void knowsWhatNeedsAResourceAndWhatItNeedsAtAnyDistance() {
    ResourceGraph graph =
        build("resources: {box: {a: {text: \"${box.b}\"}, b: {text: \"${box.c}\"}, c: {}}}\n");

    assertThat(graph.allDependencies(new Address("box", "a")))
        .isEqualTo(java.util.Set.copyOf(List.of(new Address("box", "b"), new Address("box", "c"))));
    assertThat(graph.allDependents(new Address("box", "c"))).hasSize(2);
  }

  private ResourceGraph build(String yaml) {
    Registry registry = Types.registry("box");
    byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
    Document document = YamlReader.read("file", bytes, sink).orElseThrow();
    return GraphBuilder.build(registry, Sections.expand(document, registry, sink), sink);
  }
}
