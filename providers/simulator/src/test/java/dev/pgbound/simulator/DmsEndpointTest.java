package dev.pgbound.simulator;

import static dev.pgbound.simulator.DmsAccount.filter;
import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.simulator.wire.ModelJson;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.CreateEndpointRequest;
import software.amazon.awssdk.services.databasemigration.model.DmsSslModeValue;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.awssdk.services.databasemigration.model.EndpointSetting;
import software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ReplicationEndpointTypeValue;
import software.amazon.awssdk.services.databasemigration.model.StartReplicationTaskTypeValue;
import software.amazon.awssdk.services.databasemigration.model.SupportedEndpointType;

class DmsEndpointTest {

  private final DmsAccount account = new DmsAccount(SimulatedAws.inMemory());
  private final DatabaseMigrationClient dms = account.dms();

  private static CreateEndpointRequest.Builder postgres(String identifier) {
    return CreateEndpointRequest.builder()
        .endpointIdentifier(identifier)
        .endpointType(ReplicationEndpointTypeValue.TARGET)
        .engineName("aurora-postgresql")
        .serverName("db.example.com")
        .port(5432)
        .username("dms")
        .password("not-to-be-seen");
  }

  private Endpoint create(CreateEndpointRequest.Builder request) {
    return dms.createEndpoint(request.build()).endpoint();
  }

  @Test
  void fillsInWhatARequestDoesNotSay() {
    Endpoint endpoint = create(postgres("Hr-Target"));

    assertThat(endpoint.endpointIdentifier()).isEqualTo("hr-target");
    assertThat(endpoint.endpointTypeAsString()).isEqualTo("TARGET");
    assertThat(endpoint.engineDisplayName()).isEqualTo("Amazon Aurora PostgreSQL");
    assertThat(endpoint.status()).isEqualTo("active");
    assertThat(endpoint.sslMode()).isEqualTo(DmsSslModeValue.NONE);
    assertThat(endpoint.kmsKeyId()).startsWith("arn:aws:kms:us-east-1:123456789012:key/");
    assertThat(endpoint.endpointArn())
        .matches("arn:aws:dms:us-east-1:123456789012:endpoint:[A-Z0-9]{26}");
    assertThat(dms.describeEndpoints().endpoints()).containsExactly(endpoint);
  }

  @Test
  void showsNoSecret() {
    Endpoint endpoint =
        create(
            postgres("source")
                .endpointType(ReplicationEndpointTypeValue.SOURCE)
                .engineName("oracle")
                .oracleSettings(
                    o ->
                        o.password("not-to-be-seen")
                            .asmPassword("not-to-be-seen")
                            .securityDbEncryption("not-to-be-seen")
                            .securityDbEncryptionName("key")));

    String seen =
        List.of(endpoint, account.endpointOf(endpoint.endpointArn())).stream()
            .map(each -> ModelJson.WIRE.encode(each).toString())
            .collect(Collectors.joining());
    assertThat(seen).contains("\"SecurityDbEncryptionName\":\"key\"");
    assertThat(seen).doesNotContain("not-to-be-seen");
  }

  @Test
  void showsWhereADatabaseIsInBothPlaces() {
    Endpoint fromTop = create(postgres("a").databaseName("hr"));
    Endpoint fromSettings =
        create(
            CreateEndpointRequest.builder()
                .endpointIdentifier("b")
                .endpointType(ReplicationEndpointTypeValue.TARGET)
                .engineName("postgres")
                .postgreSQLSettings(
                    p ->
                        p.serverName("db.example.com")
                            .port(5432)
                            .username("dms")
                            .password("not-to-be-seen")));

    assertThat(fromTop.postgreSQLSettings().serverName()).isEqualTo("db.example.com");
    assertThat(fromTop.postgreSQLSettings().databaseName()).isEqualTo("hr");
    assertThat(fromSettings.serverName()).isEqualTo("db.example.com");
    assertThat(fromSettings.port()).isEqualTo(5432);
    assertThat(fromSettings.databaseName()).isNull();
  }

  @Test
  void ignoresTheSettingsOfAnotherEngine() {
    Endpoint endpoint = create(postgres("a").oracleSettings(o -> o.retryInterval(9)));

    assertThat(endpoint.oracleSettings()).isNull();
  }

