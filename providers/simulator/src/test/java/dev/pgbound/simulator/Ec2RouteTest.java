package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;

class Ec2RouteTest {

  private static final String EVERYWHERE = "0.0.0.0/0";

  private final Ec2Client ec2 = Clients.client(Ec2Client.builder(), SimulatedAws.inMemory());
  private final String vpc = ec2.createVpc(r -> r.cidrBlock("10.0.0.0/16")).vpc().vpcId();
  private final String subnet =
      ec2.createSubnet(r -> r.vpcId(vpc).cidrBlock("10.0.0.0/24")).subnet().subnetId();
  private final String table = ec2.createRouteTable(r -> r.vpcId(vpc)).routeTable().routeTableId();
  private final String gateway = ec2.createInternetGateway().internetGateway().internetGatewayId();

  @Test
  void routesThroughAnAttachedGateway() {
    assertRefused("InvalidParameterValue", () -> createRoute(gateway));
    ec2.attachInternetGateway(r -> r.internetGatewayId(gateway).vpcId(vpc));
    createRoute(gateway);

    assertThat(route(EVERYWHERE).gatewayId()).isEqualTo(gateway);
    assertThat(route(EVERYWHERE).state()).isEqualTo(RouteState.ACTIVE);
    assertRefused("RouteAlreadyExists", () -> createRoute(gateway));
    assertRefused("InvalidGatewayID.NotFound", () -> createRoute("igw-1"));

    ec2.detachInternetGateway(r -> r.internetGatewayId(gateway).vpcId(vpc));
    assertThat(route(EVERYWHERE).state()).isEqualTo(RouteState.BLACKHOLE);
  }

  @Test
  void replacesAndDeletesRoutes() {
    assertRefused("InvalidParameterValue", this::replaceRoute);
    assertRefused("InvalidRoute.NotFound", () -> deleteRoute(EVERYWHERE));
    ec2.createRoute(
        r -> r.routeTableId(table).destinationCidrBlock("100.68.0.18/18").natGatewayId("nat-1"));
    assertThat(route("100.68.0.0/18").natGatewayId()).isEqualTo("nat-1");
    ec2.createRoute(
        r -> r.routeTableId(table).destinationCidrBlock(EVERYWHERE).natGatewayId("nat-1"));

    replaceRoute();
    assertThat(route(EVERYWHERE).natGatewayId()).isNull();
    assertThat(route(EVERYWHERE).transitGatewayId()).isEqualTo("tgw-1");

    deleteRoute(EVERYWHERE);
    assertThat(table().routes()).extracting(Route::destinationCidrBlock).doesNotContain(EVERYWHERE);
    assertRefused("InvalidParameterValue", () -> deleteRoute("10.0.0.0/16"));
  }

  @Test
  void tiesASubnetToOneTable() {
    String id =
        ec2.associateRouteTable(r -> r.routeTableId(table).subnetId(subnet)).associationId();
    String other = ec2.createRouteTable(r -> r.vpcId(vpc)).routeTable().routeTableId();

    assertThat(found("association.subnet-id", subnet).routeTableId()).isEqualTo(table);
    assertRefused(
        "Resource.AlreadyAssociated",
        () -> ec2.associateRouteTable(r -> r.routeTableId(other).subnetId(subnet)));
    assertRefused("DependencyViolation", () -> ec2.deleteRouteTable(r -> r.routeTableId(table)));

    String replaced =
        ec2.replaceRouteTableAssociation(r -> r.associationId(id).routeTableId(other))
            .newAssociationId();
    assertThat(replaced).isNotEqualTo(id);
    assertThat(found("association.subnet-id", subnet).routeTableId()).isEqualTo(other);
    assertRefused(
        "InvalidAssociationID.NotFound",
        () -> ec2.disassociateRouteTable(r -> r.associationId(id)));

    ec2.disassociateRouteTable(r -> r.associationId(replaced));
    ec2.deleteRouteTable(r -> r.routeTableId(table));
    ec2.deleteRouteTable(r -> r.routeTableId(other));
    assertRefused(
        "InvalidRouteTableID.NotFound", () -> ec2.describeRouteTables(r -> r.routeTableIds(other)));
  }

  @Test
  void letsAnotherTableBecomeTheMainOne() {
    RouteTable main = found("association.main", "true");
    RouteTableAssociation association = main.associations().get(0);
    assertRefused(
        "InvalidParameterValue",
        () ->
            ec2.disassociateRouteTable(
                r -> r.associationId(association.routeTableAssociationId())));
    assertRefused(
        "DependencyViolation",
        () -> ec2.deleteRouteTable(r -> r.routeTableId(main.routeTableId())));

    ec2.replaceRouteTableAssociation(
        r -> r.associationId(association.routeTableAssociationId()).routeTableId(table));

    assertThat(found("association.main", "true").routeTableId()).isEqualTo(table);
    ec2.deleteRouteTable(r -> r.routeTableId(main.routeTableId()));
  }

  @Test
  void forgetsTheSubnetThatIsDeleted() {
    ec2.associateRouteTable(r -> r.routeTableId(table).subnetId(subnet));

    ec2.deleteSubnet(r -> r.subnetId(subnet));

    assertThat(table().associations()).isEmpty();
  }

  private void createRoute(String gatewayId) {
    ec2.createRoute(
        r -> r.routeTableId(table).destinationCidrBlock(EVERYWHERE).gatewayId(gatewayId));
  }

  private void replaceRoute() {
    ec2.replaceRoute(
        r -> r.routeTableId(table).destinationCidrBlock(EVERYWHERE).transitGatewayId("tgw-1"));
  }

  private void deleteRoute(String cidr) {
    ec2.deleteRoute(r -> r.routeTableId(table).destinationCidrBlock(cidr));
  }

  private RouteTable table() {
    return ec2.describeRouteTables(r -> r.routeTableIds(table)).routeTables().get(0);
  }

  private Route route(String destination) {
    return table().routes().stream()
        .filter(route -> route.destinationCidrBlock().equals(destination))
        .findFirst()
        .orElseThrow();
  }

  private RouteTable found(String filter, String value) {
    return ec2.describeRouteTables(r -> r.filters(Ec2Filter.by(filter, value)))
        .routeTables()
        .get(0);
  }
}
