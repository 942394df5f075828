package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DbClusterSnapshotAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbClusterSnapshotNotFoundException;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterSnapshotStateException;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;
import software.amazon.awssdk.services.rds.model.Tag;

class RdsSnapshotTest {

  private static final Tag TEAM = Tag.builder().key("team").value("hr").build();

  private final RdsAccount account = new RdsAccount();
  private final RdsClient rds = account.rds;

  private DBClusterSnapshot take(String name) {
    return rds.createDBClusterSnapshot(
            r -> r.dbClusterIdentifier("db").dbClusterSnapshotIdentifier(name))
        .dbClusterSnapshot();
  }

  private DBClusterSnapshot snapshot(String name) {
    return rds.describeDBClusterSnapshots(r -> r.dbClusterSnapshotIdentifier(name))
        .dbClusterSnapshots()
        .get(0);
  }

  @Test
  void takesASnapshotInAWhile() {
    account.cluster("db", r -> r.tags(TEAM));

    DBClusterSnapshot taken = take("Before-Load");

    assertThat(taken.dbClusterSnapshotIdentifier()).isEqualTo("before-load");
    assertThat(taken.dbClusterSnapshotArn())
        .isEqualTo("arn:aws:rds:us-east-1:123456789012:cluster-snapshot:before-load");
    assertThat(taken.engineVersion()).isEqualTo("16.4");
    assertThat(taken.snapshotType()).isEqualTo("manual");
    assertThat(taken.vpcId()).isEqualTo(account.vpc);
    assertThat(taken.tagList()).isEmpty();
    assertThat(account.watch(Duration.ofMinutes(5), () -> snapshot("before-load").status()))
        .containsExactly("creating", "available");
    assertThat(snapshot("before-load").percentProgress()).isEqualTo(100);
  }

  @Test
  void leavesAFinalSnapshotBehind() {
    account.cluster("db", r -> r.tags(TEAM).copyTagsToSnapshot(true));
    rds.deleteDBCluster(r -> r.dbClusterIdentifier("db").finalDBSnapshotIdentifier("db-Final"));
    account.pass(Duration.ofMinutes(10));

    assertThat(rds.describeDBClusters().dbClusters()).isEmpty();
    assertThat(snapshot("db-final").status()).isEqualTo("available");
    assertThat(snapshot("db-final").tagList()).containsExactly(TEAM);
  }

  @Test
  void wantsAFinalSnapshotOrNone() {
    account.cluster("db", r -> {});

    assertThatThrownBy(() -> rds.deleteDBCluster(r -> r.dbClusterIdentifier("db")))
        .hasMessageContaining(
            "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.");
    assertRefused(
        "InvalidParameterCombination", () -> rds.deleteDBCluster(r -> r.dbClusterIdentifier("db")));
    assertRefused(
        "InvalidParameterCombination",
        () ->
            rds.deleteDBCluster(
                r ->
                    r.dbClusterIdentifier("db")
                        .skipFinalSnapshot(true)
                        .finalDBSnapshotIdentifier("final")));
    assertThat(account.cluster("db").status()).isEqualTo("available");
  }

  @Test
  void refusesANameThatIsTaken() {
    account.cluster("db", r -> {});
    take("final");

    assertThatThrownBy(() -> take("FINAL"))
        .isInstanceOf(DbClusterSnapshotAlreadyExistsException.class);
    assertThatThrownBy(
            () ->
                rds.deleteDBCluster(
                    r -> r.dbClusterIdentifier("db").finalDBSnapshotIdentifier("final")))
        .isInstanceOf(DbClusterSnapshotAlreadyExistsException.class);
    assertThat(account.cluster("db").status()).isEqualTo("available");
  }

  @Test
  void takesNoneOfAClusterThatIsBusy() {
    account.createCluster("db");

    assertThatThrownBy(() -> take("early")).isInstanceOf(InvalidDbClusterStateException.class);
  }

  @Test
  void deletesASnapshotThatIsThere() {
    account.cluster("db", r -> {});
    take("one");
    assertThatThrownBy(() -> delete("one"))
        .isInstanceOf(InvalidDbClusterSnapshotStateException.class);
    account.pass(Duration.ofMinutes(5));

    delete("ONE");

    assertThatThrownBy(() -> snapshot("one"))
        .isInstanceOf(DbClusterSnapshotNotFoundException.class);
  }

  private void delete(String name) {
    rds.deleteDBClusterSnapshot(r -> r.dbClusterSnapshotIdentifier(name));
  }

  @Test
  void findsTheSnapshotsOfACluster() {
    account.cluster("db", r -> {});
    for (int i = 10; i < 35; i++) {
      take("s-" + i);
    }

    assertThat(
            rds.describeDBClusterSnapshots(r -> r.dbClusterIdentifier("db").maxRecords(20))
                .dbClusterSnapshots())
        .hasSize(20);
    assertThat(
            rds.describeDBClusterSnapshotsPaginator(r -> r.dbClusterIdentifier("db"))
                .dbClusterSnapshots())
        .hasSize(25);
    assertThat(
            rds.describeDBClusterSnapshots(r -> r.dbClusterIdentifier("other"))
                .dbClusterSnapshots())
        .isEmpty();
    assertThat(
            rds.describeDBClusterSnapshots(r -> r.snapshotType("automated")).dbClusterSnapshots())
        .isEmpty();
  }
}
