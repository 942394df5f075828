package dev.pgbound.simulator.service.ec2;

import static dev.pgbound.simulator.world.World.ACCOUNT;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Stored;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AssociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.AssociateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.DeleteRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesResponse;
import software.amazon.awssdk.services.ec2.model.DisassociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteTableAssociationRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteTableAssociationResponse;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteOrigin;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociationStateCode;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** Route tables and the subnets that use them. */
final class RouteTables {

  static final String LOCAL = "local";

  private final Network network;

  RouteTables(Network network) {
    this.network = network;
  }

  void register(Operations operations) {
    operations
        .on("CreateRouteTable", CreateRouteTableRequest::builder, this::create)
        .on("DescribeRouteTables", DescribeRouteTablesRequest::builder, this::describe)
        .on("DeleteRouteTable", DeleteRouteTableRequest::builder, this::delete)
        .on("AssociateRouteTable", AssociateRouteTableRequest::builder, this::associate)
        .on("DisassociateRouteTable", DisassociateRouteTableRequest::builder, this::disassociate)
        .on(
            "ReplaceRouteTableAssociation",
            ReplaceRouteTableAssociationRequest::builder,
            this::replaceAssociation);
  }

  /** Creates the table that every VPC has from the beginning. */
  void createMain(Vpc vpc) {
    Stored<RouteTable, RouteTable.Builder> table = add(vpc, List.of());
    associate(table, null);
  }

  /** Removes the table that every VPC has to its end. */
  void deleteMain(String vpcId) {
    tablesOf(vpcId).forEach(Stored::remove);
  }

  /** Whether a VPC has tables that somebody created. */
  boolean hasOwnTables(String vpcId) {
    return tablesOf(vpcId).anyMatch(table -> !isMain(table));
  }

  /** Drops what ties a subnet to its table. */
  void forgetSubnet(String subnetId) {
    network
        .routeTables()
        .all()
        .forEach(
            table ->
                dropAssociation(table, association -> subnetId.equals(association.subnetId())));
  }

  private CreateRouteTableResponse create(CreateRouteTableRequest request) {
    Vpc vpc = network.vpcs().get(request.vpcId()).model();
    return CreateRouteTableResponse.builder()
        .routeTable(view(add(vpc, request.tagSpecifications())))
        .build();
  }

  private Stored<RouteTable, RouteTable.Builder> add(
      Vpc vpc, List<TagSpecification> specifications) {
    String id = network.routeTables().newId();
    Route local =
        Route.builder()
            .destinationCidrBlock(vpc.cidrBlock())
            .gatewayId(LOCAL)
            .origin(RouteOrigin.CREATE_ROUTE_TABLE)
            .state(RouteState.ACTIVE)
            .build();
    RouteTable table =
        RouteTable.builder()
            .routeTableId(id)
            .vpcId(vpc.vpcId())
            .ownerId(ACCOUNT)
            .routes(local)
            .associations(List.of())
            .propagatingVgws(List.of())
            .build();
    return network.routeTables().add(id, table, specifications);
  }

  private DescribeRouteTablesResponse describe(DescribeRouteTablesRequest request) {
    Page<RouteTable> page =
        network
            .routeTables()
            .describe(
                request.routeTableIds(),
                this::view,
                request.filters(),
                request.maxResults(),
                request.nextToken());
    return DescribeRouteTablesResponse.builder()
        .routeTables(page.items())
        .nextToken(page.next())
        .build();
  }

  /** A route through an internet gateway that is not attached leads nowhere. */
  private RouteTable view(Stored<RouteTable, RouteTable.Builder> stored) {
    RouteTable table = stored.view();
    List<Route> routes =
        table.routes().stream()
            .map(route -> isDead(route, table.vpcId()) ? blackhole(route) : route)
            .toList();
    return table.copy(builder -> builder.routes(routes));
  }

  private boolean isDead(Route route, String vpcId) {
    return route.gatewayId() != null
        && route.gatewayId().startsWith("igw-")
        && network
            .internetGateways()
            .where(gateway -> gateway.internetGatewayId().equals(route.gatewayId()))
            .noneMatch(gateway -> InternetGateways.isAttached(gateway.model(), vpcId));
  }

  private static Route blackhole(Route route) {
    return route.copy(builder -> builder.state(RouteState.BLACKHOLE));
  }

