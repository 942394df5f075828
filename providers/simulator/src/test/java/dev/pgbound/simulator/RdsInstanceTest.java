package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBClusterMember;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbParameterGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.Filter;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;

class RdsInstanceTest {

  private static final String MONITORING_POLICY =
      "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole";

  private final RdsAccount account = new RdsAccount();
  private final RdsClient rds = account.rds;

  @BeforeEach
  void createCluster() {
    account.cluster(
        "db",
        r ->
            r.databaseName("hr")
                .backupRetentionPeriod(7)
                .enableCloudwatchLogsExports("postgresql"));
  }

  private DBInstance create(String name) {
    return account.createInstance("DB", name);
  }

  private String monitoringRole() {
    String trust =
        """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
         "Principal": {"Service": "monitoring.rds.amazonaws.com"}}]}
        """;
    String arn =
        account
            .iam
            .createRole(r -> r.roleName("monitoring").assumeRolePolicyDocument(trust))
            .role()
            .arn();
    account.iam.attachRolePolicy(r -> r.roleName("monitoring").policyArn(MONITORING_POLICY));
    return arn;
  }

  @Test
  void fillsInWhatARequestDoesNotSay() {
    create("HR-1");
    assertThat(account.instance("hr-1").endpoint()).isNull();
    assertThat(account.instance("hr-1").instanceCreateTime()).isNull();
    account.pass(Duration.ofMinutes(10));

    DBInstance instance = account.instance("hr-1");
    assertThat(instance.dbInstanceIdentifier()).isEqualTo("hr-1");
    assertThat(instance.dbInstanceArn()).isEqualTo("arn:aws:rds:us-east-1:123456789012:db:hr-1");
    assertThat(instance.dbiResourceId()).matches("db-[A-Z0-9]{26}");
    assertThat(instance.endpoint().address())
        .matches("hr-1\\.c[a-z0-9]{11}\\.us-east-1\\.rds\\.amazonaws\\.com");
    assertThat(instance.endpoint().port()).isEqualTo(5432);
    assertThat(instance.endpoint().hostedZoneId()).isEqualTo("Z2R2ITUGPM61AM");
    assertThat(instance.instanceCreateTime()).isBefore(account.aws.timeline().now());
    assertThat(instance.availabilityZone()).startsWith("us-east-1");
    assertThat(instance.caCertificateIdentifier()).isEqualTo("rds-ca-rsa2048-g1");
    assertThat(instance.certificateDetails().validTill())
        .isEqualTo(instance.instanceCreateTime().plus(Duration.ofDays(365)));
    assertThat(instance.promotionTier()).isOne();
    assertThat(instance.monitoringInterval()).isZero();
    assertThat(instance.performanceInsightsEnabled()).isFalse();
    assertThat(instance.publiclyAccessible()).isFalse();
    assertThat(instance.autoMinorVersionUpgrade()).isTrue();
    assertThat(instance.multiAZ()).isFalse();
    assertThat(instance.licenseModel()).isEqualTo("postgresql-license");
    assertThat(instance.storageType()).isEqualTo("aurora");
    assertThat(instance.dbInstancePort()).isZero();
    assertThat(instance.backupTarget()).isEqualTo("region");
    assertThat(instance.pendingModifiedValues()).isEqualTo(PendingModifiedValues.builder().build());
    assertThat(instance.dbParameterGroups().get(0).dbParameterGroupName())
        .isEqualTo("default.aurora-postgresql16");
    assertThat(instance.optionGroupMemberships().get(0).optionGroupName())
        .isEqualTo("default:aurora-postgresql-16");
  }

