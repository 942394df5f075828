package dev.pgbound.aws;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.Value;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.Connection;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;

/**
 * What a task stands on: its replication instance and the connections of its endpoints. For a short
 * while after they changed, and even after a good connection test, DMS refuses what it accepts a
 * minute later. With a connection that is not tested or not good it refuses for good.
 */
record TaskGround(
    DatabaseMigrationClient dms, String instanceArn, String sourceArn, String targetArn) {

  /** Of a task that is there. */
  static TaskGround of(DatabaseMigrationClient dms, ReplicationTask task) {
    return new TaskGround(
        dms, task.replicationInstanceArn(), task.sourceEndpointArn(), task.targetEndpointArn());
  }

  /** Of a task as it is declared. */
  static TaskGround of(DatabaseMigrationClient dms, Value.Fields desired) {
    return new TaskGround(
        dms,
        desired.text("replicationInstanceArn").orElseThrow(),
        desired.text("sourceEndpointArn").orElseThrow(),
        desired.text("targetEndpointArn").orElseThrow());
  }

  /** Makes a call, and repeats it while it is refused for the state of what is around the task. */
  <T> T retrying(String what, Context context, Supplier<T> call) {
    Predicate<ResourceException> passing =
        AwsErrors.code("InvalidResourceStateFault").and(e -> instanceIsBusy() || isConnected());
    return context.retrying(what, Patience.brief(passing), call);
  }

  private boolean instanceIsBusy() {
    return Absence.asEmpty(
            () ->
                dms
                    .describeReplicationInstancesPaginator(
                        r -> r.filters(DmsObjects.filter("replication-instance-arn", instanceArn)))
                    .stream()
                    .flatMap(page -> page.replicationInstances().stream()))
        .stream()
        .anyMatch(instance -> !instance.replicationInstanceStatus().equals("available"));
  }

  private boolean isConnected() {
    List<String> connected =
        DmsConnectionTestType.describe(dms, List.of(sourceArn, targetArn)).stream()
            .filter(connection -> connection.replicationInstanceArn().equals(instanceArn))
            .filter(connection -> List.of("successful", "testing").contains(connection.status()))
            .map(Connection::endpointArn)
            .toList();
    return connected.containsAll(List.of(sourceArn, targetArn));
  }
}
