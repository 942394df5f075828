package dev.pgbound.simulator.service.ec2;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.wire.QueryProtocol;
import dev.pgbound.simulator.world.World;

/** EC2: the network of an account. */
public final class Ec2 {

  private final Operations operations = new Operations("ec2", QueryProtocol.EC2);

  /** EC2 in {@code world}. */
  public Ec2(World world) {
    Network network = new Network(world);
    new Vpcs(network).register(operations);
  }

  /** What the service answers to. */
  public Operations operations() {
    return operations;
  }
}
