package dev.pgbound.simulator;

import static dev.pgbound.simulator.DmsAccount.filter;
import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.Connection;
import software.amazon.awssdk.services.databasemigration.model.ReplicationEndpointTypeValue;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class DmsConnectionTest {

  private final DmsAccount account = new DmsAccount(SimulatedAws.inMemory());
  private final DatabaseMigrationClient dms = account.dms();
  private final SecretsManagerClient secrets =
      Clients.client(SecretsManagerClient.builder(), account.aws());

  private String instance = "";

  @BeforeEach
  void createInstance() throws InterruptedException {
    account.createSubnetGroup();
    instance = account.createInstance("worker");
  }

  @Test
  void testsForAWhileAndThenSucceeds() throws InterruptedException {
    String source = account.createOracleSource("source");

    Connection begun =
        dms.testConnection(r -> r.replicationInstanceArn(instance).endpointArn(source))
            .connection();

    assertThat(begun.status()).isEqualTo("testing");
    assertThat(begun.replicationInstanceIdentifier()).isEqualTo("worker");
    assertThat(begun.endpointIdentifier()).isEqualTo("source");
    assertRefused(
        "InvalidResourceStateFault", "already being tested", () -> account.test(instance, source));
    account.pass(Duration.ofSeconds(20));
    assertThat(account.connectionOf(instance, source).status()).isEqualTo("successful");
    assertThat(
            dms.waiter()
                .waitUntilTestConnectionSucceeds(
                    r -> r.filters(filter("endpoint-arn", source)), o -> o.maxAttempts(1))
                .matched()
                .response())
        .isPresent();
    account.test(instance, source);
    assertThat(account.connectionOf(instance, source).status()).isEqualTo("testing");
  }

  @Test
  void wantsAnInstanceThatIsAvailable() {
    String source = account.createOracleSource("source");
    dms.rebootReplicationInstance(r -> r.replicationInstanceArn(instance));

    assertRefused("InvalidResourceStateFault", () -> account.test(instance, source));
    assertRefused("ResourceNotFoundFault", () -> account.test(instance, source + "X"));
    assertRefused(
        "ResourceNotFoundFault",
        "No Connections found matching provided filters",
        () -> account.connectionOf(instance, source));
  }

  @Test
  void failsForATargetThatIsNoDatabaseOfTheAccount() throws InterruptedException {
    String target = createTarget("nowhere.example.com");

    assertThat(failure(target))
        .startsWith("Test Endpoint failed: Application-Status: 1020912, Application-Message: ")
        .contains("nowhere.example.com");
  }

  @Test
  void reachesAClusterOfTheAccountOnceItHasAnInstance() throws InterruptedException {
    RdsClient rds = Clients.client(RdsClient.builder(), account.aws());
    List<String> subnets = account.createSubnets("us-east-1a", "us-east-1b");
    rds.createDBSubnetGroup(
        r -> r.dbSubnetGroupName("db").dbSubnetGroupDescription("DB").subnetIds(subnets));
    String host =
        rds.createDBCluster(
                r ->
                    r.dbClusterIdentifier("hr")
                        .engine("aurora-postgresql")
                        .dbSubnetGroupName("db")
                        .masterUsername("postgres")
                        .manageMasterUserPassword(true))
            .dbCluster()
            .endpoint();
    account.pass(Duration.ofMinutes(10));
    String target = createTarget(host);

    assertThat(failure(target)).contains(host);
    rds.createDBInstance(
        r ->
            r.dbInstanceIdentifier("hr-1")
                .dbClusterIdentifier("hr")
                .engine("aurora-postgresql")
                .dbInstanceClass("db.r6i.large"));
    account.pass(Duration.ofMinutes(20));
    account.test(instance, target);
    account.pass(Duration.ofSeconds(20));

    assertThat(account.connectionOf(instance, target).status()).isEqualTo("successful");
  }

  private String createTarget(String host) {
    return dms.createEndpoint(
            r ->
                r.endpointIdentifier("target")
                    .endpointType(ReplicationEndpointTypeValue.TARGET)
                    .engineName("aurora-postgresql")
                    .serverName(host)
                    .port(5432)
                    .username("dms")
                    .password("secret"))
        .endpoint()
        .endpointArn();
  }

  @Test
  void isTestedAgainByItselfWhenItsEndpointChanges() throws InterruptedException {
    String source = account.createOracleSource("source");
    account.test(instance, source);
    account.pass(Duration.ofMinutes(1));

    dms.modifyEndpoint(r -> r.endpointArn(source).endpointIdentifier("renamed"));

    Connection connection = account.connectionOf(instance, source);
    assertThat(connection.status()).isEqualTo("testing");
    assertThat(connection.endpointIdentifier()).isEqualTo("renamed");
    assertRefused(
        "InvalidResourceStateFault", "already being tested", () -> account.test(instance, source));
    account.pass(Duration.ofSeconds(20));
    assertThat(account.connectionOf(instance, source).status()).isEqualTo("successful");
  }

  @Test
  void readsWhereADatabaseIsFromASecret() throws InterruptedException {
    String role = account.createRole("reader", "dms.us-east-1.amazonaws.com");
    account.pass(Duration.ofMinutes(1));
    String source =
        dms.createEndpoint(
                r ->
                    r.endpointIdentifier("source")
                        .endpointType(ReplicationEndpointTypeValue.SOURCE)
                        .engineName("oracle")
                        .databaseName("ORCL")
                        .oracleSettings(
                            o ->
                                o.secretsManagerSecretId("hr/oracle")
                                    .secretsManagerAccessRoleArn(role)))
            .endpoint()
            .endpointArn();

    assertThat(failure(source)).contains("with role '" + role + "'");
    String read =
        """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
         "Action": "secretsmanager:GetSecretValue", "Resource": "*"}]}
        """;
    account.iam().putRolePolicy(r -> r.roleName("reader").policyName("read").policyDocument(read));
    account.pass(Duration.ofMinutes(1));
    assertThat(failure(source)).contains("Unable to find AWS Secrets Manager secret");
    secrets.createSecret(r -> r.name("hr/oracle").secretString("{\"username\": \"dms\"}"));
    assertThat(failure(source)).contains("[host, port, password]");
    secrets.putSecretValue(
        r ->
            r.secretId("hr/oracle")
                .secretString(
                    "{\"username\":\"u\",\"password\":\"p\",\"host\":\"o\",\"port\":1521}"));
    account.test(instance, source);
    account.pass(Duration.ofSeconds(20));
    Connection connection = account.connectionOf(instance, source);
    assertThat(connection.status()).isEqualTo("successful");
    assertThat(connection.lastFailureMessage()).isNull();
  }

  private String failure(String endpoint) throws InterruptedException {
    account.test(instance, endpoint);
    account.pass(Duration.ofSeconds(20));
    Connection connection = account.connectionOf(instance, endpoint);
    assertThat(connection.status()).isEqualTo("failed");
    return connection.lastFailureMessage();
  }

  @Test
  void isForgottenOnRequestAndWithEitherOfItsEnds() throws InterruptedException {
    String first = account.createOracleSource("first");
    String second = account.createOracleSource("second");
    String third = account.createOracleSource("third");
    account.test(instance, first);
    account.test(instance, second);
    account.test(instance, third);
    assertRefused(
        "InvalidResourceStateFault",
        () -> dms.deleteConnection(r -> r.replicationInstanceArn(instance).endpointArn(first)));
    account.pass(Duration.ofMinutes(1));

    assertThat(
            dms.deleteConnection(r -> r.replicationInstanceArn(instance).endpointArn(first))
                .connection()
                .status())
        .isEqualTo("deleting");
    dms.deleteEndpoint(r -> r.endpointArn(second));
    account.pass(Duration.ofMinutes(1));
    assertThat(dms.describeConnections().connections())
        .extracting(Connection::endpointArn)
        .containsExactly(third);
    dms.deleteReplicationInstance(r -> r.replicationInstanceArn(instance));
    account.pass(Duration.ofMinutes(5));

    assertThat(dms.describeConnections().connections()).isEmpty();
    assertRefused(
        "ResourceNotFoundFault",
        () -> dms.deleteConnection(r -> r.replicationInstanceArn(instance).endpointArn(first)));
  }
}
