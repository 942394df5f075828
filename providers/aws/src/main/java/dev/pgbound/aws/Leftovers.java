package dev.pgbound.aws;

import dev.pgbound.aws.WatchedTasks.Found;
import dev.pgbound.spi.MigrationStatus.Leftover;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.databasemigration.model.ReplicationInstance;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/**
 * What is billed by the hour only so that rows can be moved, while no task moves any: replication
 * instances, and the interface endpoints of a VPC. The target is none of them, for it has the data.
 */
final class Leftovers {

  private final AwsClients clients;
  private final Ours ours;
  private final WatchedTasks tasks;

  Leftovers(AwsClients clients, Ours ours, WatchedTasks tasks) {
    this.clients = clients;
    this.ours = ours;
    this.tasks = tasks;
  }

  List<Leftover> of(WatchedInstances instances) {
    List<Leftover> leftovers = new ArrayList<>();
    for (ReplicationInstance one : instances.instances()) {
      boolean isOurs =
          ours.isTagged(one.replicationInstanceArn())
              && !one.replicationInstanceStatus().equals("deleting");
      List<Found> on = tasks.on(one.replicationInstanceArn());
      if (isOurs && areIdle(on)) {
        leftovers.add(
            new Leftover(
                "dms-instance " + one.replicationInstanceIdentifier(),
                size(one),
                lastStop(on).or(() -> Optional.ofNullable(one.instanceCreateTime()))));
      }
    }
    List<String> endpoints = ours.vpcEndpoints();
    if (!endpoints.isEmpty() && areIdle(tasks.all())) {
      interfaces(endpoints).map(this::leftover).forEach(leftovers::add);
    }
    return leftovers;
  }

  /** By a filter: the index of tags still has endpoints that were just deleted. */
  private Stream<VpcEndpoint> interfaces(List<String> endpoints) {
    Filter filter = Filter.builder().name("vpc-endpoint-id").values(endpoints).build();
    return clients
        .ec2()
        .describeVpcEndpointsPaginator(r -> r.filters(filter))
        .vpcEndpoints()
        .stream()
        .filter(one -> one.vpcEndpointTypeAsString().equals("Interface"));
  }

  private static boolean areIdle(List<Found> tasks) {
    return tasks.stream().allMatch(one -> one.phase().isIdle());
  }

  private static Optional<Instant> lastStop(List<Found> tasks) {
    return tasks.stream()
        .flatMap(one -> Stream.ofNullable(one.task().replicationTaskStats()))
        .flatMap(stats -> Stream.ofNullable(stats.stopDate()))
        .max(Comparator.naturalOrder());
  }

  private static String size(ReplicationInstance instance) {
    return String.format(
        Locale.ROOT,
        "%s%s, %d GB",
        instance.replicationInstanceClass(),
        Boolean.TRUE.equals(instance.multiAZ()) ? " in two zones" : "",
        instance.allocatedStorage());
  }

  private Leftover leftover(VpcEndpoint endpoint) {
    int zones = Math.max(1, endpoint.subnetIds().size());
    return new Leftover(
        "vpc-endpoint " + endpoint.vpcEndpointId(),
        String.format(
            Locale.ROOT,
            "%s in %d %s",
            endpoint.serviceName(),
            zones,
            zones == 1 ? "zone" : "zones"),
        lastStop(tasks.all()).or(() -> Optional.ofNullable(endpoint.creationTimestamp())));
  }
}
