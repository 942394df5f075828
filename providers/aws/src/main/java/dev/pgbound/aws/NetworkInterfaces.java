package dev.pgbound.aws;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;

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
  private static final Set<String> LEAVING = Set.of("deleting", "deleted");

  private final Ec2Client ec2;

  NetworkInterfaces(Ec2Client ec2) {
    this.ec2 = ec2;
  }

  /** The first of the interfaces that these filters fit and that stays, in words. */
  Optional<String> lasting(Filter... filters) {
    List<NetworkInterface> found =
        ec2.describeNetworkInterfacesPaginator(r -> r.filters(filters)).networkInterfaces().stream()
            .toList();
    return found.stream()
        .filter(candidate -> !isOfService(candidate))
        .findFirst()
        .map(NetworkInterfaces::words)
        .or(() -> lastingEndpoint(found));
  }

  /** The first interface in a VPC that belongs neither to DMS nor to RDS nor to an endpoint. */
  Optional<String> foreign(String vpc) {
    return ec2
        .describeNetworkInterfacesPaginator(r -> r.filters(Ec2Objects.filter("vpc-id", vpc)))
        .networkInterfaces()
        .stream()
        .filter(one -> !SERVICES.contains(String.valueOf(one.description())))
        .filter(one -> !ENDPOINT.matcher(String.valueOf(one.description())).matches())
        .findFirst()
        .map(NetworkInterfaces::words);
  }

  private Optional<String> lastingEndpoint(List<NetworkInterface> interfaces) {
    List<String> endpoints =
        interfaces.stream()
            .map(candidate -> ENDPOINT.matcher(String.valueOf(candidate.description())))
            .filter(Matcher::matches)
            .map(matcher -> matcher.group(1))
            .distinct()
            .toList();
    if (endpoints.isEmpty()) {
      return Optional.empty();
    }
    Filter ids = Ec2Objects.filter("vpc-endpoint-id", endpoints);
    return ec2.describeVpcEndpointsPaginator(r -> r.filters(ids)).vpcEndpoints().stream()
        .filter(endpoint -> !LEAVING.contains(VpcEndpointType.state(endpoint)))
        .map(endpoint -> "the VPC endpoint " + endpoint.vpcEndpointId())
        .findFirst();
  }

  private static boolean isOfService(NetworkInterface candidate) {
    return Boolean.TRUE.equals(candidate.requesterManaged())
        || SERVICES.contains(String.valueOf(candidate.description()));
  }

  private static String words(NetworkInterface candidate) {
    return "the network interface "
        + candidate.networkInterfaceId()
        + " ("
        + candidate.description()
        + ")";
  }
}
