package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.ActivityStreamStatus;
import software.amazon.awssdk.services.rds.model.CreateDbClusterRequest;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DatabaseInsightsMode;
import software.amazon.awssdk.services.rds.model.DbClusterAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DbClusterParameterGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSubnetGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.Filter;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;
import software.amazon.awssdk.services.rds.model.KmsKeyNotAccessibleException;
import software.amazon.awssdk.services.rds.model.Tag;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

class RdsClusterTest {

  private final RdsAccount account = new RdsAccount();
  private final RdsClient rds = account.rds;

  @Test
  void fillsInWhatARequestDoesNotSay() {
    DBCluster cluster = account.createCluster("HR-Cluster");

    assertThat(cluster.dbClusterIdentifier()).isEqualTo("hr-cluster");
    assertThat(cluster.dbClusterArn())
        .isEqualTo("arn:aws:rds:us-east-1:123456789012:cluster:hr-cluster");
    assertThat(cluster.dbClusterResourceId()).matches("cluster-[A-Z0-9]{26}");
    assertThat(cluster.endpoint())
        .matches("hr-cluster\\.cluster-c[a-z0-9]{11}\\.us-east-1\\.rds\\.amazonaws\\.com");
    assertThat(cluster.readerEndpoint())
        .isEqualTo(cluster.endpoint().replace(".cluster-", ".cluster-ro-"));
    assertThat(cluster.hostedZoneId()).isEqualTo("Z2R2ITUGPM61AM");
    assertThat(cluster.availabilityZones())
        .containsExactlyInAnyOrder("us-east-1a", "us-east-1b", "us-east-1c");
    assertThat(cluster.port()).isEqualTo(5432);
    assertThat(cluster.allocatedStorage()).isOne();
    assertThat(cluster.backupRetentionPeriod()).isOne();
    assertThat(cluster.dbClusterParameterGroup()).isEqualTo("default.aurora-postgresql16");
    assertThat(cluster.engineMode()).isEqualTo("provisioned");
    assertThat(cluster.networkType()).isEqualTo("IPV4");
    assertThat(cluster.databaseInsightsMode()).isEqualTo(DatabaseInsightsMode.STANDARD);
    assertThat(cluster.engineLifecycleSupport()).isEqualTo("open-source-rds-extended-support");
    assertThat(cluster.activityStreamStatus()).isEqualTo(ActivityStreamStatus.STOPPED);
    assertThat(cluster.autoMinorVersionUpgrade()).isTrue();
    assertThat(cluster.storageEncrypted()).isFalse();
    assertThat(cluster.deletionProtection()).isFalse();
    assertThat(cluster.copyTagsToSnapshot()).isFalse();
    assertThat(cluster.iamDatabaseAuthenticationEnabled()).isFalse();
    assertThat(cluster.httpEndpointEnabled()).isFalse();
    assertThat(cluster.multiAZ()).isFalse();
    assertThat(cluster.kmsKeyId()).isNull();
    assertThat(cluster.masterUserSecret()).isNull();
    assertThat(cluster.pendingModifiedValues()).isNull();
    assertThat(cluster.enabledCloudwatchLogsExports()).isEmpty();
    assertThat(cluster.vpcSecurityGroups()).hasSize(1);
  }

  @Test
  void isAvailableBeforeItHasAnInstance() {
    account.createCluster("db");

    assertThat(account.watchCluster("db")).containsExactly("creating", "available");
    assertThat(account.cluster("db").dbClusterMembers()).isEmpty();
    assertThat(account.cluster("db").latestRestorableTime()).isBefore(account.aws.timeline().now());
  }

  @Test
  void saysEachTimeTheSameWhereRdsPicksAtRandom() {
    DBCluster here = account.createCluster("db");
    DBCluster there = new RdsAccount().createCluster("db");

    assertThat(here).isEqualTo(there);
    assertThat(here.preferredBackupWindow()).matches("\\d\\d:\\d\\d-\\d\\d:\\d\\d");
    assertThat(here.preferredMaintenanceWindow())
        .matches("[a-z]{3}:\\d\\d:\\d\\d-[a-z]{3}:\\d\\d:\\d\\d");
    assertThat(account.createCluster("other").preferredMaintenanceWindow())
        .isNotEqualTo(here.preferredMaintenanceWindow());
  }

