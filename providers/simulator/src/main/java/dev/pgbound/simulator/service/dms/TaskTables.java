package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.copy.TableProgress;
import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.tables.catalog.TableName;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.databasemigration.model.DescribeTableStatisticsRequest;
import software.amazon.awssdk.services.databasemigration.model.DescribeTableStatisticsResponse;
import software.amazon.awssdk.services.databasemigration.model.Filter;
import software.amazon.awssdk.services.databasemigration.model.ReloadOptionValue;
import software.amazon.awssdk.services.databasemigration.model.ReloadTablesRequest;
import software.amazon.awssdk.services.databasemigration.model.ReloadTablesResponse;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;
import software.amazon.awssdk.services.databasemigration.model.TableStatistics;

/** The tables of a running task. Where no rows are moved, no task has any. */
final class TaskTables {

  private static final int MOST_STATISTICS = 500;
  private static final int MOST_TABLES = 10;
  private static final Set<String> FILTERS = Set.of("schema-name", "table-name", "table-state");

  private final DmsStore store;
  private final TaskSettings settings;
  private final TaskRows rows;

  TaskTables(DmsStore store, TaskSettings settings, TaskRows rows) {
    this.store = store;
    this.settings = settings;
    this.rows = rows;
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
    List<TableStatistics> found =
        rows.progress(task).stream()
            .flatMap(progress -> progress.tables().stream())
            .map(this::statistics)
            .filter(table -> part.filters().stream().allMatch(filter -> matches(table, filter)))
            .toList();
    Page<TableStatistics> page = part.page(found);
    return DescribeTableStatisticsResponse.builder()
        .replicationTaskArn(task.arn())
        .tableStatistics(page.items())
        .marker(page.next())
        .build();
  }

  private TableStatistics statistics(TableProgress table) {
    long[] captured = table.captured();
    long[] applied = table.applied();
    return TableStatistics.builder()
        .schemaName(table.name().schema())
        .tableName(table.name().table())
        .tableState(table.state().word())
        .inserts(captured[0])
        .updates(captured[1])
        .deletes(captured[2])
        .ddls(0L)
        .appliedInserts(applied[0])
        .appliedUpdates(applied[1])
        .appliedDeletes(applied[2])
        .appliedDdls(0L)
        .fullLoadRows(table.loaded())
        .fullLoadCondtnlChkFailedRows(0L)
        .fullLoadErrorRows(0L)
        .fullLoadStartTime(table.begin())
        .fullLoadEndTime(table.end())
        .fullLoadReloaded(table.wasReloaded())
        .lastUpdateTime(store.world().now())
        .validationPendingRecords(0L)
        .validationFailedRecords(table.mismatches())
        .validationSuspendedRecords(0L)
        .validationState(table.validation())
        .build();
  }

  private static boolean matches(TableStatistics table, Filter filter) {
    String value =
        switch (filter.name()) {
          case "schema-name" -> table.schemaName();
          case "table-name" -> table.tableName();
          default -> table.tableState();
        };
    return filter.values().stream().anyMatch(value::equalsIgnoreCase);
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
    List<TableName> tables =
        request.tablesToReload().stream()
            .map(table -> new TableName(table.schemaName(), table.tableName()))
            .toList();
    rows.reload(task, tables, request.reloadOption() == ReloadOptionValue.VALIDATE_ONLY);
    return ReloadTablesResponse.builder().replicationTaskArn(task.arn()).build();
  }

  private Stored<ReplicationTask, ReplicationTask.Builder> get(String arn) {
    return store.tasks().get(arn, "ReplicationTaskArn");
  }
}
