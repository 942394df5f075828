package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class DmsEndpointCheckTest {

  /** An endpoint in which nothing is to be found, changed in one or a few places. */
  private record Case(Fields endpoint, String settings) {

    Case with(String name, Object value) {
      return new Case(endpoint.with(name, value(value)), settings);
    }

    Case without(String name) {
      return new Case(endpoint.without(name), settings);
    }

    Case setting(String name, Object value) {
      return new Case(
          endpoint.with(settings, endpoint.fields(settings).with(name, value(value))), settings);
    }

    Case withoutSetting(String name) {
      return new Case(endpoint.with(settings, endpoint.fields(settings).without(name)), settings);
    }

    Case withoutSecret() {
      return withoutSetting("secretsManagerSecretId").withoutSetting("secretsManagerAccessRoleArn");
    }

    private static Value value(Object plain) {
      if (plain instanceof Value value) {
        return value;
      }
      if (plain instanceof Boolean flag) {
        return Value.of(flag);
      }
      return plain instanceof Integer number ? Value.of(number) : Value.of(plain.toString());
    }
  }

  private static final Fields SECRET =
      Fields.NONE
          .with("secretsManagerSecretId", "hr/db")
          .with("secretsManagerAccessRoleArn", new Value.Unknown("${iam-role.secrets.arn}"));

  private static final Case SOURCE =
      new Case(
          Fields.NONE
              .with("endpointType", "source")
              .with("engineName", "oracle")
              .with("databaseName", "ORCL")
              .with("oracleSettings", SECRET.with("failTasksOnLobTruncation", Value.of(true))),
          "oracleSettings");

  private static final Case TARGET =
      new Case(
          Fields.NONE
              .with("endpointType", "target")
              .with("engineName", "aurora-postgresql")
              .with("databaseName", "hr")
              .with("sslMode", "require")
              .with(
                  "postgreSQLSettings",
                  SECRET.with("afterConnectScript", "SET session_replication_role='replica'")),
          "postgreSQLSettings");

  private static final Case REVERSE =
      TARGET.with("endpointType", "source").withoutSetting("afterConnectScript");

  private static final Case IN_CLEAR =
      SOURCE
          .withoutSecret()
          .with("serverName", "db.example.com")
          .with("port", 1521)
          .with("username", "dms")
          .with("password", new Value.Unknown("${env.PASSWORD}"));

  private static final Case BINARY_READER =
      SOURCE.setting("useLogminerReader", false).setting("useBFile", true);

  private final TypeFixture endpoint = new TypeFixture("dms-endpoint");

  @AfterEach
  void stop() {
    endpoint.close();
  }

  static Stream<Arguments> findings() {
    return Stream.of(everywhere(), oracle(), postgreSql()).flatMap(List::stream);
  }

  private static List<Arguments> everywhere() {
    return List.of(
        found(SOURCE.with("databaseName", ""), "ERROR databaseName DMS-301"),
        found(
            SOURCE
                .setting("oraclePathPrefix", " ")
                .setting("useLogminerReader", false)
                .setting("useBFile", true),
            "ERROR oracleSettings.oraclePathPrefix DMS-301"),
        found(SOURCE.with("postgreSQLSettings", SECRET), "ERROR postgreSQLSettings DMS-302"),
        found(TARGET.with("oracleSettings", SECRET), "ERROR oracleSettings DMS-302"),
        found(SOURCE.with("port", 1521), "ERROR port DMS-303"),
        found(SOURCE.setting("username", "dms"), "ERROR oracleSettings.username DMS-303"),
        found(
            SOURCE.withoutSetting("secretsManagerAccessRoleArn"),
            "ERROR oracleSettings.secretsManagerSecretId DMS-304"),
        found(
            IN_CLEAR.setting("secretsManagerAccessRoleArn", "arn:aws:iam::1:role/r"),
            "ERROR oracleSettings.secretsManagerAccessRoleArn DMS-305"),
        found(
            TARGET.setting("secretsManagerSecretId", "rds!cluster-1"),
            "ERROR postgreSQLSettings.secretsManagerSecretId DMS-306"),
        found(
            TARGET.setting(
                "secretsManagerSecretId",
                new Value.Unknown("${db-cluster.target.masterUserSecretArn}")),
            "ERROR postgreSQLSettings.secretsManagerSecretId DMS-306"),
        found(IN_CLEAR.without("port").without("password"), "ERROR port DMS-307"),
        found(
            IN_CLEAR.setting("authenticationMethod", "kerberos").without("serverName"),
            "ERROR serverName DMS-307"),
        found(SOURCE.setting("databaseName", "ORCL"), "ERROR oracleSettings.databaseName DMS-308"),
        found(IN_CLEAR.setting("port", 1521), "ERROR oracleSettings.port DMS-308"),
        found(IN_CLEAR.with("serverName", "192.168.0.17"), "ERROR serverName DMS-309"),
        found(TARGET.with("sslMode", "verify-full"), "ERROR sslMode DMS-310"),
        found(SOURCE.with("sslMode", "verify-ca"), "ERROR sslMode DMS-310"),
        found(SOURCE.with("sslMode", "require"), "ERROR sslMode DMS-311"),
        found(TARGET.without("sslMode"), "WARNING sslMode DMS-312"),
        found(TARGET.with("sslMode", "none"), "WARNING sslMode DMS-312"),
        found(SOURCE.with("kmsKeyId", "alias/dms"), "ERROR kmsKeyId DMS-313"),
        found(
            SOURCE.with("extraConnectionAttributes", "a=b;exposeViews"),
            "ERROR extraConnectionAttributes DMS-314"),
        found(
            SOURCE.with("extraConnectionAttributes", "ASMPassword=x"),
            "ERROR extraConnectionAttributes DMS-315"),
        found(
            SOURCE.with("extraConnectionAttributes", "failTasksOnLobTruncation=true"),
            "ERROR extraConnectionAttributes DMS-316"),
        found(
            TARGET.with("extraConnectionAttributes", "executeTimeout=100"),
            "WARNING extraConnectionAttributes DMS-317"));
  }

  private static List<Arguments> oracle() {
    return List.of(
        found(SOURCE.setting("exposeViews", true), "ERROR oracleSettings.exposeViews DMS-318"),
        found(
            SOURCE.setting("spatialSdo2GeoJsonFunctionName", "f"),
            "ERROR oracleSettings.spatialSdo2GeoJsonFunctionName DMS-318"),
        found(
            SOURCE.setting("secretsManagerOracleAsmSecretId", "asm"),
            "ERROR oracleSettings.secretsManagerOracleAsmSecretId DMS-304"),
        found(
            SOURCE.setting("secretsManagerOracleAsmAccessRoleArn", "arn:aws:iam::1:role/r"),
            "ERROR oracleSettings.secretsManagerOracleAsmAccessRoleArn DMS-305"),
        found(
            SOURCE
                .setting("secretsManagerOracleAsmSecretId", "asm")
                .setting("secretsManagerOracleAsmAccessRoleArn", "arn:aws:iam::1:role/r")
                .setting("asmServer", "asm:1521/+ASM"),
            "ERROR oracleSettings.asmServer DMS-303"),
        found(
            BINARY_READER.setting("asmServer", "192.168.0.5:1521/+ASM"),
            "ERROR oracleSettings.asmServer DMS-309"),
        found(
            SOURCE.setting("securityDbEncryption", "NONE"),
            "ERROR oracleSettings.securityDbEncryption DMS-321"),
        found(
            SOURCE.setting("numberDatatypeScale", 0),
            "WARNING oracleSettings.numberDatatypeScale DMS-322"),
        found(SOURCE.setting("useBFile", true), "ERROR oracleSettings.useBFile DMS-323"),
        found(
            SOURCE.setting("useBFile", true).setting("useLogminerReader", true),
            "ERROR oracleSettings.useBFile DMS-323"),
        found(
            SOURCE.setting("useLogminerReader", false),
            "WARNING oracleSettings.useLogminerReader DMS-324"),
        found(
            SOURCE.setting("readAheadBlocks", 10000).setting("accessAlternateDirectly", false),
            "WARNING oracleSettings.accessAlternateDirectly DMS-325",
            "WARNING oracleSettings.readAheadBlocks DMS-325"),
        found(
            BINARY_READER.setting("parallelAsmReadThreads", 4),
            "WARNING oracleSettings.parallelAsmReadThreads DMS-326"),
        found(
            SOURCE.setting("enableHomogenousTablespace", true).setting("directPathNoLog", false),
            "WARNING oracleSettings.enableHomogenousTablespace DMS-327",
            "WARNING oracleSettings.directPathNoLog DMS-327"),
        found(
            SOURCE.withoutSetting("failTasksOnLobTruncation"),
            "WARNING oracleSettings.failTasksOnLobTruncation DMS-328"),
        found(
            SOURCE.setting("failTasksOnLobTruncation", false),
            "WARNING oracleSettings.failTasksOnLobTruncation DMS-328"));
  }

  private static List<Arguments> postgreSql() {
    return List.of(
        found(
            TARGET.setting("batchSplitSize", 0).setting("batchApplyEnabled", true),
            "ERROR postgreSQLSettings.batchApplyEnabled DMS-318",
            "ERROR postgreSQLSettings.batchSplitSize DMS-318"),
        found(TARGET.with("engineName", "postgres"), "WARNING engineName DMS-331"),
        found(TARGET.with("databaseName", "postgres"), "WARNING databaseName DMS-332"),
        found(
            TARGET.setting("captureDdls", true).setting("heartbeatEnable", true),
            "WARNING postgreSQLSettings.heartbeatEnable DMS-333",
            "WARNING postgreSQLSettings.captureDdls DMS-333"),
        found(
            REVERSE.setting("afterConnectScript", "SELECT 1"),
            "WARNING postgreSQLSettings.afterConnectScript DMS-334"),
        found(TARGET.setting("maxFileSize", 512), "WARNING postgreSQLSettings.maxFileSize DMS-335"),
        found(
            TARGET.withoutSetting("afterConnectScript"),
            "WARNING postgreSQLSettings.afterConnectScript DMS-336"),
        found(
            TARGET.setting("databaseMode", "babelfish"),
            "ERROR postgreSQLSettings.databaseMode DMS-337"),
        found(
            TARGET.setting("authenticationMethod", "iam"),
            "ERROR postgreSQLSettings.authenticationMethod DMS-337"));
  }

  @ParameterizedTest
  @MethodSource("findings")
  void finds(Fields declared, List<String> expected) {
    assertThat(FoundProblems.in(endpoint.type, declared).found())
        .containsExactlyElementsOf(expected);
  }

  static Stream<Fields> goodOnes() {
    return Stream.of(
            SOURCE,
            TARGET,
            REVERSE.setting("heartbeatEnable", true).setting("pluginName", "pglogical"),
            IN_CLEAR,
            IN_CLEAR
                .without("username")
                .without("password")
                .setting("authenticationMethod", "kerberos"),
            BINARY_READER.setting("accessAlternateDirectly", false),
            BINARY_READER.setting("asmServer", "asm:1521/+ASM").setting("readAheadBlocks", 10000),
            SOURCE.with("sslMode", "verify-ca").with("certificateArn", "arn:aws:dms:::cert:x"),
            SOURCE.setting("numberDatatypeScale", -2),
            SOURCE.with("port", Value.Null.INSTANCE),
            SOURCE.with("tags", Fields.NONE.with("team", "")),
            SOURCE.with("extraConnectionAttributes", "exposeViews=true;useZeroDestid=1;"),
            TARGET.with("kmsKeyId", "arn:aws:kms:eu-central-1:1:key/1"),
            TARGET.setting("maxFileSize", 65536))
        .map(Case::endpoint);
  }

  @ParameterizedTest
  @MethodSource("goodOnes")
  void findsNothingWhereNothingIsWrong(Fields declared) {
    assertThat(FoundProblems.in(endpoint.type, declared).found()).isEmpty();
  }

  @Test
  void hasACaseForEveryFindingOfEndpoints() {
    List<String> shown =
        findings()
            .flatMap(arguments -> ((List<?>) arguments.get()[1]).stream())
            .map(line -> line.toString().substring(line.toString().lastIndexOf(' ') + 1))
            .distinct()
            .toList();

    assertThat(shown)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(DmsFinding.values())
                .map(DmsFinding::code)
                .filter(code -> code.compareTo("DMS-340") < 0)
                .toList());
  }

  @Test
  void saysWhereAMisplacedSettingBelongs() {
    assertThat(
            FoundProblems.in(endpoint.type, TARGET.setting("batchSplitSize", 0).endpoint())
                .details())
        .first()
        .asString()
        .contains("replicationTaskSettings.ChangeProcessingTuning.BatchSplitSize");
  }

  @Test
  void namesEverythingThatAConnectionLacks() {
    assertThat(FoundProblems.in(endpoint.type, SOURCE.withoutSecret().endpoint()).details())
        .first()
        .asString()
        .contains("serverName, port, username, password");
  }

  @Test
  void saysNothingAboutAnEndpointWithoutEngine() {
    assertThat(FoundProblems.in(endpoint.type, Fields.NONE).found()).isEmpty();
  }

  private static Arguments found(Case declared, String... expected) {
    return Arguments.of(declared.endpoint(), List.of(expected));
  }
}
