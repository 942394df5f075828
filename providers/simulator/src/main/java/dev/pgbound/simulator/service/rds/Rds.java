package dev.pgbound.simulator.service.rds;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.wire.QueryProtocol;
import dev.pgbound.simulator.world.World;

/** RDS: Aurora PostgreSQL clusters, their instances, and what these refer to. */
public final class Rds {

  /** How many records RDS answers with when nobody says. */
  static final int PAGE = 100;

  private final Operations operations = new Operations("rds", QueryProtocol.QUERY);

  /** RDS in {@code world}. */
  public Rds(World world) {
    Databases databases = new Databases(world);
    Placement placement = new Placement(world);
    ParameterGroups parameterGroups = new ParameterGroups(databases);
    Snapshots snapshots = new Snapshots(databases);
    Views views = new Views(databases, parameterGroups);
    new SubnetGroups(databases, placement.network()).register(operations);
    new ParameterGroupOperations(databases, parameterGroups).register(operations);
    new Clusters(databases, parameterGroups, placement, snapshots, views).register(operations);
    new Instances(databases, parameterGroups, placement, views).register(operations);
    snapshots.register(operations);
    new Maintenance(databases).register(operations);
    new EngineOperations(world).register(operations);
    new RdsTags(world).register(operations);
  }

  /** What the service answers to. */
  public Operations operations() {
    return operations;
  }
}
