package dev.pgbound.aws;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.ResourceException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;

/**
 * Deletes EC2 objects that others may still depend on. AWS services remove the network interfaces
 * of a replication instance, a database or an endpoint only minutes after these are gone; until
 * then EC2 refuses with {@code DependencyViolation}. That passes. An interface of anybody else does
 * not: it is named at once.
 *
 * @param interfaces EC2's filters for the network interfaces that stand in the way
 */
record Ec2Removal(Ec2Client ec2, List<Filter> interfaces) {

  private static final Set<String> CONFLICTS = Set.of("DependencyViolation", "InvalidGroup.InUse");

  /** The descriptions of interfaces that services attach in the name of the account. */
  private static final Set<String> SERVICES = Set.of("DMSNetworkInterface", "RDSNetworkInterface");

  /** For the network interfaces that one filter fits. */
  static Ec2Removal of(Ec2Client ec2, String filter, String id) {
    return new Ec2Removal(ec2, List.of(Ec2Objects.filter(filter, id)));
  }

  /** Runs {@code delete} until it succeeds or cannot. */
  void run(Context context, String name, Runnable delete) {
    Removal.retrying(context, name, this::isPassing, delete);
  }

  private boolean isPassing(ResourceException refusal) {
    if (!CONFLICTS.contains(refusal.code())) {
      return false;
    }
    Optional<NetworkInterface> lasting =
        ec2
            .describeNetworkInterfacesPaginator(r -> r.filters(interfaces))
            .networkInterfaces()
            .stream()
            .filter(candidate -> !isOfService(candidate))
            .findFirst();
    if (lasting.isPresent()) {
      throw new ResourceException(
          refusal.kind(),
          refusal.code(),
          refusal.getMessage()
              + " It is used by the network interface "
              + lasting.get().networkInterfaceId()
              + " ("
              + lasting.get().description()
              + ").",
          refusal);
    }
    return true;
  }

  private static boolean isOfService(NetworkInterface candidate) {
    return Boolean.TRUE.equals(candidate.requesterManaged())
        || SERVICES.contains(candidate.description());
  }
}
