package dev.pgbound.simulator;

import static dev.pgbound.simulator.DmsAccount.instance;
import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.ReplicationInstance;
import software.amazon.awssdk.services.databasemigration.model.VpcSecurityGroupMembership;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;

class DmsInstanceChangeTest {

  private final DmsAccount account = new DmsAccount(SimulatedAws.inMemory());
  private final DatabaseMigrationClient dms = account.dms();

  @BeforeEach
  void createSubnetGroup() throws InterruptedException {
    account.createSubnetGroup();
  }

  private List<NetworkInterface> interfaces() {
    return account.ec2().describeNetworkInterfaces().networkInterfaces();
  }

  @Test
  void changesClassAndStorageAtOnceWhenTold() throws InterruptedException {
    String arn = account.createInstance("w");

    ReplicationInstance modified =
        dms.modifyReplicationInstance(
                r ->
                    r.replicationInstanceArn(arn)
                        .replicationInstanceClass("dms.r6i.large")
                        .allocatedStorage(200)
                        .applyImmediately(true))
            .replicationInstance();

    assertThat(modified.replicationInstanceStatus()).isEqualTo("modifying");
    assertThat(modified.pendingModifiedValues().allocatedStorage()).isEqualTo(200);
    assertRefused(
        "InvalidResourceStateFault",
        () ->
            dms.modifyReplicationInstance(
                r -> r.replicationInstanceArn(arn).allocatedStorage(300)));
    account.pass(Duration.ofMinutes(10));
    ReplicationInstance instance = account.instanceOf(arn);
    assertThat(instance.replicationInstanceStatus()).isEqualTo("available");
    assertThat(instance.replicationInstanceClass()).isEqualTo("dms.r6i.large");
    assertThat(instance.allocatedStorage()).isEqualTo(200);
    assertThat(instance.pendingModifiedValues().allocatedStorage()).isNull();
  }

  @Test
  void showsAnUpgradeAsSuch() throws InterruptedException {
    String arn = account.createInstance("w");

    dms.modifyReplicationInstance(
        r -> r.replicationInstanceArn(arn).engineVersion("3.6.1").applyImmediately(true));

    assertThat(account.instanceOf(arn).replicationInstanceStatus()).isEqualTo("upgrading");
    account.pass(Duration.ofMinutes(10));
    assertThat(account.instanceOf(arn).engineVersion()).isEqualTo("3.6.1");
    assertRefused(
        "InvalidParameterCombinationException",
        () ->
            dms.modifyReplicationInstance(
                r -> r.replicationInstanceArn(arn).engineVersion("3.5.4")));
  }

  @Test
  void keepsAChangePendingUntilTheMaintenanceWindow() throws InterruptedException {
    String arn =
        dms.createReplicationInstance(
                instance("w").preferredMaintenanceWindow("Fri:08:20-fri:08:50").build())
            .replicationInstance()
            .replicationInstanceArn();
    account.pass(Duration.ofMinutes(8));

    dms.modifyReplicationInstance(
        r ->
            r.replicationInstanceArn(arn)
                .multiAZ(true)
                .autoMinorVersionUpgrade(false)
                .replicationInstanceIdentifier("Renamed"));

    ReplicationInstance waiting = account.instanceOf(arn);
    assertThat(waiting.replicationInstanceStatus()).isEqualTo("available");
    assertThat(waiting.preferredMaintenanceWindow()).isEqualTo("fri:08:20-fri:08:50");
    assertThat(waiting.multiAZ()).isFalse();
    assertThat(waiting.pendingModifiedValues().multiAZ()).isTrue();
    assertThat(waiting.autoMinorVersionUpgrade()).isFalse();
    assertThat(waiting.replicationInstanceIdentifier()).isEqualTo("renamed");
    // the simulated account begins on a Thursday at midnight
    account.pass(Duration.ofHours(32).plusMinutes(12));
    assertThat(account.instanceOf(arn).replicationInstanceStatus()).isEqualTo("modifying");
    account.pass(Duration.ofMinutes(10));
    assertThat(account.instanceOf(arn).multiAZ()).isTrue();
    assertThat(account.instanceOf(arn).replicationInstancePrivateIpAddresses()).hasSize(2);
  }

  @Test
  void appliesWhatIsPendingTogetherWithAnImmediateChange() throws InterruptedException {
    String arn = account.createInstance("w");
    dms.modifyReplicationInstance(r -> r.replicationInstanceArn(arn).multiAZ(true));

    dms.modifyReplicationInstance(
        r -> r.replicationInstanceArn(arn).allocatedStorage(150).applyImmediately(true));
    account.pass(Duration.ofMinutes(10));

    ReplicationInstance instance = account.instanceOf(arn);
    assertThat(instance.multiAZ()).isTrue();
    assertThat(instance.allocatedStorage()).isEqualTo(150);
    assertThat(interfaces()).hasSize(2);
    dms.modifyReplicationInstance(
        r -> r.replicationInstanceArn(arn).multiAZ(false).applyImmediately(true));
    account.pass(Duration.ofMinutes(10));
    assertThat(account.instanceOf(arn).secondaryAvailabilityZone()).isNull();
    assertThat(interfaces()).hasSize(1);
  }

  @Test
  void givesItsInterfacesTheSecurityGroupsOfTheInstance() throws InterruptedException {
    String arn = account.createInstance("w");
    String vpc = account.instanceOf(arn).replicationSubnetGroup().vpcId();
    String group =
        account
            .ec2()
            .createSecurityGroup(r -> r.groupName("dms").description("DMS").vpcId(vpc))
            .groupId();

    dms.modifyReplicationInstance(r -> r.replicationInstanceArn(arn).vpcSecurityGroupIds(group));

    assertThat(account.instanceOf(arn).vpcSecurityGroups())
        .extracting(VpcSecurityGroupMembership::vpcSecurityGroupId)
        .containsExactly(group);
    assertThat(interfaces().get(0).groups()).hasSize(1);
    assertThat(interfaces().get(0).groups().get(0).groupId()).isEqualTo(group);
  }

  @Test
  void refusesModificationsThatAreNone() throws InterruptedException {
    String arn = account.createInstance("w");

    assertRefused(
        "InvalidParameterCombinationException",
        "No modifications were requested",
        () ->
            dms.modifyReplicationInstance(
                r -> r.replicationInstanceArn(arn).allowMajorVersionUpgrade(true)));
    assertRefused(
        "InvalidParameterCombinationException",
        () ->
            dms.modifyReplicationInstance(r -> r.replicationInstanceArn(arn).allocatedStorage(50)));
    assertRefused(
        "ResourceNotFoundFault",
        () ->
            dms.modifyReplicationInstance(r -> r.replicationInstanceArn(arn + "X").multiAZ(true)));
  }

  @Test
  void reboots() throws InterruptedException {
    String arn = account.createInstance("w");

    assertRefused(
        "InvalidParameterCombinationException",
        () ->
            dms.rebootReplicationInstance(r -> r.replicationInstanceArn(arn).forceFailover(true)));
    dms.rebootReplicationInstance(r -> r.replicationInstanceArn(arn));

    assertThat(account.instanceOf(arn).replicationInstanceStatus()).isEqualTo("rebooting");
    account.pass(Duration.ofMinutes(3));
    assertThat(account.instanceOf(arn).replicationInstanceStatus()).isEqualTo("available");
  }
}
