package dev.pgbound.simulator.copy;

import dev.pgbound.tables.TableTask;

/**
 * What a task says about how its rows are moved.
 *
 * @param task its rules and what they depend on
 * @param prepMode what happens to a table of the target before it is loaded
 * @param keyAfterLoad whether DMS creates the primary key of a table once it is loaded
 * @param subTasks how many tables are loaded side by side
 * @param commitRate how many rows one transaction of the load has at most
 * @param stopsBeforeChanges whether the task stops after the load, without the cached changes
 * @param stopsAfterChanges whether it stops after the load, with them
 * @param failsWithoutTables whether it fails when its rules select nothing
 * @param failsOnCutLobs whether it fails when a LOB is longer than the limit
 * @param validates whether the rows of both sides are compared
 * @param controlSchema where DMS keeps its own tables
 * @param afterConnect what DMS executes when it has connected to the target; empty for nothing
 */
public record CopySettings(
    TableTask task,
    PrepMode prepMode,
    boolean keyAfterLoad,
    int subTasks,
    int commitRate,
    boolean stopsBeforeChanges,
    boolean stopsAfterChanges,
    boolean failsWithoutTables,
    boolean failsOnCutLobs,
    boolean validates,
    String controlSchema,
    String afterConnect,
    ErrorPolicies policies) {

  /** What happens to a table of the target before it is loaded. */
  public enum PrepMode {
    DO_NOTHING,
    TRUNCATE_BEFORE_LOAD,
    DROP_AND_CREATE
  }

  /** What happens after an error. */
  public enum Policy {
    IGNORE_RECORD,
    LOG_ERROR,
    SUSPEND_TABLE,
    STOP_TASK,
    /** A row that is there is exchanged by the inserted one. */
    INSERT_RECORD,
    /** A row that is not there is inserted. */
    UPDATE_RECORD
  }

  /** What happens after which error. */
  public record ErrorPolicies(
      Policy data, Policy truncation, Policy table, Policy insert, Policy update, Policy delete) {}
}
