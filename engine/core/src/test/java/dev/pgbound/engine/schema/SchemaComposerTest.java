package dev.pgbound.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Type;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SchemaComposerTest {

  private final JsonNode schema = JsonMapper.shared().readTree(SchemaComposer.compose(Sample.FILE));

  private JsonNode endpoint(String attribute) {
    return schema.at("/definitions/dms-endpoint/properties/" + attribute);
  }

  @Test
  void closesTheFileAndEveryResource() {
    assertThat(schema.at("/$schema").stringValue())
        .isEqualTo("http://json-schema.org/draft-07/schema#");
    assertThat(schema.at("/additionalProperties").booleanValue()).isFalse();
    assertThat(schema.at("/required")).hasToString("[\"version\",\"migration\",\"region\"]");
    assertThat(schema.at("/properties").propertyNames())
        .containsExactly(
            "version",
            "migration",
            "region",
            "account",
            "tables",
            "accept",
            "policies",
            "variables",
            "source",
            "target",
            "replication",
            "tasks",
            "resources",
            "overrides");
    assertThat(schema.at("/definitions/vpc/additionalProperties").booleanValue()).isFalse();
  }

  @Test
  void offersAttributesAndMetaAttributesButNotWhatTheServiceSets() {
    assertThat(schema.at("/definitions/vpc/properties").propertyNames())
        .containsExactly(
            "cidrBlock",
            "enableDnsSupport",
            "tags",
            "dependsOn",
            "protect",
            "timeouts",
            "existing",
            "adopt",
            "shared");
    assertThat(schema.at("/definitions/vpc/properties/existing/properties").propertyNames())
        .containsExactly("vpcId", "tags");
  }

  @Test
  void acceptsReferencesWhereAnotherTypeIsExpected() {
    assertThat(endpoint("port"))
        .hasToString(
            "{\"description\":\"The port.\",\"type\":[\"integer\",\"string\"],"
                + "\"pattern\":\"^\\\\$\\\\{[^}]*\\\\}$\",\"patternErrorMessage\":\"Expected a whole"
                + " number from 1 to 65535, or a reference ${...}.\",\"minimum\":1,"
                + "\"maximum\":65535}");
    assertThat(endpoint("endpointType/anyOf/0")).hasToString("{\"enum\":[\"source\",\"target\"]}");
  }

  @Test
  void requiresInResourcesButNotInOverrides() {
    assertThat(schema.at("/properties/resources/properties/dms-endpoint/additionalProperties"))
        .hasToString(
            "{\"allOf\":[{\"$ref\":\"#/definitions/dms-endpoint\"},"
                + "{\"if\":{\"required\":[\"existing\"]},"
                + "\"else\":{\"required\":[\"endpointType\",\"engineName\"],"
                + "\"properties\":{\"oracleSettings\":{\"required\":[\"secretId\"]}}}}]}");
    assertThat(schema.at("/properties/overrides/patternProperties"))
        .asString()
        .contains("{\"$ref\":\"#/definitions/dms-endpoint\"}");
    assertThat(endpoint("oracleSettings").has("required")).isFalse();
  }

  @Test
  void isEqualForEqualInputInAnyOrder() {
    List<ResourceSchema> types = Sample.FILE.types();
    List<ResourceSchema> reversed = List.of(types.get(2), types.get(1), types.get(0));
    String text = SchemaComposer.compose(FileSchema.of(types, List.of()));

    assertThat(SchemaComposer.compose(FileSchema.of(reversed, List.of()))).isEqualTo(text);
    assertThat(text).endsWith("\n}\n").doesNotContain("\r").matches("\\A\\p{ASCII}*\\z");
  }

  @Test
  void refusesTypesThatClashWithTheFile() {
    ResourceSchema vpc = Sample.FILE.type("vpc").orElseThrow();
    ResourceSchema bad = type(Attribute.named("protect", Type.bool(), "x"));

    assertThatThrownBy(() -> FileSchema.of(List.of(vpc, vpc), List.of()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> FileSchema.of(List.of(bad), List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("protect");
  }

  @Test
  void refusesPatternsThatEditorsReadDifferently() {
    FileSchema file =
        FileSchema.of(
            List.of(type(Attribute.named("a", Type.text("(?i)x", "an x"), "x"))), List.of());

    assertThatThrownBy(() -> SchemaComposer.compose(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("(?i)x");
  }

  private static ResourceSchema type(Attribute attribute) {
    return ResourceSchema.of("bad", "x")
        .attribute(attribute.impact(Impact.NONE, ""))
        .identifiedBy(attribute.name())
        .build();
  }
}
