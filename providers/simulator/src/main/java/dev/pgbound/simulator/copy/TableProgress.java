package dev.pgbound.simulator.copy;

import dev.pgbound.tables.catalog.TableName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far the load of one table is, and what has been replicated of it. Kept as JSON. */
public final class TableProgress {

  /** How the rows of both sides compare, in the words of DMS. */
  static final String NOT_VALIDATED = "Not enabled";

  static final String PENDING_VALIDATION = "Pending validation";

  String schema = "";
  String table = "";
  TableState state = TableState.BEFORE_LOAD;
  boolean wasReloaded;
  boolean isPrepared;

  /** Rows of the source when the load began, and how many of them were read. */
  long total;

  long read;

  /** Rows that have arrived. */
  long loaded;

  /** How far the source was read, and how far it is to be. */
  long place = Long.MIN_VALUE;

  long lastPlace;

  /** The last change before the load began, and before it ended. */
  long loadedFrom;

  long loadedUntil;
  @Nullable Instant begin;
  @Nullable Instant end;
  long inserts;
  long updates;
  long deletes;
  long appliedInserts;
  long appliedUpdates;
  long appliedDeletes;
  String error = "";
  String validation = NOT_VALIDATED;
  long mismatches;

  TableProgress() {}

  TableProgress(TableName name) {
    schema = name.schema();
    table = name.table();
  }

  public TableName name() {
    return new TableName(schema, table);
  }

  public TableState state() {
    return state;
  }

  /** How many rows the load has written. */
  public long loaded() {
    return loaded;
  }

  /** How many rows the load has to read, and has read. */
  public long total() {
    return Math.max(total, read);
  }

  public long read() {
    return read;
  }

  public @Nullable Instant begin() {
    return begin;
  }

  public @Nullable Instant end() {
    return end;
  }

  public boolean wasReloaded() {
    return wasReloaded;
  }

  /** What went wrong; empty for nothing. */
  public String error() {
    return error;
  }

  public String validation() {
    return validation;
  }

  /** Rows that differ between source and target. */
  public long mismatches() {
    return mismatches;
  }

  /** Insertions, updates and deletions that were captured. */
  public long[] captured() {
    return new long[] {inserts, updates, deletes};
  }

  /** Those of them that have changed the target. */
  public long[] applied() {
    return new long[] {appliedInserts, appliedUpdates, appliedDeletes};
  }

  /** Has the table loaded from its first row on, after the target is prepared again. */
  void loadAnew() {
    state = TableState.BEFORE_LOAD;
    isPrepared = false;
    total = 0;
    read = 0;
    loaded = 0;
    place = Long.MIN_VALUE;
    begin = null;
    end = null;
    error = "";
    mismatches = 0;
  }
}
