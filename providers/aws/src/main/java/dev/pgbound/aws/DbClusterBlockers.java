package dev.pgbound.aws;

import dev.pgbound.spi.ResourceType.Blocker;
import dev.pgbound.spi.ResourceType.Deletion;
import dev.pgbound.spi.ResourceType.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterMember;

/**
 * Why RDS would refuse to delete a cluster: its protection, a final snapshot of a name that is
 * taken, an instance that somebody else has added.
 */
record DbClusterBlockers(RdsClient rds, Users users) {

  /** What to do about a protection; pgbound never switches it off on the way. */
  static final String PROTECTED =
      "Its deletion protection is on. Write deletionProtection: false in the file and apply that"
          + " first.";

  List<Blocker> find(List<Deletion> deletions) {
    List<Blocker> blockers = new ArrayList<>();
    for (Deletion deletion : deletions) {
      users.clusters().stream()
          .filter(cluster -> deletion.live().identifier().equals(cluster.dbClusterIdentifier()))
          .forEach(cluster -> blockers.addAll(of(deletion, cluster)));
    }
    return blockers;
  }

  private List<Blocker> of(Deletion deletion, DBCluster cluster) {
    List<Blocker> blockers = new ArrayList<>();
    if (Boolean.TRUE.equals(cluster.deletionProtection())) {
      String text =
          deletion.desired().isPresent()
              ? PROTECTED
              : "Its deletion protection is on. Switch it off in RDS first.";
      blockers.add(new Blocker(deletion.address(), Optional.empty(), text));
    }
    for (DBClusterMember member : cluster.dbClusterMembers()) {
      User instance = new User("db-instance", member.dbInstanceIdentifier());
      blockers.add(
          new Blocker(
              deletion.address(),
              Optional.of(instance),
              instance + " belongs to it. Delete that first."));
    }
    deletion
        .desired()
        .flatMap(desired -> desired.text(DbClusterSchema.FINAL_SNAPSHOT))
        .filter(this::isTaken)
        .ifPresent(
            snapshot ->
                blockers.add(
                    new Blocker(
                        deletion.address(),
                        Optional.empty(),
                        String.format(
                            Locale.ROOT,
                            "There is a snapshot %s already. Choose another %s, or delete the"
                                + " snapshot.",
                            snapshot,
                            DbClusterSchema.FINAL_SNAPSHOT))));
    return blockers;
  }

  private boolean isTaken(String snapshot) {
    return !Absence.asEmpty(
            () ->
                rds
                    .describeDBClusterSnapshotsPaginator(
                        r -> r.dbClusterSnapshotIdentifier(snapshot))
                    .dbClusterSnapshots()
                    .stream())
        .isEmpty();
  }
}
