package dev.pgbound.aws;

import dev.pgbound.spi.Context;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.StartReplicationTaskTypeValue;

/** The calls that set tasks on replication instances going and stop them. */
record ClassicTasks(Supplier<DatabaseMigrationClient> dms) implements TaskRuns.Remote {

  @Override
  public String type() {
    return "dms-task";
  }

  /** The task as it is now, without its large documents. */
  @Override
  public Optional<TaskRun> find(String arn) {
    return Absence.asEmpty(
            () ->
                dms
                    .get()
                    .describeReplicationTasksPaginator(
                        r ->
                            r.filters(DmsObjects.filter("replication-task-arn", arn))
                                .withoutSettings(true))
                    .stream()
                    .flatMap(page -> page.replicationTasks().stream()))
        .stream()
        .findFirst()
        .map(TaskRun::new);
  }

  @Override
  public void start(TaskRun standing, StartReplicationTaskTypeValue type, Context context) {
    String arn = standing.task().replicationTaskArn();
    TaskGround.of(dms.get(), standing.task())
        .retrying(
            "dms-task " + DmsObjects.lastPart(arn) + " to start",
            context,
            () ->
                dms.get()
                    .startReplicationTask(
                        r -> r.replicationTaskArn(arn).startReplicationTaskType(type)));
  }

  @Override
  public void stop(String arn) {
    dms.get().stopReplicationTask(r -> r.replicationTaskArn(arn));
  }
}
