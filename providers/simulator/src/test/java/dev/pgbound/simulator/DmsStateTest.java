package dev.pgbound.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.AccountQuota;
import software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;
import software.amazon.awssdk.services.databasemigration.model.StartReplicationTaskTypeValue;

class DmsStateTest {

  @Test
  void goesOnWhereTheLastProcessStopped(@TempDir Path folder)
      throws IOException, InterruptedException {
    String arn;
    try (SimulatedAws first = SimulatedAws.open(folder)) {
      DmsAccount account = new DmsAccount(first);
      account.createSubnetGroup();
      arn = account.createTask("hr", MigrationTypeValue.FULL_LOAD);
      account
          .dms()
          .startReplicationTask(
              r ->
                  r.replicationTaskArn(arn)
                      .startReplicationTaskType(StartReplicationTaskTypeValue.START_REPLICATION));
    }

    try (SimulatedAws second = SimulatedAws.open(folder)) {
      DmsAccount account = new DmsAccount(second);
      ReplicationTask starting = account.taskOf(arn);
      assertThat(starting.status()).isEqualTo("starting");
      account.pass(Duration.ofSeconds(40));
      assertThat(account.taskOf(arn).status()).isEqualTo("running");
    }

    try (SimulatedAws third = SimulatedAws.open(folder)) {
      DmsAccount account = new DmsAccount(third);
      account.pass(Duration.ofMinutes(1));
      ReplicationTask stopped = account.taskOf(arn);
      assertThat(stopped.stopReason()).isEqualTo("Stop Reason FULL_LOAD_ONLY_FINISHED");
      String source = stopped.sourceEndpointArn();
      assertThat(account.connectionOf(stopped.replicationInstanceArn(), source).status())
          .isEqualTo("successful");
      account.dms().modifyEndpoint(r -> r.endpointArn(source).port(1522));
      account.pass(Duration.ofMinutes(1));
      assertThat(account.connectionOf(stopped.replicationInstanceArn(), source).status())
          .isEqualTo("successful");
    }
  }

  @Test
  void isOneOfEachRegion() throws InterruptedException {
    DmsAccount account = DmsAccount.withSubnetGroup();
    account.createInstance("worker");
    DatabaseMigrationClient elsewhere =
        Clients.client(DatabaseMigrationClient.builder(), account.aws(), Region.EU_WEST_1);

    assertThat(elsewhere.describeReplicationInstances().replicationInstances()).isEmpty();
    assertThat(elsewhere.describeAccountAttributes().accountQuotas())
        .allSatisfy(quota -> assertThat(quota.used()).isZero());
    assertThat(account.dms().describeAccountAttributes().accountQuotas())
        .filteredOn(quota -> quota.used() > 0)
        .extracting(AccountQuota::accountQuotaName, AccountQuota::used)
        .containsExactly(
            tuple("ReplicationInstances", 1L),
            tuple("AllocatedStorage", 100L),
            tuple("SubnetGroups", 1L));
  }
}
