package dev.pgbound.simulator;

import static dev.pgbound.simulator.DmsAccount.filter;
import static dev.pgbound.simulator.DmsAccount.instance;
import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.CreateReplicationInstanceRequest;
import software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ReplicationInstance;
import software.amazon.awssdk.services.databasemigration.model.VpcSecurityGroupMembership;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

class DmsInstanceTest {

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
  void fillsInWhatARequestDoesNotSay() throws InterruptedException {
    ReplicationInstance created =
        dms.createReplicationInstance(instance("Hr-Worker").build()).replicationInstance();
    assertThat(created.replicationInstanceStatus()).isEqualTo("creating");
    assertThat(created.hasReplicationInstancePrivateIpAddresses()).isFalse();

    account.pass(Duration.ofMinutes(7));
    assertThat(account.instanceOf(created.replicationInstanceArn()).replicationInstanceStatus())
        .isEqualTo("creating");
    account.pass(Duration.ofMinutes(1));

    ReplicationInstance instance = account.instanceOf(created.replicationInstanceArn());
    assertThat(instance.replicationInstanceStatus()).isEqualTo("available");
    assertThat(instance.replicationInstanceIdentifier()).isEqualTo("hr-worker");
    assertThat(instance.replicationInstanceArn())
        .matches("arn:aws:dms:us-east-1:123456789012:rep:[A-Z0-9]{26}");
    assertThat(instance.allocatedStorage()).isEqualTo(100);
    assertThat(instance.engineVersion()).isEqualTo("3.5.4");
    assertThat(instance.multiAZ()).isFalse();
    assertThat(instance.publiclyAccessible()).isTrue();
    assertThat(instance.autoMinorVersionUpgrade()).isTrue();
    assertThat(instance.networkType()).isEqualTo("IPV4");
    assertThat(instance.availabilityZone()).isEqualTo("us-east-1a");
    assertThat(instance.preferredMaintenanceWindow())
        .matches("(...):(\\d\\d):\\d\\d-\\1:\\2:\\d\\d");
    assertThat(instance.kmsKeyId()).startsWith("arn:aws:kms:us-east-1:123456789012:key/");
    assertThat(instance.replicationSubnetGroup().replicationSubnetGroupIdentifier())
        .isEqualTo(DmsAccount.GROUP);
    assertThat(instance.pendingModifiedValues()).isNotNull();
    assertThat(instance.instanceCreateTime()).isEqualTo(account.aws().timeline().now());
    assertThat(instance.vpcSecurityGroups())
        .extracting(VpcSecurityGroupMembership::vpcSecurityGroupId)
        .containsExactly(defaultGroup().groupId());
    NetworkInterface attached = interfaces().get(0);
    assertThat(instance.replicationInstancePrivateIpAddresses())
        .containsExactly(attached.privateIpAddress());
    assertThat(instance.replicationInstancePublicIpAddresses())
        .containsExactly(attached.association().publicIp());
  }

  private SecurityGroup defaultGroup() {
    return account.ec2().describeSecurityGroups().securityGroups().get(0);
  }

  @Test
  void takesTheResourceIdentifierIntoTheArn() {
    ReplicationInstance created =
        dms.createReplicationInstance(instance("w").resourceIdentifier("my-worker").build())
            .replicationInstance();

    assertThat(created.replicationInstanceArn()).endsWith(":rep:my-worker");
    assertRefused(
        "ResourceAlreadyExistsFault",
        () -> dms.createReplicationInstance(instance("v").resourceIdentifier("my-worker").build()));
  }

  @Test
  void needsLongerForTwoZonesAndHasAddressesInBoth() throws InterruptedException {
    String arn =
        dms.createReplicationInstance(instance("w").multiAZ(true).publiclyAccessible(false).build())
            .replicationInstance()
            .replicationInstanceArn();

    account.pass(Duration.ofMinutes(12));
    assertThat(account.instanceOf(arn).replicationInstanceStatus()).isEqualTo("creating");
    account.pass(Duration.ofMinutes(1));

    ReplicationInstance instance = account.instanceOf(arn);
    assertThat(instance.replicationInstanceStatus()).isEqualTo("available");
    assertThat(instance.secondaryAvailabilityZone()).isEqualTo("us-east-1b");
    assertThat(instance.replicationInstancePrivateIpAddresses()).hasSize(2);
    assertThat(instance.replicationInstancePublicIpAddresses()).isEmpty();
    assertThat(interfaces())
        .extracting(NetworkInterface::availabilityZone)
        .containsExactlyInAnyOrder("us-east-1a", "us-east-1b");
  }

