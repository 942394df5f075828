package dev.pgbound.simulator.service.ec2;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Stored;
import java.util.Locale;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.CreateDefaultVpcRequest;
import software.amazon.awssdk.services.ec2.model.CreateDefaultVpcResponse;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;

/**
 * The default VPC of a region: one network with a public subnet in each zone. Real accounts have it
 * from the beginning; here it is made on demand, as in an account that has deleted it.
 */
final class DefaultVpc {

  private final Network network;
  private final Vpcs vpcs;
  private final Subnets subnets;
  private final InternetGateways gateways;
  private final Routes routes;
  private final AvailabilityZones zones;

  DefaultVpc(
      Network network,
      Vpcs vpcs,
      Subnets subnets,
      InternetGateways gateways,
      Routes routes,
      AvailabilityZones zones) {
    this.network = network;
    this.vpcs = vpcs;
    this.subnets = subnets;
    this.gateways = gateways;
    this.routes = routes;
    this.zones = zones;
  }

  void register(Operations operations) {
    operations.on("CreateDefaultVpc", CreateDefaultVpcRequest::builder, this::create);
  }

  private CreateDefaultVpcResponse create(CreateDefaultVpcRequest request) {
    if (network.vpcs().where(Vpc::isDefault).findAny().isPresent()) {
      throw new Fault(
          "DefaultVpcAlreadyExists",
          "A Default VPC already exists for this account in this region.");
    }
    String id =
        vpcs.create(CreateVpcRequest.builder().cidrBlock("172.31.0.0/16").build()).vpc().vpcId();
    Stored<Vpc, Vpc.Builder> vpc = network.vpcs().get(id);
    vpc.update(builder -> builder.isDefault(true));
    Vpcs.hide(vpc, VpcAttributeName.ENABLE_DNS_HOSTNAMES, true);
    addSubnets(id);
    addWayOut(id);
    return CreateDefaultVpcResponse.builder().vpc(vpc.view()).build();
  }

  private void addSubnets(String vpc) {
    int part = 0;
    for (AvailabilityZone zone : zones.all()) {
      String range = String.format(Locale.ROOT, "172.31.%d.0/20", part);
      Subnet subnet =
          subnets
              .create(
                  CreateSubnetRequest.builder()
                      .vpcId(vpc)
                      .cidrBlock(range)
                      .availabilityZone(zone.zoneName())
                      .build())
              .subnet();
      network
          .subnets()
          .get(subnet.subnetId())
          .update(builder -> builder.defaultForAz(true).mapPublicIpOnLaunch(true));
      part += 16;
    }
  }

  private void addWayOut(String vpc) {
    String gateway =
        gateways
            .create(CreateInternetGatewayRequest.builder().build())
            .internetGateway()
            .internetGatewayId();
    gateways.attach(
        AttachInternetGatewayRequest.builder().internetGatewayId(gateway).vpcId(vpc).build());
    network
        .routeTables()
        .where(table -> table.vpcId().equals(vpc))
        .filter(RouteTables::isMain)
        .forEach(
            table ->
                routes.create(
                    CreateRouteRequest.builder()
                        .routeTableId(table.key())
                        .destinationCidrBlock("0.0.0.0/0")
                        .gatewayId(gateway)
                        .build()));
  }
}
