package dev.pgbound.aws;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/**
 * Tells network interfaces that go away from those that stay. AWS services remove the interfaces of
 * a replication instance, a database or an endpoint only minutes after these are gone; the
 * interfaces of anybody else stay until somebody deletes them, and those of an endpoint as long as
 * the endpoint.
 */
final class NetworkInterfaces {

  /** The descriptions of interfaces that services attach in the name of the account. */
  private static final Set<String> SERVICES = Set.of("DMSNetworkInterface", "RDSNetworkInterface");

  private static final Pattern ENDPOINT = Pattern.compile("VPC Endpoint Interface (vpce-\\w+)");

  /** The states of endpoints that are on their way out. */
  static final Set<String> LEAVING = Set.of("deleting", "deleted");

  private final Ec2Client ec2;

  NetworkInterfaces(Ec2Client ec2) {
    this.ec2 = ec2;
  }

  /** The interfaces that these filters fit. */
  List<NetworkInterface> find(Filter... filters) {
    return ec2
        .describeNetworkInterfacesPaginator(r -> r.filters(filters))
        .networkInterfaces()
        .stream()
        .toList();
  }

  /** The first interface in a VPC that belongs neither to DMS nor to RDS nor to an endpoint. */
  Optional<String> foreign(String vpc) {
    return find(Ec2Objects.filter("vpc-id", vpc)).stream()
        .filter(candidate -> !isNameless(candidate) && endpoint(candidate).isEmpty())
        .findFirst()
        .map(NetworkInterfaces::words);
  }

  /** What keeps an object from being deleted: the interfaces that these filters fit. */
  Ec2Removal.Hindrance hindrance(Filter... filters) {
    List<NetworkInterface> found = find(filters);
    Optional<String> lasting =
        found.stream()
            .filter(candidate -> !isOfService(candidate))
            .map(candidate -> "the " + words(candidate))
            .findFirst();
    Optional<String> endpoint =
        lasting.isPresent()
            ? Optional.empty()
            : lastingEndpoints(found).stream().map(id -> "the VPC endpoint " + id).findFirst();
    return new Ec2Removal.Hindrance(
        lasting.or(() -> endpoint),
        found.stream().map(candidate -> "the " + words(candidate)).findFirst());
  }

  /** The endpoints behind interfaces, without those that are being deleted. */
  Set<String> lastingEndpoints(List<NetworkInterface> interfaces) {
    List<String> endpoints =
        interfaces.stream().flatMap(candidate -> endpoint(candidate).stream()).distinct().toList();
    if (endpoints.isEmpty()) {
      return Set.of();
    }
    Filter ids = Ec2Objects.filter("vpc-endpoint-id", endpoints);
    return ec2.describeVpcEndpointsPaginator(r -> r.filters(ids)).vpcEndpoints().stream()
        .filter(endpoint -> !LEAVING.contains(VpcEndpointType.state(endpoint)))
        .map(VpcEndpoint::vpcEndpointId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The VPC endpoint that an interface belongs to. */
  static Optional<String> endpoint(NetworkInterface candidate) {
    Matcher matcher = ENDPOINT.matcher(String.valueOf(candidate.description()));
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Whether it belongs to a database or a replication instance, without a word to which one. */
  static boolean isNameless(NetworkInterface candidate) {
    return SERVICES.contains(String.valueOf(candidate.description()));
  }

  private static boolean isOfService(NetworkInterface candidate) {
    return Boolean.TRUE.equals(candidate.requesterManaged()) || isNameless(candidate);
  }

  static String words(NetworkInterface candidate) {
    String description = String.valueOf(candidate.description());
    return "network interface "
        + candidate.networkInterfaceId()
        + (description.isBlank() ? "" : " (" + description + ")");
  }
}
