package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.ClusterPendingModifiedValues;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterRequest;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

class RdsClusterChangeTest {

  private final RdsAccount account = new RdsAccount();
  private final RdsClient rds = account.rds;

  @BeforeEach
  void createCluster() {
    // one hour after the simulated account's beginning, a Thursday at midnight
    account.cluster(
        "db",
        r ->
            r.preferredMaintenanceWindow("thu:01:00-thu:01:30")
                .preferredBackupWindow("04:00-04:30"));
  }

  private DBCluster modify(Consumer<ModifyDbClusterRequest.Builder> change) {
    return rds.modifyDBCluster(r -> r.dbClusterIdentifier("DB").applyMutation(change)).dbCluster();
  }

  private DBCluster modifyNow(Consumer<ModifyDbClusterRequest.Builder> change) {
    return modify(r -> r.applyImmediately(true).applyMutation(change));
  }

  private DBCluster db() {
    return account.cluster("db");
  }

  @Test
  void isBusyWhileItIsModified() {
    DBCluster answered = modifyNow(r -> r.backupRetentionPeriod(7));

    assertThat(answered.status()).isEqualTo("modifying");
    assertThat(answered.backupRetentionPeriod()).isOne();
    assertThat(answered.pendingModifiedValues().backupRetentionPeriod()).isEqualTo(7);
    assertThatThrownBy(() -> modifyNow(r -> r.backupRetentionPeriod(8)))
        .isInstanceOf(InvalidDbClusterStateException.class)
        .hasMessageContaining("not available for modification with status modifying");
    assertThat(account.watchCluster("db")).containsExactly("modifying", "available");
    assertThat(db().backupRetentionPeriod()).isEqualTo(7);
    assertThat(db().pendingModifiedValues()).isNull();
  }

  @Test
  void waitsForTheMaintenanceWindowWhenItShallNotBeAtOnce() {
    modify(r -> r.backupRetentionPeriod(7));
    modify(r -> r.enableIAMDatabaseAuthentication(true));

    assertThat(db().status()).isEqualTo("available");
    assertThat(db().pendingModifiedValues())
        .isEqualTo(
            ClusterPendingModifiedValues.builder()
                .backupRetentionPeriod(7)
                .iamDatabaseAuthenticationEnabled(true)
                .build());
    account.pass(Duration.ofMinutes(40));
    assertThat(db().backupRetentionPeriod()).isOne();

    assertThat(account.watchCluster("db")).containsExactly("available", "modifying", "available");
    assertThat(db().backupRetentionPeriod()).isEqualTo(7);
    assertThat(db().iamDatabaseAuthenticationEnabled()).isTrue();
    assertThat(db().pendingModifiedValues()).isNull();
  }

  @Test
  void takesWhatWaitsAlongWithTheNextImmediateChange() {
    modify(r -> r.backupRetentionPeriod(7));
    modifyNow(r -> r.storageType("aurora-iopt1"));
    account.pass(Duration.ofMinutes(5));

    assertThat(db().backupRetentionPeriod()).isEqualTo(7);
    assertThat(db().storageType()).isEqualTo("aurora-iopt1");
    account.pass(Duration.ofHours(2));
    assertThat(db().status()).isEqualTo("available");
  }

  @Test
  void forgetsAWaitingChangeThatIsTakenBack() {
    modify(r -> r.backupRetentionPeriod(7));
    modify(r -> r.backupRetentionPeriod(1));

    assertThat(db().pendingModifiedValues()).isNull();
    account.pass(Duration.ofHours(2));
    assertThat(db().backupRetentionPeriod()).isOne();
  }

  @Test
  void changesOtherThingsAtOnceWhileSomethingWaits() {
    modify(r -> r.backupRetentionPeriod(7));
    modify(r -> r.port(5433));

    assertThat(db().port()).isEqualTo(5433);
    assertThat(db().status()).isEqualTo("modifying");
    account.pass(Duration.ofMinutes(5));
    assertThat(db().status()).isEqualTo("available");
    assertThat(db().pendingModifiedValues().backupRetentionPeriod()).isEqualTo(7);
    account.pass(Duration.ofHours(2));
    assertThat(db().backupRetentionPeriod()).isEqualTo(7);
  }

