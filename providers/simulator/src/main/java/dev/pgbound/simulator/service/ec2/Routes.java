package dev.pgbound.simulator.service.ec2;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.wire.Models;
import dev.pgbound.simulator.world.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.CreateRouteRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteResponse;
import software.amazon.awssdk.services.ec2.model.DeleteRouteRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteResponse;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteResponse;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteOrigin;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;

/** The routes of route tables. */
final class Routes {

  private final Network network;

  Routes(Network network) {
    this.network = network;
  }

  void register(Operations operations) {
    operations
        .on("CreateRoute", CreateRouteRequest::builder, this::create)
        .on("ReplaceRoute", ReplaceRouteRequest::builder, this::replace)
        .on("DeleteRoute", DeleteRouteRequest::builder, this::delete);
  }

  /** Adds the route through which a gateway endpoint is reached. */
  void addEndpointRoute(String routeTableId, String prefixListId, String endpointId) {
    Stored<RouteTable, RouteTable.Builder> table = network.routeTables().get(routeTableId);
    Route route =
        Route.builder()
            .destinationPrefixListId(prefixListId)
            .gatewayId(endpointId)
            .origin(RouteOrigin.CREATE_ROUTE)
            .state(RouteState.ACTIVE)
            .build();
    if (find(table, route).isPresent()) {
      throw new Fault(
          "RouteAlreadyExists",
          "route table "
              + routeTableId
              + " already has a route with destination-prefix-list-id "
              + prefixListId);
    }
    put(table, null, route);
  }

  /** Removes the routes through a gateway endpoint from a table. */
  void removeEndpointRoute(String routeTableId, String endpointId) {
    network
        .routeTables()
        .where(table -> table.routeTableId().equals(routeTableId))
        .forEach(table -> removeEndpointRoutes(table, endpointId));
  }

  private static void removeEndpointRoutes(
      Stored<RouteTable, RouteTable.Builder> table, String endpointId) {
    List<Route> kept =
        table.model().routes().stream().filter(r -> !endpointId.equals(r.gatewayId())).toList();
    table.update(builder -> builder.routes(kept));
  }

  CreateRouteResponse create(CreateRouteRequest request) {
    Stored<RouteTable, RouteTable.Builder> table =
        network.routeTables().get(request.routeTableId());
    Route route = route(request, request.gatewayId(), request.vpcEndpointId());
    checkTarget(table.model(), route);
    if (find(table, route).isPresent()) {
      throw new Fault(
          "RouteAlreadyExists",
          "The route identified by " + destination(route) + " already exists.");
    }
    put(table, null, route);
    return CreateRouteResponse.builder().returnValue(true).build();
  }

  private ReplaceRouteResponse replace(ReplaceRouteRequest request) {
    Stored<RouteTable, RouteTable.Builder> table =
        network.routeTables().get(request.routeTableId());
    Route route = route(request, request.gatewayId(), request.vpcEndpointId());
    checkTarget(table.model(), route);
    Route old =
        find(table, route)
            .orElseThrow(
                () ->
                    new Fault(
                        "InvalidParameterValue",
                        "There is no route defined for '"
                            + destination(route)
                            + "' in the route table. Use CreateRoute instead."));
    put(table, old, route);
    return ReplaceRouteResponse.builder().build();
  }

  private DeleteRouteResponse delete(DeleteRouteRequest request) {
    Stored<RouteTable, RouteTable.Builder> table =
        network.routeTables().get(request.routeTableId());
    Route wanted = route(request, null, null);
    Route old =
        find(table, wanted)
            .orElseThrow(
                () ->
                    new Fault(
                        "InvalidRoute.NotFound",
                        "no route with destination-cidr-block "
                            + destination(wanted)
                            + " in route table "
                            + table.key()));
    if (RouteTables.LOCAL.equals(old.gatewayId())) {
      throw new Fault(
          "InvalidParameterValue",
          "cannot remove local route " + destination(old) + " in route table " + table.key());
    }
    put(table, old, null);
    return DeleteRouteResponse.builder().build();
  }

  /** The API takes an endpoint as a target of its own, and shows it as the gateway. */
  private static Route route(SdkPojo request, @Nullable String gateway, @Nullable String endpoint) {
    Route.Builder builder =
        Route.builder().origin(RouteOrigin.CREATE_ROUTE).state(RouteState.ACTIVE);
    Models.copyPlain(request, builder);
    Route route = builder.gatewayId(gateway == null ? endpoint : gateway).build();
    String cidr = route.destinationCidrBlock();
    return cidr == null
        ? route
        : route.copy(canonical -> canonical.destinationCidrBlock(Cidr.parse(cidr).toString()));
  }

  private void checkTarget(RouteTable table, Route route) {
    String gatewayId = route.gatewayId();
    if (gatewayId == null || !gatewayId.startsWith("igw-")) {
      return;
    }
    InternetGateway gateway =
        network
            .internetGateways()
            .where(each -> each.internetGatewayId().equals(gatewayId))
            .findFirst()
            .orElseThrow(
                () ->
                    new Fault(
                        "InvalidGatewayID.NotFound",
                        "The gateway ID '" + gatewayId + "' does not exist"))
            .model();
    if (!InternetGateways.isAttached(gateway, table.vpcId())) {
      throw new Fault(
          "InvalidParameterValue",
          "route table "
              + table.routeTableId()
              + " and network gateway "
              + gatewayId
              + " belong to different networks");
    }
  }

  private static Optional<Route> find(Stored<RouteTable, RouteTable.Builder> table, Route wanted) {
    return table.model().routes().stream()
        .filter(route -> destination(route).equals(destination(wanted)))
        .findFirst();
  }

  private static String destination(Route route) {
    if (route.destinationCidrBlock() != null) {
      return route.destinationCidrBlock();
    }
    return Objects.requireNonNullElse(
        route.destinationIpv6CidrBlock() != null
            ? route.destinationIpv6CidrBlock()
            : route.destinationPrefixListId(),
        "");
  }

  /** Exchanges a route; without an old one adds, without a new one removes. */
  private static void put(
      Stored<RouteTable, RouteTable.Builder> table, @Nullable Route old, @Nullable Route next) {
    List<Route> routes = new ArrayList<>(table.model().routes());
    if (old != null) {
      routes.remove(old);
    }
    if (next != null) {
      routes.add(next);
    }
    table.update(builder -> builder.routes(routes));
  }
}
