package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.world.Stored;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.databasemigration.model.DescribeTableStatisticsRequest;
import software.amazon.awssdk.services.databasemigration.model.DescribeTableStatisticsResponse;
import software.amazon.awssdk.services.databasemigration.model.ReloadOptionValue;
import software.amazon.awssdk.services.databasemigration.model.ReloadTablesRequest;
import software.amazon.awssdk.services.databasemigration.model.ReloadTablesResponse;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;

/** The tables of a running task. As long as no rows are moved, no task has any. */
final class TaskTables {

  private static final int MOST_STATISTICS = 500;
  private static final int MOST_TABLES = 10;
  private static final Set<String> FILTERS = Set.of("schema-name", "table-name", "table-state");

  private final DmsStore store;
  private final TaskSettings settings;

  TaskTables(DmsStore store, TaskSettings settings) {
    this.store = store;
    this.settings = settings;
  }

  void register(Operations operations) {
    operations
        .on("DescribeTableStatistics", DescribeTableStatisticsRequest::builder, this::describe)
        .on("ReloadTables", ReloadTablesRequest::builder, this::reload);
  }

  /** Unlike elsewhere, filters that nothing matches are no fault here. */
  private DescribeTableStatisticsResponse describe(DescribeTableStatisticsRequest request) {
    Stored<ReplicationTask, ReplicationTask.Builder> task = get(request.replicationTaskArn());
    PageRequest part = new PageRequest(request.filters(), request.maxRecords(), request.marker());
    part.checkLimit(MOST_STATISTICS);
    part.filters().stream()
        .filter(filter -> !FILTERS.contains(filter.name()))
        .findFirst()
        .ifPresent(
            filter -> {
              throw Refusals.invalidValue("Invalid filter name: " + filter.name());
            });
    return DescribeTableStatisticsResponse.builder()
        .replicationTaskArn(task.arn())
        .tableStatistics(List.of())
        .build();
  }

  private ReloadTablesResponse reload(ReloadTablesRequest request) {
    Stored<ReplicationTask, ReplicationTask.Builder> task = get(request.replicationTaskArn());
    if (request.tablesToReload().isEmpty() || request.tablesToReload().size() > MOST_TABLES) {
      throw Refusals.invalidValue(
          "TablesToReload must have between 1 and " + MOST_TABLES + " tables.");
    }
    if (TaskStatus.of(task.model()) != TaskStatus.RUNNING) {
      throw Refusals.invalidState("Replication Task " + task.arn() + " is currently not running.");
    }
    boolean isValidated =
        settings
            .value(task.model().replicationTaskSettings(), "/ValidationSettings/EnableValidation")
            .asBoolean(false);
    if (request.reloadOption() == ReloadOptionValue.VALIDATE_ONLY && !isValidated) {
      throw Refusals.invalidCombination(
          "The reload option validate-only is only valid for tasks with validation enabled.");
    }
    return ReloadTablesResponse.builder().replicationTaskArn(task.arn()).build();
  }

  private Stored<ReplicationTask, ReplicationTask.Builder> get(String arn) {
    return store.tasks().get(arn, "ReplicationTaskArn");
  }
}
