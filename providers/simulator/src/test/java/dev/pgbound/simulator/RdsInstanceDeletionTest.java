package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;

class RdsInstanceDeletionTest {

  private final RdsAccount account = new RdsAccount();
  private final RdsClient rds = account.rds;

  @BeforeEach
  void createCluster() {
    account.cluster("db", r -> {});
  }

  @Test
  void leavesItsNetworkInterfaceBehindForAWhile() {
    account.instance("db", "hr-1", r -> {});
    var eni = account.ec2.describeNetworkInterfaces().networkInterfaces().get(0);
    assertThat(eni.description()).isEqualTo("RDSNetworkInterface");
    assertThat(account.subnets).contains(eni.subnetId());
    assertThat(eni.availabilityZone()).isEqualTo(account.instance("hr-1").availabilityZone());

    rds.deleteDBInstance(r -> r.dbInstanceIdentifier("hr-1"));
    account.pass(Duration.ofMinutes(6));

    assertThatThrownBy(() -> account.instance("hr-1"))
        .isInstanceOf(DbInstanceNotFoundException.class);
    assertThatThrownBy(() -> account.ec2.deleteSubnet(r -> r.subnetId(eni.subnetId())))
        .isInstanceOf(Ec2Exception.class);
    account.pass(Duration.ofMinutes(6));
    account.ec2.deleteSubnet(r -> r.subnetId(eni.subnetId()));
  }

  @Test
  void keepsItsClusterUntilItIsGoing() {
    account.instance("db", "hr-1", r -> {});
    assertThatThrownBy(this::deleteCluster)
        .isInstanceOf(InvalidDbClusterStateException.class)
        .hasMessageContaining(
            "Cluster cannot be deleted, it contains DB instances in non-deleting state.");
    rds.deleteDBInstance(r -> r.dbInstanceIdentifier("hr-1"));

    deleteCluster();

    assertThatThrownBy(() -> account.createInstance("db", "hr-2"))
        .isInstanceOf(InvalidDbClusterStateException.class);
    account.pass(Duration.ofMinutes(5).plusSeconds(10));
    assertThatThrownBy(() -> account.instance("hr-1"))
        .isInstanceOf(DbInstanceNotFoundException.class);
    assertThat(account.cluster("db").status()).isEqualTo("deleting");
    account.pass(Duration.ofMinutes(1));
    assertThatThrownBy(() -> account.cluster("db")).isInstanceOf(DbClusterNotFoundException.class);
  }

  private void deleteCluster() {
    rds.deleteDBCluster(r -> r.dbClusterIdentifier("db").skipFinalSnapshot(true));
  }

  @Test
  void refusesToDeleteWhatComesUpOrGoes() {
    account.createInstance("db", "hr-1");
    assertThatThrownBy(() -> delete("hr-1")).isInstanceOf(InvalidDbInstanceStateException.class);
    account.pass(Duration.ofMinutes(10));
    assertRefused(
        "InvalidParameterCombination",
        () ->
            rds.deleteDBInstance(
                r -> r.dbInstanceIdentifier("hr-1").finalDBSnapshotIdentifier("last")));
    delete("hr-1");
    assertThatThrownBy(() -> delete("hr-1")).hasMessageContaining("is already being deleted");
    assertThatThrownBy(() -> delete("nobody")).isInstanceOf(DbInstanceNotFoundException.class);
  }

  private void delete(String name) {
    rds.deleteDBInstance(r -> r.dbInstanceIdentifier(name).skipFinalSnapshot(true));
  }
}
