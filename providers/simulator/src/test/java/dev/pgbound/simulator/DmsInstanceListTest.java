package dev.pgbound.simulator;

import static dev.pgbound.simulator.DmsAccount.filter;
import static dev.pgbound.simulator.DmsAccount.instance;
import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.OrderableReplicationInstance;
import software.amazon.awssdk.services.databasemigration.model.ReplicationInstance;

class DmsInstanceListTest {

  private final DmsAccount account = new DmsAccount(SimulatedAws.inMemory());
  private final DatabaseMigrationClient dms = account.dms();

  @BeforeEach
  void createSubnetGroup() throws InterruptedException {
    account.createSubnetGroup();
  }

  @Test
  void givesManyInstancesInPages() {
    IntStream.range(0, 45)
        .forEach(number -> dms.createReplicationInstance(instance("w" + number).build()));

    assertThat(dms.describeReplicationInstances(r -> r.maxRecords(20)).replicationInstances())
        .hasSize(20);
    assertThat(
            dms.describeReplicationInstancesPaginator(r -> r.maxRecords(20)).stream()
                .flatMap(page -> page.replicationInstances().stream())
                .map(ReplicationInstance::replicationInstanceIdentifier))
        .hasSize(45)
        .doesNotHaveDuplicates();
    assertRefused(
        "InvalidParameterValueException",
        () -> dms.describeReplicationInstances(r -> r.maxRecords(19)));
    assertRefused(
        "InvalidParameterValueException",
        () -> dms.describeReplicationInstances(r -> r.maxRecords(101)));
    assertRefused(
        "InvalidParameterValueException",
        () -> dms.describeReplicationInstances(r -> r.marker("nonsense")));
  }

  @Test
  void filtersAndSaysWhenNothingMatches() {
    dms.createReplicationInstance(instance("a").build());
    dms.createReplicationInstance(instance("b").replicationInstanceClass("dms.t3.small").build());

    assertThat(
            dms.describeReplicationInstances(
                    r ->
                        r.filters(
                            filter("replication-instance-class", "dms.t3.small", "dms.t3.large")))
                .replicationInstances())
        .singleElement()
        .satisfies(i -> assertThat(i.allocatedStorage()).isEqualTo(50));
    assertRefused(
        "ResourceNotFoundFault",
        "No Instances found matching provided filters",
        () -> dms.describeReplicationInstances(r -> r.filters(filter("engine-version", "3.6.1"))));
    assertRefused(
        "InvalidParameterValueException",
        () -> dms.describeReplicationInstances(r -> r.filters(filter("id", "a"))));
  }

  @Test
  void listsWhatCanBeOrdered() {
    List<OrderableReplicationInstance> all =
        dms.describeOrderableReplicationInstancesPaginator().stream()
            .flatMap(page -> page.orderableReplicationInstances().stream())
            .toList();

    assertThat(all)
        .filteredOn(o -> o.replicationInstanceClass().equals("dms.c6i.large"))
        .filteredOn(o -> o.engineVersion().equals("3.5.4"))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.defaultAllocatedStorage()).isEqualTo(100);
              assertThat(each.availabilityZones()).contains("us-east-1a", "us-east-1b");
            });
    assertThat(dms.describeEngineVersions(r -> {}).engineVersions())
        .filteredOn(version -> version.lifecycle().equals("DEFAULT_VERSION"))
        .singleElement()
        .satisfies(
            version -> {
              assertThat(version.version()).isEqualTo("3.5.4");
              assertThat(version.availableUpgrades()).containsExactly("3.6.0", "3.6.1");
            });
    assertThat(
            dms.describePendingMaintenanceActions(r -> r.maxRecords(20))
                .pendingMaintenanceActions())
        .isEmpty();
  }
}
