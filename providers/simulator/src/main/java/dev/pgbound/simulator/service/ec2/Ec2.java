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
    NetworkInterfaces interfaces = new NetworkInterfaces(network);
    AvailabilityZones zones = new AvailabilityZones(world);
    RouteTables routeTables = new RouteTables(network);
    Routes routes = new Routes(network);
    NetworkAcls acls = new NetworkAcls(network);
    SecurityGroupRules rules = new SecurityGroupRules(network);
    SecurityGroups groups = new SecurityGroups(network, rules);
    PrefixLists prefixLists = new PrefixLists(world);
    VpcEndpoints endpoints = new VpcEndpoints(network, interfaces, routes, prefixLists);

    Vpcs vpcs = new Vpcs(network, routeTables, acls, groups, endpoints);
    Subnets subnets = new Subnets(network, interfaces, zones, routeTables);
    InternetGateways gateways = new InternetGateways(network);

    vpcs.register(operations);
    subnets.register(operations);
    gateways.register(operations);
    new DefaultVpc(network, vpcs, subnets, gateways, routes, zones).register(operations);
    new Ec2Tags(world).register(operations);
    interfaces.register(operations);
    zones.register(operations);
    routeTables.register(operations);
    routes.register(operations);
    acls.register(operations);
    rules.register(operations);
    groups.register(operations);
    prefixLists.register(operations);
    endpoints.register(operations);
  }

  /** What the service answers to. */
  public Operations operations() {
    return operations;
  }
}
