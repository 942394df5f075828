package dev.pgbound.simulator.service.rds;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.wire.Fault;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.DescribePendingMaintenanceActionsRequest;
import software.amazon.awssdk.services.rds.model.DescribePendingMaintenanceActionsResponse;

/** What RDS announces for clusters and instances: nothing, for nobody maintains simulated ones. */
final class Maintenance {

  private final Databases databases;

  Maintenance(Databases databases) {
    this.databases = databases;
  }

  void register(Operations operations) {
    operations.on(
        "DescribePendingMaintenanceActions",
        DescribePendingMaintenanceActionsRequest::builder,
        this::describe);
  }

  private DescribePendingMaintenanceActionsResponse describe(
      DescribePendingMaintenanceActionsRequest request) {
    Arguments.maxRecords(request.maxRecords());
    String wanted = request.resourceIdentifier();
    boolean isThere =
        Stream.concat(
                databases.clusters().all().stream().map(cluster -> cluster.arn()),
                databases.instances().all().stream().map(instance -> instance.arn()))
            .anyMatch(arn -> arn.equals(wanted));
    if (wanted != null && !isThere) {
      throw new Fault("ResourceNotFoundFault", 404, "The resource " + wanted + " is not found.");
    }
    return DescribePendingMaintenanceActionsResponse.builder()
        .pendingMaintenanceActions(List.of())
        .build();
  }
}
