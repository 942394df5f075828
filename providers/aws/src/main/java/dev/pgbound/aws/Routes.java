package dev.pgbound.aws;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.CreateRouteRequest;
import software.amazon.awssdk.services.ec2.model.Route;

/** The routes of a route table that a migration can declare: all but those that EC2 adds itself. */
final class Routes {

  private static final List<String> DESTINATIONS =
      List.of("destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId");

  private Routes() {}

  static Type type() {
    return Type.keyed(Type.object(members()), DESTINATIONS.toArray(String[]::new));
  }

  /** The routes in the form in which equal routes are equal. */
  static Value normalize(Value routes) {
    if (!(routes instanceof Value.Items list)) {
      return routes;
    }
    List<Value> normal = new ArrayList<>();
    for (Value item : list.items()) {
      normal.add(item instanceof Fields route ? normalRoute(route) : item);
    }
    return new Value.Items(normal);
  }

  /** The routes that somebody has added. */
  static Value.Items read(List<Route> routes) {
    List<String> members = members().stream().map(Attribute::name).toList();
    List<Value> added = new ArrayList<>();
    for (Route route : routes) {
      Fields read = Shapes.read(route);
      if (!isAutomatic(read)) {
        added.add(normalRoute(withEndpoint(read).only(members)));
      }
    }
    return new Value.Items(added);
  }

  /** The routes by destination. */
  static Map<Fields, Fields> byDestination(List<Value> routes) {
    Map<Fields, Fields> byDestination = new LinkedHashMap<>();
    for (Value item : routes) {
      if (item instanceof Fields route) {
        Fields normal = normalRoute(route);
        byDestination.put(normal.only(DESTINATIONS), normal);
      }
    }
    return byDestination;
  }

  /** Reports routes that EC2 would refuse. */
  static void check(List<Value> routes, Problems problems) {
    for (int at = 0; at < routes.size(); at++) {
      if (routes.get(at) instanceof Fields route) {
        long destinations = DESTINATIONS.stream().filter(route::has).count();
        if (destinations != 1 || route.fields().size() != 2) {
          NetworkFinding.INCOMPLETE_ROUTE.report(problems, "routes[" + at + "]");
        }
      }
    }
  }

  private static List<Attribute> members() {
    return RequestMembers.ofObject(CreateRouteRequest.class).stream()
        .filter(attribute -> !attribute.name().equals("routeTableId"))
        .toList();
  }

  /**
   * Whether EC2 adds and removes the route itself: inside the VPC, learned from a VPN gateway, or
   * to a gateway endpoint, which is declared on the endpoint.
   */
  private static boolean isAutomatic(Fields route) {
    Optional<String> gateway = route.text("gatewayId");
    return gateway.equals(Optional.of("local"))
        || route.text("origin").equals(Optional.of("EnableVgwRoutePropagation"))
        || (route.has("destinationPrefixListId")
            && gateway.filter(id -> id.startsWith("vpce-")).isPresent());
  }

  /** EC2 returns an endpoint that a route leads to as a gateway. */
  private static Fields withEndpoint(Fields route) {
    Optional<String> endpoint = route.text("gatewayId").filter(id -> id.startsWith("vpce-"));
    return endpoint.isPresent()
        ? route.without("gatewayId").with("vpcEndpointId", endpoint.get())
        : route;
  }

  private static Fields normalRoute(Fields route) {
    Fields normal = route;
    for (String destination : DESTINATIONS) {
      Optional<Value> value = route.get(destination);
      if (value.isPresent()) {
        normal = normal.with(destination, Normalizers.cidr(value.get()));
      }
    }
    return normal;
  }
}