  @Test
  void refusesWhatMakesNoInstance() {
    refuses("InvalidParameterValueException", r -> r.replicationInstanceClass("dms.x9.large"));
    refuses("InvalidParameterValueException", r -> r.replicationInstanceIdentifier("a--b"));
    refuses("InvalidParameterValueException", r -> r.replicationInstanceIdentifier("1a"));
    refuses("InvalidParameterValueException", r -> r.engineVersion("3.4.5"));
    refuses("InvalidParameterValueException", r -> r.allocatedStorage(4));
    refuses("InvalidParameterValueException", r -> r.vpcSecurityGroupIds("sg-1"));
    refuses("InvalidParameterValueException", r -> r.availabilityZone("us-east-1f"));
    refuses("InvalidParameterValueException", r -> r.preferredMaintenanceWindow("sun:01-sun:02"));
    refuses(
        "InvalidParameterCombinationException",
        r -> r.multiAZ(true).availabilityZone("us-east-1a"));
    refuses("ResourceNotFoundFault", r -> r.replicationSubnetGroupIdentifier("none"));
    refuses("KMSKeyNotAccessibleFault", r -> r.kmsKeyId("alias/none"));
    dms.createReplicationInstance(instance("taken").build());
    refuses("ResourceAlreadyExistsFault", r -> r.replicationInstanceIdentifier("Taken"));
  }

  private void refuses(String code, Consumer<CreateReplicationInstanceRequest.Builder> change) {
    int before = interfaces().size();

    assertRefused(
        code, () -> dms.createReplicationInstance(instance("w").applyMutation(change).build()));

    assertThat(interfaces()).hasSize(before);
  }

  @Test
  void leavesItsInterfacesBehindForAWhile() throws InterruptedException {
    String arn = account.createInstance("w");
    String subnet = interfaces().get(0).subnetId();

    dms.deleteReplicationInstance(r -> r.replicationInstanceArn(arn));

    assertThat(account.instanceOf(arn).replicationInstanceStatus()).isEqualTo("deleting");
    assertRefused(
        "InvalidResourceStateFault",
        () -> dms.deleteReplicationInstance(r -> r.replicationInstanceArn(arn)));
    account.pass(Duration.ofMinutes(5));
    assertThat(dms.describeReplicationInstances().replicationInstances()).isEmpty();
    assertRefused("DependencyViolation", () -> account.ec2().deleteSubnet(r -> r.subnetId(subnet)));
    account.pass(Duration.ofMinutes(10));
    assertThat(interfaces()).isEmpty();
    account.ec2().deleteSubnet(r -> r.subnetId(subnet));
  }

  @Test
  void leavesInterfacesThatCanBeRemovedByHand() throws InterruptedException {
    String arn = account.createInstance("w");
    NetworkInterface attached = interfaces().get(0);
    String attachment = attached.attachment().attachmentId();

    assertRefused(
        "OperationNotPermitted",
        () -> account.ec2().detachNetworkInterface(r -> r.attachmentId(attachment)));
    dms.deleteReplicationInstance(r -> r.replicationInstanceArn(arn));
    assertRefused(
        "InvalidParameterValue",
        () ->
            account
                .ec2()
                .deleteNetworkInterface(r -> r.networkInterfaceId(attached.networkInterfaceId())));
    account.ec2().detachNetworkInterface(r -> r.attachmentId(attachment));
    assertThat(interfaces().get(0).statusAsString()).isEqualTo("available");
    account.ec2().deleteNetworkInterface(r -> r.networkInterfaceId(attached.networkInterfaceId()));

    assertThat(interfaces()).isEmpty();
    assertRefused(
        "InvalidAttachmentID.NotFound",
        () -> account.ec2().detachNetworkInterface(r -> r.attachmentId(attachment)));
    account.pass(Duration.ofMinutes(20));
    assertThat(interfaces()).isEmpty();
  }

  @Test
  void refusesToGoWhileItIsCreatedOrHasTasks() throws InterruptedException {
    String task = account.createTask("hr", MigrationTypeValue.FULL_LOAD);
    String arn = account.taskOf(task).replicationInstanceArn();
    String young =
        dms.createReplicationInstance(instance("young").build())
            .replicationInstance()
            .replicationInstanceArn();

    assertRefused(
        "InvalidResourceStateFault",
        "has one or more replication tasks",
        () -> dms.deleteReplicationInstance(r -> r.replicationInstanceArn(arn)));
    assertRefused(
        "InvalidResourceStateFault",
        () -> dms.deleteReplicationInstance(r -> r.replicationInstanceArn(young)));
    dms.deleteReplicationTask(r -> r.replicationTaskArn(task));
    account.pass(Duration.ofMinutes(1));
    dms.deleteReplicationInstance(r -> r.replicationInstanceArn(arn));
  }

  @Test
  void satisfiesTheWaitersOfTheSdk() throws InterruptedException {
    String arn = account.createInstance("w");

    assertThat(
            dms.waiter()
                .waitUntilReplicationInstanceAvailable(
                    r -> r.filters(filter("replication-instance-id", "w")), o -> o.maxAttempts(1))
                .matched()
                .response())
        .isPresent();
    dms.deleteReplicationInstance(r -> r.replicationInstanceArn(arn));
    account.pass(Duration.ofMinutes(5));
    assertThat(
            dms.waiter()
                .waitUntilReplicationInstanceDeleted(
                    r -> r.filters(filter("replication-instance-arn", arn)), o -> o.maxAttempts(1))
                .matched()
                .exception())
        .isPresent();
  }
}
