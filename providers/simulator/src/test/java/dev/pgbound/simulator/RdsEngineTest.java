package dev.pgbound.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBEngineVersion;
import software.amazon.awssdk.services.rds.model.OrderableDBInstanceOption;
import software.amazon.awssdk.services.rds.model.UpgradeTarget;

class RdsEngineTest {

  private final RdsClient rds = Clients.client(RdsClient.builder(), SimulatedAws.inMemory());

  @Test
  void offersVersionsAndWaysToNewerOnes() {
    DBEngineVersion version =
        rds.describeDBEngineVersions(r -> r.engine("aurora-postgresql").engineVersion("16.10"))
            .dbEngineVersions()
            .get(0);

    assertThat(version.dbParameterGroupFamily()).isEqualTo("aurora-postgresql16");
    assertThat(version.exportableLogTypes()).contains("postgresql");
    assertThat(version.validUpgradeTarget())
        .extracting(UpgradeTarget::engineVersion)
        .containsExactly("16.11", "17.4", "17.5", "17.6", "17.7");
    assertThat(version.validUpgradeTarget())
        .filteredOn(UpgradeTarget::isMajorVersionUpgrade)
        .hasSize(4);
  }

  @Test
  void takesAMajorVersionForAllItsMinorOnes() {
    assertThat(
            rds.describeDBEngineVersions(r -> r.engine("aurora-postgresql").engineVersion("17"))
                .dbEngineVersions())
        .extracting(DBEngineVersion::engineVersion)
        .containsExactly("17.4", "17.5", "17.6", "17.7");
    assertThat(
            rds.describeDBEngineVersions(
                    r -> r.engine("aurora-postgresql").engineVersion("16").defaultOnly(true))
                .dbEngineVersions())
        .extracting(DBEngineVersion::engineVersion)
        .containsExactly("16.11");
    assertThat(rds.describeDBEngineVersions(r -> r.engine("mysql")).dbEngineVersions()).isEmpty();
    assertThat(
            rds.describeDBEngineVersions(r -> r.engine("aurora-postgresql").engineVersion("16.5"))
                .dbEngineVersions())
        .isEmpty();
  }

  @Test
  void pagesThroughInstanceClasses() {
    assertThat(
            rds.describeOrderableDBInstanceOptionsPaginator(
                    r -> r.engine("aurora-postgresql").engineVersion("16.4"))
                .orderableDBInstanceOptions())
        .extracting(OrderableDBInstanceOption::dbInstanceClass)
        .contains("db.r6i.large", "db.t4g.medium", "db.serverless")
        .doesNotHaveDuplicates();
    var all = rds.describeOrderableDBInstanceOptions(r -> r.engine("aurora-postgresql"));
    assertThat(all.orderableDBInstanceOptions()).hasSize(100);
    assertThat(all.marker()).isNotNull();
  }

  @Test
  void tellsWhereAnInstanceClassIs() {
    OrderableDBInstanceOption option =
        rds.describeOrderableDBInstanceOptions(
                r ->
                    r.engine("aurora-postgresql")
                        .engineVersion("16.4")
                        .dbInstanceClass("db.r6i.large"))
            .orderableDBInstanceOptions()
            .get(0);

    assertThat(option.availabilityZones()).hasSize(6);
    assertThat(option.storageType()).isEqualTo("aurora");
  }
}
