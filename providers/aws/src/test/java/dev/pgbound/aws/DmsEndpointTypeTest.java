package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.spi.Live;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DmsEndpointTypeTest {

  private static final String ADDRESS = "dms-endpoint.source";
  private static final String ARN = DmsAnswers.ARN + "endpoint:source";
  private static final String ROLE = "arn:aws:iam::123456789012:role/hr-secrets";
  private static final String SECRET =
      "arn:aws:secretsmanager:eu-central-1:123456789012:secret:hr/oracle-a1B2c3";

  private static final Fields DESIRED =
      Fields.NONE
          .with("endpointIdentifier", "HR-source")
          .with("endpointType", "source")
          .with("engineName", "oracle")
          .with("databaseName", "ORCL")
          .with(
              "oracleSettings",
              Fields.NONE
                  .with("secretsManagerSecretId", "hr/oracle")
                  .with("secretsManagerAccessRoleArn", ROLE)
                  .with("readAheadBlocks", Value.of(20000))
                  .with("asmPassword", new Value.Secret("top-secret")));

  private final TypeFixture endpoint = new TypeFixture("dms-endpoint");

  @AfterEach
  void stop() {
    endpoint.close();
  }

  @Test
  void sendsOnlyWhatIsDeclared() {
    endpoint
        .aws
        .answer("CreateEndpoint", "{\"Endpoint\":" + endpoint("creating") + "}")
        .answer("DescribeEndpoints", endpoints(endpoint("creating")))
        .answer("DescribeEndpoints", endpoints(endpoint("active")))
        .answer("ListTagsForResource", DmsAnswers.tags(ADDRESS, ARN));

    Live live = endpoint.type.create(DESIRED, TestContext.step(ADDRESS));

    assertThat(members(endpoint.aws.lastBody("CreateEndpoint")))
        .containsExactlyInAnyOrder(
            "EndpointIdentifier",
            "EndpointType",
            "EngineName",
            "DatabaseName",
            "OracleSettings",
            "Tags");
    assertThat(settings(endpoint.aws.lastBody("CreateEndpoint")))
        .containsExactlyInAnyOrder(
            "SecretsManagerSecretId",
            "SecretsManagerAccessRoleArn",
            "ReadAheadBlocks",
            "AsmPassword");
    assertThat(live.health()).isEqualTo(Live.Health.READY);
  }

  @Test
  void createsOnceTheRoleForTheSecretIsVisible() {
    endpoint
        .aws
        .refuseJson("CreateEndpoint", "AccessDeniedFault", "The role cannot be assumed.")
        .answer("CreateEndpoint", "{\"Endpoint\":" + endpoint("active") + "}")
        .answer("DescribeEndpoints", endpoints(endpoint("active")))
        .answer("ListTagsForResource", DmsAnswers.tags(ADDRESS, ARN));

    endpoint.type.create(DESIRED, TestContext.step(ADDRESS));

    assertThat(endpoint.aws.operations()).startsWith("CreateEndpoint", "CreateEndpoint");
  }

  @Test
  void saysWhatARoleThatStaysInvisibleNeeds() {
    endpoint.aws.refuseJson("CreateEndpoint", "AccessDeniedFault", "The role cannot be assumed.");

    assertThatThrownBy(() -> endpoint.type.create(DESIRED, TestContext.step(ADDRESS)))
        .hasMessageContaining("The role cannot be assumed.")
        .hasMessageContaining("dms.eu-central-1.amazonaws.com");
  }

  @Test
  void doesNotRepeatWhatTheCallerMayNotDo() {
    endpoint.aws.refuseJson("CreateEndpoint", "AccessDeniedException", "User: x may not");

    assertThatThrownBy(() -> endpoint.type.create(DESIRED, TestContext.step(ADDRESS)))
        .hasMessageContaining("dms:CreateEndpoint is not allowed");
    assertThat(endpoint.aws.operations()).hasSize(1);
  }

  @Test
  void readsWhatAPlanCompares() {
    Live live = discover(endpoint("active"));

    assertThat(live.identifier()).isEqualTo("hr-source");
    assertThat(live.attributes().text("resourceIdentifier")).contains("source");
    assertThat(live.attributes().text("arn")).contains(ARN);
    assertThat(live.attributes().fields("oracleSettings").number("readAheadBlocks")).isPresent();
    assertThat(normalized("endpointType", live)).isEqualTo(Value.of("source"));
    assertThat(normalizedSetting("secretsManagerSecretId", live)).isEqualTo(Value.of("hr/oracle"));
  }

  @Test
  void findsSettingsAmongConnectionAttributesAndTheConnectionInTheSettings() {
    Live live =
        discover(
            String.format(
                Locale.ROOT,
                """
            {"EndpointIdentifier":"hr-source","EndpointType":"SOURCE","EngineName":"oracle",
             "Status":"active","EndpointArn":"%s","ServerName":"db.example.com",
             "ExtraConnectionAttributes":"retryInterval=7;exposeViews=true",
             "OracleSettings":{"DatabaseName":"ORCL","Port":1521}}
            """,
                ARN));

    Fields settings = live.attributes().fields("oracleSettings");
    assertThat(live.attributes().text("databaseName")).contains("ORCL");
    assertThat(live.attributes().number("port")).isPresent();
    assertThat(settings.text("serverName")).contains("db.example.com");
    assertThat(settings.text("retryInterval")).contains("7");
    assertThat(settings.has("exposeViews")).isFalse();
  }

  @Test
  void changesOnlyWhatDiffersAndLeavesTheTestThatDmsMakesToItsResource() {
    endpoint
        .aws
        .answer("ModifyEndpoint", "{}")
        .answer("DescribeEndpoints", endpoints(endpoint("active")))
        .answer("AddTagsToResource", "{}")
        .answer("ListTagsForResource", DmsAnswers.tags(ADDRESS, ARN));
    TestContext context = TestContext.step(ADDRESS);

    endpoint.type.update(
        prior(), DESIRED.with("databaseName", "HR"), Set.of("databaseName"), context);

    assertThat(members(endpoint.aws.lastBody("ModifyEndpoint")))
        .containsExactlyInAnyOrder("EndpointArn", "EngineName", "DatabaseName");
    assertThat(endpoint.aws.operations()).doesNotContain("DescribeConnections");
  }

  @Test
  void takesASettingOffByNamingAllThatStay() {
    endpoint
        .aws
        .answer("ModifyEndpoint", "{}")
        .answer("DescribeEndpoints", endpoints(endpoint("active")))
        .answer("AddTagsToResource", "{}")
        .answer("ListTagsForResource", DmsAnswers.tags(ADDRESS, ARN));
    Fields settings =
        Fields.NONE
            .with("readAheadBlocks", Value.Null.INSTANCE)
            .with("standbyDelayTime", Value.of(3));

    endpoint.type.update(
        prior(),
        DESIRED.with("oracleSettings", settings),
        Set.of("oracleSettings"),
        TestContext.step(ADDRESS));

    assertThat(endpoint.aws.lastBody("ModifyEndpoint"))
        .contains("\"ExactSettings\":true", "\"TrimSpaceInChar\":true", "\"StandbyDelayTime\":3")
        .doesNotContain("ReadAheadBlocks");
  }

  @Test
  void sendsThePasswordWithEveryChange() {
    endpoint
        .aws
        .answer("ModifyEndpoint", "{}")
        .answer("DescribeEndpoints", endpoints(endpoint("active")))
        .answer("AddTagsToResource", "{}")
        .answer("ListTagsForResource", DmsAnswers.tags(ADDRESS, ARN));

    endpoint.type.update(
        prior(),
        DESIRED.with("port", Value.of(2484)).with("password", new Value.Secret("new one")),
        Set.of("port"),
        TestContext.step(ADDRESS));

    assertThat(endpoint.aws.lastBody("ModifyEndpoint"))
        .contains("\"Port\":2484", "\"Password\":\"new one\"");
  }

  @Test
  void waitsWithAChangeForATestThatIsRunning() {
    endpoint
        .aws
        .refuseJson("ModifyEndpoint", "InvalidResourceStateFault", "is already being tested")
        .answer("ModifyEndpoint", "{}")
        .answer("DescribeConnections", connections("testing"))
        .answer("DescribeConnections", connections("successful"))
        .answer("DescribeEndpoints", endpoints(endpoint("active")))
        .answer("AddTagsToResource", "{}")
        .answer("ListTagsForResource", DmsAnswers.tags(ADDRESS, ARN));

    update(Set.of("oracleSettings"));

    assertThat(endpoint.aws.operations())
        .startsWith("ModifyEndpoint", "DescribeConnections", "ModifyEndpoint");
  }

  @Test
  void doesNotRepeatAChangeThatARunningTaskForbids() {
    endpoint
        .aws
        .refuseJson("ModifyEndpoint", "InvalidResourceStateFault", "used by a running task")
        .answer("DescribeConnections", connections("successful"));

    assertThatThrownBy(() -> update(Set.of("oracleSettings")))
        .hasMessageContaining("used by a running task");
  }

  @Test
  void changesNothingButTagsWhenOnlyTagsDiffer() {
    endpoint
        .aws
        .answer("DescribeEndpoints", endpoints(endpoint("active")))
        .answer("AddTagsToResource", "{}")
        .answer("ListTagsForResource", DmsAnswers.tags(ADDRESS, ARN));

    update(Set.of("tags"));

    assertThat(endpoint.aws.operations()).doesNotContain("ModifyEndpoint", "DescribeConnections");
  }

  @Test
  void deletesOnceNoTaskUsesIt() {
    endpoint
        .aws
        .refuseJson("DeleteEndpoint", "InvalidResourceStateFault", "used by a task")
        .answer("DeleteEndpoint", "{}")
        .answer(
            "DescribeReplicationTasks",
            DmsAnswers.page("ReplicationTasks", DmsAnswers.task("deleting")))
        .answer("DescribeEndpoints", endpoints(endpoint("deleting")))
        .refuseJson("DescribeEndpoints", "ResourceNotFoundFault", "gone");

    endpoint.type.delete(prior(), Optional.empty(), TestContext.step(ADDRESS));

    assertThat(endpoint.aws.operations())
        .containsExactly(
            "DeleteEndpoint",
            "DescribeReplicationTasks",
            "DeleteEndpoint",
            "DescribeEndpoints",
            "DescribeEndpoints");
  }

  @Test
  void findsAnExistingEndpointByNameAndTags() {
    endpoint
        .aws
        .answer("DescribeEndpoints", endpoints(endpoint("active")))
        .answer("ListTagsForResource", DmsAnswers.tags(ADDRESS, ARN));
    Fields tagged =
        Fields.NONE.with("tags", Fields.NONE.with("pgbound:address", "dms-endpoint.source"));
    Fields other = Fields.NONE.with("tags", Fields.NONE.with("team", "x"));

    assertThat(
            endpoint.type.lookup(
                tagged.with("endpointIdentifier", "HR-source"), TestContext.discovery()))
        .extracting(Live::identifier)
        .containsExactly("hr-source");
    assertThat(endpoint.aws.lastBody("DescribeEndpoints")).contains("endpoint-id", "hr-source");
    assertThat(endpoint.type.lookup(other, TestContext.discovery())).isEmpty();
    assertThat(
            endpoint.type.lookup(Fields.NONE.with("engineName", "mysql"), TestContext.discovery()))
        .isEmpty();
  }

  private void update(Set<String> changed) {
    endpoint.type.update(prior(), DESIRED, changed, TestContext.step(ADDRESS));
  }

  private Live discover(String answer) {
    endpoint
        .aws
        .answer("GetResources", DmsAnswers.emptyIndex())
        .answer("DescribeEndpoints", endpoints(answer))
        .answer("ListTagsForResource", DmsAnswers.tags(ADDRESS, ARN));
    return endpoint
        .type
        .discover(TypeFixture.plan(ADDRESS, DESIRED), TestContext.discovery())
        .get(0);
  }

  private Value normalized(String attribute, Live live) {
    return endpoint
        .type
        .schema()
        .attribute(attribute)
        .orElseThrow()
        .normalizer()
        .apply(live.attributes().get(attribute).orElseThrow());
  }

  private Value normalizedSetting(String setting, Live live) {
    var type =
        (dev.pgbound.spi.Type.ObjectType)
            endpoint.type.schema().attribute("oracleSettings").orElseThrow().type();
    return type.attribute(setting)
        .orElseThrow()
        .normalizer()
        .apply(live.attributes().fields("oracleSettings").get(setting).orElseThrow());
  }

  private static Live prior() {
    return new Live("hr-source", DESIRED.with("arn", ARN), Map.of(), Live.Health.READY);
  }

  private static Set<String> members(String body) {
    return ((Fields) Json.parse(body).orElseThrow()).fields().keySet();
  }

  private static Set<String> settings(String body) {
    return ((Fields) Json.parse(body).orElseThrow()).fields("OracleSettings").fields().keySet();
  }

  private static String endpoint(String status) {
    return String.format(
        Locale.ROOT,
        """
        {"EndpointIdentifier":"hr-source","EndpointType":"SOURCE","EngineName":"oracle",
         "DatabaseName":"ORCL","SslMode":"none","Status":"%s","EndpointArn":"%s",
         "KmsKeyId":"arn:aws:kms:eu-central-1:123456789012:key/8b0b",
         "OracleSettings":{"ReadAheadBlocks":20000,"SecretsManagerSecretId":"%s",
           "SecretsManagerAccessRoleArn":"%s","TrimSpaceInChar":true}}
        """,
        status,
        ARN,
        SECRET,
        ROLE);
  }

  private static String endpoints(String endpoint) {
    return DmsAnswers.page("Endpoints", endpoint);
  }

  private static String connections(String status) {
    return DmsAnswers.page("Connections", DmsAnswers.connection("source", "main", status, ""));
  }
}