  @Test
  void takesOverWhatItsClusterSays() {
    DBInstance instance = create("hr-1");

    assertThat(instance.engineVersion()).isEqualTo("16.4");
    assertThat(instance.dbClusterIdentifier()).isEqualTo("db");
    assertThat(instance.masterUsername()).isEqualTo("postgres");
    assertThat(instance.dbName()).isEqualTo("hr");
    assertThat(instance.backupRetentionPeriod()).isEqualTo(7);
    assertThat(instance.preferredBackupWindow())
        .isEqualTo(account.cluster("db").preferredBackupWindow());
    assertThat(instance.enabledCloudwatchLogsExports()).containsExactly("postgresql");
    assertThat(instance.dbSubnetGroup().dbSubnetGroupName()).isEqualTo("hr");
    assertThat(instance.vpcSecurityGroups()).isEqualTo(account.cluster("db").vpcSecurityGroups());
  }

  @Test
  void comesUpInStates() {
    create("first");
    assertThat(account.watchInstance("first"))
        .containsExactly("creating", "backing-up", "available");
    create("second");
    assertThat(account.watchInstance("second")).containsExactly("creating", "available");
  }

  @Test
  void waitsForAClusterThatIsBeingCreated() {
    account.createCluster("new");
    account.createInstance("new", "new-1");
    account.pass(Duration.ofMinutes(8));
    assertThat(account.instance("new-1").dbInstanceStatus()).isEqualTo("creating");
    account.pass(Duration.ofMinutes(4));
    assertThat(account.instance("new-1").dbInstanceStatus()).isEqualTo("available");
  }

  @Test
  void isMemberOfItsCluster() {
    account.instance("db", "b", r -> r.promotionTier(2));
    account.instance("db", "a", r -> r.promotionTier(0));

    assertThat(account.cluster("db").dbClusterMembers())
        .extracting(
            DBClusterMember::dbInstanceIdentifier,
            DBClusterMember::isClusterWriter,
            DBClusterMember::promotionTier)
        .containsExactly(tuple("a", false, 0), tuple("b", true, 2));
    assertThat(account.cluster("db").multiAZ()).isTrue();

    rds.deleteDBInstance(r -> r.dbInstanceIdentifier("b"));
    assertThat(account.cluster("db").dbClusterMembers())
        .filteredOn(DBClusterMember::isClusterWriter)
        .extracting(DBClusterMember::dbInstanceIdentifier)
        .containsExactly("a");
  }

  @Test
  void needsAMonitoringRoleThatRdsCanSee() {
    String role = monitoringRole();
    Consumer<CreateDbInstanceRequest.Builder> monitored =
        r -> r.monitoringInterval(60).monitoringRoleArn(role);
    assertThatThrownBy(() -> account.createInstance("db", "hr-1", monitored))
        .hasMessageContaining(
            "IAM role ARN value is invalid or does not include the required permissions for:"
                + " ENHANCED_MONITORING");
    account.pass(Duration.ofSeconds(12));

    account.createInstance("db", "hr-1", monitored);

    assertThat(account.watchInstance("hr-1"))
        .containsExactly("creating", "backing-up", "configuring-enhanced-monitoring", "available");
    assertThat(account.instance("hr-1").enhancedMonitoringResourceArn())
        .endsWith("log-group:RDSOSMetrics:log-stream:" + account.instance("hr-1").dbiResourceId());
  }

  @Test
  void refusesMonitoringWithoutARoleAndARoleWithoutMonitoring() {
    assertThatThrownBy(() -> account.createInstance("db", "i", r -> r.monitoringInterval(60)))
        .hasMessageContaining("A MonitoringRoleARN value is required");
    refused("InvalidParameterCombination", r -> r.monitoringInterval(60));
    refused("InvalidParameterCombination", r -> r.monitoringRoleArn("arn:aws:iam::1:role/x"));
    refused(
        "InvalidParameterValue",
        r -> r.monitoringInterval(7).monitoringRoleArn("arn:aws:iam::1:role/x"));
  }

