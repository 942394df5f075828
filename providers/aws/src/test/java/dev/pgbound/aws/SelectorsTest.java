package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Ownership;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file may say under {@code existing} is a question that AWS can be asked. */
class SelectorsTest {

  private final SimulatedWorld world = new SimulatedWorld();

  @AfterEach
  void close() {
    world.close();
  }

  static Stream<String> types() {
    try (SimulatedWorld world = new SimulatedWorld()) {
      return world.provider().types().stream()
          .map(ResourceType::schema)
          .filter(schema -> schema.ownership() == Ownership.TAGGED && schema.within().isEmpty())
          .map(ResourceSchema::type);
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void findsNothingInAnEmptyAccount(String name) {
    ResourceType type =
        world.provider().types().stream()
            .filter(one -> one.schema().type().equals(name))
            .findFirst()
            .orElseThrow();
    Fields nobody = Fields.NONE.with("tags", Fields.NONE.with("team", "nobody"));

    assertThat(type.lookup(nobody, TestContext.discovery())).isEmpty();
    type.schema().attributes().stream()
        .filter(attribute -> mayBeSelectedBy(attribute, type.schema()))
        .forEach(
            attribute ->
                assertThat(
                        type.lookup(
                            Fields.NONE.with(attribute.name(), value(attribute)),
                            TestContext.discovery()))
                    .as(attribute.name())
                    .isEmpty());
  }

  private static boolean mayBeSelectedBy(Attribute attribute, ResourceSchema schema) {
    return attribute.type() instanceof Type.TextType
        && !attribute.is(Flag.SENSITIVE)
        && (attribute.name().equals(schema.identifierOutput())
            || attribute.is(Flag.IDENTIFIER)
            || attribute.is(Flag.COMPUTED));
  }

  private static Value value(Attribute attribute) {
    return Value.of(
        attribute.name().toLowerCase(Locale.ROOT).endsWith("arn")
            ? "arn:aws:sns:us-east-1:123456789012:nobody"
            : "nobody");
  }
}