  @Test
  void refusesWhatMakesNoEndpoint() {
    refuses("InvalidParameterValueException", r -> r.engineName("foxpro"));
    refuses("InvalidParameterValueException", r -> r.endpointType("sideways"));
    refuses("InvalidParameterValueException", r -> r.endpointIdentifier("no_underscores"));
    refuses("InvalidParameterValueException", r -> r.serverName(null));
    refuses("InvalidParameterValueException", r -> r.password(null));
    refuses("InvalidParameterValueException", r -> r.sslMode("sometimes"));
    refuses(
        "InvalidParameterValueException",
        r -> r.engineName("redshift").endpointType(ReplicationEndpointTypeValue.SOURCE));
    refuses("InvalidParameterCombinationException", r -> r.sslMode(DmsSslModeValue.VERIFY_FULL));
    refuses(
        "ResourceNotFoundFault",
        r ->
            r.sslMode(DmsSslModeValue.VERIFY_FULL)
                .certificateArn("arn:aws:dms:us-east-1:123456789012:cert:NONE"));
    refuses(
        "InvalidParameterValueException",
        r -> r.engineName("oracle").sslMode(DmsSslModeValue.REQUIRE));
    refuses(
        "InvalidParameterCombinationException",
        r ->
            r.postgreSQLSettings(
                p -> p.secretsManagerSecretId("hr").secretsManagerAccessRoleArn("arn")));
    create(postgres("taken"));
    refuses("ResourceAlreadyExistsFault", r -> r.endpointIdentifier("Taken"));
    assertThat(dms.describeEndpoints().endpoints()).hasSize(1);
  }

  private void refuses(String code, Consumer<CreateEndpointRequest.Builder> change) {
    assertRefused(code, () -> create(postgres("a").applyMutation(change)));
  }

  @Test
  void wantsASecretsRoleThatItSeesAndThatTrustsIt() throws InterruptedException {
    String trusted = account.createRole("reader", "dms.us-east-1.amazonaws.com");
    String stranger = account.createRole("stranger", "dms.eu-west-1.amazonaws.com");

    assertRefused("AccessDeniedFault", "role/reader", () -> create(secret("a", trusted)));
    account.pass(Duration.ofMinutes(1));
    Endpoint endpoint = create(secret("a", trusted));

    assertThat(endpoint.serverName()).isNull();
    assertThat(endpoint.postgreSQLSettings().secretsManagerAccessRoleArn()).isEqualTo(trusted);
    assertRefused("AccessDeniedFault", () -> create(secret("b", stranger)));
    assertRefused("InvalidParameterValueException", () -> create(secret("b", "")));
  }

  private static CreateEndpointRequest.Builder secret(String identifier, String role) {
    return CreateEndpointRequest.builder()
        .endpointIdentifier(identifier)
        .endpointType(ReplicationEndpointTypeValue.TARGET)
        .engineName("aurora-postgresql")
        .databaseName("hr")
        .postgreSQLSettings(
            p -> p.secretsManagerSecretId("hr/target").secretsManagerAccessRoleArn(role));
  }

  @Test
  void mergesSettingsUnlessTheyAreExact() throws InterruptedException {
    String arn =
        create(
                postgres("a")
                    .postgreSQLSettings(
                        p -> p.maxFileSize(512).afterConnectScript("SET x = 1").executeTimeout(60)))
            .endpointArn();

    Endpoint merged =
        dms.modifyEndpoint(
                r ->
                    r.endpointArn(arn)
                        .port(5433)
                        .engineName("aurora-postgresql")
                        .postgreSQLSettings(p -> p.maxFileSize(1024)))
            .endpoint();
    assertThat(merged.status()).isEqualTo("modifying");
    assertThat(merged.port()).isEqualTo(5433);
    assertThat(merged.postgreSQLSettings().port()).isEqualTo(5433);
    assertThat(merged.postgreSQLSettings().maxFileSize()).isEqualTo(1024);
    assertThat(merged.postgreSQLSettings().afterConnectScript()).isEqualTo("SET x = 1");
    assertThat(merged.serverName()).isEqualTo("db.example.com");

    Endpoint exact =
        dms.modifyEndpoint(
                r ->
                    r.endpointArn(arn)
                        .exactSettings(true)
                        .postgreSQLSettings(p -> p.executeTimeout(90)))
            .endpoint();
    assertThat(exact.postgreSQLSettings().executeTimeout()).isEqualTo(90);
    assertThat(exact.postgreSQLSettings().maxFileSize()).isNull();
    assertThat(exact.postgreSQLSettings().afterConnectScript()).isNull();
    assertThat(exact.postgreSQLSettings().serverName()).isEqualTo("db.example.com");
    account.pass(Duration.ofSeconds(5));
    assertThat(account.endpointOf(arn).status()).isEqualTo("active");
  }

