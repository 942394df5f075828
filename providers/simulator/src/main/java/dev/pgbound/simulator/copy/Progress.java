package dev.pgbound.simulator.copy;

import dev.pgbound.tables.catalog.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far a task is. Kept as JSON. */
public final class Progress {

  /** The run that it is about; empty for a task that has never run. */
  String run = "";

  /** Every change up to this one is done with. */
  long position;

  boolean isLoading;

  /** Up to when the load has been played through. */
  @Nullable Instant clock;

  /** Whether the settings that stop a task after its load are about this load. */
  boolean mayStopAfterLoad;

  @Nullable Instant loadBegin;
  @Nullable Instant loadEnd;
  @Nullable Instant stoppedAt;
  String stopReason = "";
  String failure = "";
  List<TableProgress> tables = new ArrayList<>();

  Progress() {}

  /** The tables of the task, by schema and name. */
  public List<TableProgress> tables() {
    return Collections.unmodifiableList(tables);
  }

  Optional<TableProgress> find(TableName name) {
    return tables.stream().filter(one -> one.name().equals(name)).findFirst();
  }

  /** The run that it is about. */
  public String run() {
    return run;
  }

  /** Every change up to this one is done with. */
  public long position() {
    return position;
  }

  /** When the load that is under way, or was last, began. */
  public @Nullable Instant loadBegin() {
    return loadBegin;
  }

  /** When the load had loaded everything; null while it has not. */
  public @Nullable Instant loadEnd() {
    return loadEnd;
  }

  /** When the task stopped by itself; null while it runs. */
  public @Nullable Instant stoppedAt() {
    return stoppedAt;
  }

  /** Such as {@code FULL_LOAD_ONLY_FINISHED}. */
  public String stopReason() {
    return stopReason;
  }

  /** Why the task has failed; empty when it has not. */
  public String failure() {
    return failure;
  }

  boolean isOver() {
    return stoppedAt != null || !failure.isEmpty();
  }

  void stop(Instant at, String reason) {
    stoppedAt = at;
    stopReason = reason;
  }

  void fail(Instant at, String why) {
    stoppedAt = at;
    failure = why;
  }

  /** How much of the load is done. */
  public int percent() {
    long total = tables.stream().mapToLong(TableProgress::total).sum();
    long read = tables.stream().mapToLong(TableProgress::read).sum();
    return loadEnd != null || total == 0 ? (loadEnd == null ? 0 : 100) : (int) (100 * read / total);
  }

  /** How many tables are in such a state. */
  public int count(TableState... states) {
    return (int) tables.stream().filter(one -> List.of(states).contains(one.state())).count();
  }
}
