package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.Type;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What must hold for the schemas of all types, and what they are derived to be. */
final class SchemasTest {

  private final List<ResourceType> types =
      new AwsProvider(AwsSettings.fromEnvironment(), CallListener.NONE).types();

  @Test
  void allSchemasCanBeBuiltWithoutAConnection() {
    assertThat(types).allSatisfy(type -> assertThat(type.schema().attributes()).isNotEmpty());
    assertThat(types).extracting(type -> type.schema().type()).doesNotHaveDuplicates();
  }

  @Test
  void everyAttributeIsDescribedInOneLine() {
    for (ResourceType type : types) {
      for (Attribute attribute : type.schema().attributes()) {
        assertThat(attribute.doc())
            .as("%s.%s", type.schema().type(), attribute.name())
            .endsWith(".")
            .doesNotContain("\n");
      }
    }
  }

  @Test
  void everyTaggedObjectCanBeReferredToByIdentifier() {
    for (ResourceType type : types) {
      ResourceSchema schema = type.schema();
      Attribute output = schema.attribute(schema.identifierOutput()).orElseThrow();
      assertThat(output.is(Flag.COMPUTED) || output.is(Flag.IDENTIFIER)).as(schema.type()).isTrue();
    }
  }

  @Test
  void derivesTypesFromTheCreateRequest() {
    ResourceSchema vpc = schema("vpc");

    assertThat(vpc.attributes())
        .extracting(Attribute::name)
        .containsExactly(
            "cidrBlock",
            "instanceTenancy",
            "tags",
            "enableDnsSupport",
            "enableDnsHostnames",
            "isDefault",
            "vpcId",
            "arn");
    assertThat(vpc.attribute("instanceTenancy").orElseThrow().type())
        .isEqualTo(Type.words("default", "dedicated", "host"));
    assertThat(vpc.attribute("cidrBlock").orElseThrow().is(Flag.REQUIRED)).isTrue();
    assertThat(vpc.attribute("tags").orElseThrow().type()).isEqualTo(Type.map(Type.text()));
  }

  private ResourceSchema schema(String name) {
    return types.stream()
        .map(ResourceType::schema)
        .filter(schema -> schema.type().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
