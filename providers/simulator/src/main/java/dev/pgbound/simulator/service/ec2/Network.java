package dev.pgbound.simulator.service.ec2;

import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Ids;
import dev.pgbound.simulator.world.Kind;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.Table;
import dev.pgbound.simulator.world.World;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** Everything that EC2 stores, and how one object of it is found. */
final class Network {

  private static final Kind<Vpc, Vpc.Builder> VPC = Kind.regional("ec2/vpc", Vpc::builder);

  private final World world;
  private final Table<Vpc, Vpc.Builder> vpcs;

  Network(World world) {
    this.world = world;
    this.vpcs = world.table(VPC);
  }

  World world() {
    return world;
  }

  Ids ids() {
    return world.ids();
  }

  Table<Vpc, Vpc.Builder> vpcs() {
    return vpcs;
  }

  Stored<Vpc, Vpc.Builder> vpc(String id) {
    return vpcs.find(id)
        .orElseThrow(
            () -> new Fault("InvalidVpcID.NotFound", "The vpc ID '" + id + "' does not exist"));
  }
}
