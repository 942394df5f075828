package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Type;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.databasemigration.model.OracleSettings;
import software.amazon.awssdk.services.databasemigration.model.PostgreSQLSettings;

final class DmsEndpointSchemaTest {

  private static final String DERIVED_DOC = "`";

  private final ResourceSchema schema = schema();

  @Test
  void hasEverySettingOfOracle() {
    assertThat(names("oracleSettings"))
        .hasSize(44)
        .isEqualTo(members(OracleSettings.builder().build()));
  }

  @Test
  void hasEverySettingOfPostgreSql() {
    assertThat(names("postgreSQLSettings"))
        .hasSize(27)
        .isEqualTo(members(PostgreSQLSettings.builder().build()));
  }

  @Test
  void leavesOutTheSettingsOfOtherEngines() {
    assertThat(schema.attributes())
        .extracting(Attribute::name)
        .filteredOn(name -> name.endsWith("Settings"))
        .containsExactlyInAnyOrder("oracleSettings", "postgreSQLSettings");
  }

  @ParameterizedTest
  @ValueSource(strings = {"oracleSettings", "postgreSQLSettings"})
  void describesEverySettingInWordsOfItsOwn(String settings) {
    assertThat(settings(settings))
        .allSatisfy(
            setting ->
                assertThat(setting.doc())
                    .as(setting.name())
                    .doesNotStartWith(DERIVED_DOC)
                    .endsWith(".")
                    .doesNotContain("\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "numberDatatypeScale, -2, 38",
    "parallelAsmReadThreads, 2, 8",
    "readAheadBlocks, 1000, 2000000",
    "openTransactionWindow, 0, 240",
    "port, 1, 65535"
  })
  void limitsNumbersOfOracle(String name, long min, long max) {
    assertThat(setting("oracleSettings", name).type()).isEqualTo(Type.integer(min, max));
  }

  @Test
  void takesTheWordsOfTheApi() {
    assertThat(setting("oracleSettings", "charLengthSemantics").type())
        .isEqualTo(Type.words("default", "char", "byte"));
    assertThat(setting("postgreSQLSettings", "pluginName").type())
        .isEqualTo(Type.words("no-preference", "test-decoding", "pglogical"));
    assertThat(attribute("endpointType").type()).isEqualTo(Type.words("source", "target"));
    assertThat(attribute("sslMode").type())
        .isEqualTo(Type.words("none", "require", "verify-ca", "verify-full"));
  }

  @Test
  void neverComparesOrShowsSecrets() {
    for (String name : List.of("password", "asmPassword", "securityDbEncryption")) {
      assertThat(setting("oracleSettings", name).flags())
          .as(name)
          .contains(Flag.SENSITIVE, Flag.WRITE_ONLY);
    }
    assertThat(setting("postgreSQLSettings", "password").flags())
        .contains(Flag.SENSITIVE, Flag.WRITE_ONLY);
    assertThat(attribute("password").flags()).contains(Flag.SENSITIVE, Flag.WRITE_ONLY);
  }

  @Test
  void stopsTasksForEveryChangeButTags() {
    assertThat(schema.attributes())
        .filteredOn(attribute -> !attribute.is(Flag.COMPUTED))
        .filteredOn(attribute -> !attribute.name().equals("tags"))
        .allSatisfy(
            attribute ->
                assertThat(attribute.impact())
                    .as(attribute.name())
                    .contains(Impact.STOPS_REPLICATION));
  }

  private static ResourceSchema schema() {
    try (TypeFixture endpoint = new TypeFixture("dms-endpoint")) {
      return endpoint.type.schema();
    }
  }

  private static Set<String> members(SdkPojo shape) {
    Set<String> names = new TreeSet<>();
    shape.sdkFields().forEach(field -> names.add(Members.attributeName(field)));
    return names;
  }

  private Set<String> names(String settings) {
    Set<String> names = new TreeSet<>();
    settings(settings).forEach(setting -> names.add(setting.name()));
    return names;
  }

  private Attribute setting(String settings, String name) {
    return settings(settings).stream()
        .filter(setting -> setting.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<Attribute> settings(String name) {
    return ((Type.ObjectType) attribute(name).type()).attributes();
  }

  private Attribute attribute(String name) {
    return schema.attribute(name).orElseThrow();
  }
}