  @Test
  void keepsWhatARequestSays() {
    DBCluster cluster =
        account.createCluster(
            "db",
            r ->
                r.databaseName("hr")
                    .port(5433)
                    .backupRetentionPeriod(7)
                    .preferredBackupWindow("02:00-02:30")
                    .preferredMaintenanceWindow("Sun:05:00-Sun:06:00")
                    .storageType("aurora")
                    .deletionProtection(true)
                    .copyTagsToSnapshot(true)
                    .enableIAMDatabaseAuthentication(true)
                    .enableCloudwatchLogsExports("postgresql")
                    .serverlessV2ScalingConfiguration(s -> s.minCapacity(0.5).maxCapacity(4.0))
                    .tags(Tag.builder().key("team").value("hr").build()));

    assertThat(cluster.databaseName()).isEqualTo("hr");
    assertThat(cluster.port()).isEqualTo(5433);
    assertThat(cluster.backupRetentionPeriod()).isEqualTo(7);
    assertThat(cluster.preferredBackupWindow()).isEqualTo("02:00-02:30");
    assertThat(cluster.preferredMaintenanceWindow()).isEqualTo("sun:05:00-sun:06:00");
    assertThat(cluster.storageType()).as("RDS does not show the usual one").isNull();
    assertThat(cluster.deletionProtection()).isTrue();
    assertThat(cluster.copyTagsToSnapshot()).isTrue();
    assertThat(cluster.iamDatabaseAuthenticationEnabled()).isTrue();
    assertThat(cluster.enabledCloudwatchLogsExports()).containsExactly("postgresql");
    assertThat(cluster.serverlessV2ScalingConfiguration().maxCapacity()).isEqualTo(4.0);
    assertThat(cluster.tagList()).containsExactly(Tag.builder().key("team").value("hr").build());
  }

  @Test
  void belongsToTheGroupsThatARequestNames() {
    String group = account.securityGroup("db");
    rds.createDBClusterParameterGroup(
        r ->
            r.dbClusterParameterGroupName("hr")
                .dbParameterGroupFamily("aurora-postgresql16")
                .description("HR"));

    DBCluster cluster =
        account.createCluster(
            "db", r -> r.dbClusterParameterGroupName("HR").vpcSecurityGroupIds(group));

    assertThat(cluster.dbClusterParameterGroup()).isEqualTo("hr");
    assertThat(cluster.dbSubnetGroup()).isEqualTo("hr");
    assertThat(cluster.vpcSecurityGroups())
        .singleElement()
        .satisfies(
            membership -> {
              assertThat(membership.vpcSecurityGroupId()).isEqualTo(group);
              assertThat(membership.status()).isEqualTo("active");
            });
  }

  @Test
  void takesTheNewestMinorVersionOfAMajorOne() {
    assertThat(account.createCluster("a", r -> r.engineVersion("16")).engineVersion())
        .isEqualTo("16.11");
    assertThat(account.createCluster("b", r -> r.engineVersion(null)).engineVersion())
        .isEqualTo("17.7");
  }

  @Test
  void encryptsWithTheKeyThatIsNamed() {
    KmsClient kms = Clients.client(KmsClient.builder(), account.aws);
    var key = kms.createKey(r -> {}).keyMetadata();

    DBCluster cluster =
        account.createCluster("encrypted", r -> r.storageEncrypted(true).kmsKeyId(key.keyId()));

    assertThat(cluster.kmsKeyId()).isEqualTo(key.arn());
    assertThatThrownBy(
            () -> account.createCluster("no", r -> r.storageEncrypted(true).kmsKeyId("missing")))
        .isInstanceOf(KmsKeyNotAccessibleException.class);
    refused("InvalidParameterCombination", r -> r.kmsKeyId(key.keyId()));
  }

