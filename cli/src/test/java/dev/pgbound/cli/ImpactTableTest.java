package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.pgbound.cli.ImpactTable.How;
import dev.pgbound.cli.ImpactTable.Line;
import dev.pgbound.engine.plan.AttributeChange;
import dev.pgbound.engine.plan.Differ;
import dev.pgbound.engine.plan.Fingerprint;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every attribute of every type has a line in a table that somebody has read: how it changes and
 * what that does to a migration. Plans do what the table says.
 */
class ImpactTableTest {

  private static final Path REVIEWED = Path.of("src", "test", "resources", "impacts.txt");

  /** Where any two texts are not two values. */
  private static final Map<String, List<String>> SAMPLES =
      Map.of(
          "engineVersion", List.of("3.5.3", "17.1"),
          "extraConnectionAttributes", List.of("a=1", "b=2"));

  @Test
  void everyAttributeHasItsReviewedLine() throws IOException {
    List<String> declared =
        ImpactTable.schemas().stream()
            .flatMap(schema -> ImpactTable.lines(schema).stream())
            .map(Line::toString)
            .toList();

    assertThat(declared)
        .as("look whether it is right, then write it into %s", REVIEWED)
        .containsExactlyInAnyOrderElementsOf(reviewed());
  }

  @Test
  void noAttributeIsReviewedTwice() throws IOException {
    assertThat(reviewed())
        .extracting(line -> line.substring(0, 86))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(250);
  }

  @TestFactory
  Stream<DynamicTest> plansDoWhatTheTableSays() {
    return ImpactTable.schemas().stream()
        .flatMap(
            schema ->
                ImpactTable.lines(schema).stream()
                    .filter(line -> line.how() != How.DELETE)
                    .map(
                        line ->
                            dynamicTest(
                                line.type() + " " + line.change(), () -> planned(schema, line))));
  }

  private static List<String> reviewed() throws IOException {
    return Files.readAllLines(REVIEWED).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  private static void planned(ResourceSchema schema, Line line) {
    String[] path = line.path().split("\\.");
    Attribute attribute = schema.attribute(path[0]).orElseThrow();
    Sample sample = Sample.at(attribute, path, 1, line.value());
    Fields before = Fields.NONE.with(path[0], sample.before());
    Fields after = Fields.NONE.with(path[0], sample.after());
    Live live =
        new Live(
            "it",
            before,
            Map.of(Live.DIGEST_TAG, Fingerprint.digest(schema, before)),
            Live.Health.READY);

    List<AttributeChange> changes = Differ.compare(schema, after, live);

    assertThat(changes).isNotEmpty();
    assertThat(changes)
        .allSatisfy(
            change -> {
              boolean replaces = change.forcesReplacement();
              Impact impact =
                  replaces ? Impact.worse(change.impact(), schema.deletion()) : change.impact();
              assertThat(How.of(replaces, impact)).isEqualTo(line.how());
              assertThat(impact).isEqualTo(line.impact());
            });
  }

  /** Two values of an attribute. */
  private record Sample(Value before, Value after) {

    /** Different at {@code path} only; {@code value}, if any, is what it changes to. */
    static Sample at(
        Attribute attribute, String[] path, int depth, java.util.Optional<Value> value) {
      if (depth < path.length) {
        Type.ObjectType object = (Type.ObjectType) attribute.type();
        Attribute member = object.attribute(path[depth]).orElseThrow();
        return at(member, path, depth + 1, value).inside(member.name());
      }
      if (value.isPresent()) {
        return value.get() instanceof Value.Null
            ? of(attribute).turned()
            : new Sample(new Value.Text("something else"), value.get());
      }
      return of(attribute);
    }

    private static Sample of(Attribute attribute) {
      Sample sample = of(attribute.name(), attribute.type());
      boolean special = attribute.effects().containsKey(sample.after());
      return special ? sample.turned() : sample;
    }

    private static Sample of(String name, Type type) {
      List<String> texts = SAMPLES.getOrDefault(name, List.of("one", "two"));
      if (type instanceof Type.ListType list) {
        Value element = of(name, list.element()).after();
        return new Sample(Value.of(List.of()), new Value.Items(List.of(element)));
      } else if (type instanceof Type.MapType map) {
        return of(name, map.value()).inside("key");
      } else if (type instanceof Type.ObjectType object) {
        Attribute member = usual(object);
        return of(member).inside(member.name());
      } else if (type instanceof Type.EnumType words) {
        List<String> two = words.words();
        return new Sample(Value.of(two.get(0)), Value.of(two.get(two.size() - 1)));
      } else if (type instanceof Type.BoolType) {
        return new Sample(Value.of(false), Value.of(true));
      } else if (type instanceof Type.IntType || type instanceof Type.DecimalType) {
        return new Sample(Value.of(1), Value.of(2));
      }
      return new Sample(Value.of(texts.get(0)), Value.of(texts.get(1)));
    }

    /** A member to which applies what applies to the whole. */
    private static Attribute usual(Type.ObjectType object) {
      return object.attributes().stream()
          .filter(member -> !member.is(Flag.IMMUTABLE) && member.impact().isEmpty())
          .filter(member -> !member.is(Flag.WRITE_ONLY))
          .filter(member -> !member.name().equals("Logging"))
          .findFirst()
          .orElseThrow();
    }

    private Sample inside(String name) {
      return new Sample(Fields.NONE.with(name, before), Fields.NONE.with(name, after));
    }

    private Sample turned() {
      return new Sample(/* before= */ after, /* after= */ before);
    }
  }
}
