package dev.pgbound.aws;

import dev.pgbound.spi.ResourceType.Blocker;
import dev.pgbound.spi.ResourceType.Deletion;
import dev.pgbound.spi.ResourceType.User;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.databasemigration.model.ReplicationInstance;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.rds.model.DBInstance;

/**
 * Who uses the subnets and security groups that are to be deleted: the owners of the network
 * interfaces in them. An interface of RDS or DMS does not say whose it is, and outlives its owner
 * by minutes: where there is one, the databases and replication instances are asked instead.
 */
final class NetworkUsers {

  private final Users users;
  private final NetworkInterfaces interfaces;

  /** What interfaces say, and the deletions for which some of them do not say whose they are. */
  private record Found(List<Blocker> blockers, List<Deletion> nameless) {}

  NetworkUsers(Aws aws) {
    users = aws.users();
    interfaces = new NetworkInterfaces(aws.clients().ec2());
  }

  List<Blocker> ofSubnets(List<Deletion> deletions) {
    Found found = find(deletions, "subnet-id", candidate -> List.of(candidate.subnetId()));
    List<Blocker> blockers = new ArrayList<>(found.blockers());
    if (!found.nameless().isEmpty()) {
      blockers.addAll(users.databases(found.nameless(), (one, user) -> isIn(user, id(one))));
      blockers.addAll(
          users.replicationInstances(found.nameless(), (one, user) -> isIn(user, id(one))));
    }
    return blockers;
  }

  /** The groups of an Aurora instance are its cluster's. */
  List<Blocker> ofSecurityGroups(List<Deletion> deletions) {
    Found found =
        find(
            deletions,
            "group-id",
            candidate -> candidate.groups().stream().map(GroupIdentifier::groupId).toList());
    List<Blocker> blockers = new ArrayList<>(found.blockers());
    if (!found.nameless().isEmpty()) {
      blockers.addAll(
          users.clusters(
              found.nameless(),
              (one, user) ->
                  user.vpcSecurityGroups().stream()
                      .anyMatch(group -> id(one).equals(group.vpcSecurityGroupId()))));
      blockers.addAll(
          users.databases(
              found.nameless(),
              (one, user) ->
                  user.dbClusterIdentifier() == null
                      && user.vpcSecurityGroups().stream()
                          .anyMatch(group -> id(one).equals(group.vpcSecurityGroupId()))));
      blockers.addAll(
          users.replicationInstances(
              found.nameless(),
              (one, user) ->
                  user.vpcSecurityGroups().stream()
                      .anyMatch(group -> id(one).equals(group.vpcSecurityGroupId()))));
    }
    return blockers;
  }

  /**
   * @param filter EC2's filter for the interfaces that use an object
   * @param used what an interface uses
   */
  private Found find(
      List<Deletion> deletions, String filter, Function<NetworkInterface, List<String>> used) {
    List<String> ids = deletions.stream().map(NetworkUsers::id).toList();
    List<NetworkInterface> candidates = interfaces.find(Ec2Objects.filter(filter, ids));
    Set<String> endpoints = interfaces.lastingEndpoints(candidates);
    List<Blocker> blockers = new ArrayList<>();
    Set<Deletion> nameless = new LinkedHashSet<>();
    for (Deletion deletion : deletions) {
      for (NetworkInterface candidate : candidates) {
        if (!used.apply(candidate).contains(id(deletion))) {
          continue;
        }
        Optional<String> endpoint = NetworkInterfaces.endpoint(candidate);
        if (NetworkInterfaces.isNameless(candidate)) {
          nameless.add(deletion);
        } else if (endpoint.isEmpty()) {
          blockers.add(
              new Blocker(
                  deletion.address(),
                  Optional.empty(),
                  "The "
                      + NetworkInterfaces.words(candidate)
                      + " uses it. Delete or change that first."));
        } else if (endpoints.contains(endpoint.get())) {
          blockers.add(Blocker.use(deletion.address(), new User("vpc-endpoint", endpoint.get())));
        }
      }
    }
    return new Found(blockers, List.copyOf(nameless));
  }

  /** A database has an interface in the subnet of its zone. */
  private static boolean isIn(DBInstance database, String subnet) {
    return database.dbSubnetGroup() != null
        && database.dbSubnetGroup().subnets().stream()
            .filter(
                one ->
                    database.availabilityZone() == null
                        || database.availabilityZone().equals(one.subnetAvailabilityZone().name()))
            .anyMatch(one -> subnet.equals(one.subnetIdentifier()));
  }

  private static boolean isIn(ReplicationInstance instance, String subnet) {
    return instance.replicationSubnetGroup() != null
        && instance.replicationSubnetGroup().subnets().stream()
            .anyMatch(one -> subnet.equals(one.subnetIdentifier()));
  }

  private static String id(Deletion deletion) {
    return deletion.live().identifier();
  }
}