  @Test
  void refusesInstancesThatDoNotFitTheirCluster() {
    refused("InvalidParameterCombination", r -> r.engine("aurora-mysql"));
    refused("InvalidParameterCombination", r -> r.engineVersion("16.6"));
    refused("InvalidParameterCombination", r -> r.dbSubnetGroupName("other"));
    refused("InvalidParameterValue", r -> r.dbInstanceClass("large"));
    refused("InvalidParameterCombination", r -> r.dbInstanceClass("db.t2.micro"));
    refused("InvalidParameterCombination", r -> r.dbInstanceClass("db.serverless"));
    refused(
        "InvalidParameterCombination", r -> r.dbParameterGroupName("default.aurora-postgresql15"));
    refused("InvalidParameterValue", r -> r.promotionTier(16));
    refused("CertificateNotFound", r -> r.caCertificateIdentifier("rds-ca-2019"));
    refused("InvalidVPCNetworkStateFault", r -> r.availabilityZone("us-east-1c"));
    refused("InvalidVPCNetworkStateFault", r -> r.publiclyAccessible(true));
    refused("NotSimulated", r -> r.dbClusterIdentifier(null));
    refused("NotSimulated", r -> r.timezone("UTC"));
    refused("InvalidParameterCombination", r -> r.storageEncrypted(true));
    refused("InvalidParameterCombination", r -> r.port(5433));
    refused(
        "InvalidParameterValue",
        r -> r.performanceInsightsRetentionPeriod(8).enablePerformanceInsights(true));
    assertThatThrownBy(() -> account.createInstance("db", "i", r -> r.dbParameterGroupName("own")))
        .isInstanceOf(DbParameterGroupNotFoundException.class);
    assertThatThrownBy(() -> account.createInstance("nobody", "i"))
        .isInstanceOf(DbClusterNotFoundException.class);
    assertThat(rds.describeDBInstances().dbInstances()).isEmpty();
    assertThat(account.ec2.describeNetworkInterfaces().networkInterfaces()).isEmpty();
  }

  private void refused(String code, Consumer<CreateDbInstanceRequest.Builder> change) {
    assertRefused(code, () -> account.createInstance("db", "i", change));
  }

  @Test
  void refusesASecondInstanceOfTheSameName() {
    create("hr-1");

    assertThatThrownBy(() -> create("HR-1")).isInstanceOf(DbInstanceAlreadyExistsException.class);
  }

  @Test
  void fillsInWhatPerformanceInsightsComeWith() {
    DBInstance instance =
        account.createInstance("db", "hr-1", r -> r.enablePerformanceInsights(true));

    assertThat(instance.performanceInsightsRetentionPeriod()).isEqualTo(7);
    assertThat(instance.performanceInsightsKMSKeyId()).startsWith("arn:aws:kms:us-east-1:");
  }

  @Test
  void changesItsClassAtOnceOrInTheWindow() {
    account.instance("db", "hr-1", r -> r.preferredMaintenanceWindow("thu:02:00-thu:02:30"));
    modify(r -> r.dbInstanceClass("db.r6i.xlarge").applyImmediately(true));
    assertThat(account.instance("hr-1").pendingModifiedValues().dbInstanceClass())
        .isEqualTo("db.r6i.xlarge");
    assertThatThrownBy(() -> modify(r -> r.promotionTier(2)))
        .isInstanceOf(InvalidDbInstanceStateException.class);
    assertThat(account.watchInstance("hr-1")).containsExactly("modifying", "available");
    assertThat(account.instance("hr-1").dbInstanceClass()).isEqualTo("db.r6i.xlarge");

    modify(r -> r.dbInstanceClass("db.r6i.large"));
    modify(r -> r.promotionTier(2));
    assertThat(account.instance("hr-1").dbInstanceStatus()).isEqualTo("available");
    assertThat(account.instance("hr-1").pendingModifiedValues().dbInstanceClass())
        .isEqualTo("db.r6i.large");
    account.pass(Duration.ofHours(3));
    assertThat(account.instance("hr-1").dbInstanceClass()).isEqualTo("db.r6i.large");
    assertThat(account.instance("hr-1").pendingModifiedValues())
        .isEqualTo(PendingModifiedValues.builder().build());
    assertThat(account.instance("hr-1").promotionTier()).isEqualTo(2);
  }