  @Test
  void changesWhatNobodyNoticesWithoutBeingBusy() {
    modify(
        r ->
            r.deletionProtection(true)
                .copyTagsToSnapshot(true)
                .preferredBackupWindow("05:00-05:30")
                .preferredMaintenanceWindow("MON:03:00-MON:03:30"));

    assertThat(db().status()).isEqualTo("available");
    assertThat(db().deletionProtection()).isTrue();
    assertThat(db().copyTagsToSnapshot()).isTrue();
    assertThat(db().preferredBackupWindow()).isEqualTo("05:00-05:30");
    assertThat(db().preferredMaintenanceWindow()).isEqualTo("mon:03:00-mon:03:30");
  }

  @Test
  void doesNothingWhenEverythingIsAsItShallBe() {
    DBCluster before = db();

    assertThat(
            modifyNow(
                r ->
                    r.port(5432)
                        .backupRetentionPeriod(1)
                        .engineVersion("16.4")
                        .storageType("aurora")
                        .deletionProtection(false)))
        .isEqualTo(before);
  }

  @Test
  void exchangesSecurityGroupsOfItsInterfacesToo() {
    account.instance("db", "db-1", r -> {});
    String group = account.securityGroup("other");

    modifyNow(r -> r.vpcSecurityGroupIds(group));

    assertThat(db().vpcSecurityGroups())
        .extracting(VpcSecurityGroupMembership::vpcSecurityGroupId)
        .containsExactly(group);
    assertThat(account.ec2.describeNetworkInterfaces().networkInterfaces())
        .singleElement()
        .satisfies(
            eni ->
                assertThat(eni.groups())
                    .extracting(GroupIdentifier::groupId)
                    .containsExactly(group));
    assertThat(account.instance("db-1").vpcSecurityGroups()).isEqualTo(db().vpcSecurityGroups());
  }

  @Test
  void addsAndRemovesLogExports() {
    modifyNow(
        r ->
            r.cloudwatchLogsExportConfiguration(
                logs -> logs.enableLogTypes("postgresql", "instance")));
    account.pass(Duration.ofMinutes(5));
    assertThat(db().enabledCloudwatchLogsExports())
        .containsExactlyInAnyOrder("instance", "postgresql");
    modify(r -> r.cloudwatchLogsExportConfiguration(logs -> logs.disableLogTypes("instance")));

    assertThat(db().pendingModifiedValues().pendingCloudwatchLogsExports().logTypesToDisable())
        .containsExactly("instance");
    account.pass(Duration.ofHours(2));
    assertThat(db().enabledCloudwatchLogsExports()).containsExactly("postgresql");
  }

  @Test
  void upgradesItsInstancesWithItself() {
    account.instance("db", "db-1", r -> {});

    modifyNow(r -> r.engineVersion("16.6"));

    assertThat(db().status()).isEqualTo("upgrading");
    assertThat(db().pendingModifiedValues().engineVersion()).isEqualTo("16.6");
    assertThat(account.watchInstance("db-1")).containsExactly("upgrading", "available");
    assertThat(db().engineVersion()).isEqualTo("16.6");
    assertThat(account.instance("db-1").engineVersion()).isEqualTo("16.6");
  }

  @Test
  void changesTheParameterGroupWithAMajorUpgrade() {
    modifyNow(r -> r.engineVersion("17.4").allowMajorVersionUpgrade(true));

    assertThat(db().dbClusterParameterGroup()).isEqualTo("default.aurora-postgresql16");
    account.pass(Duration.ofMinutes(20));
    assertThat(db().engineVersion()).isEqualTo("17.4");
    assertThat(db().dbClusterParameterGroup()).isEqualTo("default.aurora-postgresql17");
  }