  @Test
  void keepsTheMasterUsersPasswordInASecret() {
    DBCluster created =
        account.createCluster("db", r -> r.masterUserPassword(null).manageMasterUserPassword(true));
    String arn = created.masterUserSecret().secretArn();
    SecretsManagerClient secrets = Clients.client(SecretsManagerClient.builder(), account.aws);

    assertThat(arn)
        .matches("arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!cluster-.*-.{6}");
    assertThat(created.masterUserSecret().kmsKeyId()).startsWith("arn:aws:kms:");
    assertThat(created.masterUserSecret().secretStatus()).isEqualTo("creating");
    assertThat(secrets.getSecretValue(r -> r.secretId(arn)).secretString())
        .contains("\"username\":\"postgres\"");
    account.pass(Duration.ofMinutes(5));
    assertThat(account.cluster("db").masterUserSecret().secretStatus()).isEqualTo("active");

    rds.deleteDBCluster(r -> r.dbClusterIdentifier("db").skipFinalSnapshot(true));
    account.pass(Duration.ofMinutes(10));
    assertThatThrownBy(() -> secrets.describeSecret(r -> r.secretId(arn)))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void refusesCredentialsThatCannotBe() {
    refused("InvalidParameterValue", r -> r.masterUserPassword(null));
    refused("InvalidParameterValue", r -> r.masterUserPassword("short"));
    refused("InvalidParameterValue", r -> r.masterUserPassword("with space and /"));
    refused("InvalidParameterCombination", r -> r.manageMasterUserPassword(true));
    refused("InvalidParameterValue", r -> r.masterUsername(null));
    refused("InvalidParameterValue", r -> r.masterUsername("Admin"));
  }

  @Test
  void refusesVersionsThatAreNotThere() {
    assertThatThrownBy(() -> account.createCluster("db", r -> r.engineVersion("16.99")))
        .hasMessageContaining("Cannot find version 16.99 for aurora-postgresql");
    refused("InvalidParameterCombination", r -> r.engineVersion("16.99"));
  }

  @Test
  void refusesAParameterGroupOfAnotherFamily() {
    assertThatThrownBy(
            () ->
                account.createCluster(
                    "db", r -> r.dbClusterParameterGroupName("default.aurora-postgresql15")))
        .hasMessageContaining("Please use a Parameter Group with DBParameterGroupFamily aurora-p");
    assertThatThrownBy(
            () -> account.createCluster("db", r -> r.dbClusterParameterGroupName("nobody")))
        .isInstanceOf(DbClusterParameterGroupNotFoundException.class);
  }

  @Test
  void refusesANetworkThatIsNotThere() {
    assertThatThrownBy(() -> account.createCluster("db", r -> r.dbSubnetGroupName("nobody")))
        .isInstanceOf(DbSubnetGroupNotFoundException.class);
    assertThatThrownBy(() -> account.createCluster("db", r -> r.dbSubnetGroupName(null)))
        .isInstanceOf(DbSubnetGroupNotFoundException.class);
    assertThatThrownBy(() -> account.createCluster("db", r -> r.vpcSecurityGroupIds("sg-1")))
        .hasMessageContaining("Invalid security group , groupId= sg-1, groupName=.");
    refused("InvalidVPCNetworkStateFault", r -> r.availabilityZones("eu-west-1a"));
    String elsewhere = account.ec2.createVpc(r -> r.cidrBlock("10.1.0.0/16")).vpc().vpcId();
    String foreign =
        account
            .ec2
            .createSecurityGroup(r -> r.vpcId(elsewhere).groupName("x").description("x"))
            .groupId();
    assertThatThrownBy(() -> account.createCluster("db", r -> r.vpcSecurityGroupIds(foreign)))
        .hasMessageContaining("are in different VPCs");
  }

  @Test
  void refusesValuesOutOfRange() {
    refused("InvalidParameterValue", r -> r.port(80));
    refused("InvalidParameterValue", r -> r.backupRetentionPeriod(0));
    refused("InvalidParameterValue", r -> r.backupRetentionPeriod(36));
    refused("InvalidParameterValue", r -> r.databaseName("1-db"));
    refused("InvalidParameterValue", r -> r.storageType("gp3"));
    refused("InvalidParameterValue", r -> r.preferredBackupWindow("2:00-2:30"));
    refused("InvalidParameterValue", r -> r.preferredBackupWindow("02:00-02:10"));
    refused("InvalidParameterValue", r -> r.preferredMaintenanceWindow("sun:02:00"));
    refused(
        "InvalidParameterValue",
        r -> r.serverlessV2ScalingConfiguration(s -> s.minCapacity(4.0).maxCapacity(2.0)));
    refused("InvalidParameterCombination", r -> r.enableCloudwatchLogsExports("audit"));
    assertThatThrownBy(
            () ->
                account.createCluster(
                    "db",
                    r ->
                        r.preferredBackupWindow("02:00-03:00")
                            .preferredMaintenanceWindow("mon:02:45-mon:03:15")))
        .hasMessageContaining("must not overlap");
    assertThatThrownBy(() -> account.createCluster("1db"))
        .hasMessageContaining("is not a valid identifier");
  }

  @Test
  void saysWhatItDoesNotSimulate() {
    refused("NotSimulated", r -> r.domain("d-1"));
    refused("NotSimulated", r -> r.engine("aurora-mysql"));
    refused("NotSimulated", r -> r.networkType("DUAL"));
  }

  private void refused(String code, Consumer<CreateDbClusterRequest.Builder> change) {
    assertRefused(code, () -> account.createCluster("db", change));
  }

  @Test
  void refusesASecondClusterOfTheSameName() {
    account.createCluster("db");

    assertThatThrownBy(() -> account.createCluster("DB"))
        .isInstanceOf(DbClusterAlreadyExistsException.class);
  }

  @Test
  void findsClustersByNameArnAndFilter() {
    String arn = account.createCluster("db").dbClusterArn();
    account.createCluster("other");

    assertThat(account.cluster(arn).dbClusterIdentifier()).isEqualTo("db");
    assertThat(account.cluster("DB").dbClusterIdentifier()).isEqualTo("db");
    assertThat(
            rds.describeDBClusters(r -> r.filters(filter("db-cluster-id", "db", "x"))).dbClusters())
        .extracting(DBCluster::dbClusterIdentifier)
        .containsExactly("db");
    assertThat(rds.describeDBClusters(r -> r.filters(filter("engine", "mysql"))).dbClusters())
        .isEmpty();
    assertRefused(
        "InvalidParameterValue",
        () -> rds.describeDBClusters(r -> r.filters(filter("colour", "red"))));
    assertThatThrownBy(() -> account.cluster("nobody"))
        .isInstanceOf(DbClusterNotFoundException.class)
        .hasMessageContaining("DBCluster nobody not found.");
  }

  private static Filter filter(String name, String... values) {
    return Filter.builder().name(name).values(values).build();
  }

  @Test
  void pagesThroughClusters() {
    for (int i = 10; i < 35; i++) {
      account.createCluster("db-" + i);
    }

    assertThat(rds.describeDBClusters(r -> r.maxRecords(20)).dbClusters()).hasSize(20);
    assertThat(rds.describeDBClustersPaginator(r -> r.maxRecords(20)).dbClusters()).hasSize(25);
  }

  @Test
  void deletesAClusterInAWhile() {
    account.cluster("db", r -> {});
    rds.deleteDBCluster(r -> r.dbClusterIdentifier("db").skipFinalSnapshot(true));

    assertThat(account.cluster("db").status()).isEqualTo("deleting");
    assertThatThrownBy(
            () -> rds.deleteDBCluster(r -> r.dbClusterIdentifier("db").skipFinalSnapshot(true)))
        .isInstanceOf(InvalidDbClusterStateException.class);
    account.pass(Duration.ofMinutes(6));
    assertThatThrownBy(() -> account.cluster("db")).isInstanceOf(DbClusterNotFoundException.class);
  }

  @Test
  void protectsAClusterFromDeletion() {
    account.cluster("db", r -> r.deletionProtection(true));

    assertThatThrownBy(
            () -> rds.deleteDBCluster(r -> r.dbClusterIdentifier("db").skipFinalSnapshot(true)))
        .hasMessageContaining(
            "Cannot delete protected Cluster, please disable deletion protection and try again.");
    rds.modifyDBCluster(r -> r.dbClusterIdentifier("db").deletionProtection(false));
    rds.deleteDBCluster(r -> r.dbClusterIdentifier("db").skipFinalSnapshot(true));
  }

  @Test
  void refusesToDeleteAClusterThatIsBusy() {
    account.createCluster("db");

    assertThatThrownBy(
            () -> rds.deleteDBCluster(r -> r.dbClusterIdentifier("db").skipFinalSnapshot(true)))
        .isInstanceOf(InvalidDbClusterStateException.class)
        .hasMessageContaining("is not currently in the available state");
  }

  @Test
  void goesOnAfterReopening(@TempDir Path folder) throws IOException, InterruptedException {
    List<DBCluster> before;
    try (SimulatedAws first = SimulatedAws.open(folder)) {
      RdsAccount there = new RdsAccount(first);
      there.createCluster(
          "db", r -> r.serverlessV2ScalingConfiguration(s -> s.minCapacity(0.5).maxCapacity(1.0)));
      before = there.rds.describeDBClusters().dbClusters();
    }
    try (SimulatedAws second = SimulatedAws.open(folder)) {
      RdsClient client = Clients.client(RdsClient.builder(), second);
      assertThat(client.describeDBClusters().dbClusters()).isEqualTo(before);
      second.timeline().sleep(Duration.ofMinutes(5));
      assertThat(client.describeDBClusters().dbClusters().get(0).status()).isEqualTo("available");
    }
  }
}