  private DeleteRouteTableResponse delete(DeleteRouteTableRequest request) {
    Stored<RouteTable, RouteTable.Builder> table =
        network.routeTables().get(request.routeTableId());
    if (!table.model().associations().isEmpty()) {
      throw new Fault(
          "DependencyViolation",
          "The routeTable '" + table.key() + "' has dependencies and cannot be deleted.");
    }
    table.remove();
    return DeleteRouteTableResponse.builder().build();
  }

  private AssociateRouteTableResponse associate(AssociateRouteTableRequest request) {
    Stored<RouteTable, RouteTable.Builder> table =
        network.routeTables().get(request.routeTableId());
    String subnetId = network.subnets().get(request.subnetId()).key();
    checkSameNetwork(table, subnetId);
    if (associations().anyMatch(association -> subnetId.equals(association.subnetId()))) {
      throw new Fault(
          "Resource.AlreadyAssociated",
          "the specified association for route table "
              + table.key()
              + " conflicts with an existing association");
    }
    RouteTableAssociation association = associate(table, subnetId);
    return AssociateRouteTableResponse.builder()
        .associationId(association.routeTableAssociationId())
        .associationState(association.associationState())
        .build();
  }

  private void checkSameNetwork(
      Stored<RouteTable, RouteTable.Builder> table, @Nullable String subnetId) {
    if (subnetId != null
        && !network.subnets().get(subnetId).model().vpcId().equals(table.model().vpcId())) {
      throw new Fault(
          "InvalidParameterValue",
          "Route table "
              + table.key()
              + " and subnet "
              + subnetId
              + " belong to different networks");
    }
  }

  /** Ties a subnet to a table; without a subnet, the table becomes its VPC's main one. */
  private RouteTableAssociation associate(
      Stored<RouteTable, RouteTable.Builder> table, @Nullable String subnetId) {
    RouteTableAssociation association =
        RouteTableAssociation.builder()
            .routeTableAssociationId(network.world().ids().hex("rtbassoc"))
            .routeTableId(table.key())
            .subnetId(subnetId)
            .main(subnetId == null)
            .associationState(state -> state.state(RouteTableAssociationStateCode.ASSOCIATED))
            .build();
    List<RouteTableAssociation> all =
        Stream.concat(table.model().associations().stream(), Stream.of(association)).toList();
    table.update(builder -> builder.associations(all));
    return association;
  }

  private DisassociateRouteTableResponse disassociate(DisassociateRouteTableRequest request) {
    RouteTableAssociation association = association(request.associationId());
    if (association.main()) {
      throw new Fault(
          "InvalidParameterValue",
          "cannot disassociate the main route table association "
              + association.routeTableAssociationId());
    }
    drop(association);
    return DisassociateRouteTableResponse.builder().build();
  }

  private ReplaceRouteTableAssociationResponse replaceAssociation(
      ReplaceRouteTableAssociationRequest request) {
    RouteTableAssociation old = association(request.associationId());
    Stored<RouteTable, RouteTable.Builder> table =
        network.routeTables().get(request.routeTableId());
    checkSameNetwork(table, old.subnetId());
    drop(old);
    RouteTableAssociation association = associate(table, old.subnetId());
    return ReplaceRouteTableAssociationResponse.builder()
        .newAssociationId(association.routeTableAssociationId())
        .associationState(association.associationState())
        .build();
  }

  private RouteTableAssociation association(String id) {
    return associations()
        .filter(association -> association.routeTableAssociationId().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new Fault(
                    "InvalidAssociationID.NotFound",
                    "The association ID '" + id + "' does not exist"));
  }

  private Stream<RouteTableAssociation> associations() {
    return network.routeTables().all().stream()
        .flatMap(table -> table.model().associations().stream());
  }

  private void drop(RouteTableAssociation association) {
    dropAssociation(network.routeTables().get(association.routeTableId()), association::equals);
  }

  private static void dropAssociation(
      Stored<RouteTable, RouteTable.Builder> table, Predicate<RouteTableAssociation> isDropped) {
    List<RouteTableAssociation> kept =
        table.model().associations().stream().filter(isDropped.negate()).toList();
    table.update(builder -> builder.associations(kept));
  }

  private Stream<Stored<RouteTable, RouteTable.Builder>> tablesOf(String vpcId) {
    return network.routeTables().where(table -> table.vpcId().equals(vpcId));
  }

  static boolean isMain(Stored<RouteTable, RouteTable.Builder> table) {
    return table.model().associations().stream().anyMatch(RouteTableAssociation::main);
  }
}