  @Test
  void wantsANewParameterGroupForAMajorUpgradeWhenTheOldOneIsCustom() {
    for (String version : new String[] {"16", "17"}) {
      rds.createDBClusterParameterGroup(
          r ->
              r.dbClusterParameterGroupName("hr" + version)
                  .dbParameterGroupFamily("aurora-postgresql" + version)
                  .description("HR"));
    }
    modifyNow(r -> r.dbClusterParameterGroupName("hr16"));
    account.pass(Duration.ofMinutes(5));

    assertThatThrownBy(() -> modifyNow(r -> r.engineVersion("17.4").allowMajorVersionUpgrade(true)))
        .hasMessageContaining("parameter group hr16 is custom");
    modifyNow(
        r ->
            r.engineVersion("17.4")
                .allowMajorVersionUpgrade(true)
                .dbClusterParameterGroupName("HR17"));
    account.pass(Duration.ofMinutes(20));
    assertThat(db().dbClusterParameterGroup()).isEqualTo("hr17");
  }

  @Test
  void refusesUpgradesThatCannotBe() {
    refused("Cannot upgrade aurora-postgresql from 16.4 to 16.3", r -> r.engineVersion("16.3"));
    refused("Cannot find version 16.5 for aurora-postgresql", r -> r.engineVersion("16.5"));
    refused("The AllowMajorVersionUpgrade flag must be present", r -> r.engineVersion("17.4"));
    refused(
        "db-instance-parameter-group-name can only be specified for a major",
        r -> r.dbInstanceParameterGroupName("default.aurora-postgresql16"));
    refused(
        "DBParameterGroupFamily aurora-postgresql16",
        r -> r.dbClusterParameterGroupName("default.aurora-postgresql17"));
  }

  private void refused(String message, Consumer<ModifyDbClusterRequest.Builder> change) {
    assertThatThrownBy(() -> modifyNow(change)).hasMessageContaining(message);
    assertRefused("InvalidParameterCombination", () -> modifyNow(change));
    assertThat(db().status()).isEqualTo("available");
  }

  @Test
  void resetsThePasswordWhateverIsAskedFor() {
    modify(r -> r.masterUserPassword("another-one"));

    assertThat(db().pendingModifiedValues().masterUserPassword()).isEqualTo("****");
    assertThat(account.watchCluster("db"))
        .containsExactly("resetting-master-credentials", "available");
    assertThat(db().pendingModifiedValues()).isNull();
  }

  @Test
  void handsThePasswordOverToRdsAndBack() {
    modifyNow(r -> r.manageMasterUserPassword(true));
    assertThat(db().masterUserSecret().secretStatus()).isEqualTo("creating");
    account.pass(Duration.ofMinutes(5));
    assertThat(db().masterUserSecret().secretStatus()).isEqualTo("active");
    assertRefused(
        "InvalidParameterCombination", () -> modifyNow(r -> r.masterUserPassword("12345678")));
    assertRefused("InvalidParameterValue", () -> modifyNow(r -> r.manageMasterUserPassword(false)));

    modifyNow(r -> r.rotateMasterUserPassword(true));
    assertThat(db().masterUserSecret().secretStatus()).isEqualTo("rotating");
    account.pass(Duration.ofMinutes(5));
    assertThat(db().masterUserSecret().secretStatus()).isEqualTo("active");

    modifyNow(r -> r.manageMasterUserPassword(false).masterUserPassword("12345678"));
    assertThat(db().masterUserSecret()).isNull();
    account.pass(Duration.ofMinutes(5));
    assertRefused(
        "InvalidParameterCombination", () -> modifyNow(r -> r.rotateMasterUserPassword(true)));
  }

  @Test
  void switchesTheHttpEndpoint() {
    rds.enableHttpEndpoint(r -> r.resourceArn(db().dbClusterArn()));
    assertThat(db().httpEndpointEnabled()).isTrue();
    rds.disableHttpEndpoint(r -> r.resourceArn(db().dbClusterArn()));
    assertThat(db().httpEndpointEnabled()).isFalse();
  }

  @Test
  void isNoPartOfAGlobalCluster() {
    assertThat(rds.describeGlobalClusters().globalClusters()).isEmpty();
    assertRefused(
        "GlobalClusterNotFoundFault",
        () -> rds.describeGlobalClusters(r -> r.globalClusterIdentifier("none")));
  }
}