  @Test
  void changesMonitoringAndInsights() {
    account.instance("db", "hr-1", r -> {});
    String role = monitoringRole();
    account.pass(Duration.ofSeconds(12));
    modify(r -> r.monitoringInterval(30).monitoringRoleArn(role).enablePerformanceInsights(true));
    assertThat(account.watchInstance("hr-1")).containsExactly("modifying", "available");
    assertThat(account.instance("hr-1").monitoringInterval()).isEqualTo(30);
    assertThat(account.instance("hr-1").performanceInsightsEnabled()).isTrue();

    modify(r -> r.monitoringInterval(0));
    assertThat(account.instance("hr-1").monitoringRoleArn()).isNull();
    assertThat(account.instance("hr-1").enhancedMonitoringResourceArn()).isNull();
  }

  @Test
  void leavesToTheClusterWhatIsTheClusters() {
    account.instance("db", "hr-1", r -> {});

    assertThatThrownBy(() -> modify(r -> r.backupRetentionPeriod(3)))
        .hasMessageContaining("Modify the backup retention period for the DB Cluster");
    assertRefused("InvalidParameterCombination", () -> modify(r -> r.engineVersion("16.6")));
    assertRefused("NotSimulated", () -> modify(r -> r.newDBInstanceIdentifier("other")));
  }

  private void modify(Consumer<ModifyDbInstanceRequest.Builder> change) {
    rds.modifyDBInstance(r -> r.dbInstanceIdentifier("hr-1").applyMutation(change));
  }

  @Test
  void upgradesMinorVersionsByItselfAsFarAsAllInstancesDo() {
    account.instance("db", "hr-1", r -> {});
    assertThat(account.cluster("db").autoMinorVersionUpgrade()).isTrue();

    modify(r -> r.autoMinorVersionUpgrade(false));

    assertThat(account.cluster("db").autoMinorVersionUpgrade()).isFalse();
    rds.modifyDBCluster(r -> r.dbClusterIdentifier("db").autoMinorVersionUpgrade(true));
    assertThat(account.instance("hr-1").autoMinorVersionUpgrade()).isTrue();
  }

  @Test
  void findsInstancesByArnAndFilter() {
    String arn = create("hr-1").dbInstanceArn();
    account.createCluster("other");
    account.createInstance("other", "o-1");

    assertThat(account.instance(arn).dbInstanceIdentifier()).isEqualTo("hr-1");
    assertThat(
            rds.describeDBInstances(
                    r -> r.filters(Filter.builder().name("db-cluster-id").values("other").build()))
                .dbInstances())
        .extracting(DBInstance::dbInstanceIdentifier)
        .containsExactly("o-1");
  }

  @Test
  void pagesThroughInstances() {
    for (int i = 10; i < 35; i++) {
      create("i-" + i);
    }

    assertThat(rds.describeDBInstances(r -> r.maxRecords(20)).dbInstances()).hasSize(20);
    assertThat(rds.describeDBInstancesPaginator(r -> r.maxRecords(20)).dbInstances()).hasSize(25);
  }

  @Test
  void goesOnAfterReopening(@TempDir Path folder) throws IOException, InterruptedException {
    List<DBInstance> before;
    try (SimulatedAws first = SimulatedAws.open(folder)) {
      RdsAccount there = new RdsAccount(first);
      there.createCluster("db");
      there.createInstance("db", "hr-1");
      before = there.rds.describeDBInstances().dbInstances();
    }
    try (SimulatedAws second = SimulatedAws.open(folder)) {
      RdsClient client = Clients.client(RdsClient.builder(), second);
      assertThat(client.describeDBInstances().dbInstances()).isEqualTo(before);
      second.timeline().sleep(Duration.ofMinutes(15));
      DBInstance later = client.describeDBInstances().dbInstances().get(0);
      assertThat(later.dbInstanceStatus()).isEqualTo("available");
      assertThat(later.endpoint().port()).isEqualTo(5432);
    }
  }
}