  @Test
  void changesBetweenALoginAndASecret() throws InterruptedException {
    String role = account.createRole("reader", "dms.amazonaws.com");
    account.pass(Duration.ofMinutes(1));
    String arn = create(postgres("a")).endpointArn();

    Endpoint withSecret =
        dms.modifyEndpoint(
                r ->
                    r.endpointArn(arn)
                        .postgreSQLSettings(
                            p -> p.secretsManagerSecretId("s").secretsManagerAccessRoleArn(role)))
            .endpoint();
    assertThat(withSecret.serverName()).isNull();
    assertThat(withSecret.postgreSQLSettings().username()).isNull();

    assertRefused(
        "InvalidParameterValueException",
        () ->
            dms.modifyEndpoint(
                r -> r.endpointArn(arn).serverName("db").port(5432).username("dms")));
    Endpoint withLogin =
        dms.modifyEndpoint(
                r -> r.endpointArn(arn).serverName("db").port(5432).username("u").password("p"))
            .endpoint();
    assertThat(withLogin.postgreSQLSettings().secretsManagerSecretId()).isNull();
    assertThat(withLogin.postgreSQLSettings().serverName()).isEqualTo("db");
  }

  @Test
  void renamesAndChangesTheEngine() {
    create(postgres("other"));
    String arn = create(postgres("a").postgreSQLSettings(p -> p.maxFileSize(512))).endpointArn();

    Endpoint endpoint =
        dms.modifyEndpoint(r -> r.endpointArn(arn).endpointIdentifier("B").engineName("mysql"))
            .endpoint();

    assertThat(endpoint.endpointIdentifier()).isEqualTo("b");
    assertThat(endpoint.engineDisplayName()).isEqualTo("MySQL");
    assertThat(endpoint.postgreSQLSettings()).isNull();
    assertThat(endpoint.mySQLSettings().serverName()).isEqualTo("db.example.com");
    assertRefused(
        "ResourceAlreadyExistsFault",
        () -> dms.modifyEndpoint(r -> r.endpointArn(arn).endpointIdentifier("OTHER")));
  }

  @Test
  void staysAsItIsWhileATaskUsesIt() throws InterruptedException {
    account.createSubnetGroup();
    String task = account.createTask("hr", MigrationTypeValue.CDC);
    String arn = account.taskOf(task).sourceEndpointArn();
    dms.modifyEndpoint(r -> r.endpointArn(arn).port(1522));
    account.pass(Duration.ofMinutes(1));
    dms.startReplicationTask(
        r ->
            r.replicationTaskArn(task)
                .startReplicationTaskType(StartReplicationTaskTypeValue.START_REPLICATION));
    account.pass(Duration.ofMinutes(1));

    assertRefused(
        "InvalidResourceStateFault", () -> dms.modifyEndpoint(r -> r.endpointArn(arn).port(1523)));
    dms.stopReplicationTask(r -> r.replicationTaskArn(task));
    account.pass(Duration.ofMinutes(1));
    assertRefused(
        "InvalidResourceStateFault",
        "Endpoint " + arn + " is part of one or more ReplicationTasks.",
        () -> dms.deleteEndpoint(r -> r.endpointArn(arn)));
    dms.deleteReplicationTask(r -> r.replicationTaskArn(task));
    account.pass(Duration.ofMinutes(1));

    assertThat(dms.deleteEndpoint(r -> r.endpointArn(arn)).endpoint().status())
        .isEqualTo("deleting");

    assertRefused("InvalidResourceStateFault", () -> dms.deleteEndpoint(r -> r.endpointArn(arn)));
    assertRefused(
        "InvalidResourceStateFault", () -> dms.modifyEndpoint(r -> r.endpointArn(arn).port(1)));
    account.pass(Duration.ofSeconds(10));
    assertThat(
            dms.waiter()
                .waitUntilEndpointDeleted(
                    r -> r.filters(filter("endpoint-arn", arn)), o -> o.maxAttempts(1))
                .matched()
                .exception())
        .isPresent();
    assertRefused(
        "ResourceNotFoundFault",
        "No Endpoints found matching provided filters",
        () -> account.endpointOf(arn));
  }

  @Test
  void isFoundByItsTypeInEitherCase() {
    create(postgres("a"));

    for (String type : List.of("target", "TARGET")) {
      assertThat(dms.describeEndpoints(r -> r.filters(filter("endpoint-type", type))).endpoints())
          .hasSize(1);
    }
  }

  @Test
  void listsEnginesAndTheirSettings() {
    assertThat(
            dms.describeEndpointTypes(r -> r.filters(filter("engine-name", "aurora-postgresql")))
                .supportedEndpointTypes())
        .extracting(SupportedEndpointType::endpointTypeAsString)
        .containsExactly("SOURCE", "TARGET");
    assertThat(dms.describeEndpointSettings(r -> r.engineName("oracle")).endpointSettings())
        .filteredOn(EndpointSetting::sensitive)
        .extracting(EndpointSetting::name)
        .containsExactlyInAnyOrder("AsmPassword", "Password", "SecurityDbEncryption");
  }
}
